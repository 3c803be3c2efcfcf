"""What contradicts once rows have changed, written as work items in the transaction that changed them."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TypeVar

import sqlalchemy as sa

from counter_app.domain.acts import Subject
from counter_app.domain.convocation import Convocation
from counter_app.domain.handover_record import stamps_in
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import Mark
from counter_app.domain.receipt import Receipt
from counter_app.domain.settlement import Settlement
from counter_app.domain.visit import Visit
from counter_app.domain.work_items import (
    NUMBER,
    STAMP,
    WorkItem,
    of_convocation,
    of_number,
    of_permit,
    of_settlement,
    of_stamp,
    of_visit,
)
from counter_app.store.permit_rows import spent
from counter_app.store.statements import marks, rows
from counter_app.store.work_item_rows import follow, tell

State = TypeVar("State")
Changes = Sequence[tuple[State | None, State]]


def of_convocations(connection: sa.Connection, changes: Changes[Convocation]) -> None:
    """Arrivals of several desks, lists that disagree, a list that ends what a desk recorded."""
    follow(connection, _each(changes, of_convocation))


def of_visits(connection: sa.Connection, changes: Changes[Visit]) -> None:
    """Calls of several desks for one person."""
    follow(connection, _each(changes, of_visit))


def of_settlements(connection: sa.Connection, changes: Changes[Settlement]) -> None:
    """One item settled in two ways."""
    follow(connection, _each(changes, of_settlement))


def of_permits(connection: sa.Connection, changes: Changes[Permit]) -> None:
    """Departures that contradict each other, custody taken without an offer, one tax stamp spent twice."""
    follow(connection, _each(changes, of_permit))
    touched = {digest for before, after in changes for digest, _act in _stamps(before) ^ _stamps(after)}
    for digests in _some(sorted(touched)):
        items = [item for digest in digests for item in of_stamp(digest, _spending(connection, digest))]
        tell(connection, [Subject(STAMP, digest) for digest in digests], items)


def of_receipts(connection: sa.Connection, changes: Changes[Receipt]) -> None:
    """Papers that bear one printed number."""
    touched = {one.number for before, after in changes for one in (before, after) if one and _renumbered(before, after)}
    for numbers in _some(sorted(touched - {""})):
        question = f"SELECT number, id, issued_at FROM receipt WHERE number IN ({marks(numbers)}) ORDER BY number, id"
        found = groupby(rows(connection, question, numbers), key=lambda row: str(row[0]))
        items = [item for number, papers in found for item in of_number(number, [row[1:] for row in papers])]
        tell(connection, [Subject(NUMBER, number) for number in numbers], items)


def _each(
    changes: Changes[State], contradictions: Callable[[State | None], tuple[WorkItem, ...]]
) -> Iterable[tuple[tuple[WorkItem, ...], tuple[WorkItem, ...]]]:
    return ((contradictions(before), contradictions(after)) for before, after in changes)


def _stamps(permit: Permit | None) -> set[tuple[str, str]]:
    """Digest of each stamp spent, with the departure it was spent at."""
    departures = permit.departures if permit and permit.marks else ()
    return {(stamp.digest, mark.act_id) for mark in departures for stamp in stamps_in(mark)}


def _spending(connection: sa.Connection, digest: str) -> list[tuple[str, Mark]]:
    return [
        (permit.id, mark)
        for _digest, permit in spent(connection, [digest])
        for mark in permit.departures
        if digest in {stamp.digest for stamp in stamps_in(mark)}
    ]


def _renumbered(before: Receipt | None, after: Receipt) -> bool:
    return before is None or (before.number, before.issued_at) != (after.number, after.issued_at)


def _some(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + 500] for start in range(0, len(values), 500))
