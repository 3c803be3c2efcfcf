"""A convocation is what its acts tell, whatever the order in which they arrive and however often."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.acts import Act, ActKind, Author, Details, Json
from counter_app.domain.age import age_on
from counter_app.domain.convocation import (
    Convocation,
    ConvocationStatus,
    identity,
)
from counter_app.domain.convocation_fold import apply, fold, from_json, to_json
from counter_app.domain.listing import ListedStatus, Listing
from counter_app.domain.recorded_arrival import Arrival
from counter_app.store.heads import Head
from counter_app.store.journal import chain
from tests.domain.invented_acts import PERSON, START, STREAMS, acts_of, bytes_of, listings


def state_of(convocation: Convocation | None) -> str:
    return bytes_of(None if convocation is None else to_json(convocation))


@given(acts_of(poison=True), st.randoms(use_true_random=False))
def test_any_order_of_acts_tells_one_convocation(acts: list[Act], chance: Random) -> None:
    shuffled = list(acts)
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(acts)


@given(acts_of(poison=True), st.data())
def test_an_act_received_twice_tells_nothing_more(acts: list[Act], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(acts))) if acts else []
    assert fold([*acts, *again]) == fold(acts)


@given(acts_of(poison=True), st.data())
def test_what_was_told_in_order_is_never_told_again(acts: list[Act], data: st.DataObject) -> None:
    """Prefix: folding on from any state gives what folding everything gives."""
    ordered = sorted(acts, key=lambda act: act.order)
    cut = data.draw(st.integers(0, len(ordered)))
    state = fold(ordered[:cut])
    for act in ordered[cut:]:
        state = apply(state, act)
    assert state == fold(acts)


@given(acts_of(poison=True))
def test_what_a_projection_keeps_is_the_whole_convocation(acts: list[Act]) -> None:
    told = fold(acts)
    if told is not None:
        assert from_json(told.id, to_json(told)) == told
        assert state_of(from_json(told.id, to_json(told))) == state_of(told)


@given(acts_of(poison=True))
def test_every_answer_about_a_convocation_can_be_given_whatever_was_received(acts: list[Act]) -> None:
    told = fold(acts)
    if told is None:
        return
    assert told.status in ConvocationStatus
    assert (told.arrival is None) == (not told.standing_arrivals)
    assert told.contested in (True, False)
    if told.listings:
        assert told.slot.utcoffset() is not None
        assert told.code == PERSON.id[:8]
        age_on(told.best("birth_date"), date(2026, 11, 23))
        assert told.document_expiry is None or isinstance(told.document_expiry, date)


@given(acts_of())
def test_no_arrival_is_ever_lost(acts: list[Act]) -> None:
    told = fold(acts)
    arrived = {act.act_id for act in acts if act.kind == "checked_in"}
    assert {one.act_id for one in (told.arrivals if told else ())} == arrived


@given(acts_of())
def test_of_each_source_the_newest_export_speaks(acts: list[Act]) -> None:
    told = fold(acts)
    for listing in told.listings if told else ():
        mine = [act for act in acts if act.details.get("source") == listing.source and "name" in act.details]
        mine = [act for act in mine if told and act.details.get("list_id") not in told.withdrawn] or mine[:1]
        assert listing.exported_at >= max(str(act.details["exported_at"]) for act in mine)


@given(acts_of())
def test_an_undone_import_no_longer_speaks_whatever_order_its_acts_come_in(acts: list[Act]) -> None:
    told = fold(acts)
    if told is None:
        return
    standing = [listing for listing in told.listings if listing.present]
    assert not {listing.list_id for listing in standing} & set(told.withdrawn)
    undone = {str(act.details["list_id"]) for act in acts if act.kind == "convocation_withdrawn"}
    others = [act for act in acts if act.details.get("list_id") not in undone]
    never = fold(others)
    assert standing == [listing for listing in (never.listings if never else ()) if listing.present]


@given(acts_of())
def test_somebody_whom_a_desk_saw_stays_in_sight_whatever_is_undone(acts: list[Act]) -> None:
    told = fold(acts)
    listed = any(act.kind == "convocation_listed" for act in acts)
    if told is not None and told.touched and listed:
        assert told.listings


@given(listings())
def test_a_listing_reads_back_as_it_was_written(details: dict[str, Json]) -> None:
    listing = Listing.read(details)
    assert Listing.read(listing.to_json()) == listing
    assert Listing.from_json({**listing.to_json(), "of_a_newer_desk": "?"}) == listing


@pytest.mark.parametrize(
    "wrong",
    [
        {"slot": "2026-11-23T09:10:00"},
        {"slot": "lundi"},
        {"slot": "0001-01-01T00:00:00+05:00"},
        {"slot": "9999-12-31T23:59:59-05:00"},
        {"slot": 5},
        *({name: None} for name in ("source", "source_key", "exported_at", "name", "slot", "purpose")),
        {"status": "inconnu"},
        {"birth_date": "1991-13-01"},
        {"document_expiry": "2026-00-00"},
        {"foreign_number": ["5912345678"]},
        *({"present": None}, {"present": "non"}, {"minor": "oui"}),
    ],
)
def test_a_listing_that_no_screen_could_show_changes_nothing(wrong: dict[str, Json]) -> None:
    good: dict[str, Json] = {
        **{"source": "a", "source_key": "1", "exported_at": "2026", "name": "SOW", "purpose": "", "status": "expected"},
        "slot": "2026-11-23T09:10:00+01:00",
    }
    assert listed(good, {**good, "exported_at": "2027", **wrong}) == listed(good)
    assert listed({**good, **wrong}) is None


def listed(*details: Details) -> Convocation | None:
    place = Head(0, "0" * 64, 0)
    author = Author("nord", STREAMS[0], "Guichet 3", "A. Petit")
    return fold(chain(place, author, START, ActKind.CONVOCATION_LISTED, PERSON, one) for one in details)


def listing(source: str, status: ListedStatus, hour: int, *, present: bool = True) -> Listing:
    at = datetime(2026, 11, 23, hour, tzinfo=UTC).isoformat()
    return Listing(source, "1", at, "SOW Aïssata", "2026-11-23T09:10:00+01:00", "Remise", status, present=present)


E, C, S, M, U = (
    ListedStatus.EXPECTED,
    ListedStatus.CANCELLED,
    ListedStatus.SERVED,
    ListedStatus.MISSED,
    ListedStatus.UNKNOWN,
)


@pytest.mark.parametrize(
    ("words", "status", "disagree"),
    [
        ((E,), ConvocationStatus.EXPECTED, False),
        ((U,), ConvocationStatus.EXPECTED, False),
        ((C, E), ConvocationStatus.CANCELLED, True),
        ((E, C), ConvocationStatus.CANCELLED, True),
        ((C, U), ConvocationStatus.CANCELLED, False),
        ((M, C), ConvocationStatus.CANCELLED, False),
        ((C, M), ConvocationStatus.MISSED, False),
        ((S, E), ConvocationStatus.SERVED, True),
    ],
)
def test_a_terminal_word_stands_and_contradictions_are_shown(
    words: tuple[ListedStatus, ...], status: ConvocationStatus, disagree: bool
) -> None:
    told = Convocation(PERSON.id, tuple(listing(f"s{place}", word, place) for place, word in enumerate(words)))
    assert (told.status, told.sources_disagree) == (status, disagree)


def test_a_list_that_no_longer_holds_the_person_no_longer_speaks() -> None:
    told = Convocation(PERSON.id, (listing("a", E, 8), listing("b", C, 9, present=False)))
    assert told.status is ConvocationStatus.EXPECTED
    assert told.listing.source == "a"
    assert Convocation(PERSON.id, (listing("b", C, 9, present=False),)).status is ConvocationStatus.ABSENT_FROM_LIST


@pytest.mark.parametrize(
    ("born", "age"),
    [
        ("2008-11-23", 18),
        ("2008-11-24", 17),
        ("2008-02-29", 18),
        ("2008-00-00", None),
        ("2008-11-00", None),
        (None, None),
        ("", None),
    ],
)
def test_an_age_is_known_only_when_the_whole_birth_date_is(born: str | None, age: int | None) -> None:
    assert age_on(born, date(2026, 11, 23)) == age


def test_two_desks_contest_an_arrival_only_beyond_five_minutes() -> None:
    def arrived(stream: str, minute: int) -> Arrival:
        at = (START + timedelta(minutes=minute)).isoformat()
        return Arrival(f"{stream}{minute}", at, "Guichet", "Agent", stream, "admitted")

    assert not Convocation(PERSON.id, arrivals=(arrived("a", 0), arrived("b", 5))).contested
    assert Convocation(PERSON.id, arrivals=(arrived("a", 0), arrived("b", 6))).contested
    assert not Convocation(PERSON.id, arrivals=(arrived("a", 0), arrived("a", 9))).contested
    recovered = Convocation(PERSON.id, arrivals=(arrived("a:1", 0), arrived("a:2", 9)))
    assert not recovered.contested
    undone = Convocation(PERSON.id, arrivals=(arrived("a", 0), arrived("b", 9)), undone=("a0",))
    assert not undone.contested
    assert undone.arrival == arrived("b", 9)


def test_the_earliest_arrival_counts_whatever_the_offset_it_is_written_with() -> None:
    first = Arrival("2", "2026-11-23T08:00:00+00:00", "Guichet 1", "A", "a", "admitted")
    second = Arrival("1", "2026-11-23T09:01:00+01:00", "Guichet 2", "B", "b", "admitted")
    assert Convocation(PERSON.id, arrivals=(second, first)).arrival == first


def test_an_identity_is_the_same_at_every_desk_and_different_for_each_person_hour_and_purpose() -> None:
    slot = datetime.fromisoformat("2026-11-23T09:10:00+01:00")
    one = identity("nord", "aissata sow", "1962-03-21", slot, "remise")
    others = {
        identity("loiret", "aissata sow", "1962-03-21", slot, "remise"),
        identity("nord", "awa sow", "1962-03-21", slot, "remise"),
        identity("nord", "aissata sow", None, slot, "remise"),
        identity("nord", "aissata sow", "1962-03-21", slot + timedelta(minutes=10), "remise"),
        identity("nord", "aissata sow", "1962-03-21", slot, "depot"),
    }
    assert one == identity("nord", "aissata sow", "1962-03-21", slot, "remise")
    assert len({one, *others}) == 6
    assert len(one) == 32
    assert int(one, 16) >= 0


@given(acts_of(poison=True))
def test_an_act_that_cannot_be_read_gives_back_the_very_same_object_and_any_other_a_new_one(acts: list[Act]) -> None:
    state: Convocation | None = None
    for act in sorted(acts, key=lambda act: act.order):
        after = apply(state, act)
        if act.version > 1 or act.kind == "kind_of_a_newer_desk":
            assert after is state
        elif act.kind in ("checked_in", "arrival_attempted"):
            assert after is not state
        state = after
