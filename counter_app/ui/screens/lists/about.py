"""What a list is, in one line: its name, its kind, its rows, where it comes from."""

from counter_app.ui.screens.lists.work import OpenedList
from counter_app.wording.catalogue import Words

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
_ENCODINGS = {"cp1252": "Windows-1252", "utf-8-sig": "UTF-8"}


def about(opened: OpenedList, words: Words) -> str:
    """« convocations.csv · CSV UTF-8, séparateur point-virgule · 152 lignes · RDV-Insertion »."""
    lines = words.counted("import.rows", opened.rows)
    source = words(f"import.source_{opened.mapping.source.value}")
    told = words("import.about", name=opened.path.name, kind=_kind(opened, words), rows=lines, source=source)
    return f"{told}\n{words('import.remembered')}" if opened.remembered else told


def _kind(opened: OpenedList, words: Words) -> str:
    kind = opened.kind.upper()
    if opened.sheet_name:
        return words("import.about_sheet", kind=kind, sheet=opened.sheet_name)
    if not opened.separator:
        return kind
    named = _SEPARATORS.get(opened.separator)
    key = f"import.separator_{named}" if named else "import.separator_other"
    separator = words(key) if named else words(key, separator=opened.separator)
    encoding = _ENCODINGS.get(opened.encoding or "", (opened.encoding or "").upper())
    return words("import.about_text", kind=kind, encoding=encoding, separator=separator)
