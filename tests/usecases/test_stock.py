"""Gestures of the stock: one act each, every refusal with its word, and the stock always balances."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.permit import OUT, PermitState
from counter_app.store import permit_rows
from counter_app.usecases import custody
from counter_app.usecases.audit import rebuild
from counter_app.usecases.bordereaux import Leaving, find_bordereau, remove
from counter_app.usecases.count_tray import compare_tray, count_tray
from counter_app.usecases.desk import Desk
from counter_app.usecases.receive_permits import receive_card
from counter_app.usecases.stock import (
    ageing,
    back_in_stock,
    faulty,
    found,
    hold,
    release,
    shelve,
    stock,
    to_locate,
    to_send_back,
)
from counter_app.usecases.stock_answers import SlipKind, StockAnswer, StockRefusal
from counter_app.usecases.undo import recent, undo
from tests.homes import AtDesk, another_desk
from tests.imports.permit_lists import permit
from tests.usecases.stocked import BA, LI, SOW, THREE, card, receive


def sleeve(here: AtDesk, number: str) -> str:
    return permit_rows.code_of(card(here, number))


def test_a_sleeve_then_a_tray_shelve_a_permit(here: AtDesk) -> None:
    receive(here)
    answer = shelve(here.desk, sleeve(here, LI), " Bac  b ", "rang 4")
    assert answer.done
    assert answer.permit == card(here, LI)
    place = card(here, LI).place
    assert place is not None
    assert (place.tray, place.rank, place.scanned) == ("B", "4", True)
    assert shelve(here.desk, LI, "b").refusal is StockRefusal.ALREADY_SO
    assert shelve(here.desk, LI, "C").done


@pytest.mark.parametrize("rank", ["-4", "abc", "0", "1.5", "99999999999999999999999"])
def test_a_rank_that_is_no_whole_number_puts_nothing_anywhere(here: AtDesk, rank: str) -> None:
    receive(here)
    before = stock(here.desk)
    assert shelve(here.desk, LI, "B", rank).refusal is StockRefusal.RANK_UNREADABLE
    assert found(here.desk, LI, "B", rank).refusal is StockRefusal.RANK_UNREADABLE
    assert receive_card(here.desk, "D2K5TWAV0", "HADDAD Mariam", tray="B", rank=rank).refusal == "rank_unreadable"
    assert stock(here.desk) == before


def test_a_rank_without_its_tray_is_no_place_and_is_not_passed_over(here: AtDesk) -> None:
    receive(here)
    before = stock(here.desk)
    for tray in ("", "  "):
        assert found(here.desk, LI, tray, "4").refusal is StockRefusal.TRAY_MISSING
        alone = receive_card(here.desk, "D2K5TWAV0", "HADDAD Mariam", tray=tray, rank="4")
        assert alone.refusal is StockRefusal.TRAY_MISSING
    assert stock(here.desk) == before


def test_a_tray_has_a_name_that_a_label_holds(here: AtDesk) -> None:
    receive(here)
    assert shelve(here.desk, LI, "B" * 41).refusal is StockRefusal.TRAY_TOO_LONG
    assert found(here.desk, LI, "B" * 41).refusal is StockRefusal.TRAY_TOO_LONG
    assert receive_card(here.desk, "D2K5TWAV0", "HADDAD Mariam", tray="B" * 41).refusal == "tray_too_long"
    assert shelve(here.desk, LI, "bac " + "B" * 40).done


def test_scanning_what_the_list_placed_makes_the_place_sure(here: AtDesk) -> None:
    receive(here)
    assert shelve(here.desk, SOW, "D").done
    assert card(here, SOW).place and card(here, SOW).place.scanned  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        ("", StockRefusal.NOTHING_READ),
        ("PGRBBBBBBBBC", StockRefusal.UNREADABLE_CODE),
        ("X00000000", StockRefusal.UNKNOWN_PERMIT),
        ("5911111111", StockRefusal.UNKNOWN_PERMIT),
        ("PGCBBBBBBBBV", StockRefusal.OTHER_CODE),
    ],
)
def test_a_scan_that_is_no_permit_is_told(here: AtDesk, raw: str, refusal: StockRefusal) -> None:
    from counter_app.domain.codes import CodeKind, make_code

    receive(here)
    text = make_code(CodeKind.CONVOCATION, 7) if refusal is StockRefusal.OTHER_CODE else raw
    assert to_locate(here.desk, text).refusal is refusal


def test_two_permits_of_one_holder_are_never_guessed_between(here: AtDesk) -> None:
    receive(here, permit(SOW), permit(BA))
    answer = shelve(here.desk, "5912345678", "A")
    assert answer.refusal is StockRefusal.SEVERAL_PERMITS
    assert {one.card_number for one in answer.matches} == {SOW, BA}


def test_a_permit_is_looked_for_and_found_where_it_is(here: AtDesk) -> None:
    receive(here)
    to_locate(here.desk, SOW)
    lost = card(here, SOW)
    assert (lost.state, lost.place and lost.place.tray) == (PermitState.TO_LOCATE, "D")
    assert to_locate(here.desk, SOW).refusal is StockRefusal.ALREADY_SO
    found(here.desk, SOW, "e", "2")
    assert (card(here, SOW).state, card(here, SOW).place and card(here, SOW).place.tray) == (  # type: ignore[union-attr]
        PermitState.SHELVED,
        "E",
    )
    found(here.desk, SOW)
    assert card(here, SOW).state is PermitState.RECEIVED


def test_a_hold_has_a_reason_and_is_lifted_by_name(here: AtDesk) -> None:
    receive(here)
    assert hold(here.desk, SOW, " ").refusal is StockRefusal.REASON_MISSING
    assert release(here.desk, SOW).refusal is StockRefusal.NOT_ON_HOLD
    hold(here.desk, SOW, "contrôle en cours")
    assert (card(here, SOW).state, card(here, SOW).hold) == (PermitState.ON_HOLD, "contrôle en cours")
    release(here.desk, SOW, "levée")
    assert card(here, SOW).state is PermitState.SHELVED


@pytest.mark.parametrize(
    "again",
    [
        lambda desk: found(desk, LI),
        lambda desk: found(desk, SOW, "e", "2"),
        lambda desk: found(desk, SOW, "E"),
        lambda desk: hold(desk, SOW, " contrôle "),
        lambda desk: faulty(desk, SOW, "prénom"),
    ],
)
def test_the_same_gesture_twice_is_told_and_adds_nothing(here: AtDesk, again: Callable[[Desk], StockAnswer]) -> None:
    receive(here)
    found(here.desk, SOW, "E", "2")
    hold(here.desk, SOW, "contrôle")
    faulty(here.desk, SOW, "prénom")
    before = stock(here.desk)
    assert again(here.desk).refusal is StockRefusal.ALREADY_SO
    assert stock(here.desk) == before


def test_a_fault_names_the_field_and_the_permit_goes_back(here: AtDesk) -> None:
    receive(here)
    assert faulty(here.desk, SOW, "").refusal is StockRefusal.FIELD_MISSING
    faulty(here.desk, SOW, "prénom")
    assert (card(here, SOW).state, card(here, SOW).fault) == (PermitState.FAULTY, "prénom")
    to_send_back(here.desk, SOW, "erreur d’état civil")
    assert card(here, SOW).state is PermitState.TO_SEND_BACK


def test_permits_leave_together_under_one_bordereau_with_a_number_of_its_own(here: AtDesk) -> None:
    receive(here)
    first = remove(here.desk, SlipKind.SEND_BACK, [Leaving(SOW), Leaving(sleeve(here, BA))], "non retirés").bordereau
    assert first is not None
    assert (first.number, len(first.lines)) == ("BR-59-C-26-0001", 2)
    assert find_bordereau(here.desk, "br-59-c-26-0001") == first
    assert card(here, SOW).state is PermitState.SENT_BACK
    departure = card(here, SOW).departure
    assert departure is not None
    assert departure.text("bordereau") == first.number
    posted = remove(here.desk, SlipKind.POST, [Leaving(LI, "1A 234 567")]).bordereau
    assert posted is not None
    assert (posted.number, posted.lines[0].tracking) == ("BP-59-C-26-0001", "1A 234 567")
    assert shelve(here.desk, SOW, "A").refusal is StockRefusal.OUT_OF_STOCK


@pytest.mark.parametrize(
    ("leaving", "reason", "kind", "refusal"),
    [
        ([Leaving(SOW), Leaving("X00000000")], "r", SlipKind.DESTROY, StockRefusal.UNKNOWN_PERMIT),
        ([Leaving(SOW), Leaving(SOW)], "r", SlipKind.DESTROY, StockRefusal.ALREADY_SO),
        ([Leaving(SOW)], " ", SlipKind.SEND_BACK, StockRefusal.REASON_MISSING),
        ([Leaving(SOW)], "", SlipKind.POST, StockRefusal.TRACKING_MISSING),
        ([], "r", SlipKind.SEND_BACK, StockRefusal.NOTHING_READ),
    ],
)
def test_a_bordereau_is_made_whole_or_not_at_all(
    here: AtDesk, leaving: list[Leaving], reason: str, kind: SlipKind, refusal: StockRefusal
) -> None:
    receive(here)
    answer = remove(here.desk, kind, leaving, reason)
    assert answer.bordereau is None
    assert refusal in [one.refusal for one in answer.problems]
    assert all(one.in_stock for one in stock(here.desk))


def test_a_desk_that_does_not_hold_a_permit_cannot_let_it_leave(here: AtDesk) -> None:
    receive(here)
    other = another_desk(here.desk)
    (problem,) = remove(other, SlipKind.DESTROY, [Leaving(SOW)], "périmé").problems
    assert problem.refusal is StockRefusal.CUSTODY_ELSEWHERE


@pytest.mark.parametrize("stops", ["hold", "faulty", "to_send_back"])
def test_a_permit_that_is_not_to_be_given_does_not_leave_by_post(here: AtDesk, stops: str) -> None:
    receive(here)
    GESTURES[stops](here, SOW)
    (problem,) = remove(here.desk, SlipKind.POST, [Leaving(SOW, "1A 234")]).problems
    assert problem.refusal is StockRefusal.NOT_TO_POST
    assert card(here, SOW).in_stock
    assert remove(here.desk, SlipKind.SEND_BACK, [Leaving(SOW)], "erreur").bordereau is not None


def test_a_posted_permit_that_comes_back_is_received_anew(here: AtDesk) -> None:
    receive(here)
    assert back_in_stock(here.desk, SOW, "npai").refusal is StockRefusal.NOT_REMOVED
    remove(here.desk, SlipKind.POST, [Leaving(SOW, "1A 234")])
    assert back_in_stock(here.desk, SOW, " ").refusal is StockRefusal.REASON_MISSING
    assert back_in_stock(here.desk, SOW, "N’habite pas à l’adresse").done
    assert card(here, SOW).state is PermitState.RECEIVED
    assert remove(here.desk, SlipKind.POST, [Leaving(SOW, "1A 235")]).bordereau is not None


def test_custody_moves_by_an_offer_and_a_take_and_not_before(here: AtDesk) -> None:
    receive(here)
    other = another_desk(here.desk)
    (taken,) = custody.take(other, [SOW])
    assert taken.refusal is StockRefusal.NOT_OFFERED
    offered = custody.offer(here.desk, [SOW, BA], "guichet 9")
    assert [one.refusal for one in offered] == [None, None]
    assert [one.refusal for one in custody.offer(here.desk, [SOW], "Guichet 9")] == [StockRefusal.ALREADY_SO]
    assert [one.refusal for one in custody.offer(other, [SOW], "Guichet 4")] == [StockRefusal.CUSTODY_ELSEWHERE]
    assert [one.refusal for one in custody.offer(here.desk, [SOW], " ")] == [StockRefusal.DESK_MISSING]
    assert len(custody.offered(other)) == 2
    assert all(one.done for one in custody.take(other))
    assert card(here, SOW).custody.held_by("Guichet 9")
    assert custody.take(other) == []


def test_permits_go_to_the_safe_for_the_night_and_come_back(here: AtDesk) -> None:
    receive(here)
    custody.offer(here.desk, [SOW], "safe")
    custody.take(here.desk, into_safe=True)
    assert card(here, SOW).custody.holder == "safe"
    (problem,) = remove(here.desk, SlipKind.DESTROY, [Leaving(SOW)], "r").problems
    assert problem.refusal is StockRefusal.CUSTODY_ELSEWHERE
    custody.offer(here.desk, [SOW], "Guichet 3")
    assert [one.done for one in custody.take(here.desk)] == [True]


def test_an_override_of_custody_needs_a_reason_and_a_supervisor(here: AtDesk) -> None:
    receive(here)
    other = another_desk(here.desk)
    assert custody.override(other, SOW, " ", "Mme R.").refusal is StockRefusal.REASON_MISSING
    assert custody.override(other, SOW, "carte en main", " ").refusal is StockRefusal.APPROVAL_MISSING
    assert custody.override(here.desk, SOW, "carte en main", "Mme R.").refusal is StockRefusal.ALREADY_SO
    assert custody.override(other, SOW, "carte en main", "Mme R.").done
    assert card(here, SOW).custody.held_by("Guichet 9")


def test_a_count_explains_every_difference_of_a_tray(here: AtDesk) -> None:
    receive(here, *THREE, permit("D2K5TWAV0", "HADDAD Mariam", "5900000004"))
    remove(here.desk, SlipKind.DESTROY, [Leaving("D2K5TWAV0")], "périmé")
    scans = [sleeve(here, BA), LI, "D2K5TWAV0", "PGRBBBBBBBBC", ""]
    count = count_tray(here.desk, "d", scans)
    assert (count.tray, count.expected, count.present) == ("D", 1, ())
    assert [one.card_number for one in count.missing] == [SOW]
    assert {(one.permit.card_number, one.why, one.tray) for one in count.unexpected} == {
        (BA, "belongs_to", "A"),
        (LI, "not_shelved", None),
        ("D2K5TWAV0", "destroyed", None),
    }
    assert [one.refusal for one in count.unread] == [StockRefusal.UNREADABLE_CODE]
    assert card(here, SOW).state is PermitState.SHELVED


def test_a_count_that_is_settled_moves_what_is_here_and_looks_for_what_is_not(here: AtDesk) -> None:
    receive(here)
    assert compare_tray(here.desk, "D", [BA]).expected == 1
    count_tray(here.desk, "D", [BA], settle=True)
    assert card(here, SOW).state is PermitState.TO_LOCATE
    place = card(here, BA).place
    assert place is not None
    assert (place.tray, place.scanned) == ("D", True)
    again = count_tray(here.desk, "D", [BA, SOW])
    assert (len(again.present), [one.why for one in again.unexpected]) == (1, ["to_locate"])


def test_a_card_that_the_safe_or_another_desk_took_from_its_tray_is_with_them_and_not_lost(here: AtDesk) -> None:
    receive(here)
    shelve(here.desk, BA, "D")
    other = another_desk(here.desk)
    custody.offer(here.desk, [SOW], "safe")
    custody.take(here.desk, [SOW], into_safe=True)
    custody.offer(here.desk, [BA], other.name)
    assert compare_tray(here.desk, "D", []).expected == 1, "an offer moves nothing"
    custody.take(other, [BA])
    count = count_tray(here.desk, "D", [], settle=True)
    assert (count.expected, count.missing, len(count.elsewhere)) == (0, (), 2)
    assert {card(here, SOW).state, card(here, BA).state} == {PermitState.SHELVED}
    assert [one.why for one in compare_tray(here.desk, "D", [SOW]).unexpected] == ["held_elsewhere"]
    shelve(other, BA, "E")
    assert compare_tray(other, "E", []).missing, "put back in the tray"


def test_the_oldest_permits_come_first_and_none_is_old_without_a_delay(here: AtDesk) -> None:
    receive(here, permit(SOW), permit(BA, "BA Awa", "5900000002", reçu_le="01/02/2026"), permit(LI, reçu_le=""))
    told = ageing(here.desk)
    assert told.delay is None
    assert [(one.permit.card_number, one.days, one.old) for one in told.permits] == [
        (BA, 295, False),
        (SOW, 12, False),
        (LI, None, False),
    ]
    assert [one.old for one in ageing(here.desk, 90).permits] == [True, False, False]


GESTURES: dict[str, Callable[[AtDesk, str], object]] = {
    "shelve": lambda here, raw: shelve(here.desk, raw, "B"),
    "to_locate": lambda here, raw: to_locate(here.desk, raw),
    "found": lambda here, raw: found(here.desk, raw),
    "hold": lambda here, raw: hold(here.desk, raw, "motif"),
    "release": lambda here, raw: release(here.desk, raw),
    "faulty": lambda here, raw: faulty(here.desk, raw, "nom"),
    "to_send_back": lambda here, raw: to_send_back(here.desk, raw, "motif"),
    "destroy": lambda here, raw: remove(here.desk, SlipKind.DESTROY, [Leaving(raw)], "motif"),
    "post": lambda here, raw: remove(here.desk, SlipKind.POST, [Leaving(raw, "1A")]),
    "back": lambda here, raw: back_in_stock(here.desk, raw, "motif"),
    "offer": lambda here, raw: custody.offer(here.desk, [raw], "safe"),
    "take": lambda here, _raw: custody.take(here.desk, into_safe=True),
    "override": lambda here, raw: custody.override(here.desk, raw, "motif", "Mme R."),
    "count": lambda here, raw: count_tray(here.desk, "D", [raw], settle=True),
    "again": lambda here, _raw: receive(here, *THREE, minutes=3),
}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(sorted(GESTURES)), st.sampled_from([SOW, BA, LI])), max_size=8))
def test_whatever_is_done_the_stock_is_what_came_in_less_what_left(here: AtDesk, deeds: list[tuple[str, str]]) -> None:
    receive(here)
    for gesture, raw in deeds:
        GESTURES[gesture](here, raw)
    permits = stock(here.desk)
    with here.desk.looking() as connection:
        counts = permit_rows.counts(connection)
        inside = len(permit_rows.in_stock(connection))
    assert inside + sum(counts.get(state, 0) for state in OUT) == len(permits) == 3
    assert all((one.custody.holder is not None) == one.in_stock for one in permits)
    assert PermitState.DISPUTED not in {one.state for one in permits}
    assert rebuild(here.desk).same


def test_a_gesture_of_the_stock_is_taken_back_and_shows_the_place_before(here: AtDesk) -> None:
    receive(here)
    shelve(here.desk, SOW, "A")
    shelve(here.desk, SOW, "B")
    newest, *_others = recent(here.desk)
    assert (newest.kind, newest.name, newest.undoable) == ("permit_shelved", "SOW Aïssata", True)
    assert undo(here.desk).done
    place = card(here, SOW).place
    assert place is not None
    assert place.tray == "A"
    assert undo(here.desk).done
    assert undo(here.desk, newest.act_id).reason == "already_undone"
    place = card(here, SOW).place
    assert place is not None
    assert (place.tray, place.scanned) == ("D", False)


def test_a_desk_that_takes_another_name_keeps_the_permits_of_its_drawer(here: AtDesk) -> None:
    receive(here)
    here.office.change(desk="Guichet 12")
    assert card(here, SOW).custody.holder == "Guichet 3"
    assert remove(here.desk, SlipKind.DESTROY, [Leaving(SOW)], "périmé").bordereau is not None
    custody.offer(here.desk, [BA], "Guichet 9")
    custody.take(another_desk(here.desk))
    assert not card(here, BA).custody.held_by(here.desk.name, here.desk.stream)
