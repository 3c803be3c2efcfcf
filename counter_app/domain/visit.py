"""A visit: one person's passage of one day, from the arrival to the outcome of the last service.

Where the person is now is what the newest marks say. When desks were apart, several marks are newest at once: whoever
had the person in front of them is believed first, then whatever keeps the person in sight; the others stay to be seen.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from counter_app.domain.acts import ActKind
from counter_app.domain.permit_marks import Mark
from counter_app.domain.visit_marks import OPENINGS, moves_of, standing
from counter_app.domain.visit_story import Call, Stage, Story, calls_of, contradicting, story_of


class Outcome(StrEnum):
    """How a service ended."""

    RECEIVED = "received"
    RESCHEDULED = "rescheduled"
    LEFT = "left"
    REDIRECTED = "redirected"


class Priority(StrEnum):
    """Why somebody passes first: a reason that is noted, never a file."""

    PREGNANT = "pregnant"
    DISABLED = "disabled"
    ELDERLY = "elderly"
    INFANT = "infant"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class Served:
    """One service that a desk began for this person."""

    service: str
    desk: str
    agent: str
    stream: str
    begun_at: datetime
    ended_at: datetime | None
    """When the person left the desk, whatever for; None while it goes on."""
    outcome: str | None
    """One of `Outcome`; None when it ended without one: sent elsewhere, put aside."""


@dataclass(frozen=True)
class Visit:
    """One passage, as this desk knows it."""

    id: str
    marks: tuple[Mark, ...] = ()
    """What desks did, in the order of acts."""

    @cached_property
    def standing(self) -> tuple[Mark, ...]:
        """Marks that were not taken back."""
        return standing(self.marks)

    @cached_property
    def story(self) -> Story:
        """Which moves are the newest, and the one that speaks."""
        return story_of(self.marks)

    @cached_property
    def openings(self) -> tuple[Mark, ...]:
        """Arrivals that stand, earliest first: two desks apart may each have recorded one."""
        opened = (mark for mark in self.standing if mark.kind in OPENINGS)
        return tuple(sorted(opened, key=lambda mark: (mark.moment, mark.act_id)))

    @property
    def opening(self) -> Mark | None:
        """The arrival that counts: the earliest; None once all are taken back."""
        return next(iter(self.openings), None)

    @property
    def day(self) -> date | None:
        """The day of the passage, at the site; None as long as nothing told of the arrival."""
        opened = next((mark for mark in self.marks if mark.kind in OPENINGS), None)
        return date.fromisoformat(str(opened.details["day"])) if opened else None

    @property
    def arrived_at(self) -> datetime | None:
        """When the person really arrived."""
        return self.opening.moment if self.opening else None

    @property
    def numbers(self) -> tuple[str, ...]:
        """Waiting numbers given, the first one first: each of them is called."""
        return tuple(dict.fromkeys(str(mark.details["number"]) for mark in self.openings))

    @property
    def number(self) -> str:
        """The first waiting number."""
        return next(iter(self.numbers), "")

    def told(self, name: str) -> str | None:
        """What the earliest arrival that tells it says: `convocation`, `purpose`, `channel`, `orientation`…"""
        return next((value for mark in self.openings if (value := mark.text(name))), None)

    @property
    def slot(self) -> datetime | None:
        """Hour of the appointment; None without one."""
        told = self.told("slot")
        return datetime.fromisoformat(told) if told else None

    @property
    def convocation(self) -> str | None:
        """Identity of the convocation; None without an appointment."""
        return self.told("convocation")

    @property
    def priority(self) -> str | None:
        """Why the person passes first (`Priority`), as last noted; None when they do not."""
        said = [mark for mark in self.standing if "priority" in mark.details]
        return said[-1].text("priority") if said else None

    @property
    def stage(self) -> Stage:
        """Where the person is."""
        return self.story.stage if self.openings else Stage.VOID

    @property
    def service(self) -> str:
        """The service the person is in, or waits for."""
        return self.story.service or self.told("service") or ""

    @property
    def awaited_by(self) -> str | None:
        """The one desk that may call somebody whom another sent to it; None: every desk of the service."""
        return self.story.awaited_by if self.stage is Stage.WAITING else None

    @property
    def outcome(self) -> str | None:
        """How the passage ended: the word of a desk that finished it, `left` of who left; None otherwise."""
        if self.stage is Stage.LEFT:
            return Outcome.LEFT.value
        speaking = self.story.speaking
        return speaking.text("outcome") if speaking and self.stage is Stage.FINISHED else None

    @property
    def ended_at(self) -> datetime | None:
        """When it ended: finished, absent or left; None while it goes on."""
        over = self.stage in (Stage.FINISHED, Stage.ABSENT, Stage.LEFT)
        return self.story.speaking.moment if over and self.story.speaking else None

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """Every call that stands, in the order of acts."""
        return calls_of(self.marks)

    @property
    def call(self) -> Call | None:
        """The call that the person answers now, or answered last."""
        speaking = self.story.speaking
        known = self.story.known[speaking.act_id] if speaking else frozenset[str]()
        return next((call for call in reversed(self.calls) if call.act_id in known), None)

    @property
    def live_calls(self) -> tuple[Call, ...]:
        """Calls that no mark ended: more than one when desks that were apart each called."""
        return tuple(call for call in self.calls if call.live)

    @property
    def services(self) -> tuple[Served, ...]:
        """Every service begun, in order."""
        return tuple(self._served(mark) for mark in self.standing if mark.kind == ActKind.SERVICE_BEGUN)

    def _served(self, begun: Mark) -> Served:
        known = self.story.known
        later = (mark for mark in moves_of(self.marks) if mark is not begun)
        end = next((mark for mark in later if begun.act_id in known[mark.act_id]), None)
        return Served(
            service=str(begun.details["service"]),
            desk=begun.desk,
            agent=begun.agent,
            stream=begun.stream,
            begun_at=begun.moment,
            ended_at=end.moment if end else None,
            outcome=end.text("outcome") if end else None,
        )


def contradictory_calls(visit: Visit) -> tuple[Call, ...]:
    """Calls of several devices that did not know of each other and cannot both be: a person has to look."""
    return contradicting(visit.marks) if len(visit.calls) > 1 else ()


OVER_MIDNIGHT = timedelta(hours=4)
"""How long after an arrival midnight does not end it: longer, and nobody waits any more, the hall was closed."""


def goes_on(arrived: datetime, here: datetime) -> bool:
    """Whether somebody who arrived is still expected in the hall at a local moment of the site: that same day, and over
    midnight for the hours that follow the arrival."""
    return arrived.astimezone(here.tzinfo).date() >= here.date() or here - arrived < OVER_MIDNIGHT


def identity(convocation_id: str, day: date) -> str:
    """Identity of the passage of a person convened: the same at every desk, so that two make one visit."""
    return sha256(f"visit\n{convocation_id}\n{day.isoformat()}".encode()).hexdigest()[:32]
