def find_subjects(connection, text, limit=20):
    return []
