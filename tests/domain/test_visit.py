"""The life of a visit: whatever desks do and in whatever order it is learnt, one passage has one story."""

import json
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.acts import Act, ActKind, canonical
from counter_app.domain.visit import Outcome, Visit, contradictory_calls, identity
from counter_app.domain.visit_fold import apply, fold, from_json, to_json
from counter_app.domain.visit_story import LIVE, Stage
from tests.domain.invented_visits import Passage, opening, visit_acts

CALLED, PRESENT, ABSENT = ActKind.VISIT_CALLED, ActKind.VISIT_PRESENT, ActKind.VISIT_ABSENT
BEGUN, FINISHED = ActKind.SERVICE_BEGUN, ActKind.SERVICE_FINISHED


@settings(max_examples=300)
@given(visit_acts(poison=True), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_of_acts_gives_one_visit(acts: list[Act], chance: Random) -> None:
    shuffled = [*acts, *chance.choices(acts, k=len(acts))] if acts else []
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(acts)


@settings(max_examples=300)
@given(visit_acts(poison=True))
def test_a_visit_is_read_back_as_it_was_kept_and_goes_on_from_there(acts: list[Act]) -> None:
    visit: Visit | None = None
    for act in sorted(acts, key=lambda act: act.order):
        visit = apply(visit, act)
        if visit is not None:
            kept = from_json(visit.id, json.loads(canonical(to_json(visit))))
            assert kept == visit
            visit = kept
    assert visit == fold(acts)


@settings(max_examples=300)
@given(visit_acts(poison=True))
def test_every_question_about_a_visit_has_an_answer(acts: list[Act]) -> None:
    visit = fold(acts)
    if visit is None:
        return
    assert (visit.stage is Stage.VOID) == (not visit.openings)
    assert (visit.outcome is not None) == (visit.stage in (Stage.FINISHED, Stage.LEFT))
    assert (visit.ended_at is not None) == (visit.stage in (Stage.FINISHED, Stage.LEFT, Stage.ABSENT))
    assert all(call.stage in LIVE for call in visit.live_calls)
    assert all(call in visit.calls for call in contradictory_calls(visit))
    assert len(contradictory_calls(visit)) != 1
    assert all(one.ended_at or not one.outcome for one in visit.services)


def test_a_person_waits_is_called_comes_and_is_received() -> None:
    day = Passage()
    day.open(convocation="c1", slot="2026-11-23T09:30:00+01:00")
    assert (day.visit.stage, day.visit.number, day.visit.convocation) == (Stage.WAITING, "A 001", "c1")
    day.tell("2", CALLED)
    assert (day.visit.stage, day.visit.call and day.visit.call.desk) == (Stage.CALLED, "Guichet 2")
    day.tell("2", PRESENT)
    day.tell("2", BEGUN, service="accueil")
    assert day.visit.stage is Stage.SERVING
    day.tell("2", FINISHED, outcome="received")
    assert (day.visit.stage, day.visit.outcome, day.visit.live_calls) == (Stage.FINISHED, "received", ())
    (served,) = day.visit.services
    assert (served.service, served.desk, served.outcome) == ("accueil", "Guichet 2", Outcome.RECEIVED)


def test_somebody_who_was_not_served_has_no_outcome() -> None:
    day = Passage()
    day.open()
    for kind in (CALLED, ActKind.VISIT_RECALLED, ActKind.VISIT_RECALLED, ABSENT):
        day.tell("2", kind)
    assert (day.visit.stage, day.visit.outcome) == (Stage.ABSENT, None)
    assert len(day.visit.calls[0].announced) == 3


def test_a_second_service_is_waited_for_in_its_own_queue_and_kept_beside_the_first() -> None:
    day = Passage()
    day.open()
    for kind, more in (
        (CALLED, {}),
        (PRESENT, {}),
        (BEGUN, {"service": "accueil"}),
        (FINISHED, {"outcome": "received"}),
    ):
        day.tell("2", kind, **more)
    day.tell("2", ActKind.VISIT_TRANSFERRED, service="remise")
    assert (day.visit.stage, day.visit.service, day.visit.outcome) == (Stage.WAITING, "remise", None)
    for kind, more in (
        (CALLED, {}),
        (PRESENT, {}),
        (BEGUN, {"service": "remise"}),
        (FINISHED, {"outcome": "redirected"}),
    ):
        day.tell("3", kind, **more)
    assert [(one.service, one.outcome) for one in day.visit.services] == [
        ("accueil", "received"),
        ("remise", "redirected"),
    ]
    assert day.visit.outcome == "redirected"


def test_somebody_sent_to_a_desk_waits_for_that_desk_until_it_called() -> None:
    day = Passage()
    day.open()
    day.tell("2", CALLED)
    day.tell("2", ActKind.VISIT_TRANSFERRED, to="Guichet 5")
    assert (day.visit.awaited_by, day.visit.service) == ("Guichet 5", "accueil")
    day.tell("5", CALLED)
    day.tell("5", ABSENT)
    day.tell("1", ActKind.VISIT_UNPARKED)
    assert (day.visit.stage, day.visit.awaited_by) == (Stage.WAITING, None)


def test_two_desks_apart_that_check_one_person_in_make_one_visit_with_two_numbers() -> None:
    day = Passage()
    day.open("1", "A 001")
    day.open("2", "B 001")
    assert (day.visit.numbers, day.visit.stage) == (("A 001", "B 001"), Stage.WAITING)
    assert day.visit.arrived_at == day.acts[0].at


def test_an_arrival_taken_back_leaves_the_other_and_none_leaves_no_visit() -> None:
    day = Passage()
    first, second = day.open("1", "A 001"), day.open("2", "B 001")
    day.tell("1", ActKind.VISIT_UNDONE, acts=[first])
    assert (day.visit.numbers, day.visit.stage) == (("B 001",), Stage.WAITING)
    day.tell("2", ActKind.VISIT_UNDONE, acts=[second])
    assert (day.visit.numbers, day.visit.stage) == ((), Stage.VOID)


def test_the_arrival_that_a_supervisor_kept_can_be_taken_back_too() -> None:
    day = Passage()
    first, second = day.open("1", "A 001"), day.open("2", "B 001")
    day.tell("1", ActKind.VISIT_UNDONE, acts=[second], kept=first)
    assert (day.visit.numbers, day.visit.stage) == (("A 001",), Stage.WAITING)
    day.tell("1", ActKind.VISIT_UNDONE, acts=[first])
    assert (day.visit.numbers, day.visit.stage) == ((), Stage.VOID)


def test_a_finish_taken_back_leaves_the_person_at_the_desk() -> None:
    day = Passage()
    day.open()
    day.tell("2", CALLED)
    day.tell("2", BEGUN, service="accueil")
    finished = day.tell("2", FINISHED, outcome="left")
    day.tell("2", ActKind.VISIT_UNDONE, acts=[finished])
    assert (day.visit.stage, day.visit.outcome) == (Stage.SERVING, None)


def test_somebody_who_comes_again_once_served_waits_again() -> None:
    day = Passage()
    day.open()
    day.tell("2", CALLED)
    last = day.tell("2", FINISHED, outcome="received")
    day.tell("1", ActKind.VISIT_OPENED, **opening("A 009", (last,)))
    assert (day.visit.stage, day.visit.numbers) == (Stage.WAITING, ("A 001", "A 009"))


class TestDesksApart:
    """Two desks that do not see each other: nothing they did is lost, and nothing is decided by a clock."""

    def called_twice(self) -> tuple[Passage, str, str]:
        day = Passage()
        day.open()
        return day, day.tell("2", CALLED, ()), day.tell("3", CALLED, ())

    def test_both_calls_are_kept_and_shown_and_contradict(self) -> None:
        day, first, second = self.called_twice()
        assert [call.act_id for call in day.visit.live_calls] == [first, second]
        assert [call.act_id for call in contradictory_calls(day.visit)] == [first, second]
        assert day.visit.stage is Stage.CALLED

    @pytest.mark.parametrize("late", [True, False])
    def test_who_had_the_person_is_believed_whoever_wrote_last(self, late: bool) -> None:
        day, first, second = self.called_twice()
        if late:
            day.tell("3", ABSENT, (second,))
        day.tell("2", FINISHED, (first,), outcome="received")
        if not late:
            day.tell("3", ABSENT, (second,))
        assert (day.visit.stage, day.visit.outcome) == (Stage.FINISHED, "received")
        assert len(contradictory_calls(day.visit)) == 2

    def test_a_call_that_followed_an_absence_without_knowing_it_contradicts_nothing(self) -> None:
        day = Passage()
        day.open()
        first = day.tell("2", CALLED, ())
        day.tell("2", ABSENT, (first,))
        second = day.tell("3", CALLED, ())
        day.tell("3", PRESENT, (second,))
        assert (day.visit.stage, contradictory_calls(day.visit)) == (Stage.SERVING, ())

    def test_one_person_at_two_desks_contradicts_even_one_after_the_other(self) -> None:
        day = Passage()
        day.open()
        first = day.tell("2", CALLED, ())
        day.tell("2", FINISHED, (first,), outcome="received")
        second = day.tell("3", CALLED, ())
        day.tell("3", FINISHED, (second,), outcome="left")
        assert len(contradictory_calls(day.visit)) == 2

    def test_whoever_sees_both_goes_on_from_both(self) -> None:
        day, _first, _second = self.called_twice()
        day.tell("1", ActKind.VISIT_TRANSFERRED, service="remise")
        assert (day.visit.stage, day.visit.live_calls, day.visit.service) == (Stage.WAITING, (), "remise")
        assert len(contradictory_calls(day.visit)) == 2

    def test_a_desk_cut_off_that_receives_the_person_does_not_undo_where_another_sent_them(self) -> None:
        day, first, second = self.called_twice()
        day.tell("2", ActKind.VISIT_TRANSFERRED, (first,), service="remise")
        came = day.tell("3", PRESENT, (second,))
        day.tell("3", BEGUN, (came,), service="accueil", **{"with": came})
        assert day.visit.service == "accueil"
        day.tell("2", ActKind.VISIT_PARKED)
        assert (day.visit.stage, day.visit.service) == (Stage.PARKED, "remise")
        day.tell("3", CALLED)
        came = day.tell("3", PRESENT)
        day.tell("3", BEGUN, service="remise", **{"with": came})
        assert day.visit.service == "remise"

    def test_a_call_that_another_desk_took_up_unanswered_is_over_from_then_on(self) -> None:
        day = Passage()
        opened = day.open()
        first = day.tell("2", CALLED, (opened,))
        day.tell("3", CALLED, (first,), reason="le guichet 2 ferme")
        last = day.tell("4", CALLED, (opened,))
        taken_up = next(call for call in day.visit.live_calls if call.desk == "Guichet 3")
        assert [call.act_id for call in contradictory_calls(day.visit)] == [taken_up.act_id, last]

    def test_a_call_taken_up_later_contradicts_who_called_meanwhile(self) -> None:
        day = Passage()
        opened = day.open()
        first = day.tell("2", CALLED, (opened,))
        day.tell("2", ActKind.VISIT_RECALLED, (first,))
        meanwhile = day.tell("4", CALLED, (opened,))
        day.tell("4", ABSENT, (meanwhile,))
        day.tell("3", CALLED, (first,))
        assert [call.act_id for call in contradictory_calls(day.visit)] == [first, meanwhile]

    def test_nobody_who_may_still_wait_goes_out_of_sight(self) -> None:
        day = Passage()
        day.open()
        day.tell("2", ActKind.VISIT_LEFT, ())
        day.tell("3", ActKind.VISIT_TRANSFERRED, (), service="remise")
        assert day.visit.stage is Stage.WAITING


def test_the_identity_of_a_visit_is_that_of_a_person_and_a_day() -> None:
    assert identity("c1", date(2026, 11, 23)) == identity("c1", date(2026, 11, 23))
    assert (
        len(
            {identity("c1", date(2026, 11, 23)), identity("c1", date(2026, 11, 24)), identity("c2", date(2026, 11, 23))}
        )
        == 3
    )
