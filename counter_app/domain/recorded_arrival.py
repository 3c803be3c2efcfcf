"""Arrivals that desks recorded for one appointment, and which of them contradict each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from counter_app.domain.acts import device_of


@dataclass(frozen=True, slots=True)
class Arrival:
    """One recorded arrival. Two desks may each have recorded one: both are kept, the earliest is the arrival."""

    act_id: str
    at: str
    desk: str
    agent: str
    stream: str
    verdict: str
    reason: str | None = None
    approved_by: str | None = None
    besides: tuple[str, ...] = ()
    """Arrivals of earlier days that its desk knew of: the person came again, and nothing contradicts."""

    @property
    def moment(self) -> datetime:
        """Aware instant of the gesture, by the desk's own clock."""
        return datetime.fromisoformat(self.at)


APART = timedelta(minutes=5)
"""Two desks that record one arrival within this say the same; further apart, a person has to look."""


@dataclass(frozen=True, slots=True)
class ArrivalsAnswer:
    """What a supervisor answered about arrivals that contradict each other."""

    acts: tuple[str, ...]
    """The arrivals asked about, sorted."""
    kept: str | None
    """The one that is true; None when they all are."""


def contradict(one: Arrival, other: Arrival, answered: Sequence[frozenset[str]]) -> bool:
    """Whether two arrivals cannot both be: of devices that did not know of each other, and that nobody answered."""
    if one.act_id in other.besides or other.act_id in one.besides:
        return False
    if device_of(one.stream) == device_of(other.stream) or abs(one.moment - other.moment) <= APART:
        return False
    return not any({one.act_id, other.act_id} <= acts for acts in answered)
