"""The day list for power cuts, A4 landscape: one day, 45 appointments a page, a box to tick and room to write.

It is made for agents and keeps 45 rows whatever they hold: its text is smaller than on papers given to people.
"""

from dataclasses import dataclass, replace
from io import BytesIO

from counter_app.documents.facts import DayListFacts, DayListRow
from counter_app.documents.fonts import Face, fitted, runs, text_width
from counter_app.documents.layout import Style, draw_runs, inverted, shrunk
from counter_app.documents.paper_texts import FRENCH, day_words, hour_words, label
from counter_app.documents.sheet import A4_LANDSCAPE, MM, TRAINING_MARK, Marks, open_page, watermark
from counter_app.documents.surface import Page, Surface
from counter_app.domain.codes import spaced
from counter_app.domain.foreign_number import masked
from counter_app.wording.dates import hour_on

TITLE = "Liste du jour"
ROWS_A_PAGE = 45
_SIZE = A4_LANDSCAPE
_MARGIN = 9 * MM
_ROW = 3.98 * MM
_TOP = 15 * MM
"""From the top of the page to the headings of the table."""
_CELL = 1.2 * MM
_BOX = 7.0
_AFTER_BOX = "     "
_SIZE_OF_TEXT, _SMALLEST = 8.5, 6.5
_NOTE = Style(Face.REGULAR, 9)


@dataclass(frozen=True, slots=True)
class _Column:
    label: str
    millimetres: float
    face: Face = Face.REGULAR


_COLUMNS = (
    _Column("column_arrived", 24),
    _Column("column_slot", 16),
    _Column("column_name", 66, Face.BOLD),
    _Column("column_birth", 20),
    _Column("column_number", 24),
    _Column("column_purpose", 56),
    _Column("column_desk", 16),
    _Column("column_code", 33),
    _Column("column_notes", 24),
)


def day_list(facts: DayListFacts) -> bytes:
    """The PDF of the day, one page for 45 rows; a day without appointment is a page that says so."""
    buffer = BytesIO()
    page = open_page(buffer, _SIZE, Marks(TITLE, facts.printed_at, facts.training))
    chunks = [facts.rows[start : start + ROWS_A_PAGE] for start in range(0, len(facts.rows), ROWS_A_PAGE)] or [()]
    for number, rows in enumerate(chunks, start=1):
        if number > 1 and facts.training:
            watermark(page, _SIZE)
        _head(page, facts, number, len(chunks))
        _table(page, rows)
        page.showPage()
    page.save()
    return buffer.getvalue()


def _head(page: Page, facts: DayListFacts, number: int, pages: int) -> None:
    baseline = _SIZE[1] - _MARGIN - 9
    title = f"{label('day_list', day=day_words(FRENCH, facts.day))} – {facts.site}"
    count = label(
        "day_list_one" if len(facts.rows) < 2 else "day_list_count",
        count=len(facts.rows),
        page=number,
        pages=pages,
        day=day_words(FRENCH, facts.printed_at.date()),
        hour=hour_words(FRENCH, facts.printed_at),
    )
    told = text_width(count, _NOTE.face, _NOTE.size)
    _write(page, count, _NOTE, _SIZE[0] - _MARGIN - told, baseline)
    room = _SIZE[0] - 2 * _MARGIN - told - 6 * MM
    style = shrunk(title, Style(Face.BOLD, 13), room)
    _write(page, fitted(title, style.face, style.size, room), style, _MARGIN, baseline)
    _write(page, label("day_list_keep"), _NOTE, _MARGIN, 6 * MM)
    if facts.training:
        band = 70 * MM
        inverted(TRAINING_MARK, Style(Face.BOLD, 10), band).draw(page, _SIZE[0] - _MARGIN - band, 9.5 * MM)


def _table(page: Page, rows: tuple[DayListRow, ...]) -> None:
    top = _SIZE[1] - _TOP
    _row(page, top, [label(column.label) for column in _COLUMNS], Face.BOLD)
    for row in rows:
        top -= _ROW
        _row(page, top, _cells(row))
        _box(page, _MARGIN + _CELL, top - _ROW + 2, ticked=row.arrived_at is not None)
    if not rows:
        _write(page, label("day_list_none"), Style(Face.REGULAR, 11), _MARGIN + _CELL, top - 2.5 * _ROW)
    _lines(page, top - _ROW)


def _cells(row: DayListRow) -> list[str]:
    """The words of one row; the hour of arrival and the remarks are written by hand unless already known."""
    arrived = hour_on(row.arrived_at, row.slot.date()) if row.arrived_at else ""
    slot, number, code = hour_words(FRENCH, row.slot), masked(row.foreign_number), spaced(row.code).strip()
    return [_AFTER_BOX + arrived, slot, row.name, row.birth_date, number, row.purpose, row.desk, code, ""]


def _row(page: Surface, top: float, cells: list[str], face: Face | None = None) -> None:
    """One line of the table, in one face or in that of each column; a long text is set smaller, then cut."""
    left = _MARGIN
    for column, text in zip(_COLUMNS, cells, strict=True):
        room = column.millimetres * MM - 2 * _CELL
        style = shrunk(text, Style(face or column.face, _SIZE_OF_TEXT), room)
        style = replace(style, size=max(style.size, _SMALLEST))
        _write(page, fitted(text, style.face, style.size, room), style, left + _CELL, top - _ROW + 3)
        left += column.millimetres * MM


def _box(page: Surface, x: float, y: float, ticked: bool) -> None:
    page.setLineWidth(0.8)
    page.rect(x, y, _BOX, _BOX)
    if ticked:
        page.line(x, y, x + _BOX, y + _BOX)
        page.line(x, y + _BOX, x + _BOX, y)


def _lines(page: Surface, bottom: float) -> None:
    """The frame: a line under every row and beside every column."""
    page.setLineWidth(0.4)
    right = _SIZE[0] - _MARGIN
    top = y = _SIZE[1] - _TOP
    while y > bottom - _ROW / 2:
        page.line(_MARGIN, y, right, y)
        y -= _ROW
    x = _MARGIN
    for width in (*(column.millimetres * MM for column in _COLUMNS), 0.0):
        page.line(x, top, x, bottom)
        x += width


def _write(page: Surface, text: str, style: Style, x: float, baseline: float) -> None:
    draw_runs(page, runs(text, style.face), x, baseline, style.size)
