"""The screen « Synchronisation »: every desk’s age, queue and last error; joining a central."""
