"""The wait told at the door: a range, tried on a simulated month before anybody is told it."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.queue_order import due
from counter_app.domain.visit import Visit
from counter_app.domain.waiting import (
    WIDEST,
    LoadWord,
    Pace,
    Room,
    estimate,
    expected,
    filled,
    load_share,
    load_word,
    pace_of,
    reaching,
)
from tests.domain.simulated_room import SimulatedRoom
from tests.domain.test_queue_order import moments, rooms

MONTH = [date(2026, 11, 2) + timedelta(days=days) for days in range(30)]


@pytest.mark.parametrize(("share", "at_least"), [(0.82, 0.90), (0.90, 0.80)])
def test_the_range_told_at_the_door_holds_over_a_month(share: float, at_least: float) -> None:
    """An ordinary month and one where the room overflows: `docs/figures.md` tells what was found."""
    room = SimulatedRoom(Random(20261102), share)
    for day in MONTH:
        if day.weekday() < 5:
            room.day(day)
    assert len(room.told) > 4000
    for kind in ("slot", "walk_in"):
        told = [one for one in room.told if one.kind == kind]
        count = len(told)
        told = [one for one in told if one.range.usable]
        assert len(told) / count >= at_least - 0.02, (kind, "told", len(told) / count)
        held = sum(one.range.least <= one.minutes <= one.range.most for one in told)
        assert held / len(told) >= at_least, (kind, held / len(told))


paces = st.builds(Pace, st.floats(60, 1800), st.floats(30, 900), st.integers(0, 60))


@given(st.integers(0, 80), st.integers(1, 20), paces)
def test_a_range_is_told_by_steps_of_five_minutes_and_never_the_wrong_way_round(
    ahead: int, desks: int, pace: Pace
) -> None:
    told = estimate(ahead, desks, desks, pace)
    assert 0 <= told.least < told.most
    assert told.least % 5 == told.most % 5 == 0


@given(st.integers(0, 80), st.integers(1, 20), paces)
def test_more_people_ahead_never_make_the_longest_wait_shorter(ahead: int, desks: int, pace: Pace) -> None:
    assert estimate(ahead, desks, desks, pace).most <= estimate(ahead + 1, desks, desks, pace).most


def test_a_desk_without_anybody_takes_the_next_person_at_once() -> None:
    assert estimate(0, 3, 2, Pace(480, 200, 30)).least == 0
    assert estimate(0, 3, 2, Pace(480, 200, 30)).most == 5


def test_few_people_received_leave_the_usual_pace_its_say() -> None:
    assert pace_of([], 8).mean == 480
    assert 240 < pace_of([120, 120], 8).mean < 480
    assert pace_of([120] * 60, 8).mean == 120


def test_a_pause_that_nobody_noted_is_no_pace() -> None:
    assert pace_of([7200] * 3 + [300] * 20, 8).mean == 300


@pytest.mark.parametrize(
    ("most", "word"),
    [(5, LoadWord.CALM), (10, LoadWord.CALM), (20, LoadWord.NORMAL), (40, LoadWord.BUSY), (45, LoadWord.SATURATED)],
)
def test_the_load_is_a_word_against_the_wait_aimed_at(most: int, word: LoadWord) -> None:
    assert load_word(most, timedelta(minutes=20)) is word
    assert 0 < load_share(most, timedelta(minutes=20)) <= 1


@given(rooms(), moments, st.integers(0, 240), st.integers(0, 6), paces)
def test_the_room_is_at_least_as_full_as_the_longest_wait_so_far_says(
    people: list[Visit], at: datetime, later: int, desks: int, pace: Pace
) -> None:
    """Counted again by hand; somebody who came before the hour waits, and makes others wait, from that hour on only."""
    now, target = at + timedelta(minutes=later), timedelta(minutes=20)
    here = [one for one in people if one.arrived_at and one.arrived_at <= now]
    waits = [int((now - due(one)).total_seconds() // 60) for one in here]
    full = filled(Room(here, desks, 0, pace), now)
    made = []
    for until in (0, *(-wait for wait in waits if wait < 0)):
        ahead = [one for wait, one in zip(waits, here, strict=True) if one.priority or wait >= -until]
        made.append(estimate(len(ahead), desks, 0, pace).most - until)
    assert full == max([*made, *waits])
    words = list(LoadWord)
    assert words.index(load_word(full, target)) >= max(
        (words.index(load_word(one, target)) for one in waits), default=0
    )


@given(rooms(), moments, st.integers(0, 6), paces, st.lists(moments, max_size=6))
def test_the_word_never_tells_more_than_the_range_beside_it(
    people: list[Visit], at: datetime, desks: int, pace: Pace, coming: list[datetime]
) -> None:
    here = [one for one in people if one.arrived_at and one.arrived_at <= at]
    room = Room(here, desks, 0, pace, coming)
    full = filled(room, at)
    told = reaching(expected(room, None, at), full)
    assert told.most >= full or (told.usable and told.most == told.least + WIDEST)
