"""Work items: each contradictory pair lies in one item, the same at every desk; what is settled stays so."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.acts import Act, ActKind, Author, Json, Subject, device_of
from counter_app.domain.answers import effective
from counter_app.domain.clock import COUNTER_BITS
from counter_app.domain.convocation import Convocation
from counter_app.domain.convocation_fold import apply, fold
from counter_app.domain.other_items import of_act
from counter_app.domain.permit import Permit
from counter_app.domain.permit_fold import fold as fold_permit
from counter_app.domain.permit_marks import DEPARTURES, STOCK, SUMMONS, Mark
from counter_app.domain.recorded_arrival import Arrival
from counter_app.domain.settlement import Settlement
from counter_app.domain.settlement import apply as apply_answer
from counter_app.domain.work_items import WorkItem, WorkItemKind, of_convocation, of_permit, of_settlement
from counter_app.store.heads import Head
from counter_app.store.journal import chain
from tests.domain.invented_acts import PERSON, START, STREAMS, act_ids
from tests.domain.invented_permits import permit_acts
from tests.domain.invented_settlements import answers

FIVE = timedelta(minutes=5)
IDS = act_ids(PERSON)


@st.composite
def arrivals(draw: st.DrawFn) -> list[Act]:
    """Arrivals of one person at up to three devices that were apart, undone or not."""
    places = {stream: Head(0, "0" * 64, 0) for stream in STREAMS}
    made = []
    for act_id in draw(st.lists(st.sampled_from(IDS), unique=True, max_size=8)):
        stream = draw(st.sampled_from(STREAMS))
        at = START + timedelta(minutes=draw(st.integers(0, 20)))
        undone = draw(st.integers(0, 4)) == 0
        kind = ActKind.ARRIVAL_UNDONE if undone else ActKind.CHECKED_IN
        details: dict[str, Json] = {"act": draw(st.sampled_from(IDS))} if undone else {"verdict": "admitted"}
        act = chain(places[stream], Author("nord", stream, stream, "A. Petit"), at, kind, PERSON, details)
        made.append(replace(act, act_id=act_id))
    return made


def contradict(one: Arrival, other: Arrival) -> bool:
    return device_of(one.stream) != device_of(other.stream) and abs(one.moment - other.moment) > FIVE


def items_of(items: Iterable[WorkItem], kind: WorkItemKind) -> list[WorkItem]:
    return [item for item in items if item.kind == kind]


@settings(max_examples=300)
@given(arrivals(), st.randoms(use_true_random=False))
def test_each_contradictory_pair_of_arrivals_lies_in_exactly_one_item_whatever_the_order(
    acts: list[Act], chance: Random
) -> None:
    told = fold(acts)
    items = items_of(of_convocation(told), WorkItemKind.DOUBLE_CHECK_IN)
    standing = told.standing_arrivals if told else ()
    pairs = [{a.act_id, b.act_id} for a, b in combinations(standing, 2) if contradict(a, b)]
    for pair in pairs:
        assert sum(pair <= set(item.acts) for item in items) == 1
    assert {act for item in items for act in item.acts} == {act for pair in pairs for act in pair}
    assert (told is not None and told.contested) == bool(pairs)
    mixed = chance.sample(acts + acts, len(acts) * 2)
    assert of_convocation(fold(mixed)) == of_convocation(told)


@settings(max_examples=300)
@given(permit_acts(poison=True), st.randoms(use_true_random=False))
def test_each_pair_of_departures_and_each_override_lies_in_exactly_one_item(acts: list[Act], chance: Random) -> None:
    permit = fold_permit(acts)
    items = of_permit(permit)
    assert len({item.id for item in items}) == len(items)
    disputes = items_of(items, WorkItemKind.DOUBLE_HANDOVER)
    departures = [mark.act_id for mark in permit.departures] if permit else []
    for pair in combinations(departures, 2):
        assert sum(set(pair) <= set(item.acts) for item in disputes) == 1
    assert len(disputes) == int(permit is not None and permit.disputed)
    overridden = {mark.act_id for mark in permit.marks if mark.kind == ActKind.CUSTODY_OVERRIDDEN} if permit else set()
    assert {item.acts for item in items_of(items, WorkItemKind.CUSTODY_OVERRIDDEN)} == {(one,) for one in overridden}
    assert of_permit(fold_permit(chance.sample(acts + acts, len(acts) * 2))) == items


LATER = {*STOCK, *SUMMONS, ActKind.SLOT_MISSED, ActKind.CUSTODY_TAKEN}


def holds_before(permit: Permit, gone: Mark) -> set[str]:
    """The acts by which others have the card when a desk that does not hold it lets it go."""
    custody = replace(permit, marks=permit.standing[: permit.standing.index(gone)]).custody
    if custody.holder is None or (not custody.claims and custody.held_by(gone.desk, gone.stream)):
        return set()
    return {custody.since, *(act for claim in custody.claims for act in claim.acts)}


@settings(max_examples=300)
@given(permit_acts())
def test_what_another_desk_does_after_a_departure_is_with_it_in_one_item(acts: list[Act]) -> None:
    permit = fold_permit(acts)
    items = items_of(of_permit(permit), WorkItemKind.STATUS_AFTER_TERMINAL)
    pairs = [
        {gone.act_id, later.act_id}
        for gone, later in combinations(permit.standing if permit else (), 2)
        if gone.kind in DEPARTURES and later.kind in LATER and device_of(gone.stream) != device_of(later.stream)
    ]
    pairs += [
        {taken.act_id, gone.act_id}
        for taken, gone in combinations(permit.standing if permit else (), 2)
        if taken.kind == ActKind.CUSTODY_TAKEN and gone.kind in DEPARTURES and permit
        if device_of(gone.stream) != device_of(taken.stream) and taken.act_id in holds_before(permit, gone)
    ]
    assert {act for item in items for act in item.acts} == {act for pair in pairs for act in pair}
    assert all(sum(pair <= set(item.acts) for item in items) == 1 for pair in pairs)


@settings(max_examples=200)
@given(arrivals(), st.data())
def test_what_is_settled_stays_settled_until_something_else_joins(acts: list[Act], data: st.DataObject) -> None:
    told = fold(acts)
    item = next(iter(items_of(of_convocation(told), WorkItemKind.DOUBLE_CHECK_IN)), None)
    if told is None or item is None:
        return
    kept = data.draw(st.sampled_from([None, *item.acts]))
    settled = apply(told, answer(item, kept, max(act.clock for act in acts) + 1))
    assert settled is not None
    assert items_of(of_convocation(settled), WorkItemKind.DOUBLE_CHECK_IN) == []
    standing = {one.act_id for one in settled.standing_arrivals}
    assert standing & set(item.acts) == ({kept} if kept else set(item.acts))
    joined = joining(settled, data.draw(st.integers(0, 40)))
    for new in items_of(of_convocation(joined), WorkItemKind.DOUBLE_CHECK_IN):
        assert new.id != item.id
        assert "joined" in new.acts


def answer(item: WorkItem, kept: str | None, clock: int, stream: str = "poste1:z") -> Act:
    """A supervisor's answer about arrivals."""
    place = Head(0, "0" * 64, clock)
    acts: list[Json] = [*item.acts]
    author = Author("nord", stream, "Guichet 1", "A. Petit")
    return chain(place, author, START, ActKind.ARRIVALS_SETTLED, item.subject, {"acts": acts, "kept": kept})


