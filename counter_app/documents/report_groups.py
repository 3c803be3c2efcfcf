"""The table of the page of a day: services, then purposes, one line each, their counts and durations in columns."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from counter_app.documents import layout
from counter_app.documents.fonts import Face, fitted
from counter_app.documents.layout import Align, Block, Style
from counter_app.documents.paper_texts import label
from counter_app.documents.sheet import MM
from counter_app.documents.surface import Surface

ENDINGS = ("received", "absent", "left", "rescheduled", "cancelled", "open")
COLUMNS = ("convened", *ENDINGS)
_DURATIONS = ("median", "p90", "served")
_CELL = 12.5 * MM


class GroupLine(NamedTuple):
    """One service, or one purpose. Durations in minutes, as text; None of nobody."""

    words: str
    counts: Mapping[str, int]
    median: str | None
    p90: str | None
    served: str | None
    """Median at the desk."""


def groups(
    services: Sequence[GroupLine], purposes: Sequence[GroupLine], width: float, room: float, least: int
) -> Block:
    """Services, then purposes. Those that the page has no room for are told together; `least`: lines of each that stand
    whatever the room."""
    height = row("", [], width, _CELL, Face.REGULAR).height
    shown = _fitting(services, least, "day_report_other_services")
    most = max(least, int(room / height) - len(shown) - 2)
    told = [*_titled("day_report_service", shown, width)] if shown else []
    others = _fitting(purposes, most, "day_report_other_purposes")
    return layout.stack([*told, *_titled("day_report_purpose", others, width)])


def _titled(title: str, lines: Sequence[GroupLine], width: float) -> list[Block]:
    words = width - _CELL * len((*COLUMNS, *_DURATIONS))
    heads = [label(f"day_report_{name}") for name in (*COLUMNS, *_DURATIONS)]
    return [
        row(label(title), heads, words, _CELL, Face.BOLD),
        *(row(one.words, _cells(one), words, _CELL, Face.REGULAR) for one in lines),
    ]


def _cells(one: GroupLine) -> list[str]:
    minutes = ((told or "–").replace(".", ",") for told in (one.median, one.p90, one.served))
    return [*(str(one.counts.get(name, 0)) for name in COLUMNS), *minutes]


def _fitting(lines: Sequence[GroupLine], most: int, rest: str) -> Sequence[GroupLine]:
    """The most convened, and the others on one line: no duration is told of them, a median of medians is none."""
    if len(lines) <= most:
        return lines
    ordered = sorted(lines, key=lambda one: -one.counts.get("convened", 0))
    others = ordered[most - 1 :]
    together = {name: sum(one.counts.get(name, 0) for one in others) for name in COLUMNS}
    return [*ordered[: most - 1], GroupLine(label(rest, count=len(others)), together, None, None, None)]


def row(words: str, cells: Sequence[str], width: float, cell: float, face: Face) -> Block:
    """Words, then cells of one width, on a line."""
    style = Style(face, 9)
    named = layout.paragraph(fitted(words, face, style.size, width - 4), style, width - 4)
    height = named.height + 2

    def draw(page: Surface, left: float, top: float) -> None:
        page.setLineWidth(0.3)
        page.line(left, top - height, left + width + cell * len(cells), top - height)
        named.draw(page, left, top)
        for place, text in enumerate(cells):
            layout.paragraph(text, style, cell, Align.RIGHT).draw(page, left + width + place * cell, top)

    return Block(height, draw)
