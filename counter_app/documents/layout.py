"""Blocks: pieces of a page that know their height and how to draw themselves. Units: points, y measured upwards."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from counter_app.documents.barcodes import (
    OWN_LEVEL,
    QUIET_128,
    QUIET_QR,
    code128_width,
    draw_code128,
    draw_qr,
    qr_width,
)
from counter_app.documents.fonts import Face, Run, is_right_to_left, runs, text_width, wrapped
from counter_app.documents.surface import Surface

_ASCENT = 1.02
"""Of Noto Sans with French capitals and their accents, in ems: from the top of a line to its baseline."""


class Align(Enum):
    """Where a line stands in its column."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: face, size in points, line height in ems."""

    face: Face
    size: float
    line: float = 1.32


@dataclass(frozen=True, slots=True)
class Block:
    """`draw(page, left, top)` paints within `height` points below `top`."""

    height: float
    draw: Callable[[Surface, float, float], None]
    again: "Block | None" = None
    """What stands above it once more when it begins a page, such as the names of the columns of its table."""


def gap(height: float) -> Block:
    """White space."""

    def draw(page: Surface, left: float, top: float) -> None:
        """Nothing to paint."""

    return Block(height, draw)


def rule(width: float, thickness: float = 0.7, around: float = 4) -> Block:
    """A horizontal line with `around` points of white above and below."""

    def draw(page: Surface, left: float, top: float) -> None:
        page.setLineWidth(thickness)
        page.line(left, top - around, left + width, top - around)

    return Block(2 * around, draw)


def paragraph(text: str, style: Style, width: float, align: Align = Align.LEFT) -> Block:
    """Wrapped text. A right-to-left paragraph stands on the right, a little more spaced for its marks."""
    rtl = is_right_to_left(text) and align is Align.LEFT
    line_height = style.size * (style.line * 1.2 if rtl else style.line)
    lines = [
        _placed(line, style, width, Align.RIGHT if rtl else align, rtl)
        for line in wrapped(text, style.face, style.size, width)
    ]

    def draw(page: Surface, left: float, top: float) -> None:
        baseline = top - style.size * _ASCENT * style.line / 1.32
        for offset, pieces in lines:
            draw_runs(page, pieces, left + offset, baseline, style.size)
            baseline -= line_height

    return Block(len(lines) * line_height, draw)


def _placed(line: str, style: Style, width: float, align: Align, rtl: bool) -> tuple[float, tuple[Run, ...]]:
    offset = 0.0 if align is Align.LEFT else (width - text_width(line, style.face, style.size)) * align.value
    return offset, runs(line, style.face, rtl)


def draw_runs(page: Surface, pieces: Sequence[Run], x: float, baseline: float, size: float) -> None:
    """Draw the pieces of a line one after the other, to the right of x."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    for piece in pieces:
        page.setFont(piece.font, size)
        page.drawString(x, baseline, piece.text)
        if len(pieces) > 1:
            x += stringWidth(piece.text, piece.font, size)


def shrunk(text: str, style: Style, width: float) -> Style:
    """The style, smaller when the text would not hold on one line of this width."""
    return replace(style, size=min(style.size, width / max(text_width(text, style.face, 1), 1)))


def inverted(text: str, style: Style, width: float) -> Block:
    """White text centred on a black band, on one line: what no reader may overlook."""
    inside = paragraph(text, shrunk(text, style, width - 9), width - 8, Align.CENTRE)

    def draw(page: Surface, left: float, top: float) -> None:
        page.rect(left, top - inside.height - 4, width, inside.height + 4, stroke=0, fill=1)
        page.setFillGray(1)
        inside.draw(page, left + 4, top - 2)
        page.setFillGray(0)

    return Block(inside.height + 8, draw)


def code128(text: str, dot: float, dots: int, height: float, width: float) -> Block:
    """The bars of the text, centred in a column that they fill; in a wider one, the first bar at its left.

    A module is `dots` printer dots of `dot` points; everything lies on whole dots.
    """
    module = dot * dots
    spare = width - code128_width(text, module)
    aside = spare / 2 if spare < 4 * QUIET_128 * module else -QUIET_128 * module

    def draw(page: Surface, left: float, top: float) -> None:
        draw_code128(page, text, _on_grid(left + aside, dot), _on_grid(top - height, dot), module, height)

    return Block(height + dot, draw)


def qr(text: str, dot: float, dots: int, level: str = OWN_LEVEL) -> Block:
    """The QR code, its first black module at the left of its column: the quiet zone lies in the margin."""
    module = dot * dots
    side, quiet = qr_width(text, module, level), QUIET_QR * module

    def draw(page: Surface, left: float, top: float) -> None:
        draw_qr(page, text, _on_grid(left - quiet, dot), _on_grid(top - side, dot), module, level)

    return Block(side + dot, draw)


def _on_grid(place: float, dot: float) -> float:
    """The nearest whole dot below (or left); a place a hair under a dot is that dot."""
    return math.floor(place / dot + 0.01) * dot


def beside(first: Block, first_width: float, second: Block) -> Block:
    """Two blocks side by side, the second centred on the height of the first (or the reverse)."""
    height = max(first.height, second.height)

    def draw(page: Surface, left: float, top: float) -> None:
        first.draw(page, left, top - (height - first.height) / 2)
        second.draw(page, left + first_width, top - (height - second.height) / 2)

    return Block(height, draw)


def across(blocks: Sequence[Block], width: float) -> Block:
    """Blocks side by side, each in a column of this width, their tops level."""

    def draw(page: Surface, left: float, top: float) -> None:
        for position, block in enumerate(blocks):
            block.draw(page, left + position * width, top)

    return Block(max(block.height for block in blocks), draw)


def stack(blocks: Sequence[Block]) -> Block:
    """Blocks one under the other, never parted."""

    def draw(page: Surface, left: float, top: float) -> None:
        for block in blocks:
            block.draw(page, left, top)
            top -= block.height

    return Block(sum(block.height for block in blocks), draw)
