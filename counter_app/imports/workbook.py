"""Workbooks (XLS, XLSX, ODS) read with python-calamine, every cell as the text a person would type for it."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import python_calamine as calamine

from counter_app.imports.headings import SEARCHED_LINES, HeadingLine, fold_heading, locate_headings
from counter_app.imports.refusals import unreadable

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_NAMES_OF_LISTS = ("dossiers", "export")
_MOST_SHEETS = 50
_EXACT_INTEGERS = 10**15
"""Above this a spreadsheet has already lost digits: the number is left in a form that nobody takes for exact."""


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    """The sheet of a workbook that holds the list, and where its headings are (index of the row, from 0)."""

    sheet: calamine.CalamineSheet
    headings: HeadingLine
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Name and headings of the other sheets that may be lists."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(row number as the spreadsheet shows it, cells as texts) of each row under the headings."""
        first = self.headings.index + 2
        with _reading():
            for number, cells in enumerate(islice(self.sheet.iter_rows(), first - 1, None), start=first):
                yield number, [cell_text(cell) for cell in cells]

    def count(self) -> int:
        """Rows under the headings that hold something."""
        with _reading():
            return sum(
                1 for cells in islice(self.sheet.iter_rows(), self.headings.index + 1, None) if set(cells) - {""}
            )


def open_workbook(path: Path, recognises: Callable[[str], bool]) -> WorkbookTable:
    """Find the sheet of the list: one named Dossiers or Export first, else the first with headings that are known.

    `UnreadableFile` when the workbook is damaged, protected or without any table. Check it with `workbook_kind` first.
    """
    with path.open("rb") as file, _reading():
        workbook = calamine.CalamineWorkbook.from_filelike(file)
        filled = [sheet for sheet in _sheets(workbook) if sheet.start is not None]
        tables = [WorkbookTable(sheet, found) for sheet in filled if (found := _locate(sheet, recognises))]
    if not tables:
        raise unreadable("no_headings" if filled else "empty_file")
    known = [table for table in tables if any(map(recognises, table.headings.headings))]
    chosen = (known or tables)[0]
    others = ((table.sheet.name, tuple(table.headings.headings)) for table in known if table is not chosen)
    return replace(chosen, others=tuple(others))


def _sheets(workbook: calamine.CalamineWorkbook) -> Iterator[calamine.CalamineSheet]:
    kept = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible
    ]
    for name in sorted(kept[:_MOST_SHEETS], key=lambda name: fold_heading(name) not in _NAMES_OF_LISTS):
        yield workbook.get_sheet_by_name(name)


def _locate(sheet: calamine.CalamineSheet, recognises: Callable[[str], bool]) -> HeadingLine | None:
    start = sheet.start[0] if sheet.start else 0
    lines = [[cell_text(cell) for cell in cells] for cells in islice(sheet.iter_rows(), start, start + SEARCHED_LINES)]
    located = locate_headings(lines, recognises)
    return HeadingLine(start + located.index, located.headings) if located else None


@contextmanager
def _reading() -> Iterator[None]:
    """Calamine's faults as `UnreadableFile`. On some damaged files it panics, outside the family of `Exception`."""
    try:
        yield
    except calamine.PasswordError as fault:
        raise unreadable("encrypted") from fault
    except (calamine.CalamineError, ValueError, OverflowError, OSError) as fault:
        raise unreadable("too_large" if "Cell limit" in str(fault) else "damaged") from fault
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        raise unreadable("damaged") from fault


def cell_text(cell: Cell) -> str:
    """The text of a typed cell: whole numbers without `.0`, days as 2026-11-23, hours as 09:30:00, oui/non."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, int | float):
        return _number_text(cell)
    return _time_text(cell)


def _number_text(number: int | float) -> str:
    if abs(number) < _EXACT_INTEGERS and number == int(number):
        return str(int(number))
    return repr(float(number))


def _time_text(value: dt.time | dt.date | dt.datetime | dt.timedelta) -> str:
    if isinstance(value, dt.datetime):
        return str(_to_the_second(value))
    if isinstance(value, dt.time):
        return str(_to_the_second(dt.datetime.combine(dt.date(2000, 1, 1), value)).time())
    if isinstance(value, dt.timedelta):
        return _duration_text(value)
    return value.isoformat()


def _to_the_second(moment: dt.datetime) -> dt.datetime:
    """Spreadsheets keep hours as fractions of a day: 9:30 may come out a microsecond short."""
    if moment.microsecond < 500_000:
        return moment.replace(microsecond=0)
    return moment.replace(microsecond=0) + dt.timedelta(seconds=1)


def _duration_text(duration: dt.timedelta) -> str:
    minutes, seconds = divmod(round(duration.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
