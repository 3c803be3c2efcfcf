"""When a desk speaks again: spread, patient, obedient, and never for ever."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.sync.backoff import (
    FARTHEST,
    FIRST,
    IN_USE,
    LEAST,
    LONGEST,
    PATIENCE,
    Backoff,
    after_failure,
    after_success,
    at_start,
    sooner,
)

NOW = datetime(2026, 11, 23, 7, 59, tzinfo=UTC)
draws = st.floats(0, 1, exclude_max=True)
moments = st.none() | st.datetimes(
    NOW.replace(year=2000, tzinfo=None), NOW.replace(year=2100, tzinfo=None), timezones=st.just(UTC)
)
kept = st.builds(Backoff, st.integers(0, 10_000), moments, moments)
seconds = st.none() | st.floats(-1e9, 1e300)


@given(kept)
def test_what_was_kept_is_what_is_read(state: Backoff) -> None:
    assert Backoff.read(state.text()) == state


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", "{", "[]", "null", '{"attempts":1}', '{"attempts":-1,"next_try":null}'),
        *('{"attempts":"x","next_try":1}', '{"attempts":1,"next_try":"2026-11-23T08:00"}'),
        '{"attempts":1e999,"next_try":null}',
        '{"attempts":1,"next_try":null,"not_before":"2026-11-23T08:00"}',
    ],
)
def test_a_damaged_note_begins_anew(text: str | None) -> None:
    assert Backoff.read(text) == Backoff()


@given(kept, draws, seconds)
def test_after_a_failure_the_wait_is_within_its_bounds(state: Backoff, draw: float, asked: float | None) -> None:
    after = after_failure(state, NOW, draw, asked)
    assert after.next_try is not None
    wait = after.next_try - NOW
    told = timedelta(seconds=min(max(asked or 0, 0), PATIENCE.total_seconds()))
    assert LEAST + told <= wait + timedelta(microseconds=2)
    assert wait <= LEAST + LONGEST + told + timedelta(microseconds=2)
    assert after.attempts == state.attempts + 1
    assert not after.due(NOW)
    assert after.due(after.next_try)


def test_what_an_older_version_kept_is_read() -> None:
    older = '{"attempts": 3, "next_try": "2026-11-23T08:00:00+00:00"}'
    assert Backoff.read(older) == Backoff(3, datetime(2026, 11, 23, 8, tzinfo=UTC))


@given(kept, draws)
def test_somebody_at_work_never_puts_a_try_off_nor_brings_it_nearer_than_it_may_be(state: Backoff, draw: float) -> None:
    soon = sooner(state, NOW, draw)
    assert (soon.attempts, soon.not_before) == (state.attempts, state.not_before)
    if state.due(NOW):
        assert soon == state
        return
    assert state.next_try and soon.next_try
    assert soon.next_try <= state.next_try
    if soon.next_try < state.next_try:
        assert soon.next_try >= NOW + IN_USE
        assert not state.not_before or soon.next_try >= state.not_before + IN_USE


@given(st.integers(0, 30), seconds, draws, st.lists(st.tuples(st.floats(0, 60), draws), min_size=1, max_size=40))
def test_however_often_somebody_acts_a_failure_is_followed_by_a_quarter_of_a_minute_at_least(
    attempts: int, asked: float | None, draw: float, acts: list[tuple[float, float]]
) -> None:
    failed = after_failure(Backoff(attempts), NOW, draw, asked)
    assert failed.next_try
    state, now = failed, NOW
    for later, chance in acts:
        now += timedelta(seconds=later)
        state = sooner(state, now, chance)
    told = timedelta(seconds=min(max(asked or 0, 0), PATIENCE.total_seconds()))
    assert state.next_try and min(failed.next_try, NOW + told + IN_USE) <= state.next_try
    first = NOW + timedelta(seconds=acts[0][0])
    assert state.next_try <= max(first, NOW + told) + 2 * IN_USE + timedelta(microseconds=2) or state == failed


def test_thirty_desks_that_act_in_one_moment_do_not_come_back_together() -> None:
    away = Backoff(9, NOW + LONGEST)
    tries = sorted(at for place in range(30) if (at := sooner(away, NOW, place / 30).next_try))
    assert min(later - before for before, later in pairwise(tries)) >= timedelta(milliseconds=499)
    assert tries[0] >= NOW + IN_USE
    assert tries[-1] < NOW + 2 * IN_USE


@given(st.lists(draws, min_size=2, max_size=30))
def test_the_bound_doubles_up_to_the_longest(draws: list[float]) -> None:
    state, bounds = Backoff(), []
    for _ in draws:
        after = after_failure(state, NOW, 0.999_999)
        assert after.next_try is not None
        bounds.append(after.next_try - NOW)
        state = after
    assert bounds[0] < FIRST + LEAST
    assert all(now <= later for now, later in pairwise(bounds))
    assert max(bounds) < LONGEST + LEAST


@given(kept, draws)
def test_a_start_is_spread_and_never_before_what_was_kept(state: Backoff, draw: float) -> None:
    begun = at_start(state, NOW, draw)
    assert begun.next_try is not None
    assert NOW <= begun.next_try <= NOW + FARTHEST
    assert state.due(NOW) or state.next_try is None or begun.next_try >= state.next_try
    assert begun.attempts == state.attempts


@given(kept)
def test_a_clock_that_was_wrong_never_stops_a_desk(state: Backoff) -> None:
    begun = at_start(state, NOW, 0)
    assert begun.due(NOW + FARTHEST)


def test_thirty_desks_cut_off_together_do_not_come_back_together() -> None:
    times = {after_failure(Backoff(6), NOW, place / 30).next_try for place in range(30)}
    assert len(times) == 30


def test_a_success_forgets_the_failures() -> None:
    assert after_success() == Backoff()
    assert after_success().due(NOW)
