"""The workbook of a report: figures, days, half hours, open cases without a name, with charts of the program itself.

A cell of text is never a formula: what lists wrote cannot command the spreadsheet that opens it.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | float | date | datetime | None
MOST_LETTERS = 32_767
"""Of one cell: a longer text makes the file unreadable."""


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: its title, its headings, its rows; where a chart is drawn, of which columns."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    chart: tuple[int, int] | None = None
    """First and last column that are charted, from 1; the first column names the bars."""
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """Everything in the file. `title` names no person."""

    title: str
    counted_at: datetime
    pages: Sequence[Page]


def report_workbook(facts: WorkbookFacts) -> bytes:
    """The XLSX of these sheets. Same facts, same cells."""
    book = Workbook()
    book.remove(book.worksheets[0])
    told = book.properties
    told.title, told.creator, told.created = facts.title, "Guichet", facts.counted_at.replace(tzinfo=None)
    told.modified = told.created
    for page in facts.pages:
        _fill(book.create_sheet(page.title), page)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet: Worksheet, page: Page) -> None:
    for row, values in enumerate([page.headings, *page.rows], start=1):
        for column, value in enumerate(values, start=1):
            _write(sheet, row, column, value)
    for column, heading in enumerate(page.headings, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        longest = max([len(str(heading)), *(len(str(row[column - 1] or "")) for row in page.rows[:200])])
        sheet.column_dimensions[get_column_letter(column)].width = min(60, longest + 2)
    sheet.freeze_panes = "B2"
    if page.chart and page.rows:
        sheet.add_chart(_chart(sheet, page, page.chart), f"{get_column_letter(len(page.headings) + 2)}2")


def _write(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = _plain(value)
        # « =1+1 » of a list is four letters, not a sum.
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
    else:
        cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _plain(text: str) -> str:
    """What XML can hold, as long as a cell can be."""
    return str(ILLEGAL_CHARACTERS_RE.sub(" ", text))[:MOST_LETTERS]


def _chart(sheet: Worksheet, page: Page, columns: tuple[int, int]) -> BarChart:
    """Bars; those of one series have their number written on them."""
    first, last = columns
    chart = BarChart()
    chart.type, chart.style, chart.title = "col", 10, page.title
    chart.grouping = "stacked" if page.stacked else "clustered"
    chart.overlap = 100 if page.stacked else None
    end = len(page.rows) + 1
    chart.add_data(Reference(sheet, min_col=first, max_col=last, min_row=1, max_row=end), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=end))
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.width, chart.height = 24, 12
    if first == last:
        chart.legend = None
        chart.dataLabels = DataLabelList(showVal=True)
    return chart
