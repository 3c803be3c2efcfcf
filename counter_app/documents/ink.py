"""A signature drawn on screen, put on paper: strokes of straight lines in a box of 600 × 200, as an SVG path."""

import re
from itertools import pairwise

from counter_app.documents.layout import Block
from counter_app.documents.surface import Surface

BOX = (600, 200)
MOST_POINTS = 20_000
"""A path with more is no signature."""
_STEP = re.compile(r"([ML])([0-9]{1,4}) ([0-9]{1,4})")

Stroke = tuple[tuple[int, int], ...]


def strokes(path: str) -> tuple[Stroke, ...]:
    """The strokes of a path (`M10 20L30 40 M50 60L…`); nothing when it is not wholly such a path in its box."""
    steps = [(kind, int(x), int(y)) for kind, x, y in _STEP.findall(path)]
    inside = all(x <= BOX[0] and y <= BOX[1] for _kind, x, y in steps)
    if not path.startswith("M") or _STEP.sub("", path).strip() or not inside or len(steps) > MOST_POINTS:
        return ()
    drawn: list[list[tuple[int, int]]] = []
    for kind, x, y in steps:
        if kind == "M":
            drawn.append([])
        drawn[-1].append((x, y))
    return tuple(tuple(stroke) for stroke in drawn)


def signature(path: str, width: float) -> Block:
    """The signature in a frame of this width, three times as wide as high."""
    scale = width / BOX[0]
    height = BOX[1] * scale

    def draw(page: Surface, left: float, top: float) -> None:
        page.setLineWidth(0.5)
        page.rect(left, top - height, width, height)
        page.setLineWidth(1.1)
        for stroke in strokes(path):
            for (x, y), (to_x, to_y) in pairwise(stroke):
                page.line(left + x * scale, top - y * scale, left + to_x * scale, top - to_y * scale)

    return Block(height + 4, draw)
