"""What the inbox of conflicts knows: those that wait, which one is open, and what the last answer gave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counter_app.domain.settlement import Decision
from counter_app.usecases.conflict_answers import Conflict


@dataclass(frozen=True, slots=True)
class InboxState:
    """The conflicts that wait, the oldest first."""

    conflicts: tuple[Conflict, ...] = ()
    looked: bool = False
    """Whether the desk's file was read yet."""
    place: int = 0

    @property
    def current(self) -> Conflict | None:
        """The conflict that is open."""
        return self.conflicts[self.place] if self.conflicts else None

    def found(self, conflicts: Sequence[Conflict]) -> "InboxState":
        """After a look: the conflict that was open stays so, when it still waits."""
        held = self.current.id if self.current else ""
        place = next((place for place, one in enumerate(conflicts) if one.id == held), self.place)
        return InboxState(tuple(conflicts), looked=True, place=max(0, min(place, len(conflicts) - 1)))

    def at(self, place: int) -> "InboxState":
        """Open the conflict at a place, when there is one."""
        return replace(self, place=place) if 0 <= place < len(self.conflicts) else self

    def about(self, subject: str) -> "InboxState":
        """Open the first conflict about a subject, when there is one."""
        place = next((place for place, one in enumerate(self.conflicts) if one.subject.id == subject), self.place)
        return self.at(place)


def sides(conflict: Conflict) -> tuple[str, ...]:
    """Acts that may be kept, in the order of the facts."""
    return tuple(fact.act_id for fact in conflict.facts if fact.act_id in conflict.choices)


def left(conflict: Conflict) -> str:
    """What ← keeps: the first fact that may be."""
    return next(iter(sides(conflict)), "")


def right(conflict: Conflict) -> str:
    """What → keeps: the last fact that may be, when there are two."""
    kept = sides(conflict)
    return kept[-1] if len(kept) > 1 else ""


def down(conflict: Conflict) -> str:
    """What ↓ answers: that both are true, or that neither is."""
    return next((word.value for word in (Decision.BOTH, Decision.NONE) if word.value in conflict.choices), "")
