"""What supervisors answered to a work item: the pure fold of the acts about it. The earliest answer stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from counter_app.domain.acts import UNREADABLE, VERSION, Act, ActKind, Json, Subject

NOTHING = Subject("", "")


class Decision(StrEnum):
    """What was answered."""

    KEEP = "keep"
    """One act is true."""
    BOTH = "both"
    """All are."""
    NONE = "none"
    """None is."""
    SUPERVISOR = "supervisor"
    """Handed to a supervisor by name: the item stays open until that person answers."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, with who gave it, who agreed, and why."""

    act_id: str
    at: str
    desk: str
    agent: str
    decision: str
    kept: str | None
    reason: str
    approved_by: str

    @property
    def said(self) -> tuple[str, str | None]:
        """What two answers are compared by: their reasons may differ."""
        return self.decision, self.kept


@dataclass(frozen=True, slots=True)
class Settlement:
    """Every answer to one work item, in the order of acts, and what the item was."""

    id: str
    kind: str = ""
    subject: Subject = NOTHING
    acts: tuple[str, ...] = ()
    facts: Mapping[str, Json] | None = None
    answers: tuple[Answer, ...] = ()

    @property
    def settled(self) -> Answer | None:
        """The answer that stands: the earliest that is one."""
        return next((one for one in self.answers if one.decision != Decision.SUPERVISOR), None)

    @property
    def entrusted(self) -> Answer | None:
        """To whom the item was handed last, while nobody has settled it."""
        return self.answers[-1] if self.answers and self.settled is None else None

    @property
    def others(self) -> tuple[Answer, ...]:
        """Answers of desks that were apart, which say something else than the one that stands: without effect."""
        stands = self.settled
        told = (one for one in self.answers if one.decision != Decision.SUPERVISOR)
        return tuple(one for one in told if stands is not None and one.said != stands.said)


def apply(settlement: Settlement | None, act: Act) -> Settlement | None:
    """The settlement after one more act; one that this desk cannot read changes nothing."""
    if act.version > VERSION or act.kind != ActKind.WORK_ITEM_SETTLED:
        return settlement
    try:
        return _applied(settlement or Settlement(act.subject.id), act)
    except UNREADABLE:
        return settlement


def _applied(now: Settlement, act: Act) -> Settlement:
    details = act.details
    kept = details.get("kept")
    answer = Answer(
        act.act_id,
        act.at.isoformat(),
        act.author.desk,
        act.author.agent,
        Decision(str(details["decision"])).value,
        None if kept is None else str(kept),
        str(details["reason"]),
        str(details["approved_by"]),
    )
    told = _of_item(now, details) if not now.answers else now
    return replace(told, answers=(*now.answers, answer))


def _of_item(now: Settlement, details: Mapping[str, Json]) -> Settlement:
    subject, acts, facts = details["subject"], details["acts"], details.get("facts")
    if not (isinstance(subject, list) and len(subject) == 2 and isinstance(acts, list)):
        raise TypeError("a settlement tells what it is about")
    about = Subject(str(subject[0]), str(subject[1]))
    known = facts if isinstance(facts, dict) else None
    return replace(now, kind=str(details["kind"]), subject=about, acts=tuple(map(str, acts)), facts=known)


def to_json(settlement: Settlement) -> dict[str, Json]:
    """The whole state, as a projection keeps it."""
    answers: list[Json] = [{name: getattr(one, name) for name in _FIELDS} for one in settlement.answers]
    return {
        "kind": settlement.kind,
        "subject": [*settlement.subject],
        "acts": [*settlement.acts],
        "facts": dict(settlement.facts) if settlement.facts else None,
        "answers": answers,
    }


def from_json(item_id: str, state: Mapping[str, Json]) -> Settlement:
    """Read back what `to_json` wrote."""
    about = _of_item(Settlement(item_id), state)
    answers = state["answers"]
    assert isinstance(answers, list)
    return replace(about, answers=tuple(Answer(**one) for one in answers if isinstance(one, dict)))  # type: ignore[arg-type]


_FIELDS = tuple(Answer.__dataclass_fields__)
