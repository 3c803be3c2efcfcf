"""What really happened to people, as the simulation saw it: facts with who knew of them, and where each person ended.

It is told again here from the definitions of docs/figures.md, over clocks of the simulation (who had exchanged with
whom), never from acts, marks or rows of the app.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.month.people import Appointment, Person

MET = frozenset({"present", "begun", "finished"})
"""The person was in front of a desk."""
SPEAKS_OF = {
    **{"called": "called", "recalled": "called", "present": "serving", "begun": "serving", "finished": "finished"},
    **{"absent": "absent", "parked": "parked", "unparked": "waiting", "transferred": "waiting", "left": "left"},
    "arrived": "waiting",
}
"""Where a fact leaves the person."""
IN_SIGHT = ("serving", "called", "waiting", "parked", "finished", "left", "absent")
"""Of desks that were apart, neither of which had the person alone in front of it: the one that still sees them."""
UNTOLD = float("inf")
"""How long it lasted when nobody can say."""
ANSWERS = frozenset({"recalled", "present", "absent", "finished"})
"""What a desk says of its own call: nothing of what others did meanwhile."""


@dataclass(eq=False, repr=False, slots=True)
class Fact:
    """Something that a desk noted."""

    kind: str
    desk: int
    nth: int
    """Its place among the facts of this desk."""
    seen: tuple[int, ...]
    """How many facts of each desk this one knew of."""
    at: datetime
    """By the desk's own clock."""
    told: dict[str, str] = field(default_factory=dict)
    call: "Fact | None" = None
    """The call that it makes or answers."""
    known: frozenset["Fact"] = frozenset()
    """Moves of the person that it goes on from, and itself."""
    order: tuple[int, str] = (0, "")
    """Place in the order that all desks share: a tie between desks apart."""
    void: bool = False
    """Taken back at once by the same desk."""

    def knows(self, other: "Fact") -> bool:
        return other is self or known_to(self.desk, self.nth, self.seen, other)


def known_to(desk: int, nth: int, seen: Sequence[int], fact: Fact) -> bool:
    """Whether a desk that stands there knew of a fact."""
    return fact.nth <= nth if fact.desk == desk else fact.nth <= seen[fact.desk]


@dataclass(eq=False, repr=False, slots=True)
class Passage:
    """One person's passage of one day."""

    id: str
    day: date
    person: Person
    appointment: Appointment | None
    facts: list[Fact] = field(default_factory=list)

    def story(self, facts: Iterable[Fact] | None = None) -> "PassageStory":
        return PassageStory(self.facts if facts is None else facts)


class PassageStory:
    """What facts tell of a passage."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        standing = sorted((fact for fact in facts if not fact.void), key=lambda fact: fact.order)
        self.arrivals = sorted((fact for fact in standing if fact.kind == "arrived"), key=lambda fact: fact.at)
        self.moves = [fact for fact in standing if fact.kind != "arrived" or len(fact.known) > 1]
        followed = {other for fact in self.moves for other in fact.known if other is not fact}
        self.heads = sorted(
            (fact for fact in self.moves if fact not in followed),
            key=lambda fact: IN_SIGHT.index(SPEAKS_OF[fact.kind]),
        )
        # A list is empty while it is sorted in place.
        self.heads = sorted(self.heads, key=lambda fact: not self._met_alone(fact))

    def _met_alone(self, head: Fact) -> bool:
        elsewhere = {fact for other in self.heads_but(head) for fact in other.known}
        return any(fact.kind in MET and fact in head.known and fact not in elsewhere for fact in self.moves)

    def heads_but(self, head: Fact) -> list[Fact]:
        return [other for other in self.heads if other is not head]

    @property
    def stage(self) -> str:
        """Where the person is; `void` when nobody came after all."""
        if not self.arrivals:
            return "void"
        return SPEAKS_OF[self.heads[0].kind] if self.heads else "waiting"

    @property
    def outcome(self) -> str:
        return self.heads[0].told["outcome"] if self.heads and self.heads[0].kind == "finished" else ""

    @property
    def service(self) -> str:
        """The last one that the person was sent to, in the line that is believed."""
        line = [fact for fact in self.moves if self.heads and fact in self.heads[0].known]
        told = (fact.told["service"] for fact in reversed(line) if fact.told.get("service") and fact.kind != "arrived")
        return next(told, self.arrivals[0].told["service"] if self.arrivals else "")

    @property
    def ending(self) -> str:
        """Where the person stands in a balance: somebody whom no desk is done with is open."""
        match self.stage:
            case "finished":
                return {"rescheduled": "rescheduled", "left": "left"}.get(self.outcome, "received")
            case "left" | "absent":
                return "left"
            case _:
                return "open"

    @property
    def wait(self) -> float | None:
        """Seconds from the arrival to the first desk, never shorter than to the first call."""
        met = [max(fact.at, fact.call.at) for fact in self.moves if fact.kind == "present" and fact.call]
        if not met or not self.arrivals:
            return None
        called = min(fact.at for fact in self.moves if fact.kind == "called")
        return _lasted(self.arrivals[0].at, max(min(met), called))

    @property
    def services(self) -> list[tuple[str, float]]:
        """Each service that ended: its key, and the seconds that it took."""
        found = []
        for begun in (fact for fact in self.moves if fact.kind in ("present", "begun")):
            ends = [fact for fact in self.moves if fact is not begun and begun in fact.known]
            if ends:
                found.append((self._service_at(begun), _lasted(begun.at, ends[0].at)))
        return found

    def _service_at(self, begun: Fact) -> str:
        """The service that a desk began: the one it names, else the one that the person was in as it knew them."""
        line = [fact for fact in self.moves if fact in begun.known and fact.kind != "arrived"]
        told = (fact.told["service"] for fact in reversed(line) if fact.told.get("service"))
        return next(told, self.arrivals[0].told["service"])


def _lasted(begun: datetime, ended: datetime) -> float:
    """Seconds; `UNTOLD` of what ended on a later day, more than four hours after: the night is in it."""
    if ended.date() > begun.date() and ended - begun >= timedelta(hours=4):
        return UNTOLD
    return max(0.0, (ended - begun).total_seconds())