def joining(convocation: Convocation, minutes: int) -> Convocation | None:
    place = Head(0, "0" * 64, 1 << 62)
    author = Author("nord", "poste4:n", "Guichet 4", "B. Colin")
    at = START + timedelta(minutes=minutes)
    act = chain(place, author, at, ActKind.CHECKED_IN, PERSON, {"verdict": "admitted"})
    return apply(convocation, replace(act, act_id="joined"))


def test_an_answer_about_more_takes_the_place_of_one_about_less_and_the_earliest_of_two_alike_stands() -> None:
    ab, abc, bc = frozenset("ab"), frozenset("abc"), frozenset("bc")
    assert effective([ab, ab]) == (0,)
    assert effective([ab, abc]) == (1,)
    assert effective([abc, ab]) == (0,)
    assert effective([ab, bc]) == (0, 1)
    assert effective([]) == ()


def test_three_desks_apart_that_answer_in_a_ring_leave_the_arrival_that_the_earliest_kept() -> None:
    ids = IDS[:3]
    acts = []
    for place, act_id in enumerate(ids):
        author = Author("nord", f"poste{place}:a", f"Guichet {place}", "A. Petit")
        at = START + timedelta(minutes=10 * place)
        act = chain(Head(0, "0" * 64, 0), author, at, ActKind.CHECKED_IN, PERSON, {"verdict": "admitted"})
        acts.append(replace(act, act_id=act_id))
    for place in range(3):
        pair = (ids[place], ids[(place + 1) % 3])
        about = WorkItem("x", WorkItemKind.DOUBLE_CHECK_IN, PERSON, pair, "")
        made = answer(about, pair[0], (1 << 62) + place)
        acts.append(replace(made, act_id=f"answer{place}"))
    told = fold(acts)
    assert told is not None
    assert [one.act_id for one in told.standing_arrivals] == [ids[0]]


