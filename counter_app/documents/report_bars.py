"""Bars of a report: told apart by their place and their words, never by a shade, each with its number."""

from collections.abc import Mapping

from counter_app.documents import layout
from counter_app.documents.fonts import Face, fitted, runs, text_width
from counter_app.documents.layout import Block, Style, draw_runs
from counter_app.documents.paper_texts import label
from counter_app.documents.surface import Surface

_BAR, _LINE, _SMALL = 8.5, 10.5, 8.5
_NUMBER = 26.0


def bars(title: str, counts: Mapping[str, int], width: float) -> Block:
    """Horizontal bars, each with its words before it and its number after it."""
    if not counts:
        none = layout.paragraph(label("day_report_none"), Style(Face.REGULAR, 10), width)
        return layout.stack([layout.paragraph(title, Style(Face.BOLD, 11), width), none])
    longest = max(text_width(words, Face.REGULAR, _SMALL) for words in counts) + 6
    before = min(max(longest, 0.2 * width), 0.6 * width)
    drawn = [_bar(words, count, max(counts.values()), before, width) for words, count in counts.items()]
    return layout.stack([layout.paragraph(title, Style(Face.BOLD, 11), width), layout.gap(2), *drawn])


def _bar(words: str, count: int, most: int, before: float, width: float) -> Block:
    longest = width - before - _NUMBER

    def draw(page: Surface, left: float, top: float) -> None:
        shown = fitted(words, Face.REGULAR, _SMALL, before - 4)
        draw_runs(page, runs(shown, Face.REGULAR), left, top - _BAR + 1, _SMALL)
        length = longest * count / most if most else 0
        page.setLineWidth(0.5)
        page.setFillGray(0.55)
        page.rect(left + before, top - _BAR, length, _BAR - 1.5, stroke=1, fill=1)
        page.setFillGray(0)
        draw_runs(page, runs(str(count), Face.BOLD), left + before + length + 3, top - _BAR + 1, _SMALL)

    return Block(_LINE, draw)
