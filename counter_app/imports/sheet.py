"""A list as rows of texts, whatever file it comes from: CSV and its cousins, XLS, XLSX, ODS.

The kind is told by the content: a `.xls` that is really a text is read as a text.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from counter_app.imports.delimited import open_delimited
from counter_app.imports.headings import fold_heading, unique_headings
from counter_app.imports.refusals import UnreadableFile, unreadable
from counter_app.imports.soundness import SheetKind, workbook_kind
from counter_app.imports.targets import recognised
from counter_app.imports.workbook import open_workbook

__all__ = ["Sheet", "SheetKind", "SheetRow", "UnreadableFile", "read_sheet"]


class SheetRow(NamedTuple):
    """One filled row. `number` is what the spreadsheet shows in its margin: 1 for the first line of the file."""

    number: int
    cells: tuple[str, ...]


class _Table(Protocol):
    def rows(self) -> Iterator[tuple[int, list[str]]]: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list of rows under headings. `rows` may be gone through several times; a text file is streamed each time."""

    path: Path
    kind: SheetKind
    headings: tuple[str, ...]
    """As written, each once: a repeated one is « Nom (2) », an empty one « (colonne 5) »."""
    rows: Iterable[SheetRow]
    total: int
    """How many rows `rows` gives, for a progress bar."""
    encoding: str | None = None
    """Of a text file."""
    separator: str | None = None
    """Of a text file."""
    name: str | None = None
    """Of the sheet, in a workbook."""
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Name and headings of the other visible sheets with known headings: nothing of them is read."""


@dataclass(frozen=True, slots=True)
class _FilledRows:
    table: _Table

    def __iter__(self) -> Iterator[SheetRow]:
        for number, cells in self.table.rows():
            if cells and (cells[0].strip() or any(map(str.strip, cells))):
                yield SheetRow(number, tuple(cells))


def read_sheet(path: Path, wanted: Collection[str] = (), known: Callable[[str], bool] = recognised) -> Sheet:
    """Open a list. `wanted` are headings (of a saved mapping) to be recognised besides the `known` ones.

    Raises `UnreadableFile`, also while rows are read, when the file as a whole cannot be used: empty, not a table,
    protected, damaged, a folder, no headings, too large.
    """
    asked = {fold_heading(heading) for heading in wanted}

    def recognises(heading: str) -> bool:
        return known(heading) or fold_heading(heading) in asked

    if path.is_dir():
        raise unreadable("folder")
    if path.exists() and not path.is_file():
        raise unreadable("not_a_file")
    try:
        if path.stat().st_size == 0:
            raise unreadable("empty_file")
        kind = workbook_kind(path)
        return _from_workbook(path, kind, recognises) if kind else _from_text(path, recognises)
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise unreadable("file_missing") from fault
    except OSError as fault:
        raise unreadable("file_locked") from fault


def _from_workbook(path: Path, kind: SheetKind, recognises: Callable[[str], bool]) -> Sheet:
    table = open_workbook(path, recognises)
    headings = unique_headings(_without_empty_end(table.headings.headings))
    rows = _FilledRows(table)
    return Sheet(path, kind, headings, rows, table.count(), name=table.sheet.name, others=table.others)


def _from_text(path: Path, recognises: Callable[[str], bool]) -> Sheet:
    text = open_delimited(path, recognises)
    headings = unique_headings(_without_empty_end(text.headings.headings))
    rows = _FilledRows(text)
    return Sheet(path, SheetKind.csv, headings, rows, text.total, text.encoding, text.separator)


def _without_empty_end(headings: Sequence[str]) -> Sequence[str]:
    """Exports often end each line with a separator: what has no heading at the right end is no column."""
    width = max((position for position, heading in enumerate(headings, start=1) if heading.strip()), default=0)
    return headings[:width]
