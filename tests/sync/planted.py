"""Bugs planted on purpose, each in one function of the product: the tests must see every one of them.

Nothing in the product knows of them: they are patched in by the test that looks for them.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from random import Random
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa

from counter_app.central import checks, push
from counter_app.domain import lines as domain_lines
from counter_app.domain import work_items
from counter_app.domain.acts import device_of
from counter_app.domain.envelope import fault
from counter_app.domain.lines import Line, Placed
from counter_app.store import heads, list_names_rows, projections, received, statements
from counter_app.store import lines as store_lines
from counter_app.store.statements import Row, first, rows
from counter_app.sync import exchange as exchanges
from counter_app.sync.desk_ledger import DeskLedger
from counter_app.sync.wire import HelloAnswer, Tip

Bug = Callable[[], AbstractContextManager[None]]
BUGS: dict[str, Bug] = {}


def planted(bug: Callable[[], Iterator[tuple[object, str, object]]]) -> Bug:
    """A bug told as what it replaces: where, which name, by what."""

    @contextmanager
    def plant() -> Iterator[None]:
        with ExitStack() as patches:
            for where, name, wrong in bug():
                patches.enter_context(patch.object(where, name, wrong))
            yield

    BUGS[bug.__name__.replace("_", " ")] = plant
    return plant


Replaced = Iterator[tuple[object, str, object]]


@planted
def cursor_by_what_arrived() -> Replaced:
    """The desk asks for what follows the newest act that it ever received of a stream."""

    def starts(ledger: DeskLedger, _answer: HelloAnswer, wanted: dict[str, Tip]) -> Generator[Any, Any, dict[str, int]]:
        with ledger.desk.looking() as connection:
            question = "SELECT stream, max(seq) FROM (SELECT stream, seq FROM act UNION SELECT stream, seq FROM apart)"
            newest: dict[str, int] = dict(rows(connection, f"{question} GROUP BY stream"))
        yield from ()
        return {key: newest.get(exchanges.stream_of(key), tip.first - 1) for key, tip in wanted.items()}

    yield exchanges, "_starts", starts


@planted
def acknowledgement_stored() -> Replaced:
    """What the central once took is never sent again."""
    real, acknowledged = exchanges._push_line, dict[tuple[str, str], int]()

    def push_line(ledger: DeskLedger, outcome: exchanges.Outcome, line: Line, greeting: HelloAnswer) -> Any:
        told = (ledger.desk.name, line.key)
        if acknowledged.get(told, 0) < line.seq:
            yield from real(ledger, outcome, line, greeting)
            acknowledged[told] = line.seq

    yield exchanges, "_push_line", push_line


@planted
def lower_head_taken_for_a_fork() -> Replaced:
    """A central that holds less of our stream than we do makes us begin another one."""
    real = DeskLedger.greeted

    def greeted(self: DeskLedger, answer: HelloAnswer) -> None:
        real(self, answer)
        stream = self.desk.stream
        with self.desk.looking() as connection:
            mine = first(connection, "SELECT seq FROM head WHERE stream = ?", (stream,))
        known = answer.heads.get(stream)
        if mine and known and known.seq < mine[0]:
            self._resume(stream, known.seq)

    yield DeskLedger, "greeted", greeted


@planted
def signatures_not_checked_at_the_desk() -> Replaced:
    yield received, "_signed", lambda _connection, _stream, run, *_others: run


@planted
def signatures_not_checked_at_the_central() -> Replaced:
    yield checks, "signed_by", lambda *_told: True


@planted
def details_not_checked() -> Replaced:
    """Only the chain is looked at."""
    yield received, "fault", lambda act: None if fault(act) == "details" else fault(act)


@planted
def branch_named_by_its_turn() -> Replaced:
    """The first branch that a node meets is the first branch."""
    met = iter(range(1_000_000))
    yield domain_lines, "branch_name", lambda _stream, _digest: f"{next(met):016x}"


@planted
def no_new_incarnation_for_a_copy() -> Replaced:
    yield DeskLedger, "_resume", lambda *_told: None


@planted
def clock_not_merged() -> Replaced:
    """A desk numbers its acts after its own only."""
    real = heads.current_head

    def current_head(connection: sa.Connection, stream: str) -> tuple[str, heads.Head]:
        current, head = real(connection, stream)
        mine = first(connection, "SELECT clock FROM head WHERE stream = ?", (current,))
        return current, replace(head, clock=mine[0] if mine else 0)

    yield heads, "current_head", current_head


@planted
def acts_ahead_counted_twice() -> Replaced:
    """What came ahead stays ahead once it has its place."""

    def write(connection: sa.Connection, statement: str, many: Sequence[Row]) -> None:
        if not statement.startswith("DELETE FROM apart"):
            statements.write(connection, statement, many)

    yield store_lines, "write", write


@planted
def acts_ahead_never_placed() -> Replaced:
    """What came ahead is held: its turn brings nothing new."""

    def add(connection: sa.Connection, line: Line, acts: Sequence[Row]) -> None:
        known = store_lines.with_ids(connection, [row[0] for row in acts])
        if fresh := [row for row in acts if row[0] not in known]:
            store_lines.add(connection, line, fresh)

    yield received, "add", add


@planted
def poison_stops_every_stream() -> Replaced:
    real = received._by_stream

    def by_stream(connection: sa.Connection, acts: Sequence[Row], *others: Any) -> dict[str, list[Any]]:
        found = real(connection, acts, *others)
        return found if all(fault(row) is None for row in acts) else {}

    yield received, "_by_stream", by_stream


@planted
def gap_accepted() -> Replaced:
    """Acts whose predecessor is not held go to the end of their stream."""
    real = domain_lines.place

    def place(shelf: domain_lines.Shelf, stream: str, run: Sequence[domain_lines.Link]) -> Placed:
        placed = real(shelf, stream, run)
        main = next((line for line in shelf.lines() if not line.branch), None)
        return replace(placed, line=main, gap=False) if placed.gap and main else placed

    yield received, "place", place
    yield push, "place", place


@planted
def older_acts_folded_last() -> Replaced:
    """A row takes acts in the order in which they arrive."""

    def folded(projection: Any, subject_id: str, row: Row | None, new: list[Any], _whole: Any) -> Any:
        import json

        before = projection.load(subject_id, json.loads(row[-4])) if row else None
        one = projections._fold(projection, subject_id, before, sorted(new, key=lambda act: act.order))
        return one._replace(before=before, row=row) if one else None

    yield projections, "_folded", folded


@planted
def central_healed_of_own_acts_only() -> Replaced:
    """After a rollback each desk sends what it wrote itself, and nothing of others."""
    real = exchanges._push

    def push_own(ledger: DeskLedger, outcome: exchanges.Outcome, answer: HelloAnswer) -> Any:
        own = device_of(ledger.desk.stream)
        return real(
            ledger, outcome, replace(answer, lacking=tuple(key for key in answer.lacking if device_of(key) == own))
        )

    yield exchanges, "_push", push_own


@planted
def identity_of_another_act_accepted() -> Replaced:
    """An act with the identity of another one takes its place in its line."""
    yield received, "_of_another", lambda *_told: None
    yield push._Taking, "_of_another", lambda *_told: None


@planted
def work_items_named_by_chance() -> Replaced:
    real, chance = work_items.make, Random(1)

    def make(*told: Any) -> work_items.WorkItem:
        return replace(real(*told), id=chance.randbytes(16).hex())

    for module in (work_items,):
        yield module, "make", make


@planted
def verified_because_the_central_answered() -> Replaced:
    """The desk shows itself up to date as soon as the exchange ends."""
    real = exchanges.exchange

    def exchange(*told: Any) -> Any:
        return replace((yield from real(*told)), verified=True)

    yield exchanges, "exchange", exchange


@planted
def stream_parted_without_its_acts() -> Replaced:
    """A line that parts keeps what it should give away."""
    yield (
        store_lines.Shelf,
        "split",
        lambda self, line, seq, branch: store_lines.set_head(
            self.connection, Line(line.stream, branch, seq, line.digest, line.seq, line.digest), 0
        ),
    )


@planted
def lists_compared_at_their_import_only() -> Replaced:
    """Who is in the newest list no more is what its importer noted, and nothing else."""
    yield list_names_rows, "covered", lambda *_told: ()
