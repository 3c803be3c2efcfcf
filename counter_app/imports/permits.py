"""Lists of permits received, read row by row: every row ends as a listed permit or as a rejected row."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from counter_app.imports import permit_sense as sense
from counter_app.imports.headings import unnamed_column
from counter_app.imports.listed import ListedPermit, RejectedRow, RowNote
from counter_app.imports.permit_columns import PermitColumn, columns_of, recognised
from counter_app.imports.permit_reader import PermitReader
from counter_app.imports.refusals import unreadable
from counter_app.imports.row_reader import TOO_MANY_COLUMNS
from counter_app.imports.sheet import Sheet, SheetKind, SheetRow, read_sheet


def read_permits(path: Path, zone: ZoneInfo, today: date) -> list[ListedPermit | RejectedRow]:
    """Every row of a list of permits received, in order. Raises `UnreadableFile` when the file as a whole cannot be.

    `today` is that of the site: nobody was born and nothing came in after it. A card that two rows give to two
    people is nobody's: both rows are rejected. The same row twice counts once.
    """
    sheet = read_sheet(path, known=recognised)
    columns = columns_of(sheet.headings)
    if PermitColumn.card_number not in columns:
        raise unreadable("not_permits")
    if not {PermitColumn.name, PermitColumn.family_name, PermitColumn.used_name} & set(columns):
        raise unreadable("columns_missing", missing="le nom du titulaire")
    reader = PermitReader(sheet.headings, sheet.kind is SheetKind.csv, columns, zone, today)
    rows = {row.number: row for row in sheet.rows}
    read = [reader.read(row) for row in rows.values()]
    if read:
        last = read[-1]
        cut = reader.cut_short(rows[last.row])
        if isinstance(last, ListedPermit):
            read[-1] = replace(last, notes=(*last.notes, *cut, *_unread_sheets(sheet, last.row)))
        elif cut:
            read[-1] = replace(last, reason=f"{last.reason} {cut[0].reason}")
    return list(_each_card_once(read, rows, reader))


def _unread_sheets(sheet: Sheet, after: int) -> list[RowNote]:
    """Told after the last row: other sheets of the workbook that are lists of permits too; one file is one list."""
    names = (name for name, headings in sheet.others if PermitColumn.card_number in columns_of(headings))
    return [RowNote(after, name, sense.SHEET_UNREAD.reason_code, sense.SHEET_UNREAD.reason, name) for name in names]


def repair_permit_row(
    rejected: RejectedRow, corrections: Mapping[str, str], zone: ZoneInfo, today: date
) -> ListedPermit | RejectedRow:
    """Read a rejected row again with the texts a person put in (heading -> text); headings are those of its cells.

    What stood beyond the last heading has to be emptied: nobody knows which column it belongs to.
    """
    headings = [heading for heading, _text in rejected.cells]
    texts = tuple(corrections.get(heading, text) for heading, text in rejected.cells)
    beyond = rejected.reason_code == TOO_MANY_COLUMNS.reason_code
    while beyond and headings and headings[-1] == unnamed_column(len(headings)):
        headings.pop()
    return PermitReader(tuple(headings), beyond, columns_of(headings), zone, today).read(SheetRow(rejected.row, texts))


def _each_card_once(
    read: list[ListedPermit | RejectedRow], rows: dict[int, SheetRow], reader: PermitReader
) -> Iterator[ListedPermit | RejectedRow]:
    by_card: defaultdict[str, list[ListedPermit]] = defaultdict(list)
    for one in read:
        if isinstance(one, ListedPermit):
            by_card[one.card_number].append(one)
    for one in read:
        fault = None if isinstance(one, RejectedRow) else sense.repeated(one, by_card[one.card_number])
        yield reader.rejected(rows[one.row], fault, PermitColumn.card_number) if fault else one
