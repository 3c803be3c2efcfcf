"""Tables that go on from page to page under the same head: cells are wrapped, never cut, and rows never parted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from counter_app.documents import layout
from counter_app.documents.fonts import Face
from counter_app.documents.layout import Block, Style
from counter_app.documents.paper_texts import label, shortened
from counter_app.documents.sheet import MM, Marks, columns, draw_column, next_page, open_page
from counter_app.documents.surface import Surface

_CELL = 1.4 * MM
"""White beside the words of a cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key of its label, its width, its face."""

    label: str
    millimetres: float
    face: Face = Face.REGULAR


@dataclass(frozen=True, slots=True)
class Table:
    """How rows look: columns, the least height of a row in points, the size of its words."""

    columns: tuple[Column, ...]
    least: float
    size: float

    @property
    def width(self) -> float:
        """Points."""
        return sum(column.millimetres for column in self.columns) * MM

    def heading(self) -> Block:
        """The names of the columns, as repeated on every page."""
        return self._row([label(column.label) for column in self.columns], 0, Face.BOLD)

    def row(self, cells: Sequence[str]) -> Block:
        """One row, as high as its longest cell."""
        return self._row(cells, self.least)

    def _row(self, cells: Sequence[str], least: float, face: Face | None = None) -> Block:
        words = [
            layout.paragraph(
                shortened(cell), Style(face or column.face, self.size), column.millimetres * MM - 2 * _CELL
            )
            for column, cell in zip(self.columns, cells, strict=True)
        ]
        height = max(least, *(block.height for block in words)) + _CELL

        def draw(page: Surface, left: float, top: float) -> None:
            page.setLineWidth(0.5)
            for column, block in zip(self.columns, words, strict=True):
                page.rect(left, top - height, column.millimetres * MM, height)
                block.draw(page, left + _CELL, top - _CELL / 2)
                left += column.millimetres * MM

        return Block(height, draw)


@dataclass(frozen=True, slots=True)
class Report:
    """A table between its head, told the page and the number of pages, and what stands once under its last row."""

    size: tuple[float, float]
    margin: float
    head: Callable[[int, int], Block]
    table: Table
    rows: tuple[Block, ...]
    foot: tuple[Block, ...] = ()

    def publish(self, marks: Marks) -> bytes:
        """The PDF, as many pages as it takes."""
        width_of_numbers = 999
        above = self.head(width_of_numbers, width_of_numbers).height + self.table.heading().height
        room = self.size[1] - 2 * self.margin - above
        pages = columns([*self.rows, *self.foot], room)
        buffer = BytesIO()
        page = open_page(buffer, self.size, marks)
        for number, blocks in enumerate(pages, start=1):
            if number > 1:
                next_page(page, self.size, marks)
            heading = [self.table.heading()] if any(block in self.rows for block in blocks) else []
            head = self.head(number, len(pages))
            draw_column(page, [head, *heading, *blocks], self.margin, self.size[1] - self.margin)
        page.showPage()
        page.save()
        return buffer.getvalue()
