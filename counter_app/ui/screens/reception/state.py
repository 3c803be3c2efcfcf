"""Everything the reception desk's screen shows, as one frozen value."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from counter_app.domain.person_names import same_person_key
from counter_app.domain.verdict import Verdict
from counter_app.ui.screens.reception.rows import DayView
from counter_app.usecases.answers import ArrivalAnswer, Hit
from counter_app.usecases.find import LONGEST, SHORTEST

DOUBTFUL = ("typo", "sound")
"""Reasons of a hit whose name is not what was typed."""


class Showing(StrEnum):
    """What the middle of the screen says."""

    READY = "ready"
    READING = "reading"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class ReceptionState:
    """The person in front of the agent, if any, and the day around them."""

    at: datetime
    showing: Showing = Showing.READY
    answer: ArrivalAnswer | None = None
    typed: str = ""
    hits: tuple[Hit, ...] = ()
    read: bool = False
    """It came as fast as from a reader."""
    searched: str = ""
    """Text that `hits` answers."""
    found: bool = False
    """A search has answered since the field was empty: until then the rows stay those of the day, so that the first
    letters of a scan move nothing."""
    moved: bool = False
    """A person chose a row with the arrows or the mouse."""
    ahead: int = 0
    """Rows to move by, asked for before the search had answered."""
    opening: bool = False
    """A person pressed Enter before the search had answered: open the chosen row then."""
    day: DayView = field(default_factory=DayView)
    tab: str = "expected"
    hidden: bool = False
    """Personal data are covered."""
    marks: tuple[str, ...] = ()
    """What the other desks say beside the answer on show, in words."""
    left: ArrivalAnswer | None = None
    """The answer that the first letters of a scan took off the screen: the same code again brings it back."""

    @property
    def wanted(self) -> str:
        """What is searched for: no more than what a search reads."""
        return self.typed.strip()[:LONGEST]

    @property
    def nobody_found(self) -> bool:
        """The search has answered, and nobody answers to the text."""
        return self.showing is Showing.READY and self.searched == self.wanted != "" and not self.hits

    @property
    def sure(self) -> tuple[Hit, ...]:
        """People found who are what was typed, letter for letter or by its beginning."""
        return tuple(hit for hit in self.hits if hit.reason not in DOUBTFUL)

    @property
    def preselects(self) -> bool:
        """The first row is chosen until a person moves: never in a choice, nor somebody of another spelling."""
        return self.searching and not self.choosing and self.hits[:1] == self.sure[:1]

    @property
    def recorded(self) -> bool:
        """The answer tells an arrival just recorded."""
        return self.answer is not None and self.answer.recorded

    @property
    def awaited(self) -> bool:
        """What was typed is long enough to be searched for, and not answered yet."""
        return len(self.wanted) >= SHORTEST and self.wanted != self.searched

    @property
    def choosing(self) -> bool:
        """Several people answer: one has to be chosen."""
        return self.answer is not None and self.answer.verdict is Verdict.SEVERAL_MATCHES

    @property
    def searching(self) -> bool:
        """The rows are those of a search or of a choice, not those of the day."""
        return (self.found and bool(self.wanted)) or self.choosing

    def nobody(self, showing: Showing = Showing.READY) -> "ReceptionState":
        """Nobody in front of the agent; the day stays."""
        return ReceptionState(self.at, showing, day=self.day, tab=self.tab, hidden=self.hidden)

    def reading(self) -> "ReceptionState":
        """A scan is coming in."""
        return replace(self.nobody(Showing.READING), left=self.answer or self.left)

    def typing(self, text: str, *, read: bool = False) -> "ReceptionState":
        """Somebody is being looked for; rows found for fewer letters stay until better ones come."""
        found = self.found and bool(text.strip())
        hits = self.hits if found else ()
        return replace(self.nobody(), typed=text, read=read, found=found, hits=hits, left=self.answer or self.left)

    def telling(self, answer: ArrivalAnswer) -> "ReceptionState":
        """An answer is on show."""
        return replace(self.nobody(Showing.ANSWER), answer=answer)

    def hit_of(self, convocation_id: str) -> Hit | None:
        """The person found whom a row stands for."""
        return next((hit for hit in self.hits if hit.convocation.id == convocation_id), None)

    def all_of_that_name(self, hit: Hit) -> ArrivalAnswer:
        """« 2 personnes possibles »: everybody found who bears the name of this one; a birth date has to decide."""
        key = same_person_key(hit.convocation.name)
        return self.choice_of([one for one in self.hits if same_person_key(one.convocation.name) == key])

    def choice_of(self, hits: Sequence[Hit]) -> ArrivalAnswer:
        """Several people are possible: one has to be chosen."""
        people = tuple(hit.convocation for hit in hits)
        return ArrivalAnswer(Verdict.SEVERAL_MATCHES, self.at, matches=people, figures={"n": len(people)})
