"""Column headings: folding, telling duplicates apart, finding the line that holds them.

Columns are matched by heading, never by position: exports gain and lose columns over the years.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

SEARCHED_LINES = 30
"""How many first lines of a file may hold titles before the headings."""

_EXPANDED = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})
_NUMBER_SIGN = re.compile(r"\bn\s*°|\bn(?:o|um|ro)\b(?=\.?\s)")
_FEMININE = re.compile(r"\(e\)|[·.]e\b")
_OTHER = re.compile(r"[^a-z0-9]+")
_OCCURRENCE = re.compile(r" \(\d+\)$")
_DATA_LIKE = re.compile(r"^[\d\s./:,+-]+$|\d{4,}|\d[/.:]\d|@|^\d+h\d*$")


@lru_cache(maxsize=4096)
def fold_heading(heading: str) -> str:
    """The comparable form of a heading: no case, accents, apostrophes, punctuation, stars or final colon.

    « N° étranger * : » gives `numero etranger`, « Né(e) le » gives `ne le`, « usager(s) » gives `usager s`.
    """
    text = unicodedata.normalize("NFKD", heading.translate(_EXPANDED)).lower()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = _NUMBER_SIGN.sub("numero ", text)
    return _OTHER.sub(" ", _FEMININE.sub("", text)).strip()


def base_heading(heading: str) -> str:
    """The heading as the file wrote it, without the « (2) » given to a repeated one."""
    return _OCCURRENCE.sub("", heading)


def unique_headings(headings: Sequence[str]) -> tuple[str, ...]:
    """Each heading once: a repeated one becomes « Nom (2) », an empty one « (colonne 5) »."""
    counts: dict[str, int] = {}
    unique = []
    for position, heading in enumerate(headings, start=1):
        text = " ".join(heading.split()) or unnamed_column(position)
        counts[text] = counts.get(text, 0) + 1
        unique.append(text if counts[text] == 1 else f"{text} ({counts[text]})")
    return tuple(unique)


def unnamed_column(position: int) -> str:
    """The name given to a column without heading; `position` counts from 1."""
    return f"(colonne {position})"


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """Where the headings are: `index` of the last line they take (from 0), and their texts."""

    index: int
    headings: tuple[str, ...]


def locate_headings(lines: Sequence[Sequence[str]], recognises: Callable[[str], bool]) -> HeadingLine | None:
    """The line (or pair of lines, when cells were merged) that holds the headings, or None.

    The line with the most recognised headings wins, the first one on a tie; two are needed. When none is recognised,
    the first full line that does not look like values is taken, so that a person can name the columns.
    """
    searched = lines[:SEARCHED_LINES]
    best, best_score = None, 1
    for index, line in enumerate(searched):
        for candidate in _candidates(searched, index, line, recognises):
            score = len({fold_heading(text) for text in candidate.headings if recognises(text)})
            if score > best_score:
                best, best_score = candidate, score
    return best or _unrecognised_headings(searched)


def _candidates(
    lines: Sequence[Sequence[str]], index: int, line: Sequence[str], recognises: Callable[[str], bool]
) -> list[HeadingLine]:
    alone = HeadingLine(index, tuple(line))
    below = lines[index + 1] if index + 1 < len(lines) else ()
    # Values above a line of headings that is there again are no groups of headings: those rows would be lost.
    if not any(below) or any(_DATA_LIKE.search(text.strip()) for text in (*line, *below)):
        return [alone]
    return [alone, HeadingLine(index + 1, _merged(line, below, recognises))]


def _merged(upper: Sequence[str], lower: Sequence[str], recognises: Callable[[str], bool]) -> tuple[str, ...]:
    """Two heading lines as one: the group above is put before the heading below when that means something."""
    merged, group = [], ""
    for position in range(max(len(upper), len(lower))):
        above = upper[position].strip() if position < len(upper) else ""
        below = lower[position].strip() if position < len(lower) else ""
        group = above or group
        joined = f"{group} {below}".strip()
        merged.append(joined if below and recognises(joined) else below or above)
    return tuple(merged)


def _unrecognised_headings(lines: Sequence[Sequence[str]]) -> HeadingLine | None:
    width = max((sum(1 for text in line if text.strip()) for line in lines), default=0)
    for index, line in enumerate(lines):
        texts = [text.strip() for text in line if text.strip()]
        if len(texts) == width >= 2:
            distinct = len({fold_heading(text) for text in texts}) == width
            named = all(fold_heading(text) and not _DATA_LIKE.search(text) for text in texts)
            return HeadingLine(index, tuple(line)) if distinct and named else None
    return None
