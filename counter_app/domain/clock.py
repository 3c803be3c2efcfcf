"""Hybrid logical clock: wall milliseconds when the wall goes forward, one more than the last act when it does not."""

from datetime import datetime

COUNTER_BITS = 16


def tick(last: int, at: datetime) -> int:
    """Next clock value after `last` at wall time `at`: strictly greater, never far from the wall."""
    wall = int(at.timestamp() * 1000) << COUNTER_BITS
    return max(wall, last + 1)


def milliseconds(clock: int) -> int:
    """Wall milliseconds since 1970 carried by a clock value."""
    return clock >> COUNTER_BITS
