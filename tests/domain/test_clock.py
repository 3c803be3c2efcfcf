"""The hybrid clock: always forward, near the wall when the wall goes forward."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.clock import milliseconds, tick

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
walls = st.timedeltas(timedelta(0), timedelta(days=36525)).map(lambda age: EPOCH + age)


@given(st.lists(walls, min_size=1))
def test_each_act_comes_after_the_one_before_whatever_the_wall_says(times: list[datetime]) -> None:
    clock, seen = 0, []
    for at in times:
        clock = tick(clock, at)
        seen.append(clock)
    assert seen == sorted(set(seen))


@given(walls, walls)
def test_a_wall_that_goes_forward_is_followed_and_one_that_goes_back_is_not(first: datetime, second: datetime) -> None:
    clock = tick(tick(0, first), second)
    assert milliseconds(clock) == max(int(first.timestamp() * 1000), int(second.timestamp() * 1000))


@given(walls)
def test_a_clock_fits_the_file(at: datetime) -> None:
    assert 0 < tick(0, at) < 1 << 63
