"""What contradicts once rows have changed, written as work items in the transaction that changed them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import sqlalchemy as sa

from counter_app.domain.convocation import Convocation
from counter_app.domain.other_items import lettered, of_numbers, of_used, subject_of, used_by, used_up
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import Mark
from counter_app.domain.receipt import Receipt
from counter_app.domain.settlement import Settlement
from counter_app.domain.visit import Visit
from counter_app.domain.work_items import WorkItem, of_convocation, of_permit, of_settlement, of_visit
from counter_app.store.permit_rows import spent
from counter_app.store.receipt_rows import given_twice, papers_of, shared
from counter_app.store.statements import batches
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
    """Departures that contradict each other, custody taken without an offer, one tax stamp or tracking number twice."""
    follow(connection, _each(changes, of_permit))
    touched = {used for before, after in changes for used, _act in _used(before) ^ _used(after)}
    known = {after.id: after for _before, after in changes}
    for some in batches(sorted(touched)):
        items = [item for used in some for item in of_used(used, _using(connection, used, known))]
        tell(connection, map(used_by, some), items)


def of_receipts(connection: sa.Connection, changes: Changes[Receipt]) -> None:
    """Desks that gave papers of one printed number."""
    for numbers in batches(sorted({after.number for before, after in changes if _renumbered(before, after)} - {""})):
        tell(connection, (), of_numbers(papers_of(connection, shared(connection, numbers))))
    twice = given_twice(connection, [after.id for _before, after in changes])
    changed = {one.number for before, after in changes if after.id in twice for one in (before, after) if one}
    for where in sorted({lettered(number) for number in changed}):
        numbers = [number for number in shared(connection) if lettered(number) == where]
        tell(connection, [subject_of(where)], of_numbers(papers_of(connection, numbers)))


def _each(
    changes: Changes[State], contradictions: Callable[[State | None], tuple[WorkItem, ...]]
) -> Iterable[tuple[tuple[WorkItem, ...], tuple[WorkItem, ...]]]:
    return ((contradictions(before), contradictions(after)) for before, after in changes)


def _used(permit: Permit | None) -> set[tuple[str, str]]:
    """Each stamp and tracking number used, with the departure that used it."""
    departures = permit.departures if permit and permit.marks else ()
    return {(used, mark.act_id) for mark in departures for used in used_up(mark)}


def _using(connection: sa.Connection, used: str, known: Mapping[str, Permit]) -> list[tuple[str, Mark]]:
    return [
        (permit.id, mark)
        for _used, permit in spent(connection, [used], known)
        for mark in permit.departures
        if used in used_up(mark)
    ]


def _renumbered(before: Receipt | None, after: Receipt) -> bool:
    return before is None or before.number != after.number
