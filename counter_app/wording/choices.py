"""Values that a command takes, told with the word that an agent reads beside each: who types one knows what it says."""

from collections.abc import Iterable

from counter_app.wording.catalogue import text
from counter_app.wording.dates import Language


def listed(values: Iterable[tuple[str, str]]) -> str:
    """« letter (courrier), phone (téléphone) »: every value with its word."""
    return ", ".join(beside(value, word) for value, word in values)


def beside(value: str, word: str) -> str:
    """A value, then its word in brackets, unless it says the same."""
    inside = word if word[1:2].isupper() else f"{word[:1].lower()}{word[1:]}"
    return f"{value} ({inside})" if inside not in ("", value) else value


def worded(table: str, values: Iterable[str], lang: Language = "fr") -> dict[str, str]:
    """The word of each value, from a table of the catalogue. Raises KeyError when one has none, which a test sees."""
    return {value: text(f"{table}.{value}", lang) for value in values}
