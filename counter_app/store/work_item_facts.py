"""The acts behind work items, wherever they lie: on a main line, on a branch, or ahead of their turn."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from counter_app.domain.acts import Act, ActKind, Details, Subject, SubjectType
from counter_app.domain.clock import COUNTER_BITS
from counter_app.domain.other_items import SKEW, Numbered, of_numbers, skew
from counter_app.domain.work_items import WorkItem, WorkItemKind
from counter_app.store.journal import acts_of, read_act
from counter_app.store.partial_indexes import FAR
from counter_app.store.receipt_rows import papers_of, shared
from counter_app.store.statements import batches, rows
from counter_app.store.tables import act, apart


def acts_by_id(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Act]:
    """Acts by identity; those that this file does not hold are left out."""
    wanted, found = list(dict.fromkeys(ids)), dict[str, Act]()
    for some in batches(wanted):
        for table in (act, apart):
            rows = connection.execute(sa.select(table).where(table.c.act_id.in_(some)))
            found |= {row.act_id: read_act(row) for row in rows}
    return found


def acts_behind(connection: sa.Connection, item: WorkItem) -> list[Act]:
    """Acts that an item is about and that its fold does not name, in their order."""
    match item.kind:
        case WorkItemKind.IMPORT_CONFLICT | WorkItemKind.STATUS_AFTER_TERMINAL if "listings" in item.facts:
            return _listed(connection, item)
        case WorkItemKind.DUPLICATE_NUMBER:
            return _issued(connection, item)
        case WorkItemKind.CLOCK_SKEW:
            return _skewed(connection, item.subject.id, str(item.facts["day"]))
        case WorkItemKind.STREAM_FORKED:
            return _forked(connection, item)
        case _:
            return []


def _listed(connection: sa.Connection, item: WorkItem) -> list[Act]:
    """For each thing that a list says, the first act that told it."""
    told = [one for one in acts_of(connection, item.subject) if one.kind == ActKind.CONVOCATION_LISTED]
    said = _details(item.facts["listings"])
    firsts = (next((one for one in told if said_one.items() <= one.details.items()), None) for said_one in said)
    return sorted((one for one in firsts if one), key=lambda one: one.order)


def numbers_behind(connection: sa.Connection, item: WorkItem) -> list[str]:
    """The numbers that the two desks of an item both gave, the first one first."""
    twice: dict[str, list[Numbered]] = {}
    for one in papers_of(connection, shared(connection)):
        twice.setdefault(one.number, []).append(one)
    return sorted(number for number, papers in twice.items() if item in of_numbers(papers))


def _issued(connection: sa.Connection, item: WorkItem) -> list[Act]:
    """The first two papers of one number."""
    papers = papers_of(connection, numbers_behind(connection, item)[:1])
    told = [
        one
        for paper in papers
        for one in acts_of(connection, Subject(SubjectType.RECEIPT, paper.receipt))
        if one.kind == ActKind.RECEIPT_ISSUED
    ]
    return sorted({one.act_id: one for one in told}.values(), key=lambda one: one.order)


def _skewed(connection: sa.Connection, stream: str, day: str) -> list[Act]:
    """The first and the last act of a day that bear a wrong hour."""
    found = [
        read_act(row)
        for table in (act, apart)
        for row in connection.execute(
            sa.select(table).where(sa.text(FAR), table.c.stream == stream, sa.func.substr(table.c.at, 1, 10) == day)
        )
    ]
    wrong = sorted((one for one in found if abs(skew(one.at, one.clock)) > SKEW), key=lambda one: one.order)
    return wrong if len(wrong) < 2 else [wrong[0], wrong[-1]]


class WrongHour(NamedTuple):
    """An act under a wrong hour: its desk, the moment that it bears, and that of its place among other acts."""

    desk: str
    told: datetime
    done: datetime


def wrong_hours(connection: sa.Connection, since: datetime, until: datetime) -> list[WrongHour]:
    """Acts under a wrong hour that bear a moment of a period, or were done in it."""
    told = since.isoformat()[:10], until.isoformat()[:10]
    done = (int(moment.timestamp() * 1000) << COUNTER_BITS for moment in (since, until))
    found = (
        (desk, datetime.fromisoformat(at), clock) for desk, at, clock in rows(connection, _WRONG, (*told, *done) * 2)
    )
    return [WrongHour(desk, at, at - skew(at, clock)) for desk, at, clock in found if abs(skew(at, clock)) > SKEW]


_FOUND = f"WHERE {FAR} AND (substr(at, 1, 10) BETWEEN ? AND ? OR clock BETWEEN ? AND ?)"
_WRONG = f"SELECT desk, at, clock FROM act {_FOUND} UNION SELECT desk, at, clock FROM apart {_FOUND}"


def _forked(connection: sa.Connection, item: WorkItem) -> list[Act]:
    """The first act of each branch."""
    told = item.facts.get("branches")
    found: list[Act] = []
    for branch in told if isinstance(told, list) else []:
        mine = sa.select(apart).where(apart.c.stream == item.subject.id, apart.c.branch == str(branch))
        found += map(read_act, connection.execute(mine.order_by(apart.c.seq).limit(1)))
    return sorted(found, key=lambda one: one.order)


def _details(values: object) -> Sequence[Details]:
    return [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []
