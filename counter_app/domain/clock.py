"""Hybrid logical clock: wall milliseconds when the wall goes forward, one more than the last act when it does not."""

from datetime import datetime, timedelta

COUNTER_BITS = 16
BEHIND = timedelta(minutes=5)
"""A desk whose clock is further behind its own last acts has a wrong clock, or had one."""


def tick(last: int, at: datetime) -> int:
    """Next clock value after `last` at wall time `at`: strictly greater, never far from the wall."""
    wall = int(at.timestamp() * 1000) << COUNTER_BITS
    return max(wall, last + 1)


def milliseconds(clock: int) -> int:
    """Wall milliseconds since 1970 carried by a clock value."""
    return clock >> COUNTER_BITS


def minutes_behind(newest: datetime | None, at: datetime) -> int:
    """Whole minutes by which a clock is behind the newest act of its desk; 0 while it is within `BEHIND`."""
    behind = newest - at if newest is not None else timedelta()
    return int(behind.total_seconds()) // 60 if behind > BEHIND else 0
