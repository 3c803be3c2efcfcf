"""What the hall sees: numbers and desks, the newest first, never a name."""

from datetime import timedelta

from counter_app.domain.visit import Outcome
from counter_app.usecases.calling import call_next, finish, present, recall
from counter_app.usecases.hall import hall
from counter_app.usecases.let_in import let_in
from counter_app.usecases.orient import Demand
from tests.homes import AtDesk, another_desk, person


def test_every_desk_s_calls_are_shown_the_newest_first(here: AtDesk) -> None:
    for _ in range(2):
        let_in(here.desk, Demand())
    call_next(here.desk)
    here.clock.later()
    call_next(another_desk(here.desk))
    shown = hall(here.desk)
    assert [(call.number, call.desk) for call in shown.calls] == [("C 002", "Guichet 9"), ("C 001", "Guichet 3")]
    assert shown.last_known is None


def test_a_number_called_again_comes_first_again(here: AtDesk) -> None:
    first = let_in(here.desk, Demand()).visit_id
    let_in(here.desk, Demand())
    call_next(here.desk)
    here.clock.later()
    call_next(another_desk(here.desk))
    here.clock.later()
    assert recall(here.desk, first).done
    assert hall(here.desk).calls[0].number == "C 001"


def test_a_number_goes_a_little_after_the_person_came_and_at_once_when_it_is_done(here: AtDesk) -> None:
    one = let_in(here.desk, Demand()).visit_id
    call_next(here.desk)
    present(here.desk, one)
    assert len(hall(here.desk).calls) == 1
    here.clock.now += timedelta(minutes=4)
    assert hall(here.desk).calls == ()
    finish(here.desk, one, Outcome.RECEIVED)
    assert hall(here.desk).calls == ()


def test_nothing_of_the_hall_names_anybody(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata"))
    here.clock.at("9:05")
    here.scan()
    call_next(here.desk)
    assert "SOW" not in str(hall(here.desk))


def test_who_is_still_awaited_stands_above_who_came(here: AtDesk) -> None:
    for _ in range(2):
        let_in(here.desk, Demand())
    call_next(here.desk)
    here.clock.later()
    other = another_desk(here.desk)
    came = call_next(other).line
    assert came
    present(other, came.visit.id)
    assert [call.number for call in hall(here.desk).calls] == ["C 001", "C 002"]


def test_a_number_called_before_midnight_stays_after_it_as_long_as_any_other(here: AtDesk) -> None:
    here.clock.at("23:59")
    one = let_in(here.desk, Demand()).visit_id
    call_next(here.desk)
    here.clock.now += timedelta(minutes=2)
    assert [call.number for call in hall(here.desk).calls] == ["C 001"]
    assert hall(here.desk).awaited == 1
    present(here.desk, one)
    here.clock.now += timedelta(minutes=2)
    assert [call.number for call in hall(here.desk).calls] == ["C 001"], "who came is told for three minutes"
    here.clock.now += timedelta(minutes=2)
    assert hall(here.desk).calls == ()


def test_a_number_that_nobody_answered_in_the_evening_is_not_called_in_the_morning(here: AtDesk) -> None:
    here.clock.at("17:00")
    let_in(here.desk, Demand())
    call_next(here.desk)
    here.clock.at("23:59")
    assert len(hall(here.desk).calls) == 1
    here.clock.now += timedelta(hours=8)
    assert hall(here.desk).calls == ()
