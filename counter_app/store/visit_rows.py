"""Rows of visits: found by the day, the stage, the waiting number; measured by the hours of their last call."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import sqlalchemy as sa

from counter_app.domain.acts import Json
from counter_app.domain.visit import Visit
from counter_app.domain.visit_fold import apply, from_json, to_json
from counter_app.domain.visit_story import Stage
from counter_app.store.statements import batches, first, marks, rows

__all__ = ["apply", "columns", "dump", "load"]

dump = to_json


def load(subject_id: str, state: Mapping[str, Json]) -> Visit:
    """A visit as its row keeps it."""
    return from_json(subject_id, state)


def columns(visit: Visit) -> tuple[object, ...]:
    """day, service, stage, number, convocation_id, desk, arrived_at, called_at, met_at, ended_at, outcome: hours of the
    last call, in UTC."""
    call, arrived = visit.call, visit.arrived_at
    return (
        visit.day.isoformat() if visit.day else None,
        visit.service,
        visit.stage.value,
        visit.number or None,
        visit.convocation,
        call.desk if call else None,
        _utc(arrived),
        _utc(call.called.moment if call else None),
        _utc(call.present_at if call else None),
        _utc(visit.ended_at),
        visit.outcome,
    )


def _utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None


_STATES = "SELECT id, state FROM visit"
_OF_DAY = f"{_STATES} WHERE day = ? ORDER BY arrived_at, number, id"
_AT = f"{_STATES} WHERE day = ? AND stage IN ({{}}) ORDER BY arrived_at, number, id"
_BEFORE = (
    "WITH RECURSIVE past(day) AS (SELECT max(day) FROM visit WHERE day < ? UNION ALL "
    "SELECT (SELECT max(day) FROM visit WHERE visit.day < past.day) FROM past WHERE past.day IS NOT NULL) "
    f"{_STATES} WHERE day IN (SELECT day FROM past) AND stage IN ({{}}) ORDER BY arrived_at, number, id"
)
"""Day after day by the index: a year of visits is not read for the few that were left open."""
_OVER = "day = ? AND stage IN ('finished', 'left')"
_NEWEST = f"{_STATES} WHERE {_OVER} AND service NOT IN ({{}}) ORDER BY ended_at DESC, number, id LIMIT ?"
_COUNT = f"SELECT count(*) FROM visit WHERE {_OVER} AND service NOT IN ({{}})"
_PACES = (
    "SELECT unixepoch(ended_at) - unixepoch(called_at) FROM visit "
    "WHERE service = ? AND stage = ? AND met_at IS NOT NULL AND ended_at <= ? AND ended_at IS NOT NULL "
    "ORDER BY ended_at DESC LIMIT ?"
)
_DESKS = (
    "SELECT count(DISTINCT desk) FROM visit WHERE day = ? AND service = ? AND desk IS NOT NULL "
    "AND (stage IN ('called', 'serving') OR ended_at >= ?)"
)


def by_id(connection: sa.Connection, visit_id: str) -> Visit | None:
    """The visit of an identity."""
    return next(iter(_read(connection, f"{_STATES} WHERE id = ?", (visit_id,))), None)


def by_ids(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Visit]:
    """Visits by identity; unknown ones are left out."""
    found: dict[str, Visit] = {}
    for some in batches(ids):
        found |= {one.id: one for one in _read(connection, f"{_STATES} WHERE id IN ({marks(some)})", some)}
    return found


def of_day(connection: sa.Connection, day: date) -> list[Visit]:
    """Everybody who came on a day, by arrival; arrivals taken back too."""
    return _read(connection, _OF_DAY, (day.isoformat(),))


def of_day_at(connection: sa.Connection, day: date, stages: Sequence[Stage]) -> list[Visit]:
    """Those of a day who stand at one of these stages, by arrival."""
    return _read(connection, _AT.format(marks(stages)), (day.isoformat(), *(stage.value for stage in stages)))


def of_earlier_days_at(connection: sa.Connection, before: date, stages: Sequence[Stage]) -> list[Visit]:
    """Those of every day before one who stand at one of these stages still, by arrival."""
    return _read(connection, _BEFORE.format(marks(stages)), (before.isoformat(), *(stage.value for stage in stages)))


def over(connection: sa.Connection, day: date, limit: int | None, but: Sequence[str] = ()) -> list[Visit]:
    """Those of a day who were finished or left, the newest first, but those of some services."""
    return _read(connection, _NEWEST.format(marks(but)), (day.isoformat(), *but, -1 if limit is None else limit))


def over_count(connection: sa.Connection, day: date, but: Sequence[str] = ()) -> int:
    """How many people of a day were finished or left, but those of some services."""
    found = first(connection, _COUNT.format(marks(but)), (day.isoformat(), *but))
    assert found is not None, "a count always answers"
    return int(found[0])


def paces(connection: sa.Connection, service: str, before: datetime, limit: int) -> list[int]:
    """Seconds from the call to the end of the last people whom a service received, the newest first."""
    asked = (service, Stage.FINISHED.value, _utc(before), limit)
    return [int(row[0]) for row in rows(connection, _PACES, asked)]


def desks_at_work(connection: sa.Connection, day: date, service: str, since: datetime) -> int:
    """How many desks call or receive people of a service, or ended with one since a moment."""
    found = first(connection, _DESKS, (day.isoformat(), service, _utc(since)))
    assert found is not None, "a count always answers"
    return int(found[0])


def _read(connection: sa.Connection, question: str, values: Sequence[object]) -> list[Visit]:
    return [from_json(row[0], json.loads(row[1])) for row in rows(connection, question, values)]
