"""One row of cells read as appointments. The columns are looked up once for the whole file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from counter_app.imports.cells import Unclear, clean, plain_name, unseen, visible
from counter_app.imports.fields import read_day, read_slot
from counter_app.imports.headings import fold_heading, unnamed_column
from counter_app.imports.listed import ListedAppointment, RejectedRow
from counter_app.imports.mapping import Mapping
from counter_app.imports.numbers import (
    RowNumber,
    number_from_column,
    number_from_text,
    number_from_texts,
    numbers_of_people,
)
from counter_app.imports.people import Person, full_name, parted, people_of, split_names
from counter_app.imports.refusals import unreadable
from counter_app.imports.row_values import read_booked_at, read_minor, read_postcode
from counter_app.imports.sheet import SheetRow
from counter_app.imports.source_keys import source_key
from counter_app.imports.statuses import read_status
from counter_app.imports.targets import Target

NAME_MISSING = Unclear("name_missing", "Nom absent\u00a0: écrivez le nom et le prénom de l’usager.")
TOO_MANY_COLUMNS = Unclear(
    "too_many_columns",
    "Plus de cellules que de titres\u00a0: un séparateur est sans doute resté dans un texte. "
    "Remettez chaque valeur dans sa colonne.",
)
HEADING_REPEATED = Unclear(
    "heading_repeated", "Cette ligne répète les titres de colonnes\u00a0: elle ne nomme rien, classez-la sans suite."
)
SHOWN = 200
"""Signs of a cell too long shown back."""
LONGEST_CELL = 10_000
"""Signs. No list of appointments holds more in a cell: two texts were glued, or a quote was left open."""
CELL_TOO_LONG = Unclear(
    "cell_too_long",
    "Une cellule de cette ligne est trop longue pour être lue (plus de 10\u202f000 signes). "
    "Corrigez-la dans le fichier, puis importez-le à nouveau.",
)
BORN_LATER = Unclear(
    "birth_date_unreadable", "Date de naissance après le rendez-vous\u00a0: écrivez-la comme 27/3/1980."
)


class RowTexts(NamedTuple):
    """The texts of one row, one field per `Target`, in the order of that enumeration."""

    name: str
    family_name: str
    used_name: str
    given_name: str
    birth_date: str
    foreign_number: str
    context: str
    slot: str
    day: str
    hour: str
    purpose: str
    service: str
    place: str
    organisation: str
    desk: str
    status: str
    reference: str
    postcode: str
    document_expiry: str
    minor: str
    booked_day: str
    booked_hour: str


def _untold(people: Sequence[Person], numbers: Sequence[RowNumber], texts: RowTexts) -> bool:
    """Whether dates or numbers are there that cannot be told whose they are."""
    if len(people) < 2:
        return False
    births = any(parted(texts.birth_date)) and not any(person.birth_date for person in people)
    return births or any(number.raw and not number.normalized for number in numbers)


class RowReader:
    """Reads the rows of one list. `strict`: a row with more cells than headings is rejected (torn texts).

    Raises `UnreadableFile` (`columns_missing`) when the name or the date of the appointment has no column.
    """

    def __init__(self, headings: Sequence[str], mapping: Mapping, zone: ZoneInfo, *, strict: bool = False) -> None:
        self._headings = tuple(headings)
        self._source, self._zone, self._strict = mapping.source, zone, strict
        self._columns = mapping.indexes(headings)
        self._gather = itemgetter(*(self._columns.get(target, (-1,))[0] for target in Target))
        self._others = {target: places[1:] for target, places in self._columns.items() if len(places) > 1}
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
        written = "".join(row.cells)
        if len(written) > LONGEST_CELL and any(len(cell) > LONGEST_CELL for cell in row.cells):
            return self._too_long(row)
        hidden = bool(unseen(written))
        texts = self._texts(tuple(map(visible, row.cells)) if hidden else row.cells)
        names = self._names(texts)
        if not names:
            return self._reject(row, NAME_MISSING, Target.name, Target.family_name, Target.used_name)
        slot = read_slot(texts.slot, texts.day, texts.hour, self._zone)
        if isinstance(slot, Unclear):
            return self._reject_slot(row, texts, slot)
        outcome = self._with_people(row, texts, names, slot)
        if hidden and not isinstance(outcome, RejectedRow):
            return tuple(replace(one, unseen=True) for one in outcome)
        return outcome

    def _texts(self, cells: tuple[str, ...]) -> RowTexts:
        """The text of each target: that of its first filled cell. A target without column reads the added last cell."""
        width = len(self._headings)
        cells = cells[:width] + ("",) * max(1, width - len(cells) + 1)
        texts = RowTexts._make(map(str.strip, self._gather(cells)))
        for target, places in self._others.items():
            if not getattr(texts, target):
                filled = next((cells[place].strip() for place in places if cells[place].strip()), "")
                texts = texts._replace(**{target: filled})
        return texts

    def _names(self, texts: RowTexts) -> tuple[str, ...]:
        alone = texts.family_name if not (texts.used_name or texts.given_name) else ""
        if len(several := split_names(alone, self._source)) > 1:
            return several
        if texts.family_name or texts.used_name:
            return (full_name(texts.family_name, texts.used_name, texts.given_name),)
        if texts.name and texts.given_name:
            return (plain_name(f"{texts.name} {texts.given_name}"),)
        return split_names(texts.name, self._source) if texts.name else ()

    def _with_people(
        self, row: SheetRow, texts: RowTexts, names: tuple[str, ...], slot: datetime
    ) -> tuple[ListedAppointment, ...] | RejectedRow:
        people = people_of(names, texts.birth_date)
        if isinstance(people, Unclear):
            reason = people.reason.replace("27/3/2026", "27/3/1980")
            return self._reject(row, Unclear("birth_date_unreadable", reason), Target.birth_date)
        if any(person.birth_date and person.birth_date > slot.date().isoformat() for person in people):
            return self._reject(row, BORN_LATER, Target.birth_date)
        expiry = read_day(texts.document_expiry) if texts.document_expiry else None
        if isinstance(expiry, Unclear):
            return self._reject(row, Unclear("expiry_unreadable", expiry.reason), Target.document_expiry)
        numbers = self._numbers(row, texts, len(people))
        listed = (
            self._listed(row.number, texts, *each, slot, expiry, len(people))
            for each in zip(people, numbers, strict=True)
        )
        return tuple(replace(one, untold=True) for one in listed) if _untold(people, numbers, texts) else tuple(listed)

    def _listed(
        self,
        row: int,
        texts: RowTexts,
        person: Person,
        number: RowNumber,
        slot: datetime,
        expiry: date | None,
        count: int,
    ) -> ListedAppointment:
        purpose = clean(texts.purpose)
        return ListedAppointment(
            row=row,
            source=self._source.value,
            source_key=source_key(self._source, texts.reference, person, slot, purpose),
            name=person.name,
            birth_date=person.birth_date,
            foreign_number=number.normalized,
            foreign_number_raw=number.raw,
            slot=slot,
            purpose=purpose,
            service=clean(texts.service) or None,
            place=clean(texts.place) or None,
            organisation=clean(texts.organisation) or None,
            desk=clean(texts.desk) or None,
            status=read_status(texts.status),
            reference=texts.reference or None,
            postcode=read_postcode(texts.postcode),
            document_expiry=expiry,
            minor=read_minor(texts.minor, count),
            booked_at=read_booked_at(texts.booked_day, texts.booked_hour, self._zone),
        )

    def _numbers(self, row: SheetRow, texts: RowTexts, count: int) -> tuple[RowNumber, ...]:
        own = texts.foreign_number
        columns = self._columns.get(Target.context, ())
        contexts = (row.cells[at] for at in columns if at < len(row.cells))
        if count > 1:
            return numbers_of_people(parted(own), contexts, count)
        if own:
            return (number_from_column(own),)
        return (number_from_texts(contexts) if len(columns) > 1 else number_from_text(texts.context),)

    def _reject_slot(self, row: SheetRow, texts: RowTexts, fault: Unclear) -> RejectedRow:
        day = texts.day or texts.slot
        if day and fold_heading(day) in {fold_heading(heading) for heading in self._headings}:
            return self._reject(row, HEADING_REPEATED)
        if fault.reason_code.startswith("time"):
            return self._reject(row, fault, Target.hour, Target.slot, Target.day)
        days = (Target.day, Target.slot) if texts.day or not texts.slot else (Target.slot, Target.day)
        return self._reject(row, fault, *days)

    def _too_long(self, row: SheetRow) -> RejectedRow:
        """A record given whole, as one cell, was too long to be cut: no column can be named."""
        longest = max(range(len(row.cells)), key=lambda place: len(row.cells[place]))
        place = longest if len(row.cells) > 1 and longest < len(self._headings) else None
        rejected = self.rejected(row, place, CELL_TOO_LONG.reason_code, CELL_TOO_LONG.reason)
        return replace(rejected, value=rejected.value[:SHOWN])

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
