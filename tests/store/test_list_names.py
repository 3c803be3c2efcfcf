"""Whom lists name, folded into what is said of people: the same bytes in whatever order and batches acts come."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.acts import Act, ActKind, Author, Details, Json, Subject, SubjectType
from counter_app.domain.convocation import ConvocationStatus
from counter_app.domain.list_names import Naming
from counter_app.paths import migrations
from counter_app.store import convocation_rows, journal, projections
from counter_app.store.engine import Store
from counter_app.store.heads import Head
from counter_app.store.journal import chain
from counter_app.store.migrate import downgrade, upgrade
from counter_app.store.partial_indexes import COVERED
from tests.domain.invented_acts import START, STREAMS
from tests.store.laws import blank, deliver, numbered, prints

PEOPLE = ("0f" * 16, "1f" * 16, "2f" * 16, "3f3f3f3f of another desk")
LISTS = ("l1", "l2", "l3", "l4")
SOURCES = ("a", "b")
exports = st.integers(0, 5).map(lambda minutes: (START + timedelta(minutes=minutes)).isoformat())
days = st.sampled_from(("2026-11-23", "2026-11-24"))
organisations = st.sampled_from(("", "Lille"))
Told = tuple[str, Subject, Details]


@st.composite
def listed(draw: st.DrawFn) -> Told:
    details: dict[str, Json] = {
        "source": draw(st.sampled_from(SOURCES)),
        "source_key": draw(st.sampled_from("12")),
        "exported_at": draw(exports),
        "name": "SOW Aïssata",
        "slot": f"{draw(days)}T09:10:00+01:00",
        "purpose": "Remise",
        "status": draw(st.sampled_from(("expected", "cancelled"))),
        "organisation": draw(organisations) or None,
        "list_id": draw(st.sampled_from(LISTS)),
    }
    return ActKind.CONVOCATION_LISTED, _person(draw), {name: value for name, value in details.items() if value}


def _person(draw: st.DrawFn) -> Subject:
    return Subject(SubjectType.CONVOCATION, draw(st.sampled_from(PEOPLE)))


@st.composite
def vanished(draw: st.DrawFn) -> Told:
    details = {"source": draw(st.sampled_from(SOURCES)), "exported_at": draw(exports)}
    return ActKind.CONVOCATION_VANISHED, _person(draw), {**details, "list_id": draw(st.sampled_from(LISTS))}


@st.composite
def withdrawn(draw: st.DrawFn) -> Told:
    return ActKind.CONVOCATION_WITHDRAWN, _person(draw), {"list_id": draw(st.sampled_from(LISTS))}


@st.composite
def imported(draw: st.DrawFn) -> Told:
    list_id, own, naming = draw(st.sampled_from(LISTS)), draw(exports), Naming()
    for person in draw(st.lists(st.sampled_from(PEOPLE), unique=True)):
        naming.name(person, draw(st.one_of(st.just(own), st.just(""), exports)))
    scopes: list[Json] = [[*scope] for scope in draw(st.lists(st.tuples(days, organisations), max_size=3, unique=True))]
    unread = draw(st.sampled_from(([], [{"sow", "aissata"}], [{"ba"}])))
    source = draw(st.sampled_from(SOURCES))
    told: dict[str, Json] = {"source": source, "exported_at": own, "file_digest": "d", "scopes": scopes}
    return ActKind.LIST_IMPORTED, _list(list_id), {**told, **naming.to_json(list_id, source, own, scopes, unread)}


@st.composite
def undone(draw: st.DrawFn) -> Told:
    ended = draw(st.booleans())
    state: dict[str, Json] = {"undoing": not ended, **({"undone": "2026"} if ended else {})}
    return ActKind.LIST_UNDONE, _list(draw(st.sampled_from(LISTS))), state


@st.composite
def arrived(draw: st.DrawFn) -> Told:
    return ActKind.CHECKED_IN, _person(draw), {"verdict": "admitted"}


@st.composite
def spoilt(draw: st.DrawFn) -> Told:
    names: list[Json] = ["x", [], {"scopes": [["2026-11-23", ""]]}, {"scopes": [[3]], "people": "?"}]
    return (
        ActKind.LIST_IMPORTED,
        _list(draw(st.sampled_from(LISTS))),
        {"source": "a", "names": draw(st.sampled_from(names))},
    )


def _list(list_id: str) -> Subject:
    return Subject(SubjectType.LIST, list_id)


everything = st.lists(
    st.tuples(
        st.one_of(
            listed(), listed(), listed(), imported(), imported(), vanished(), withdrawn(), undone(), arrived(), spoilt()
        ),
        st.sampled_from(STREAMS),
        st.integers(0, 40),
    ),
    min_size=2,
    max_size=14,
)


def acts_of(told: Sequence[tuple[Told, str, int]]) -> dict[str, list[Act]]:
    """What was told, as acts of these streams, each with the clock that it bears."""
    made = [
        replace(
            chain(Head(0, "", 0), Author("nord", stream, "G", "A"), START, kind, subject, details),
            act_id=f"01a2076f-d7e0-7000-8000-{place:012d}",
            clock=minutes << 16 | place,
        )
        for place, ((kind, subject, details), stream, minutes) in enumerate(told)
    ]
    return numbered(made)


@settings(max_examples=300)
@given(everything, st.randoms(use_true_random=False), st.randoms(use_true_random=False))
def test_lists_and_people_fold_to_the_same_bytes_in_any_order(
    store: Store, told: list[tuple[Told, str, int]], chance: Random, luck: Random
) -> None:
    streams = acts_of(told)
    with blank(store) as connection:
        deliver(connection, streams, chance)
        here = prints(connection)
        rebuilt = projections.rebuild(connection)
        assert rebuilt.same, rebuilt.differences
    with blank(store) as connection:
        deliver(connection, streams, luck)
        assert prints(connection) == here


def test_a_file_that_received_such_lists_before_it_had_room_for_them_finds_who_left_them(tmp_path: Path) -> None:
    own, naming = (START + timedelta(minutes=1)).isoformat(), Naming()
    naming.name(PEOPLE[1], own)
    scopes: list[Json] = [["2026-11-23", ""]]
    person: Details = {
        **{"source": "a", "source_key": "1", "exported_at": START.isoformat(), "list_id": "l1"},
        **{"name": "SOW Aïssata", "purpose": "Remise", "status": "expected", "slot": "2026-11-23T09:10:00+01:00"},
    }
    told: Details = {"source": "a", "exported_at": own, **naming.to_json("l2", "a", own, scopes, [])}
    here = (ActKind.CONVOCATION_LISTED, Subject(SubjectType.CONVOCATION, PEOPLE[0]), person)
    (acts,) = acts_of([(here, "g:1", 1), ((ActKind.LIST_IMPORTED, _list("l2"), told), "g:1", 2)]).values()
    with closing(Store(tmp_path / "guichet.db", bytes(32))) as store:
        upgrade(store, migrations())
        with store.writing() as connection:
            journal.append(connection, acts, lambda digest: digest)
            projections.project(connection, acts[:1])
        downgrade(store, migrations(), "0013")
        upgrade(store, migrations())
        with store.writing() as connection:
            (one,) = convocation_rows.every(connection)
            assert one.status is ConvocationStatus.ABSENT_FROM_LIST
            assert projections.rebuild(connection).same


def test_people_of_whom_lists_say_otherwise_are_found_without_reading_the_others(store: Store) -> None:
    with blank(store) as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN SELECT id FROM convocation WHERE {COVERED}").fetchall()
        assert "convocation_covered" in str(plan)
