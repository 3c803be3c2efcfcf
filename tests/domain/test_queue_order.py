"""Who comes next: one rule, the same at every desk."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.queue_order import Turn, callable_by, due, in_order, turn
from counter_app.domain.visit import Visit
from tests.domain.invented_visits import Passage

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def waiting(number: str, arrived: int, slot: int | None = None, **more: Json) -> Visit:
    """Somebody who arrived some minutes after nine, with an appointment some minutes after nine."""
    day = Passage(Subject(SubjectType.VISIT, number), NINE + timedelta(minutes=arrived - 1))
    day.open("1", number, slot=None if slot is None else (NINE + timedelta(minutes=slot)).isoformat(), **more)
    return day.visit


@st.composite
def rooms(draw: st.DrawFn) -> list[Visit]:
    """A waiting room of any size, everybody with a number of their own."""
    minute = st.integers(0, 60)
    return [
        waiting(
            f"A {place:03d}",
            draw(minute),
            draw(st.one_of(st.none(), minute)),
            priority=draw(st.sampled_from([None, None, "elderly", "pregnant"])),
            service=draw(st.sampled_from(["accueil", "remise"])),
        )
        for place in range(draw(st.integers(0, 12)))
    ]


moments = st.integers(0, 90).map(lambda minutes: NINE + timedelta(minutes=minutes))


def numbers(visits: list[Visit]) -> list[str]:
    return [visit.number for visit in visits]


def test_priorities_come_first_then_appointments_at_their_hour_then_arrivals_then_hours_to_come() -> None:
    room = [
        waiting("A 001", 0),
        waiting("A 002", 1, 30),
        waiting("A 003", 2, 10),
        waiting("A 004", 3, 5),
        waiting("A 005", 4, priority="elderly"),
    ]
    assert numbers(in_order(room, NINE + timedelta(minutes=12))) == ["A 005", "A 004", "A 003", "A 001", "A 002"]


def test_who_comes_after_the_hour_takes_the_place_of_the_arrival() -> None:
    room = [waiting("A 001", 40, 0), waiting("A 002", 20, 30)]
    assert numbers(in_order(room, NINE + timedelta(minutes=45))) == ["A 002", "A 001"]


@given(rooms(), moments, st.randoms(use_true_random=False))
def test_the_order_is_the_same_however_the_room_is_read(room: list[Visit], at: datetime, chance: Random) -> None:
    shuffled = chance.sample(room, len(room))
    assert in_order(shuffled, at) == in_order(room, at)


@given(rooms(), moments)
def test_everybody_who_waits_is_in_the_queue_once(room: list[Visit], at: datetime) -> None:
    assert sorted(numbers(in_order(room, at))) == sorted(numbers(room))


@given(rooms(), moments)
def test_nobody_passes_before_somebody_whom_the_rule_puts_first(room: list[Visit], at: datetime) -> None:
    queue = in_order(room, at)
    for place, first in enumerate(queue):
        for second in queue[place + 1 :]:
            assert bool(first.priority) >= bool(second.priority)
            if bool(first.priority) == bool(second.priority):
                assert (turn(first, at), due(first)) <= (turn(second, at), due(second))


@given(rooms(), moments, moments)
def test_people_without_an_appointment_never_change_places_among_themselves(
    room: list[Visit], first: datetime, second: datetime
) -> None:
    def walkers(at: datetime) -> list[Visit]:
        return [visit for visit in in_order(room, at) if turn(visit, at) is Turn.ARRIVAL]

    assert walkers(first) == walkers(second)


@given(rooms(), moments)
def test_a_desk_calls_whom_its_services_hold_and_whom_it_was_sent(room: list[Visit], at: datetime) -> None:
    mine = callable_by(room, "Guichet 1", ["remise"], at)
    assert mine == [visit for visit in in_order(room, at) if visit.service == "remise"]


def test_somebody_sent_to_one_desk_is_called_by_no_other() -> None:
    day = Passage()
    day.open()
    day.tell("2", ActKind.VISIT_TRANSFERRED, to="Guichet 5")
    assert callable_by([day.visit], "Guichet 5", [], NINE) == [day.visit]
    assert callable_by([day.visit], "Guichet 2", ["accueil"], NINE) == []
