"""Rows that older lists set aside and that a newer list of the same source tells right: they no longer wait.

Only what is sure closes a row: the same reference, or the same person (name, then birth date or number) on the same
day; or a row of the newer list that is the very same and waits in its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from counter_app.domain.person_names import fold, tokens
from counter_app.imports.cells import Unclear
from counter_app.imports.days import read_birth_date
from counter_app.imports.fields import read_moment
from counter_app.imports.listed import ListedAppointment, RejectedRow
from counter_app.imports.mapping import Mapping
from counter_app.imports.sources import Source
from counter_app.imports.targets import Target


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A row that an older list set aside."""

    id: str
    cells: tuple[tuple[str, str], ...]
    words: frozenset[str]
    digits: frozenset[str]
    """Each cell's digits, without what parts them."""
    texts: dict[str, str]
    """By target, what the mapped columns held."""


class OlderRows:
    """Rows of older lists that wait, looked up by each row of a newer one."""

    def __init__(
        self, rows: Iterable[tuple[str, dict[str, Any]]], source: str, list_id: str, exported_at: str, zone: ZoneInfo
    ) -> None:
        self._zone = zone
        self._by_word: dict[str, list[_Waiting]] = {}
        self._by_cells: dict[tuple[tuple[str, str], ...], list[_Waiting]] = {}
        self.settled: dict[str, None] = {}
        """Identities of the rows that no longer wait."""
        for row_id, state in rows:
            older = state["source"] == source and state["list_id"] != list_id and state["exported_at"] <= exported_at
            if older:
                self._add(_waiting(row_id, state))

    def _add(self, row: _Waiting) -> None:
        self._by_cells.setdefault(row.cells, []).append(row)
        for word in row.words:
            self._by_word.setdefault(word, []).append(row)

    def meet(self, row: ListedAppointment | RejectedRow) -> None:
        """A row of the newer list: the older ones that it tells again no longer wait."""
        if not self._by_cells:
            return
        if isinstance(row, RejectedRow):
            same = self._by_cells.get(row.cells, [])
        else:
            name = tokens(row.name)
            same = [one for one in self._by_word.get(name[0], []) if self._tells(row, set(name), one)] if name else []
        self.settled.update(dict.fromkeys(one.id for one in same))

    def _tells(self, row: ListedAppointment, name: set[str], waiting: _Waiting) -> bool:
        if not name <= waiting.words:
            return False
        if row.reference and waiting.texts.get(Target.reference):
            return fold(row.reference) == fold(waiting.texts[Target.reference])
        return self._same_person(row, waiting) and self._same_day(row, waiting)

    def _same_person(self, row: ListedAppointment, waiting: _Waiting) -> bool:
        birth = read_birth_date(waiting.texts.get(Target.birth_date, ""))
        if not isinstance(birth, Unclear) and row.birth_date:
            return birth == row.birth_date
        return row.foreign_number is not None and row.foreign_number in waiting.digits

    def _same_day(self, row: ListedAppointment, waiting: _Waiting) -> bool:
        """The same day; the same purpose when the day is what could not be read."""
        for target in (Target.day, Target.slot):
            moment = read_moment(waiting.texts.get(target, ""), self._zone)
            if not isinstance(moment, Unclear) and isinstance(moment[0], date):
                return moment[0] == row.slot.date()
        return fold(row.purpose) == fold(waiting.texts.get(Target.purpose, ""))


def _waiting(row_id: str, state: dict[str, Any]) -> _Waiting:
    cells = tuple((str(heading), str(value)) for heading, value in state["cells"])
    texts = {
        target.value: next((cells[place][1].strip() for place in places if cells[place][1].strip()), "")
        for target, places in mapping_of(state).indexes([heading for heading, _value in cells]).items()
    }
    words = frozenset(word for _heading, value in cells for word in tokens(value))
    digits = frozenset("".join(filter(str.isdigit, value)) for _heading, value in cells)
    return _Waiting(row_id, cells, words, digits, texts)


def mapping_of(state: dict[str, Any]) -> Mapping:
    """The columns of a row set aside, as the person who imported its list had named them."""
    columns = state.get("mapping") or {}
    return Mapping(Source(state["source"]), {Target(name): tuple(headings) for name, headings in columns.items()})
