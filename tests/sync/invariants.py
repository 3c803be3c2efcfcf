"""What must hold of every node, whatever happened (shared ground of the simulator and of the tests by hand)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

import sqlalchemy as sa

from counter_app.central.engine import reading
from counter_app.central.tables import act as central_act
from counter_app.central.tables import line as central_line
from counter_app.domain.acts import GENESIS
from counter_app.domain.work_items import WorkItem, WorkItemKind
from counter_app.store import convocation_rows, list_rows, permit_rows, projections, work_item_rows
from counter_app.store.connection import Connection
from counter_app.store.statements import rows
from counter_app.store.tables import PROJECTIONS
from counter_app.usecases.audit import rebuild, verify
from counter_app.usecases.desk import Desk

Placed = dict[str, tuple[str, str, int, str]]
"""Acts that stand in their line, by identity: stream, branch, position, digest."""

_OF_DESK = (
    "SELECT act_id, stream, '', seq, digest FROM act "
    "UNION ALL SELECT act_id, stream, branch, seq, digest FROM apart WHERE branch <> '?'"
)


class Broken(AssertionError):
    """An invariant that does not hold."""


def expect(holds: object, words: str) -> None:
    if not holds:
        raise Broken(words)


def placed_at_desk(connection: Connection) -> Placed:
    return {row[0]: tuple(row[1:]) for row in rows(connection, _OF_DESK)}


def held_at_desk(desk: Desk) -> Placed:
    with desk.looking() as connection:
        return placed_at_desk(connection)


def held_at_central(engine: sa.Engine) -> Placed:
    with reading(engine) as connection:
        found = connection.exec_driver_sql("SELECT act_id, stream, branch, seq, digest FROM act").all()
    return {row[0]: tuple(row[1:]) for row in found}


def prints(desk: Desk) -> list[tuple[int, str]]:
    """Digest of each projection."""
    with desk.looking() as connection:
        return [projections.fingerprint(connection, table) for table in PROJECTIONS]


def ahead(desk: Desk) -> int:
    """Acts that came ahead of their turn and have no place yet."""
    with desk.looking() as connection:
        return int(rows(connection, "SELECT count(*) FROM apart WHERE branch = '?'")[0][0])


def successors(desk: Desk) -> int:
    """How many streams this file was told to write no more."""
    with desk.looking() as connection:
        return int(rows(connection, "SELECT count(*) FROM successor")[0][0])


def check_desk(desk: Desk) -> None:
    """Every stream contiguous, chained and signed; rows are what the journal tells; one item a contradiction."""
    outcome = verify(desk)
    expect(outcome.ok, f"{desk.name} verifies: {outcome.faults[:3]}")
    with desk.looking() as connection:
        check_work_items(connection)
    rebuilt = rebuild(desk)
    expect(rebuilt.same, f"{desk.name} rebuilds the same: {rebuilt.differences}")


def check_newest_list(desk: Desk, named: Mapping[str, Collection[str]]) -> None:
    """Of whom lists of one source spoke, each is in the newest whole one or not, as its file says; by file name."""
    with desk.looking() as connection:
        everybody = list(convocation_rows.every(connection))
        sources = {listing.source for one in everybody for listing in one.listings}
        lists = [one for source in sources for one in list_rows.lists_of(connection, source)]
    whole = [one for one in lists if one.imported and one.complete and not one.undone and one.scopes]
    newest = max(whole, key=lambda one: one.exported_at, default=None)
    for one in everybody:
        listing = one.listing
        if newest and listing.exported_at <= newest.exported_at:
            there = one.name.split()[0] in named[newest.file_name]
            expect(listing.present == there, f"{one.name} is shown as {newest.file_name} tells")


def check_work_items(connection: Connection) -> None:
    """Each contradictory pair lies in exactly one work item, found here without the code that makes them."""
    items = work_item_rows.live(connection)
    expect(len({item.id for item in items}) == len(items), "work items have one identity each")
    for convocation in convocation_rows.every(connection):
        told = convocation.contradicting
        _one_for_each_pair(items, WorkItemKind.DOUBLE_CHECK_IN, [one.act_id for one in told])
    for permit in permit_rows.every(connection):
        if permit.disputed:
            _one_for_each_pair(items, WorkItemKind.DOUBLE_HANDOVER, [one.act_id for one in permit.departures])
    _one_for_each_fork(connection, items)


def _one_for_each_fork(connection: Connection, items: Iterable[WorkItem]) -> None:
    """What a stream did after one act, in several ways, is one item with all of them."""
    parted: dict[tuple[str, str], list[str]] = {}
    told = "SELECT stream, base, branch FROM branch WHERE branch NOT IN ('', '?')"
    for stream, base, branch in connection.exec_driver_sql(told):
        parted.setdefault((stream, base), []).append(branch)
    wanted = sorted((stream, sorted(branches)) for (stream, _base), branches in parted.items())
    shown = sorted((one.subject.id, one.facts["branches"]) for one in items if one.kind == WorkItemKind.STREAM_FORKED)
    expect(shown == wanted, "one item for each act after which a stream parted")


def _one_for_each_pair(items: Iterable[WorkItem], kind: str, acts: Sequence[str]) -> None:
    sets = [set(item.acts) for item in items if item.kind == kind]
    for pair in combinations(acts, 2):
        found = sum(set(pair) <= one for one in sets)
        expect(found == 1, f"{found} items {kind} hold the pair {pair}")


def check_central(engine: sa.Engine) -> None:
    """Every line contiguous and chained from its base to its end; every act in a line."""
    with reading(engine) as connection:
        lines = connection.execute(sa.select(central_line)).fetchall()
        acts = connection.execute(sa.select(central_act).order_by(central_act.c.seq)).fetchall()
    by_line: dict[tuple[str, str], list[sa.Row[tuple[object, ...]]]] = {}
    for act in acts:
        by_line.setdefault((act.stream, act.branch), []).append(act)
    expect(len(by_line) == len(lines), "the central's acts stand in its lines")
    digests = {act.digest for act in acts} | {GENESIS}
    for line in lines:
        expect(line.base in digests, f"the central holds the base of {line.stream}~{line.branch}")
        seq, digest = line.first - 1, line.base
        for act in by_line[line.stream, line.branch]:
            expect((act.seq, act.prev) == (seq + 1, digest), f"the central's line {line.stream} has a gap at {act.seq}")
            seq, digest = act.seq, act.digest
        expect((line.seq, line.digest) == (seq, digest), f"the central knows the end of {line.stream}")


def check_same(desks: Sequence[Desk], engine: sa.Engine) -> None:
    """Quiet nodes hold the same acts in the same lines, and the same bytes."""
    told, first = held_at_central(engine), None
    for desk in desks:
        mine = held_at_desk(desk)
        more, less = mine.keys() - told.keys(), told.keys() - mine.keys()
        expect(not more and not less, f"{desk.name} holds what the central holds: {len(more)} more, {len(less)} less")
        expect(mine == told, f"{desk.name} names lines as the central does")
        first = first or prints(desk)
        expect(prints(desk) == first, f"{desk.name} shows what the other desks show")
