"""Labels on paper: the usual A4 sheet of 14 labels of 99.1 × 38.1 mm in two columns, or a roll of 80 mm."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from counter_app.documents.layout import Block
from counter_app.documents.sheet import (
    A4,
    MM,
    ROLL_80,
    Marks,
    draw_column,
    next_page,
    open_page,
    publish_copies,
)

ACROSS, DOWN = 2, 7
A_SHEET = ACROSS * DOWN
_WIDTH, _HEIGHT = 99.1 * MM, 38.1 * MM
_LEFT, _TOP, _BETWEEN = 4.65 * MM, 15.15 * MM, 2.5 * MM
_PAD = 4 * MM
LABEL = replace(A4, width=_WIDTH, height=_HEIGHT, margin=_PAD, bar_height=10 * MM)
"""One label of the sheet."""


def label_pages(labels: Sequence[Sequence[Block]], marks: Marks, *, roll: bool) -> bytes:
    """The PDF of labels in the order given: sheets of 14, or on a roll one after the other."""
    if roll:
        return publish_copies(ROLL_80, labels, marks)
    size = (A4.width, A4.height or 0.0)
    buffer = BytesIO()
    page = open_page(buffer, size, marks)
    for place, one in enumerate(labels):
        if place and place % A_SHEET == 0:
            next_page(page, size, marks)
        row, column = divmod(place % A_SHEET, ACROSS)
        left = _LEFT + column * (_WIDTH + _BETWEEN) + _PAD
        draw_column(page, one, left, size[1] - _TOP - row * _HEIGHT - 1.5 * MM)
    page.showPage()
    page.save()
    return buffer.getvalue()
