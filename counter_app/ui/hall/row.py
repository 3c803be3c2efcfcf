"""A call on the public display: the number, and its desk beside it, or under it where that is read from farther."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from counter_app.ui.hall.sizes import DIGIT, ROW

ARROW = "→\u00a0"
MOST_LINES = 3
"""Lines that the name of a desk may take."""
ONE_MORE = 0.85
"""A name takes one more line when its letters grow by more than this share of what they would be."""
PITCH = 1.16
"""From one line of a name to the next, in em."""
TALL = 1.2
"""From the accent of a capital to the tail of a « g », in em; a number has neither."""
NAME = 3
"""How many times larger than the name of its desk a number may be and be read from as far: 3 % of the distance is what
signs ask for a number, 1 % is read by whoever looks for the desk."""
WORD = 16
"""Letters from which a word may be broken, where a name is of one word."""
AIR = 0.92
"""Share of the height that lines fill: the rest tells them from those of the next call."""
NUMBER = 0.63
"""Share of the width that a number takes at most beside its desk."""
ABOVE = 0.52
"""Share of the height that a number takes above its desk."""
GAP = 0.03
"""Share of the width between a number and its desk."""
_WORDS = re.compile(r"\s+(?!\d)")
"""Between two words of a name, but not before the number of a desk."""
LEAST = 8
"""Pixels of the smallest font."""
WHOLE = 100
"""Size at which texts are measured, in pixels: what they take grows with it."""

MakeFont = Callable[[int], QFont]
"""The font of a size in pixels."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of text, where its baseline begins, and its size in pixels."""

    text: str
    at: QPointF
    size: int


def row_of(number: str, desk: str, area: QRectF, size: int, font: MakeFont) -> tuple[Piece, ...]:
    """The number, then the lines of its desk; `size`: that of a number which is read from the seats.

    The desk stands beside a number that keeps its size there, else where the one of both read least well is larger.
    """
    beside = _beside(number, desk, area, size, font)
    if beside[0].size >= size:
        return beside
    below = _below(number, desk, area, size, font)
    return max(beside, below, key=lambda row: min(row[0].size, NAME * row[-1].size))


def _beside(number: str, desk: str, area: QRectF, size: int, font: MakeFont) -> tuple[Piece, ...]:
    told = _number(number, area.width() * NUMBER, area.height(), size, font)
    taken = _width(number, font) * told + area.width() * GAP
    rest = QRectF(area.x() + taken, area.y(), area.width() - taken, area.height())
    return (*_centred((number,), area, told), *_desk(desk, rest, told, font))


def _below(number: str, desk: str, area: QRectF, size: int, font: MakeFont) -> tuple[Piece, ...]:
    above, under = QRectF(area), QRectF(area)
    above.setHeight(area.height() * ABOVE)
    under.setTop(above.bottom())
    told = _number(number, area.width(), above.height(), size, font)
    return (*_centred((number,), above, told), *_desk(desk, under, told, font))


def _desk(desk: str, area: QRectF, most: int, font: MakeFont) -> Iterator[Piece]:
    """The arrow and the name, on as many lines as make it readable, never larger than its number."""
    arrow = _width(ARROW, font)

    def size_of(lines: Sequence[str]) -> int:
        em = arrow + max(_width(line, font) for line in lines)
        high = TALL + PITCH * (len(lines) - 1)
        return max(LEAST, min(most, int(area.width() / em), int(area.height() * AIR / high)))

    lines = max(_broken(desk), key=lambda told: size_of(told) * ONE_MORE ** len(told))
    size = size_of(lines)
    yield from _centred((ARROW,), area, size)
    yield from _centred(lines, area.adjusted(arrow * size, 0, 0, 0), size)


def _broken(name: str) -> Iterator[tuple[str, ...]]:
    """A name on one line or more: between its words, or anywhere in a name of one long word."""
    words = _WORDS.split(name.strip())
    parts, blank = (list(words[0]), "") if len(words) == 1 and len(name) >= WORD else (words, " ")
    for more in range(min(MOST_LINES, len(parts))):
        for cuts in combinations(range(1, len(parts)), more):
            places = (0, *cuts, len(parts))
            yield tuple(blank.join(parts[begin:end]) for begin, end in pairwise(places))


def _number(number: str, width: float, height: float, most: int, font: MakeFont) -> int:
    """The largest size with which a number has room."""
    return max(LEAST, min(most, int(width / _width(number, font)), int(height / (ROW * DIGIT))))


def _width(text: str, font: MakeFont) -> float:
    """In em."""
    return QFontMetricsF(font(WHOLE)).horizontalAdvance(text) / WHOLE


def _centred(lines: Sequence[str], area: QRectF, size: int) -> Iterator[Piece]:
    """Lines one under the other, their capitals around the middle of an area."""
    first = area.center().y() + size * (DIGIT - PITCH * (len(lines) - 1)) / 2
    for place, line in enumerate(lines):
        yield Piece(line, QPointF(area.x(), first + place * PITCH * size), size)
