"""One row of cells read as appointments. The columns are looked up once for the whole file."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from counter_app.domain.person_names import fold
from counter_app.imports.cells import Unclear, clean, plain_name, tidy
from counter_app.imports.fields import NO_HOUR, read_day, read_slot
from counter_app.imports.headings import fold_heading, unnamed_column
from counter_app.imports.listed import ListedAppointment, RejectedRow
from counter_app.imports.mapping import Mapping
from counter_app.imports.numbers import NO_NUMBER, RowNumber, number_from_column, number_from_texts
from counter_app.imports.people import Person, full_name, people_of, split_names
from counter_app.imports.refusals import unreadable
from counter_app.imports.sheet import SheetRow
from counter_app.imports.sources import Source
from counter_app.imports.statuses import read_status
from counter_app.imports.targets import Target

NAME_MISSING = Unclear("name_missing", "Nom absent\u00a0: écrivez le nom et le prénom de l’usager.")
TOO_MANY_COLUMNS = Unclear(
    "too_many_columns",
    "Plus de cellules que de titres\u00a0: un séparateur est sans doute resté dans un texte. "
    "Remettez chaque valeur dans sa colonne.",
)
HEADING_REPEATED = Unclear("heading_repeated", "Cette ligne répète les titres de colonnes\u00a0: rien à corriger.")
BORN_LATER = Unclear(
    "birth_date_unreadable", "Date de naissance après le rendez-vous\u00a0: écrivez-la comme 27/3/1980."
)
_YES, _NO = frozenset({"oui", "o", "vrai", "true", "1", "x", "mineur"}), frozenset({"non", "n", "faux", "false", "0"})


class RowReader:
    """Reads the rows of one list. `strict`: a row with more cells than headings is rejected (torn texts).

    Raises `UnreadableFile` (`columns_missing`) when the name or the date of the appointment has no column.
    """

    def __init__(self, headings: Sequence[str], mapping: Mapping, zone: ZoneInfo, *, strict: bool = False) -> None:
        self._headings = tuple(headings)
        self._source, self._zone, self._strict = mapping.source, zone, strict
        self._columns = mapping.indexes(headings)
        self._padding = ("",) * len(self._headings)
        self._check_columns()

    def _check_columns(self) -> None:
        names = (Target.name, Target.family_name, Target.used_name)
        missing = [] if any(target in self._columns for target in names) else ["le nom de l’usager"]
        if Target.slot not in self._columns and Target.day not in self._columns:
            missing.append("la date du rendez-vous")
        if missing:
            raise unreadable("columns_missing", missing=" et ".join(missing))

    def read(self, row: SheetRow) -> tuple[ListedAppointment, ...] | RejectedRow:
        """The appointments of a row, one per person, or why it is rejected."""
        width = len(self._headings)
        if self._strict and len(row.cells) > width and any(map(str.strip, row.cells[width:])):
            return self._reject(row, TOO_MANY_COLUMNS)
        cells = row.cells if len(row.cells) >= width else (row.cells + self._padding)[:width]
        names = self._names(cells)
        if not names:
            return self._reject(row, NAME_MISSING, Target.name, Target.family_name, Target.used_name)
        day, hour = self._text(cells, Target.day), self._text(cells, Target.hour)
        slot = read_slot(self._text(cells, Target.slot), day, hour, self._zone)
        if isinstance(slot, Unclear):
            return self._reject_slot(row, cells, slot)
        return self._with_people(row, cells, names, slot)

    def _with_people(
        self, row: SheetRow, cells: Sequence[str], names: tuple[str, ...], slot: datetime
    ) -> tuple[ListedAppointment, ...] | RejectedRow:
        people = people_of(names, self._text(cells, Target.birth_date))
        if isinstance(people, Unclear):
            reason = people.reason.replace("27/3/2026", "27/3/1980")
            return self._reject(row, Unclear("birth_date_unreadable", reason), Target.birth_date)
        if any(person.birth_date and person.birth_date > slot.date().isoformat() for person in people):
            return self._reject(row, BORN_LATER, Target.birth_date)
        expiry = _optional_day(self._text(cells, Target.document_expiry))
        if isinstance(expiry, Unclear):
            return self._reject(row, Unclear("expiry_unreadable", expiry.reason), Target.document_expiry)
        numbers = self._numbers(cells, len(people))
        listed = [
            self._listed(row.number, cells, person, number, slot, expiry, len(people))
            for person, number in zip(people, numbers, strict=True)
        ]
        return tuple(listed)

    def _listed(
        self,
        row: int,
        cells: Sequence[str],
        person: Person,
        number: RowNumber,
        slot: datetime,
        expiry: date | None,
        count: int,
    ) -> ListedAppointment:
        text = self._text
        purpose, reference = clean(text(cells, Target.purpose)), text(cells, Target.reference)
        return ListedAppointment(
            row=row,
            source=self._source.value,
            source_key=source_key(self._source, reference, person, slot, purpose),
            name=person.name,
            birth_date=person.birth_date,
            foreign_number=number.normalized,
            foreign_number_raw=number.raw,
            slot=slot,
            purpose=purpose,
            service=clean(text(cells, Target.service)) or None,
            place=clean(text(cells, Target.place)) or None,
            organisation=clean(text(cells, Target.organisation)) or None,
            desk=clean(text(cells, Target.desk)) or None,
            status=read_status(text(cells, Target.status)),
            reference=reference or None,
            postcode=_postcode(text(cells, Target.postcode)),
            document_expiry=expiry,
            minor=_minor(text(cells, Target.minor), count),
            booked_at=_booked_at(text(cells, Target.booked_day), text(cells, Target.booked_hour), self._zone),
        )

    def _text(self, cells: Sequence[str], target: Target) -> str:
        """The first filled cell of a target."""
        for position in self._columns.get(target, ()):
            text = cells[position]
            if text and (text := text.strip()):
                return text
        return ""

    def _names(self, cells: Sequence[str]) -> tuple[str, ...]:
        family, used = self._text(cells, Target.family_name), self._text(cells, Target.used_name)
        if family or used:
            return (full_name(family, used, self._text(cells, Target.given_name)),)
        name = self._text(cells, Target.name)
        given = self._text(cells, Target.given_name)
        if not name:
            return ()
        return (plain_name(f"{name} {given}"),) if given else split_names(name, self._source)

    def _numbers(self, cells: Sequence[str], count: int) -> tuple[RowNumber, ...]:
        own = self._text(cells, Target.foreign_number)
        if count == 1:
            if own:
                return (number_from_column(own),)
            texts = [cells[position] for position in self._columns.get(Target.context, ())]
            return (number_from_texts(texts),)
        each = own.split(",") if own else []
        return tuple(map(number_from_column, each)) if len(each) == count else (NO_NUMBER,) * count

    def _reject_slot(self, row: SheetRow, cells: Sequence[str], fault: Unclear) -> RejectedRow:
        day = self._text(cells, Target.day) or self._text(cells, Target.slot)
        if day and fold_heading(day) in {fold_heading(heading) for heading in self._headings}:
            return self._reject(row, HEADING_REPEATED)
        if fault.reason_code.startswith("time"):
            return self._reject(row, fault, Target.hour, Target.slot, Target.day)
        return self._reject(row, fault, *self._filled_first(cells, Target.day, Target.slot))

    def _filled_first(self, cells: Sequence[str], *targets: Target) -> list[Target]:
        return sorted(targets, key=lambda target: not self._text(cells, target))

    def _reject(self, row: SheetRow, fault: Unclear, *targets: Target) -> RejectedRow:
        """Reject because of the first of these targets that has a column (the whole row when none is given)."""
        positions = next((self._columns[target] for target in targets if target in self._columns), ())
        return self.rejected(row, positions[0] if positions else None, fault.reason_code, fault.reason)

    def rejected(self, row: SheetRow, position: int | None, reason_code: str, reason: str) -> RejectedRow:
        """The row as rejected; `position` is that of the cell to correct, or None for the whole row."""
        width = max(len(self._headings), len(row.cells))
        headings = self._headings + tuple(unnamed_column(at + 1) for at in range(len(self._headings), width))
        cells = tuple(zip(headings, row.cells + ("",) * (width - len(row.cells)), strict=True))
        value = cells[position][1].strip() if position is not None else ""
        column = headings[position] if position is not None else None
        return RejectedRow(row.number, column, reason_code, reason, value, cells)


def source_key(source: Source, reference: str, person: Person, slot: datetime, purpose: str) -> str:
    """What names this appointment of this person in every export of the source.

    The identifier of the source when it gives one; else name, birth date, day and purpose: an hour that changes is a
    change of the same appointment, a day that changes is another appointment.
    """
    if reference and source is Source.demarches_simplifiees:
        return reference
    name = fold(person.name)
    if reference:
        return f"{reference}|{name}"
    return f"{name}|{person.birth_date or ''}|{slot.date().isoformat()}|{_folded(purpose)}"


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return fold(text)


def _optional_day(text: str) -> date | Unclear | None:
    return read_day(text) if text else None


@lru_cache(maxsize=65536)
def _postcode(text: str) -> str | None:
    """As written without blanks; four digits had a leading zero that a spreadsheet dropped."""
    compact = re.sub(r"\s", "", tidy(text))
    return (compact.zfill(5) if re.fullmatch(r"[0-9]{4}", compact) else compact) or None


@lru_cache(maxsize=64)
def _minor(text: str, people: int) -> bool | None:
    """« Au moins un usager mineur ? oui » says nothing sure of each of several people."""
    word = fold_heading(text)
    if word in _NO:
        return False
    return True if word in _YES and people == 1 else None


@lru_cache(maxsize=65536)
def _booked_at(day_text: str, hour_text: str, zone: ZoneInfo) -> datetime | None:
    """When the appointment was booked. Nice to know, so that a text that cannot be read is left out."""
    if not day_text:
        return None
    slot = read_slot("", day_text, hour_text, zone)
    if slot == NO_HOUR:
        day = read_day(day_text)
        return None if isinstance(day, Unclear) else datetime.combine(day, time(), tzinfo=zone)
    return None if isinstance(slot, Unclear) else slot
