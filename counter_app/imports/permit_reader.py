"""The rows of a list of permits received: each cell read by its column, and why a row is rejected."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from counter_app.imports import permit_sense as sense
from counter_app.imports import permit_values as values
from counter_app.imports.cells import Unclear, clean, plain_name, visible
from counter_app.imports.fields import NO_SLOT, read_birth_date, read_day, read_moment, read_slot
from counter_app.imports.headings import fold_heading, unnamed_column
from counter_app.imports.listed import ListedPermit, RejectedRow, RowNote
from counter_app.imports.numbers import NO_NUMBER, number_from_column
from counter_app.imports.people import full_name
from counter_app.imports.permit_columns import PLACED, TELLING, Columns, PermitColumn
from counter_app.imports.row_reader import HEADING_REPEATED, TOO_MANY_COLUMNS
from counter_app.imports.sheet import SheetRow

NAME_MISSING = Unclear("name_missing", "Nom absent\u00a0: écrivez le nom et le prénom du titulaire.")
DATES_REVERSED = Unclear("validity_unreadable", "La fin de validité est avant le début\u00a0: corrigez l’une des deux.")


_KEPT = (
    *(PermitColumn.name, PermitColumn.family_name, PermitColumn.used_name, PermitColumn.given_name),
    *(PermitColumn.kind, PermitColumn.lot, PermitColumn.tray, PermitColumn.rank, PermitColumn.place),
)
"""Columns whose texts are kept as written."""


class _Rejection(Exception):
    """A cell that cannot be read: ends the reading of its row."""

    def __init__(self, fault: Unclear, *columns: PermitColumn) -> None:
        super().__init__(fault.reason_code)
        self.fault, self.columns = fault, columns


@dataclass(frozen=True, slots=True)
class PermitReader:
    """Reads the rows of one list; the columns are looked up once."""

    headings: tuple[str, ...]
    bounded: bool
    """Whether a row holds nothing beyond the last heading: a text file, where a separator may be one too many."""
    columns: Columns
    zone: ZoneInfo
    today: date

    def read(self, row: SheetRow) -> ListedPermit | RejectedRow:
        """The permit of a row, or why it is rejected."""
        if self.bounded and any(map(str.strip, row.cells[len(self.headings) :])):
            return self.rejected(row, TOO_MANY_COLUMNS)
        try:
            return replace(self._permit(row), notes=tuple(self._notes(row)), untold=self._untold(row))
        except _Rejection as stop:
            return self.rejected(row, stop.fault, *stop.columns)

    def _untold(self, row: SheetRow) -> frozenset[str]:
        """What the row says nothing of: a message that left is not unsent by an empty cell of a newer list."""
        here, told = self.columns.keys(), {column for column in self.columns if self._text(row, column)}
        return frozenset(
            name for name, columns in TELLING.items() if not {*columns} & (here if name in PLACED else told)
        )

    def _permit(self, row: SheetRow) -> ListedPermit:
        card = values.read_card_number(self._text(row, PermitColumn.card_number))
        if isinstance(card, Unclear):
            raise _Rejection(HEADING_REPEATED if self._repeats(row) else card, PermitColumn.card_number)
        name = self._name(row)
        number_text = self._text(row, PermitColumn.foreign_number)
        number = number_from_column(number_text) if number_text else NO_NUMBER
        valid_from, valid_to = self._validity(row)
        tray, rank = self._place(row)
        slot = self._slot(row)
        return ListedPermit(
            row=row.number,
            card_number=card,
            name=name,
            foreign_number=number.normalized,
            number_as_read=number.raw,
            birth_date=self._birth_date(row),
            kind=clean(self._kept(row, PermitColumn.kind)) or None,
            valid_from=valid_from,
            valid_to=valid_to,
            received_on=self._past_day(row, PermitColumn.received_on, slot),
            lot=clean(self._kept(row, PermitColumn.lot)) or None,
            tray=tray,
            rank=rank,
            stamp_amount=self._amount(row),
            phone=values.read_phone(self._text(row, PermitColumn.phone)),
            summoned_on=self._summoned_on(row, slot),
            slot=slot,
        )

    def _text(self, row: SheetRow, column: PermitColumn) -> str:
        position = self.columns.get(column, -1)
        return row.cells[position].strip() if 0 <= position < len(row.cells) else ""

    def _kept(self, row: SheetRow, column: PermitColumn) -> str:
        """A text that is kept as written; a row where it would read as another one is rejected."""
        text = self._text(row, column)
        if fault := sense.check_text(text):
            raise _Rejection(fault, column)
        return visible(text)

    def _notes(self, row: SheetRow) -> Iterator[RowNote]:
        """What is told of a row that stands."""
        found = [(PermitColumn.phone, sense.check_phone(self._text(row, PermitColumn.phone)))]
        found += [(column, sense.web_mark(self._text(row, column))) for column in _KEPT]
        for column, told in found:
            if told:
                heading, text = self.headings[self.columns[column]], self._text(row, column)
                yield RowNote(row.number, heading, told.reason_code, told.reason, text)

    def cut_short(self, row: SheetRow) -> tuple[RowNote, ...]:
        """What is told of the last row of a text file when it stops before the last column: a copy may have been cut,
        and what stands in its last cell with it."""
        if not self.bounded or not 0 < len(row.cells) < len(self.headings):
            return ()
        heading, text = self.headings[len(row.cells) - 1], row.cells[-1]
        return (RowNote(row.number, heading, sense.CUT_SHORT.reason_code, sense.CUT_SHORT.reason, text),)

    def _repeats(self, row: SheetRow) -> bool:
        told = fold_heading(self._text(row, PermitColumn.card_number))
        return told == fold_heading(self.headings[self.columns[PermitColumn.card_number]])

    def _name(self, row: SheetRow) -> str:
        whole, family, used, given = (
            self._kept(row, column)
            for column in (
                *(PermitColumn.name, PermitColumn.family_name),
                *(PermitColumn.used_name, PermitColumn.given_name),
            )
        )
        name = full_name(family, used, given) if family or used else plain_name(f"{whole} {given if whole else ''}")
        if not name:
            raise _Rejection(NAME_MISSING, PermitColumn.name, PermitColumn.family_name, PermitColumn.used_name)
        return name

    def _validity(self, row: SheetRow) -> tuple[str | None, str | None]:
        last_column = PermitColumn.valid_to
        first_column = PermitColumn.valid_from if PermitColumn.valid_from in self.columns else last_column
        texts = (self._text(row, first_column), self._text(row, last_column))
        if first_column is last_column:
            texts = values.split_validity(texts[1])
        first, last = self._read_day(texts[0], first_column), self._read_day(texts[1], last_column)
        if first and last and last < first:
            raise _Rejection(DATES_REVERSED, PermitColumn.valid_to)
        return first, last

    def _place(self, row: SheetRow) -> tuple[str | None, str | None]:
        told = values.split_place(self._kept(row, PermitColumn.place))
        tray = values.whole_place(self._kept(row, PermitColumn.tray) or told[0])
        rank = values.whole_place(self._kept(row, PermitColumn.rank) or told[1])
        wrong_tray, wrong_rank = sense.check_place(tray, rank)
        if fault := wrong_tray or wrong_rank:
            raise _Rejection(fault, PermitColumn.tray if wrong_tray else PermitColumn.rank, PermitColumn.place)
        return tray, rank

    def _past_day(self, row: SheetRow, column: PermitColumn, slot: str | None) -> str | None:
        """A day that has come. In a row whose handover is later still, the clock of the desk may be what is wrong."""
        return self._not_to_come(self._read_day(self._text(row, column), column), column, slot)

    def _not_to_come(self, day: str | None, column: PermitColumn, slot: str | None) -> str | None:
        if sense.is_to_come(day, self.today) and not (day and slot and day <= slot[:10]):
            raise _Rejection(sense.DAY_TO_COME, column)
        return day

    def _read_day(self, text: str, column: PermitColumn) -> str | None:
        day = read_day(text) if text else None
        if isinstance(day, Unclear):
            raise _Rejection(day, column)
        return day.isoformat() if day else None

    def _birth_date(self, row: SheetRow) -> str | None:
        text = self._text(row, PermitColumn.birth_date)
        born = read_birth_date(text) if text else None
        if isinstance(born, Unclear):
            reason = born.reason.replace("27/3/2026", "27/3/1980")
            raise _Rejection(Unclear("birth_date_unreadable", reason), PermitColumn.birth_date)
        if sense.is_to_come(born, self.today):
            raise _Rejection(sense.BORN_TO_COME, PermitColumn.birth_date)
        return born

    def _amount(self, row: SheetRow) -> int | None:
        amount = values.read_amount(self._text(row, PermitColumn.stamp_amount))
        if isinstance(amount, Unclear):
            raise _Rejection(amount, PermitColumn.stamp_amount)
        return amount

    def _summoned_on(self, row: SheetRow, slot: str | None) -> str | None:
        text = self._text(row, PermitColumn.summoned_on)
        moment = read_moment(text, self.zone) if text and fold_heading(text) not in ("", "non", "n") else (None, None)
        if isinstance(moment, Unclear):
            raise _Rejection(moment, PermitColumn.summoned_on)
        day: date | None = moment[0]
        return self._not_to_come(day.isoformat() if day else None, PermitColumn.summoned_on, slot)

    def _slot(self, row: SheetRow) -> str | None:
        texts = (self._text(row, column) for column in (PermitColumn.slot, PermitColumn.day, PermitColumn.hour))
        slot = read_slot(*texts, self.zone)
        if slot == NO_SLOT:
            return None
        if isinstance(slot, Unclear):
            raise _Rejection(slot, PermitColumn.slot, PermitColumn.day, PermitColumn.hour)
        return slot.isoformat()

    def rejected(self, row: SheetRow, fault: Unclear, *columns: PermitColumn) -> RejectedRow:
        """The row as rejected, because of the first of these columns that the list has."""
        position = next((self.columns[column] for column in columns if column in self.columns), None)
        width = max(len(self.headings), len(row.cells))
        headings = (*self.headings, *(unnamed_column(at + 1) for at in range(len(self.headings), width)))
        cells = tuple(zip(headings, (*row.cells, *[""] * (width - len(row.cells))), strict=True))
        heading, value = cells[position] if position is not None else (None, "")
        return RejectedRow(row.number, heading, fault.reason_code, fault.reason, value.strip()[: sense.SHOWN], cells)
