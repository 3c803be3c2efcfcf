"""Undo is an act: nothing is erased, the person may come in again, the paper says it was taken back."""

from datetime import timedelta

import pytest

from counter_app.domain.acts import ActKind
from counter_app.domain.convocation import ConvocationStatus
from counter_app.domain.verdict import Verdict
from counter_app.store import journal
from counter_app.usecases.answers import Override
from counter_app.usecases.check_in import identity_differs
from counter_app.usecases.receipts import find_receipt
from counter_app.usecases.undo import recent, undo
from counter_app.usecases.verify_number import confirm_number
from tests.homes import MONDAY, AtDesk, another_desk, person


def test_an_undone_arrival_is_expected_again_and_both_acts_stay(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    here.scan()
    done = undo(here.desk)
    assert done.done
    assert done.gesture is not None
    assert done.gesture.name == "SOW Aïssata"
    one = here.only()
    assert one.status is ConvocationStatus.EXPECTED
    assert len(one.arrivals) == 1
    assert one.undone == (one.arrivals[0].act_id,)


def test_checking_in_again_after_an_undo_gives_a_new_ticket(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    first = here.scan().receipt
    undo(here.desk)
    second = here.scan().receipt
    assert first is not None
    assert second is not None
    assert (first.ticket, second.ticket) == ("C 001", "C 002")
    gone, kept = find_receipt(here.desk, first.number), find_receipt(here.desk, second.number)
    assert gone is not None
    assert kept is not None
    assert (gone.undone, kept.undone) == (True, False)


def test_undo_takes_back_the_last_arrival_first_then_the_one_before(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata"), person("DIALLO Mariama", "5987654321"))
    here.clock.at("9:05")
    for name in ("SOW", "DIALLO"):
        here.scan(here.code(name))
    names = [done.gesture.name for done in (undo(here.desk), undo(here.desk)) if done.gesture]
    assert names == ["DIALLO Mariama", "SOW Aïssata"]
    assert undo(here.desk).reason == "nothing_to_undo"


def test_an_undo_of_an_undo_is_not_done_and_says_why(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    here.scan()
    act = here.only().arrivals[0].act_id
    assert undo(here.desk, act).done
    again = undo(here.desk, act)
    assert (again.done, again.reason) == (False, "already_undone")


def test_only_arrivals_of_this_desk_are_taken_back(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    here.scan()
    other = another_desk(here.desk)
    assert undo(other).reason == "nothing_to_undo"
    assert undo(other, here.only().arrivals[0].act_id).reason == "unknown_act"
    assert here.only().status is ConvocationStatus.CHECKED_IN


def test_an_act_that_is_no_arrival_is_not_taken_back(here: AtDesk) -> None:
    here.expects()
    confirm_number(here.desk, here.only().id, "5900000001", "5900000001")
    (line, _list) = recent(here.desk)
    assert undo(here.desk, line.act_id).reason == "nothing_to_undo"
    assert undo(here.desk, "no such act").reason == "unknown_act"


def test_the_last_gestures_show_the_newest_first_and_what_was_undone(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    here.scan()
    here.clock.later()
    identity_differs(here.desk, here.only().id, "passport")
    undo(here.desk)
    lines = [(line.kind, line.verdict, line.undone, line.undoable) for line in recent(here.desk)]
    assert lines == [
        ("arrival_attempted", Verdict.IDENTITY_MISMATCH.value, False, False),
        ("checked_in", Verdict.ADMITTED.value, True, False),
        ("list_imported", None, False, True),
    ]
    assert {line.agent for line in recent(here.desk)} == {"A. Petit"}


def test_an_arrival_of_yesterday_is_left_to_the_supervisor(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    here.scan()
    act = here.only().arrivals[0].act_id
    here.clock.at("8:30", MONDAY + timedelta(days=1))
    last, named = undo(here.desk), undo(here.desk, act)
    assert (last.done, last.reason) == (named.done, named.reason) == (False, "too_old")
    alone = undo(here.desk, act, Override("Mauvaise personne"))
    assert (alone.done, alone.reason) == (False, "too_old")
    assert last.gesture is not None
    assert last.gesture.name == "SOW Aïssata"
    assert not any(line.undoable for line in recent(here.desk))
    assert here.only().status is ConvocationStatus.CHECKED_IN


def test_an_arrival_of_yesterday_is_taken_back_with_a_reason_and_a_supervisor(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    here.scan()
    here.clock.at("8:30", MONDAY + timedelta(days=1))
    agreed = Override("Mauvaise personne", "Mme Leroy")
    assert undo(here.desk, agreed=agreed).done
    assert here.only().standing_arrivals == ()
    with here.desk.looking() as connection:
        (act,) = journal.latest(connection, here.desk.stream, (ActKind.ARRIVAL_UNDONE,), 5)
    assert (act.details["reason"], act.details["approved_by"]) == ("Mauvaise personne", "Mme Leroy")
    assert undo(here.desk, agreed=agreed).reason == "nothing_to_undo"


@pytest.mark.parametrize("days", [0, 1])
@pytest.mark.parametrize("act", ["no such act", ""])
def test_an_act_unknown_here_takes_back_nobody_else_s_whatever_the_agreement(here: AtDesk, act: str, days: int) -> None:
    here.expects()
    here.clock.at("9:05")
    here.scan()
    here.clock.at("9:10", MONDAY + timedelta(days=days))
    done = undo(here.desk, act, Override("Mauvaise personne", "Mme Leroy"))
    assert (done.done, done.reason, done.gesture) == (False, "unknown_act", None)
    assert here.only().status is ConvocationStatus.CHECKED_IN
    with here.desk.looking() as connection:
        assert journal.latest(connection, here.desk.stream, (ActKind.ARRIVAL_UNDONE,), 5) == []


def test_an_arrival_of_this_morning_is_still_taken_back_in_the_evening(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    here.scan()
    here.clock.at("17:50")
    assert undo(here.desk).done
