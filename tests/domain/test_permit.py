"""The life of a permit: whatever desks do and in whatever order it is learnt, one card has one state."""

import json
from collections import Counter
from datetime import datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.acts import Act, ActKind, Json, Subject, SubjectType, canonical
from counter_app.domain.permit import OUT, Permit, PermitState
from counter_app.domain.permit_fold import apply, fold, from_json, to_json
from counter_app.domain.permit_listing import permit_id
from counter_app.domain.permit_marks import DEPARTURES
from tests.domain.invented_lives import MOVES, TAKES, answered_twice, contested, lives, named, never_denied
from tests.domain.invented_permits import PERMIT, Story, permit_acts


def told(story: Story) -> Permit:
    permit = fold(story.acts)
    assert permit is not None
    return permit


@settings(max_examples=300)
@given(permit_acts(poison=True), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_of_acts_gives_one_permit(acts: list[Act], chance: Random) -> None:
    shuffled = [*acts, *chance.choices(acts, k=len(acts))] if acts else []
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(acts)


@settings(max_examples=300)
@given(permit_acts(poison=True))
def test_a_permit_is_read_back_as_it_was_kept_and_goes_on_from_there(acts: list[Act]) -> None:
    permit: Permit | None = None
    for act in sorted(acts, key=lambda act: act.order):
        permit = apply(permit, act)
        if permit is not None:
            kept = from_json(permit.id, json.loads(canonical(to_json(permit))))
            assert kept == permit
            permit = kept
    assert permit == fold(acts)


@settings(max_examples=300)
@given(permit_acts(poison=True))
def test_no_sequence_of_acts_hands_a_permit_over_twice_without_a_dispute(acts: list[Act]) -> None:
    permit = fold(acts)
    if permit is None:
        return
    undone = {
        str(named)
        for mark in permit.marks
        if mark.kind in (ActKind.HANDOVER_UNDONE, ActKind.DISPUTE_SETTLED, ActKind.PERMIT_BACK_IN_STOCK)
        for named in mark.details["acts"]  # type: ignore[union-attr]
    }
    left = [mark for mark in permit.marks if mark.kind in DEPARTURES and mark.act_id not in undone]
    if len(left) > 1:
        assert permit.state is PermitState.DISPUTED
    assert (permit.departure is not None) == (permit.state in OUT - {PermitState.DISPUTED})


@settings(max_examples=300)
@given(permit_acts(poison=True))
def test_a_permit_is_in_one_place_and_in_one_custody_or_it_is_out(acts: list[Act]) -> None:
    permit = fold(acts)
    if permit is None:
        return
    if permit.state in OUT:
        assert (permit.place, permit.custody.holder) == (None, None)
    elif permit.received_by:
        assert permit.custody.holder is not None
    if permit.whereabouts is PermitState.SHELVED and permit.in_stock:
        assert permit.place is not None


@settings(max_examples=300)
@given(lives())
def test_of_any_life_at_desks_apart_two_departures_that_nothing_denies_are_a_dispute(acts: list[Act]) -> None:
    permit = fold(acts)
    assert permit is not None
    left, doubt = never_denied(permit.marks), contested(permit.marks)
    assert len(permit.handovers) <= 1 or permit.state is PermitState.DISPUTED
    assert {mark.act_id for mark in left} <= {mark.act_id for mark in permit.departures}
    if len(left) > 1 or doubt:
        assert (permit.state, permit.in_stock) == (PermitState.DISPUTED, False)
    elif not answered_twice(permit.marks):
        assert permit.departure == next(iter(left), None)
        assert permit.in_stock == (not left)


@settings(max_examples=300)
@given(lives())
def test_of_any_life_at_desks_apart_a_card_is_in_one_place(acts: list[Act]) -> None:
    permit = fold(acts)
    assert permit is not None
    assert permit.in_stock == (permit.state not in OUT) == (permit.custody.holder is not None)
    assert permit.in_stock or (permit.place, permit.custody.offers) == (None, ())
    assert permit.state is not PermitState.SHELVED or permit.place is not None


@settings(max_examples=300)
@given(lives())
def test_custody_moves_by_both_sides_by_an_override_or_by_a_return_and_by_nothing_else(acts: list[Act]) -> None:
    told, before = dict[str, Act](), fold([])
    for act in sorted(acts, key=lambda act: act.order):
        told[act.act_id], after = act, apply(before, act)
        held, holds = (one.custody.holder if one else None for one in (before, after))
        if held and holds and held != holds:
            assert holds in _gives(act, told, held), act.kind
        before = after


def _gives(act: Act, told: dict[str, Act], holder: str) -> set[str]:
    """Who may hold the card after this act: whom both sides named, who overrides, who had it before."""
    match act.kind:
        case ActKind.CUSTODY_TAKEN:
            offer = told[str(act.details["offer"])].details
            assert offer["from"] == holder, "nobody gives away what somebody else holds"
            return {str(offer["to"])}
        case ActKind.CUSTODY_OVERRIDDEN:
            return {str(act.details["to"])}
        case ActKind.PERMIT_BACK_IN_STOCK:
            return {act.author.desk}
        case ActKind.CUSTODY_UNDONE:
            received = {one.author.desk for one in told.values() if one.kind == ActKind.PERMIT_RECEIVED}
            back = {one.author.desk for one in told.values() if one.kind == ActKind.PERMIT_BACK_IN_STOCK}
            return received | back | {str(one.details["to"]) for one in told.values() if one.kind in MOVES[::2]}
        case _:
            return set()


def test_the_lives_invented_meet_all_that_moves_a_card_and_all_that_takes_back() -> None:
    met = Counter[str]()

    @settings(max_examples=300)
    @given(lives())
    def look(acts: list[Act]) -> None:
        permit = fold(acts)
        assert permit is not None
        kinds, standing = {mark.act_id: mark.kind for mark in permit.marks}, {mark.act_id for mark in permit.standing}
        for mark in permit.marks:
            fallen = {kinds.get(one) for one in named(mark) - standing}
            met[mark.kind] += bool(fallen & set(TAKES.get(mark.kind, ())))
        met["disputed"] += len(permit.departures) > 1
        met["contested custody"] += permit.custody.contested
        met["two lots"] += len({act.author.desk for act in acts if act.kind == ActKind.PERMIT_RECEIVED}) > 1
        met["moved hour"] += permit.slot is not None and permit.best("slot") is None
        met["taken"] += permit.custody.holder in {
            mark.text("to") for mark in permit.standing if mark.kind == ActKind.CUSTODY_OFFERED
        } - {permit.received_by}
        met["overridden"] += any(mark.kind == ActKind.CUSTODY_OVERRIDDEN for mark in permit.standing)
        met["answered twice"] += answered_twice(permit.marks)

    look()
    more = {"disputed", "contested custody", "two lots", "moved hour", "taken", "overridden", "answered twice"}
    assert {one for one in {*TAKES, *more} if not met[one]} == set()


@settings(max_examples=60)
@given(st.lists(st.integers(0, 6), max_size=7).flatmap(lambda rows: st.tuples(*[_lives(row) for row in rows])))
def test_the_stock_in_is_the_stock_out_and_what_remains_to_the_unit(lives: tuple[list[Act], ...]) -> None:
    permits = [permit for acts in lives if (permit := fold(acts)) and permit.listings]
    out = sum(permit.state in OUT for permit in permits)
    remaining = sum(permit.place is not None or permit.state not in OUT for permit in permits)
    assert out + remaining == len(permits)


def _lives(card: int) -> st.SearchStrategy[list[Act]]:
    return permit_acts(Subject(SubjectType.PERMIT, permit_id("nord", f"CARTE{card}")))


KNOWN: dict[str, Json] = {
    "source": "list",
    "exported_at": "2026-11-21T08:00:00+00:00",
    "card_number": "X",
    "name": "SOW",
}


@st.composite
def _lists(draw: st.DrawFn) -> list[dict[str, Json]]:
    """Lists of one source in the order in which desks read them, each with the columns that it has."""
    told: list[dict[str, Json]] = []
    for export in draw(st.permutations(range(draw(st.integers(1, 5))))):
        columns = draw(st.sets(st.sampled_from(["phone", "tray", "stamp_amount"])))
        values: dict[str, Json] = {name: export if name == "stamp_amount" else f"{name} {export}" for name in columns}
        silent: dict[str, Json] = dict.fromkeys({"phone", "tray", "stamp_amount"} - columns, "")
        told.append({**values, "told_at": silent, "exported_at": f"2026-11-2{export}T08:00:00+00:00"})
    return told


@settings(max_examples=300)
@given(_lists())
def test_each_value_is_that_of_the_newest_list_that_has_its_column_whichever_desk_read_it(
    lists: list[dict[str, Json]],
) -> None:
    story = Story()
    for place, one in enumerate(lists):
        story.tell(ActKind.PERMIT_RECEIVED, f"Guichet {place % 2}", **{**KNOWN, **one})
    (listing,) = told(story).listings
    newest_first = sorted(lists, key=lambda one: str(one["exported_at"]), reverse=True)
    for name in ("phone", "tray", "stamp_amount"):
        assert getattr(listing, name) == next((one[name] for one in newest_first if name in one), None)
    assert listing.exported_at == newest_first[0]["exported_at"]


@pytest.mark.parametrize(
    "wrong",
    [
        *({"birth_date": "12/05/1990"}, {"birth_date": "1990-13-00"}, {"valid_to": "demain"}, {"card_number": ""}),
        *({"source": None}, {"exported_at": None}, {"card_number": None}),
        *({"told_at": ["phone"]}, {"told_at": {"phone": 1}}),
    ],
)
def test_a_listing_that_no_screen_could_show_is_left_aside(wrong: dict[str, Json]) -> None:
    story = Story()
    story.received(birth_date="1990-00-00")
    before = told(story)
    story.tell(ActKind.PERMIT_RECEIVED, "Guichet 1", **{**KNOWN, **wrong})
    assert told(story) == before


def test_two_handovers_at_two_desks_are_a_dispute_and_never_first_wins() -> None:
    story = Story()
    story.received()
    story.tell(ActKind.PERMIT_HANDED_OVER, "Guichet 1")
    assert told(story).state is PermitState.HANDED_OVER
    story.tell(ActKind.PERMIT_HANDED_OVER, "Guichet 2")
    assert told(story).state is PermitState.DISPUTED
    assert told(story).departure is None


@pytest.mark.parametrize("kind", [ActKind.PERMIT_SENT_BACK, ActKind.PERMIT_POSTED, ActKind.PERMIT_DESTROYED])
def test_a_handover_beside_another_departure_is_a_dispute(kind: ActKind) -> None:
    story = Story()
    story.received()
    story.tell(kind, bordereau="B-1")
    story.tell(ActKind.PERMIT_HANDED_OVER, "Guichet 2")
    assert told(story).state is PermitState.DISPUTED


def test_a_handover_taken_back_puts_the_permit_where_it_was() -> None:
    story = Story()
    story.received(tray="A", rank="12")
    story.tell(ActKind.PERMIT_SHELVED, tray="C", rank="3")
    handed = story.tell(ActKind.PERMIT_HANDED_OVER)
    story.tell(ActKind.HANDOVER_UNDONE, acts=[handed.act_id], reason="autre personne")
    permit = told(story)
    assert (permit.state, permit.place and permit.place.tray) == (PermitState.SHELVED, "C")
    assert permit.custody.holder == "Guichet 1"


def test_a_dispute_settled_leaves_the_departure_that_stands() -> None:
    story = Story()
    story.received()
    story.tell(ActKind.PERMIT_HANDED_OVER, "Guichet 1")
    other = story.tell(ActKind.PERMIT_HANDED_OVER, "Guichet 2")
    story.tell(ActKind.DISPUTE_SETTLED, acts=[other.act_id], reason="saisi deux fois", approved_by="Mme R.")
    assert told(story).state is PermitState.HANDED_OVER
    story.tell(ActKind.PERMIT_HANDED_OVER, "Guichet 3")
    assert told(story).state is PermitState.DISPUTED


def test_a_dispute_that_leaves_no_departure_makes_a_card_to_look_for() -> None:
    story = Story()
    story.received(tray="A")
    handed = story.tell(ActKind.PERMIT_HANDED_OVER)
    contest = story.tell(ActKind.HANDOVER_CONTESTED, reason="la personne dit n’avoir rien reçu")
    assert told(story).state is PermitState.DISPUTED
    story.tell(ActKind.DISPUTE_SETTLED, acts=[handed.act_id, contest.act_id], reason="carte retrouvée")
    assert told(story).state is PermitState.TO_LOCATE


def test_the_newest_list_speaks_and_an_older_one_that_comes_later_has_no_effect() -> None:
    story = Story()
    story.received(phone="+33612340002", exported_at="2026-11-22T08:00:00+00:00")
    story.received(phone="+33612340001", exported_at="2026-11-20T08:00:00+00:00")
    assert told(story).phone == "+33612340002"


def test_a_list_never_moves_a_permit_that_a_desk_shelved() -> None:
    story = Story()
    story.received(tray="A", rank="1")
    assert told(story).place and not told(story).place.scanned  # type: ignore[union-attr]
    story.tell(ActKind.PERMIT_SHELVED, tray="D", rank="9")
    story.received(tray="B", rank="2", exported_at="2026-11-23T08:00:00+00:00")
    place = told(story).place
    assert place is not None
    assert (place.tray, place.rank, place.scanned) == ("D", "9", True)


def test_a_hold_made_by_another_desk_outlives_a_release_that_did_not_know_it() -> None:
    story = Story()
    story.received()
    first = story.tell(ActKind.PERMIT_HELD, "Guichet 1", reason="contrôle")
    story.tell(ActKind.PERMIT_HELD, "Guichet 2", reason="opposition")
    story.tell(ActKind.PERMIT_RELEASED, "Guichet 1", acts=[first.act_id])
    assert (told(story).state, told(story).hold) == (PermitState.ON_HOLD, "opposition")


def test_a_card_that_comes_back_is_received_anew_by_the_desk_that_sees_it() -> None:
    story = Story()
    story.received(tray="A")
    story.tell(ActKind.PERMIT_TO_SEND_BACK)
    posted = story.tell(ActKind.PERMIT_POSTED, bordereau="P-1", tracking="1A 234")
    assert told(story).state is PermitState.POSTED
    story.tell(ActKind.PERMIT_BACK_IN_STOCK, "Guichet 2", acts=[posted.act_id])
    permit = told(story)
    assert (permit.state, permit.place, permit.custody.holder) == (PermitState.RECEIVED, None, "Guichet 2")


def test_an_undone_gesture_of_the_stock_shows_the_one_before() -> None:
    story = Story()
    story.received()
    story.tell(ActKind.PERMIT_SHELVED, tray="A")
    wrong = story.tell(ActKind.PERMIT_SHELVED, tray="B")
    story.tell(ActKind.STOCK_UNDONE, acts=[wrong.act_id])
    assert told(story).place and told(story).place.tray == "A"  # type: ignore[union-attr]


def test_undoing_in_the_stock_never_takes_back_a_handover() -> None:
    story = Story()
    story.received()
    handed = story.tell(ActKind.PERMIT_HANDED_OVER)
    story.tell(ActKind.STOCK_UNDONE, acts=[handed.act_id])
    story.tell(ActKind.PERMIT_BACK_IN_STOCK, acts=[handed.act_id])
    assert told(story).state is PermitState.HANDED_OVER


def test_a_voided_bordereau_leaves_the_card_where_it_was() -> None:
    story = Story()
    story.received(tray="A")
    sent = story.tell(ActKind.PERMIT_SENT_BACK, bordereau="BR-1")
    story.tell(ActKind.BORDEREAU_VOIDED, "Guichet 2", acts=[sent.act_id], reason="mauvaise pile")
    permit = told(story)
    assert (permit.state, permit.custody.holder) == (PermitState.SHELVED, "Guichet 1")
    assert permit.place and permit.place.tray == "A"


def test_a_custody_taken_back_is_where_it_was_and_its_offer_waits_again() -> None:
    story = Story()
    story.received()
    offer = story.tell(ActKind.CUSTODY_OFFERED, **{"from": "Guichet 1", "to": "Guichet 2"})
    take = story.tell(ActKind.CUSTODY_TAKEN, "Guichet 2", offer=offer.act_id)
    story.tell(ActKind.CUSTODY_UNDONE, "Guichet 2", acts=[take.act_id])
    custody = told(story).custody
    assert (custody.holder, [one.act_id for one in custody.offers]) == ("Guichet 1", [offer.act_id])


def test_an_offer_taken_back_after_it_was_taken_elsewhere_is_told_as_contested() -> None:
    story = Story()
    story.received()
    offer = story.tell(ActKind.CUSTODY_OFFERED, **{"from": "Guichet 1", "to": "Guichet 2"})
    story.tell(ActKind.CUSTODY_TAKEN, "Guichet 2", offer=offer.act_id)
    story.tell(ActKind.CUSTODY_UNDONE, acts=[offer.act_id])
    assert told(story).custody.contested


def test_a_summons_taken_back_shows_the_hour_before_it() -> None:
    story = Story()
    story.received()
    first = "2026-11-30T09:00:00+01:00"
    story.tell(ActKind.PERMIT_SUMMONED, slot=first)
    moved = story.tell(ActKind.SLOT_MOVED, slot="2026-12-01T09:00:00+01:00")
    sent = story.tell(ActKind.SUMMONS_SENT, channel="letter")
    story.tell(ActKind.SUMMONS_UNDONE, acts=[moved.act_id, sent.act_id])
    permit = told(story)
    assert permit.slot == datetime.fromisoformat(first)
    assert permit.summoned_on is None


@pytest.mark.parametrize("kind", [ActKind.SLOT_MISSED, ActKind.MISSED_TOLD, ActKind.SLOT_MOVED])
@pytest.mark.parametrize("slot", ["hier", "2026-11-30T09:00:00", "9999-12-31T23:59:59-05:00"])
def test_an_hour_that_cannot_be_read_leaves_no_mark(kind: ActKind, slot: str) -> None:
    story = Story()
    story.received(slot="2026-11-30T09:00:00+01:00")
    before = told(story)
    story.tell(kind, slot=slot)
    assert told(story) == before


def test_what_undoes_a_summons_or_a_custody_never_takes_back_a_departure() -> None:
    story = Story()
    story.received()
    gone = story.tell(ActKind.PERMIT_DESTROYED)
    story.tell(ActKind.SUMMONS_UNDONE, acts=[gone.act_id])
    story.tell(ActKind.CUSTODY_UNDONE, acts=[gone.act_id])
    assert told(story).state is PermitState.DESTROYED


def test_custody_offered_and_not_taken_moves_nothing() -> None:
    story = Story()
    story.received()
    offer = story.tell(ActKind.CUSTODY_OFFERED, **{"from": "Guichet 1", "to": "Guichet 2"})
    assert told(story).custody.holder == "Guichet 1"
    assert told(story).custody.offered_to("guichet  2") is not None
    story.tell(ActKind.CUSTODY_TAKEN, "Guichet 2", offer=offer.act_id)
    assert told(story).custody.holder == "Guichet 2"


def test_a_card_offered_to_two_desks_goes_to_one_and_the_other_take_is_shown() -> None:
    story = Story()
    story.received()
    one = story.tell(ActKind.CUSTODY_OFFERED, **{"from": "Guichet 1", "to": "Guichet 2"})
    other = story.tell(ActKind.CUSTODY_OFFERED, **{"from": "Guichet 1", "to": "Guichet 3"})
    story.tell(ActKind.CUSTODY_TAKEN, "Guichet 2", offer=one.act_id)
    story.tell(ActKind.CUSTODY_TAKEN, "Guichet 3", offer=other.act_id)
    custody = told(story).custody
    assert (custody.holder, custody.contested) == ("Guichet 2", True)
    story.tell(ActKind.CUSTODY_OVERRIDDEN, "Guichet 3", to="Guichet 3", reason="carte en main", approved_by="Mme R.")
    assert (told(story).custody.holder, told(story).custody.contested) == ("Guichet 3", False)


def test_a_desk_cannot_offer_what_it_does_not_hold() -> None:
    story = Story()
    story.received()
    story.tell(ActKind.CUSTODY_OFFERED, "Guichet 2", **{"from": "Guichet 2", "to": "Guichet 2"})
    assert told(story).custody.offers == ()


def test_a_slot_given_by_a_desk_is_not_moved_by_a_list() -> None:
    story = Story()
    story.received(slot="2026-11-23T09:20:00+01:00", summoned_on="2026-11-16")
    assert told(story).slot is not None and told(story).slot.hour == 9  # type: ignore[union-attr]
    story.tell(ActKind.SLOT_MOVED, slot="2026-11-26T10:40:00+01:00", reason="créneau manqué")
    story.received(slot="2026-11-24T09:00:00+01:00", exported_at="2026-11-23T08:00:00+00:00")
    assert told(story).slot is not None and told(story).slot.day == 26  # type: ignore[union-attr]


def test_the_identity_of_a_permit_is_the_same_however_its_card_is_typed() -> None:
    assert permit_id("nord", "f5v9 ry2wj") == permit_id("nord", "F5V9RY2WJ") == PERMIT.id
    assert permit_id("loiret", "F5V9RY2WJ") != PERMIT.id