@settings(max_examples=200)
@given(answers(poison=True), st.randoms(use_true_random=False))
def test_the_earliest_answer_stands_whatever_the_order_and_another_one_is_an_item_of_its_own(
    acts: list[Act], chance: Random
) -> None:
    told = settled(acts)
    assert settled(chance.sample(acts + acts, len(acts) * 2)) == told
    if told and told.settled:
        said = [one for one in told.answers if one.decision != "supervisor"]
        assert told.settled == said[0]
        assert len(of_settlement(told)) == int(len({one.said for one in said}) > 1)


def settled(acts: Iterable[Act]) -> Settlement | None:
    told: Settlement | None = None
    for act in sorted({act.act_id: act for act in acts}.values(), key=lambda act: act.order):
        told = apply_answer(told, act)
    return told


def test_a_clock_is_wrong_from_more_than_ten_minutes_on_either_side() -> None:
    for minutes, wrong in ((0, False), (10, False), (11, True), (-10, False), (-11, True)):
        clock = int((START - timedelta(minutes=minutes)).timestamp() * 1000) << COUNTER_BITS
        author = Author("nord", "a:1", "Guichet 1", "A. Petit")
        act = replace(
            chain(Head(0, "0" * 64, 0), author, START, "any", Subject("row", "x"), {}), clock=clock, act_id="one"
        )
        found = of_act(act)
        assert (found is not None) == wrong
        if found:
            assert found == of_act(replace(act, act_id="two", clock=clock + 7))


def test_a_list_whose_day_nobody_can_read_stops_nothing() -> None:
    texts = ("demain", "2026-11-23", "2026-11-23T08:00:00+00:00")
    made = []
    for place, exported_at in enumerate(texts):
        details: dict[str, Json] = {
            "source": str(place),
            "source_key": "1",
            "exported_at": exported_at,
            "name": "SOW Aïssata",
            "slot": START.isoformat(),
            "purpose": "Remise",
            "status": "cancelled" if place else "expected",
        }
        author = Author("nord", "poste3:a", "Guichet 3", "A. Petit")
        act = chain(Head(place, "0" * 64, place << 60), author, START, ActKind.CONVOCATION_LISTED, PERSON, details)
        made.append(replace(act, act_id=str(place)))
    (item,) = of_convocation(fold(made))
    assert item.kind == WorkItemKind.IMPORT_CONFLICT
    assert item.at == "2026-11-23T08:00:00+00:00"
