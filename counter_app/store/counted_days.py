"""What narrow rows tell of a day: people and passages that say the same are read together, counted by the file itself.

A year is 200 000 people: a row of Python for each of them would cost more than reading them all.
"""

import json
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from datetime import date
from itertools import compress
from typing import NamedTuple

import sqlalchemy as sa

from counter_app.domain.convocation import ConvocationStatus
from counter_app.domain.stock_book import Book
from counter_app.store.counted_rows import PermitRow, ReprintRow
from counter_app.store.statements import marks, rows


class Alike(NamedTuple):
    """People convened on a day of whom lists and the reception say the same."""

    purpose: str
    service: str | None
    status: str
    agreed: bool
    ids: list[str]
    slots: list[str]
    """Of those who are expected, in the same order; empty for all others, whose hour changes nothing any more."""

    def of(self, some: Container[str | None]) -> "Alike":
        """Those among some."""
        mine = [one in some for one in self.ids]
        return self._replace(ids=list(compress(self.ids, mine)), slots=list(compress(self.slots, mine)))


class Given(NamedTuple):
    """A service given that ended."""

    person: str | None
    """None of somebody without an appointment."""
    purpose: str
    service: str
    """Its key, as it is written in the row."""
    desk: str
    """The desk that gave it, in the same writing."""
    seconds: float


class Passed(NamedTuple):
    """The passages of a day, column by column: each list tells of the same ones in the same order."""

    people: list[str | None]
    """Convocations; None without an appointment."""
    services: list[str]
    stages: list[str]
    outcomes: list[str | None]
    channels: list[str | None]
    waits: list[float | None]
    """Seconds; None of people whom no desk had."""
    arrived: list[str | None]
    """Ten minutes of the arrival, in UTC, `2026-03-02T09:1`; None once taken back."""
    served: list[str]
    """Seconds, key and desk of each service that ended, `540.0/accueil/Guichet%201`, parted by blanks; nothing of
    arrivals taken back."""
    purposes: list[str]

    def parts(self) -> Iterator[Given]:
        """Each service given that ended."""
        for person, purpose, served in zip(self.people, self.purposes, self.served, strict=True):
            for part in served.split():
                seconds, service, desk = part.split("/")
                yield Given(person, purpose, service, desk, float(seconds))

    def of_service(self, service: str) -> "Passed":
        """Those of one service."""
        mine = [one == service for one in self.services]
        return Passed._make(list(compress(column, mine)) for column in self)


class Elsewhere(NamedTuple):
    """A passage on another day than that of the appointment."""

    person: str
    service: str
    stage: str
    outcome: str | None
    wait: float | None
    desk: str | None


class Named(NamedTuple):
    """One of the appointments that a number has on a day."""

    id: str
    slot: str
    purpose: str
    service: str | None
    foreign_number: str


_PEOPLE = (
    "SELECT purpose, service, status, agreed, json_group_array(id), "
    f"json_group_array(slot) FILTER (WHERE status = '{ConvocationStatus.EXPECTED}') "
    "FROM counted_person WHERE day = ? GROUP BY 1, 2, 3, 4"
)
_COLUMNS = (
    *("convocation_id", "service", "stage", "outcome", "channel", "wait", "substr(arrived_at, 1, 15)"),
    *("iif(arrived_at IS NULL, '', served)", "purpose"),
)
_PASSED = f"SELECT {', '.join(f'json_group_array({one})' for one in _COLUMNS)} FROM counted_visit WHERE day = ?"
_ELSEWHERE = (
    "SELECT convocation_id, service, stage, outcome, wait, desk FROM counted_visit "
    "WHERE day = ? AND id = ? AND convocation_id IS NOT NULL"
)
_NUMBERS = (
    "SELECT handed_on, json_group_array(foreign_number) FROM counted_permit "
    "WHERE handed_on >= ? AND handed_on <= ? AND foreign_number <> '' GROUP BY handed_on"
)
_UNDER = "FROM counted_person WHERE day = ? AND foreign_number IN (SELECT value FROM json_each(?))"
_WHO = f"SELECT json_group_array(id), json_group_array(foreign_number) {_UNDER}"
_NAMED = f"SELECT id, slot, purpose, service, foreign_number {_UNDER}"
_DESKS = "SELECT DISTINCT desk FROM counted_visit WHERE day >= ? AND day <= ? AND desk IS NOT NULL"
_REPRINTS = "SELECT * FROM counted_reprint WHERE day >= ? AND day <= ?"
_BEYOND = "SELECT * FROM counted_permit WHERE handed_on >= ? AND handed_on <= ? AND (offline OR agreed)"
_CAME = "SELECT came_on, count(*) FROM counted_permit WHERE came_on IS NOT NULL GROUP BY came_on"
_WENT = (
    "SELECT went_on, handed_on IS NOT NULL, count(*) FROM counted_permit "
    "WHERE came_on IS NOT NULL AND went_on IS NOT NULL GROUP BY 1, 2"
)
_AWAY = "SELECT away, count(*) FROM counted_permit WHERE came_on IS NOT NULL AND away <> '' GROUP BY away"

