"""Appointment lists read row by row: every row ends as listed appointments or as a rejected row, none is dropped."""

from collections.abc import Container, Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from counter_app.imports.headings import unique_headings
from counter_app.imports.listed import DUPLICATE_ROW, ListedAppointment, RejectedRow
from counter_app.imports.mapping import Mapping, effective_mapping
from counter_app.imports.permit_columns import is_permits_list
from counter_app.imports.refusals import UnreadableFile, unreadable
from counter_app.imports.row_reader import RowReader
from counter_app.imports.seen import FIRST_TIME, SeenRows
from counter_app.imports.sheet import Sheet, SheetKind, SheetRow
from counter_app.imports.sources import Source
from counter_app.imports.statuses import ListedStatus

__all__ = [
    "AppointmentFile",
    "ListedAppointment",
    "ListedStatus",
    "RejectedRow",
    "Tally",
    "read_appointments",
    "repair_row",
]


@dataclass(slots=True)
class Tally:
    """What became of the rows read so far: `rows == listed + rejected + duplicates` at any time."""

    rows: int = 0
    listed: int = 0
    """Rows that gave appointments."""
    rejected: int = 0
    duplicates: int = 0
    """Rows identical to one above, given as `RejectedRow` with `duplicate_row`."""
    appointments: int = 0
    """One per person: a row may hold several."""


@dataclass(slots=True)
class AppointmentFile:
    """A list being read. Iterate to get its rows in order; `tally` follows. Each iteration starts over."""

    sheet: Sheet
    mapping: Mapping
    zone: ZoneInfo
    tally: Tally = field(default_factory=Tally)

    @property
    def source(self) -> Source:
        """Where the list comes from."""
        return self.mapping.source

    @property
    def total(self) -> int:
        """Rows to read, for a progress bar."""
        return self.sheet.total

    @property
    def unread_sheets(self) -> tuple[str, ...]:
        """Other sheets of the workbook that are lists of appointments too: one file is one list."""
        return tuple(name for name, headings in self.sheet.others if self._is_list(headings))

    def _is_list(self, headings: tuple[str, ...]) -> bool:
        unique = unique_headings(headings)
        try:
            RowReader(unique, effective_mapping(unique, self.mapping), self.zone)
        except UnreadableFile:
            return False
        return True

    def __iter__(self) -> Iterator[ListedAppointment | RejectedRow]:
        reader = RowReader(self.sheet.headings, self.mapping, self.zone, strict=self.sheet.kind is SheetKind.csv)
        seen = SeenRows(self.sheet.total)
        tally = self.tally = Tally()
        for row in self.sheet.rows:
            outcome = reader.read(row)
            if not isinstance(outcome, RejectedRow):
                outcome = _apart(outcome, row, seen, reader)
            _count(tally, outcome)
            if isinstance(outcome, RejectedRow):
                yield outcome
            else:
                yield from outcome


def _apart(
    listed: tuple[ListedAppointment, ...], row: SheetRow, seen: SeenRows, reader: RowReader
) -> tuple[ListedAppointment, ...] | RejectedRow:
    """The same appointments with a key of their own, or a rejection when the whole row was met before."""
    content = hash(row.cells)
    apart = []
    for appointment in listed:
        meeting = seen.meet(appointment.source_key, content, row.number)
        if meeting.same_as is not None:
            told = f"Ligne identique à la ligne {meeting.same_as}\u00a0: comptée une seule fois."
            return reader.rejected(row, None, DUPLICATE_ROW, told)
        apart.append(appointment if meeting is FIRST_TIME else with_ordinal(appointment, meeting.occurrence))
    return tuple(apart)


def with_ordinal(appointment: ListedAppointment, occurrence: int) -> ListedAppointment:
    """The appointment under the key of its n-th occurrence in the file."""
    return replace(appointment, source_key=f"{appointment.source_key}|#{occurrence}")


def _count(tally: Tally, outcome: tuple[ListedAppointment, ...] | RejectedRow) -> None:
    tally.rows += 1
    if not isinstance(outcome, RejectedRow):
        tally.listed += 1
        tally.appointments += len(outcome)
    elif outcome.reason_code == DUPLICATE_ROW:
        tally.duplicates += 1
    else:
        tally.rejected += 1


def read_appointments(sheet: Sheet, mapping: Mapping | None, zone: ZoneInfo) -> AppointmentFile:
    """Prepare to read the appointments of a sheet. Hours are those of `zone`.

    `mapping` is what a person chose; it goes over what is known of the detected source. `UnreadableFile`
    (`columns_missing`) says which column has to be named when the name or the date of the appointment is not found.
    """
    if is_permits_list(sheet.headings):
        raise unreadable("permits_list")
    effective = effective_mapping(sheet.headings, mapping)
    RowReader(sheet.headings, effective, zone)
    return AppointmentFile(sheet, effective, zone)


def repair_row(
    rejected_cells: tuple[tuple[str, str], ...],
    corrections: AnyMapping[str, str],
    mapping: Mapping | None,
    zone: ZoneInfo,
    *,
    row: int = 0,
    taken: Container[str] = (),
) -> tuple[ListedAppointment, ...] | RejectedRow:
    """Read a rejected row again with the texts a person put in (heading -> text); headings are those of `cells`.

    `taken` are the source keys already listed from the same file: the repaired row gets a free one.
    """
    headings = tuple(heading for heading, _ in rejected_cells)
    cells = tuple(corrections.get(heading, text) for heading, text in rejected_cells)
    reader = RowReader(headings, effective_mapping(headings, mapping), zone)
    outcome = reader.read(SheetRow(row, cells))
    if isinstance(outcome, RejectedRow):
        return outcome
    return tuple(_with_free_key(appointment, taken) for appointment in outcome)


def _with_free_key(appointment: ListedAppointment, taken: Container[str]) -> ListedAppointment:
    free, occurrence = appointment, 1
    while free.source_key in taken:
        occurrence += 1
        free = with_ordinal(appointment, occurrence)
    return free
