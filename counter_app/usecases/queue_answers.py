"""What the waiting room answers: frozen values. A refusal is a word, told in a sentence by both doors."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from counter_app.domain.visit import Visit
from counter_app.domain.visit_story import Call, Stage
from counter_app.usecases.answers import IssuedReceipt


class QueueRefusal(StrEnum):
    """Why nothing was done."""

    NOBODY_WAITS = "nobody_waits"
    UNKNOWN_NUMBER = "unknown_number"
    UNKNOWN_SERVICE = "unknown_service"
    UNKNOWN_DESK = "unknown_desk"
    CALLED_ELSEWHERE = "called_elsewhere"
    """Another desk called this person, or receives them."""
    NOT_CALLED_HERE = "not_called_here"
    NOT_AT_DESK = "not_at_desk"
    TOO_SOON = "too_soon"
    """Called less than the delay ago: `wait` says how long still."""
    TOO_FEW_CALLS = "too_few_calls"
    """Nobody is absent before the number of calls that the site sets."""
    NEEDS_REASON = "needs_reason"
    NOT_WAITING = "not_waiting"
    ALREADY_OVER = "already_over"
    ALREADY_THERE = "already_there"
    """The person waits, or is received, where they would be sent: nothing would change."""
    STILL_EXPECTED = "still_expected"
    """Neither put aside, nor absent, nor gone: there is nobody to take back into the queue."""


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One person in the waiting room, as a screen or a verb shows it."""

    visit: Visit
    name: str = ""
    """Of a person convened; empty of one without an appointment."""
    waited: timedelta = timedelta()
    """From the real arrival to the first call, or to now."""
    contradictory: tuple[Call, ...] = ()
    """Calls of desks that were apart and cannot both be."""
    earlier: date | None = None
    """The day of a passage of another day than today: only a gesture ends it, midnight does not."""
    day_over: bool = False
    """That day is over, but for the hours of the night that follow an arrival: only how the passage ended is said."""


@dataclass(frozen=True, slots=True)
class WhichDay:
    """A number that tells nobody apart without its day."""

    days: tuple[date, ...]
    """Of the passages that bear it and that what is to be done can be about, the newest first."""


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody whom another desk was calling at that very moment."""

    number: str
    desk: str


@dataclass(frozen=True, slots=True)
class QueueAnswer:
    """What became of a gesture in the waiting room."""

    done: bool
    line: QueueLine | None = None
    refusal: QueueRefusal | None = None
    wait: timedelta = timedelta()
    """How long still before a number may be called again."""
    others: tuple[str, ...] = ()
    """Names that would do: services of an unknown service, desks of an unknown desk."""
    unheard: str = ""
    """The desk somebody was sent to, when a home that is alone knows of none by that name."""
    passed: tuple[Passed, ...] = ()
    """Those before this person whom other desks were calling."""


@dataclass(frozen=True, slots=True)
class Load:
    """How full the waiting room is."""

    waiting: int
    word: str
    """One of `waiting.LoadWord`."""
    share: float
    """Of the bar, from 0 to 1."""
    least: int
    most: int | None
    """Minutes that somebody without an appointment who comes now may expect to wait; no most when the range would be
    too wide to be of use."""
    only: tuple[str, ...] = ()
    """Names of the services that are told of, when these are not all those of the site."""


@dataclass(frozen=True, slots=True)
class QueueDay:
    """The waiting room of one day as a desk sees it."""

    at: datetime
    waiting: tuple[QueueLine, ...]
    """The next one first."""
    called: tuple[QueueLine, ...]
    serving: tuple[QueueLine, ...]
    """With those put aside, last."""
    absent: tuple[QueueLine, ...]
    finished: tuple[QueueLine, ...]
    """The newest first; those who left too."""
    finished_count: int
    """How many there are, when only the newest are here."""
    mine: tuple[QueueLine, ...]
    """Those whom this desk called and has not done with, the newest call first; of earlier days too, who are then among
    the called and the served as well."""
    load: Load

    @property
    def called_twice(self) -> tuple[QueueLine, ...]:
        """People whom desks that were apart both called."""
        everybody = (*self.waiting, *self.called, *self.serving, *self.absent, *self.finished)
        return tuple(line for line in everybody if line.contradictory)


@dataclass(frozen=True, slots=True)
class LetIn:
    """Somebody without an appointment who was let in."""

    visit_id: str
    ticket: IssuedReceipt


OVER = frozenset({Stage.FINISHED, Stage.LEFT, Stage.VOID})
"""Nothing more is done with these, except by taking it back or by coming again."""