_DID_COME = (
    "EXISTS (SELECT 1 FROM counted_person AS came WHERE came.day = one.day AND came.id = one.convocation_id "
    f"AND came.status IN ('{ConvocationStatus.CHECKED_IN}', '{ConvocationStatus.SERVED}'))"
)
_LEFT_LISTS = f"SELECT DISTINCT convocation_id FROM {{rows}} AND NOT present AND {_DID_COME}"
_OF_ONE_ROW = (
    "SELECT DISTINCT other.convocation_id "
    "FROM (SELECT source, source_key FROM {rows} GROUP BY 1, 2 HAVING count(*) > 1) "
    "JOIN listing_key AS one USING (source, source_key) JOIN listing_key AS other USING (source, source_key) "
    f"WHERE other.convocation_id <> one.convocation_id AND other.present AND {_DID_COME}"
)
_OF_A_FEW_DAYS = (
    "listing_key AS one INDEXED BY listing_key_day WHERE source IN (SELECT source FROM imported_list) "
    "AND day BETWEEN ? AND ?"
)
_OF_MANY_DAYS = "listing_key AS one NOT INDEXED WHERE day BETWEEN ? AND ?"
"""Of more than a month, rows are read in their order: sooner than one by one."""


def people(connection: sa.Connection, day: date) -> list[Alike]:
    """Everybody convened on a day."""
    found = rows(connection, _PEOPLE, (day.isoformat(),))
    return [Alike(*told[:4], *map(json.loads, told[4:])) for told in found]


def came_and_left_lists(connection: sa.Connection, first: date, last: date) -> list[str]:
    """People of these days who came, and whom the newest list of a source names no more."""
    return [row[0] for row in rows(connection, _LEFT_LISTS.format(rows=_rows(first, last)), _between(first, last))]


def of_one_row(connection: sa.Connection, first: date, last: date) -> list[str]:
    """People of whom a row speaks that speaks of somebody else too, who came: desks that never met each made one."""
    return [row[0] for row in rows(connection, _OF_ONE_ROW.format(rows=_rows(first, last)), _between(first, last))]


def passages(connection: sa.Connection, day: date, desks: Sequence[str] | None = None) -> Passed:
    """Every passage of a day, arrivals taken back too; of these desks only, where some are given."""
    asked = "" if desks is None else f" AND desk IN ({marks(desks)})"
    (columns,) = rows(connection, _PASSED + asked, (day.isoformat(), *(desks or ())))
    return Passed._make(map(json.loads, columns))


def passages_elsewhere(connection: sa.Connection, keys: Sequence[tuple[str, str]]) -> list[Elsewhere]:
    """Passages by their day and identity, in that order; unknown ones are left out."""
    return [Elsewhere._make(one) for key in keys for one in rows(connection, _ELSEWHERE, key)]


def numbers_handed(connection: sa.Connection, first: date, last: date) -> dict[str, str]:
    """Numbers under which cards were handed over, as a JSON list, by day."""
    return dict(rows(connection, _NUMBERS, _between(first, last)))


def who_has(connection: sa.Connection, day: date, numbers: str) -> tuple[list[str], list[str]]:
    """People convened on a day under one of these numbers (a JSON list), and the number of each in the same order."""
    ((ids, theirs),) = rows(connection, _WHO, (day.isoformat(), numbers))
    return json.loads(ids), json.loads(theirs)


def named(connection: sa.Connection, day: date, numbers: Sequence[str]) -> list[Named]:
    """The same of a few numbers, with what tells one appointment of somebody from another."""
    return list(map(Named._make, rows(connection, _NAMED, (day.isoformat(), json.dumps(numbers)))))


def desks(connection: sa.Connection, first: date, last: date) -> list[str]:
    """Desks that called somebody on these days, as they were written."""
    return [str(name) for (name,) in rows(connection, _DESKS, _between(first, last))]


def reprints(connection: sa.Connection, first: date, last: date) -> list[ReprintRow]:
    """Receipts of these days of which papers were made again."""
    return list(map(ReprintRow._make, rows(connection, _REPRINTS, _between(first, last))))


def handed_beyond(connection: sa.Connection, first: date, last: date) -> list[PermitRow]:
    """Cards handed over on these days out of reach of the central, or beyond the rules."""
    return list(map(PermitRow._make, rows(connection, _BEYOND, _between(first, last))))


def book(connection: sa.Connection) -> Book:
    """Every card that came, and left, by day."""
    came = Counter({date.fromisoformat(day): count for day, count in rows(connection, _CAME)})
    left: dict[int, Counter[date]] = {False: Counter(), True: Counter()}
    for day, handed, count in rows(connection, _WENT):
        left[handed][date.fromisoformat(day)] += count
    for away, count in rows(connection, _AWAY):
        for out, back in (map(date.fromisoformat, one.split("/")) for one in away.split()):
            left[False][out] += count
            came[back] += count
    return Book(came, left[True], left[False])


def _rows(first: date, last: date) -> str:
    return _OF_MANY_DAYS if (last - first).days > 30 else _OF_A_FEW_DAYS


def _between(first: date, last: date) -> tuple[str, str]:
    return first.isoformat(), last.isoformat()
