"""Acts about visits as hypothesis invents them: any desk, in any sense or none; and stories told by named desks."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from counter_app.domain.acts import Act, ActKind, Author, Details, Json, Subject, SubjectType
from counter_app.domain.visit import Outcome, Visit
from counter_app.domain.visit_fold import fold
from counter_app.domain.visit_marks import KEPT
from counter_app.store.heads import Head
from counter_app.store.journal import chain
from tests.domain.invented_acts import START, told

VISIT = Subject(SubjectType.VISIT, "0d" * 16)
KINDS = (*sorted(KEPT), ActKind.VISIT_CALLED, ActKind.VISIT_PRESENT, ActKind.VISIT_OPENED, "kind_of_a_newer_desk")


def opening(number: str = "A 001", after: tuple[str, ...] = (), /, **more: Json) -> dict[str, Json]:
    """Details of an arrival, as a desk writes them."""
    told: dict[str, Json] = {"day": "2026-11-23", "service": "accueil", "number": number, "after": [*after]}
    return {**told, **more}


def _details(draw: st.DrawFn, kind: str, ids: list[str]) -> Details:
    told: dict[str, Json] = {
        "after": [*draw(st.lists(st.sampled_from(ids), max_size=2))],
        "acts": [*draw(st.lists(st.sampled_from(ids), max_size=2))],
        "service": draw(st.sampled_from(["accueil", "remise"])),
        "to": draw(st.sampled_from([None, "Guichet a", "Guichet b"])),
        "outcome": draw(st.sampled_from([*map(str, Outcome), ""])),
        "number": draw(st.sampled_from(["A 001", "B 001"])),
        "day": "2026-11-23",
    }
    if kind in (ActKind.VISIT_OPENED, ActKind.VISIT_PRIORITISED):
        told["priority"] = draw(st.sampled_from([None, "elderly"]))
    return told


@st.composite
def visit_acts(draw: st.DrawFn, subject: Subject = VISIT, *, poison: bool = False) -> list[Act]:
    """Acts about one visit (see `told`)."""
    return told(draw, subject, KINDS, _details, named=7, poison=poison)


class Passage:
    """What desks do with one person, told one after the other. Each desk knows what it was told, and no more."""

    def __init__(self, subject: Subject = VISIT, at: datetime = START) -> None:
        self.subject, self.at = subject, at
        self.acts: list[Act] = []
        self._places: dict[str, Head] = {}

    def tell(self, device: str, kind: ActKind, after: tuple[str, ...] | None = None, /, **details: Json) -> str:
        """One more act, a minute later; `after` names what the desk knew of, by itself the newest of all."""
        self.at += timedelta(minutes=1)
        known = self._heads() if after is None else after
        told: Details = details if kind is ActKind.VISIT_OPENED else {"after": [*known], **details}
        place = self._places.setdefault(device, Head(0, "0" * 64, 0))
        place.clock = max([place.clock, *(act.clock for act in self.acts)])
        author = Author("nord", f"{device}:1", f"Guichet {device}", "A. Petit")
        act = chain(place, author, self.at, kind, self.subject, told)
        self.acts.append(act)
        return act.act_id

    def open(self, device: str = "1", number: str = "A 001", **more: Json) -> str:
        return self.tell(device, ActKind.VISIT_OPENED, **opening(number, **more))

    @property
    def visit(self) -> Visit:
        found = fold(self.acts)
        assert found is not None
        return found

    def _heads(self) -> tuple[str, ...]:
        visit = fold(self.acts)
        return tuple(mark.act_id for mark in visit.story.heads) if visit else ()
