"""The balance of a day: everybody convened ends in exactly one place, and who is still open is named, never served.

Convened = received + absent + left + rescheduled + cancelled + open. Somebody who arrived and whom no desk finished
with is open. Definitions: docs/figures.md.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from counter_app.domain.convocation import Convocation, ConvocationStatus
from counter_app.domain.visit import Outcome, Visit
from counter_app.domain.visit_story import Stage


class Ending(StrEnum):
    """Where somebody convened stands in the day's balance, as written in JSON."""

    RECEIVED = "received"
    ABSENT = "absent"
    LEFT = "left"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"
    OPEN = "open"


class WhyOpen(StrEnum):
    """What an open case waits for."""

    EXPECTED = "expected"
    """The hour has not passed, or not by the limit of the site."""
    GONE_FROM_LIST = "gone_from_list"
    """A newer list no longer holds the person: probably cancelled, and nobody said so."""
    RESEMBLES = "resembles"
    """The hour has passed, and somebody received may be this person under other words."""
    ARRIVED = "arrived"
    """An arrival is recorded and nothing of the visit."""
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Case:
    """One person convened on the day, with all that is known of their passage."""

    convocation: Convocation
    visit: Visit | None
    past: bool
    """The hour is past by more than the site waits: who has not come is absent."""
    resembles: bool = False
    """A desk received somebody who may be the same person under other words (see `usecases/lookalikes.py`)."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A case, and where it stands."""

    case: Case
    ending: Ending
    why: WhyOpen | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """How many ended where. It balances by construction: each case is counted once."""

    received: int = 0
    absent: int = 0
    left: int = 0
    rescheduled: int = 0
    cancelled: int = 0
    open: int = 0

    @property
    def convened(self) -> int:
        """Everybody who had an appointment that day."""
        return self.received + self.absent + self.left + self.rescheduled + self.cancelled + self.open


_OF_OUTCOME = {
    Outcome.RECEIVED.value: Ending.RECEIVED,
    Outcome.REDIRECTED.value: Ending.RECEIVED,
    Outcome.RESCHEDULED.value: Ending.RESCHEDULED,
    Outcome.LEFT.value: Ending.LEFT,
}
"""A desk that sends somebody elsewhere has received them."""
_OF_STAGE = {
    Stage.WAITING: WhyOpen.WAITING,
    Stage.CALLED: WhyOpen.CALLED,
    Stage.SERVING: WhyOpen.SERVING,
    Stage.PARKED: WhyOpen.PARKED,
}
_OF_STATUS = {
    ConvocationStatus.SERVED: Ending.RECEIVED,
    ConvocationStatus.MISSED: Ending.ABSENT,
    ConvocationStatus.CANCELLED: Ending.CANCELLED,
    ConvocationStatus.CANCELLED_BY_OFFICE: Ending.CANCELLED,
    ConvocationStatus.RESCHEDULED: Ending.RESCHEDULED,
}
"""What the lists say of somebody whom no desk saw."""


@cache
def ending_of(
    status: ConvocationStatus, stage: Stage | None, outcome: str | None, *, past: bool, resembles: bool = False
) -> tuple[Ending, WhyOpen | None]:
    """Where a case stands: what desks did comes before what lists say, and nothing is guessed. Who collected a permit
    that day was received, whatever this says: it is not asked of them.

    `stage` and `outcome` are those of the visit; None without one.
    """
    if stage is not None and stage is not Stage.VOID:
        return _of_visit(stage, outcome)
    if status is ConvocationStatus.CHECKED_IN:
        return Ending.OPEN, WhyOpen.ARRIVED
    if status in _OF_STATUS:
        return _OF_STATUS[status], None
    if status is ConvocationStatus.ABSENT_FROM_LIST:
        return Ending.OPEN, WhyOpen.GONE_FROM_LIST
    if past and resembles:
        return Ending.OPEN, WhyOpen.RESEMBLES
    return (Ending.ABSENT, None) if past else (Ending.OPEN, WhyOpen.EXPECTED)


def _of_visit(stage: Stage, outcome: str | None) -> tuple[Ending, WhyOpen | None]:
    if stage in _OF_STAGE:
        return Ending.OPEN, _OF_STAGE[stage]
    if stage is Stage.ABSENT:
        # Arrived, called, and not there: they left without being received.
        return Ending.LEFT, None
    return _OF_OUTCOME.get(outcome or "", Ending.RECEIVED), None


def ended(case: Case) -> Ended:
    """A case, and where it stands."""
    visit = case.visit
    told = (visit.stage, visit.outcome) if visit else (None, None)
    return Ended(case, *ending_of(case.convocation.status, *told, past=case.past, resembles=case.resembles))


def walk_in_ending(stage: Stage, outcome: str | None) -> Ending | None:
    """Where somebody without an appointment stands; None when the arrival was taken back."""
    if stage is Stage.VOID:
        return None
    return _of_visit(stage, outcome)[0]


def balance(endings: Iterable[Ending]) -> Balance:
    """Count each person once."""
    return of_counts(Counter(endings))


def of_counts(counted: Mapping[Ending, int]) -> Balance:
    """The balance of people counted by ending."""
    return Balance(**{ending.value: counted.get(ending, 0) for ending in Ending})
