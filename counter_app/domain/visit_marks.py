"""Marks of a visit: what desks did about one person's passage, and which of them knew of which.

Every mark names in `after` the newest marks that its desk knew of. Marks that did not know of each other were made by
desks apart: nothing is guessed from their hours, both are kept and shown (see `visit_story`).
"""

from collections.abc import Sequence
from datetime import date

from counter_app.domain.acts import Act, ActKind, Json
from counter_app.domain.instants import read_instant
from counter_app.domain.permit_marks import Mark, without_effect

OPENINGS = frozenset({ActKind.VISIT_OPENED})
CALLS = frozenset({ActKind.VISIT_CALLED})
NOTES = frozenset({ActKind.VISIT_PRIORITISED, ActKind.VISIT_UNDONE})
"""What says something of a visit without moving it."""

MOVES = frozenset(
    {
        *(ActKind.VISIT_CALLED, ActKind.VISIT_RECALLED, ActKind.VISIT_PRESENT, ActKind.VISIT_ABSENT),
        *(ActKind.VISIT_PARKED, ActKind.VISIT_UNPARKED, ActKind.VISIT_TRANSFERRED),
        *(ActKind.SERVICE_BEGUN, ActKind.SERVICE_FINISHED, ActKind.VISIT_LEFT),
    }
)
"""What moves somebody who has arrived."""

KEPT = OPENINGS | MOVES | NOTES
"""Kinds of acts that leave a mark on a visit."""

_NEEDED = {
    ActKind.VISIT_OPENED: ("service", "number"),
    ActKind.SERVICE_BEGUN: ("service",),
    ActKind.SERVICE_FINISHED: ("outcome",),
}


def check(act: Act) -> None:
    """Raise one of `UNREADABLE` when a mark of these details would say nothing."""
    kind = ActKind(act.kind)
    if not all(isinstance(act.details[name], str) for name in _NEEDED.get(kind, ())):
        raise TypeError("a detail that this kind needs is missing")
    if kind is ActKind.SERVICE_FINISHED and not act.details["outcome"]:
        raise ValueError("a service ends with an outcome")
    if kind is ActKind.VISIT_OPENED:
        _check_opening(act)
    if kind is ActKind.VISIT_UNDONE and not isinstance(act.details["acts"], list):
        raise TypeError("an act that takes back names acts")
    if kind not in NOTES and not isinstance(act.details["after"], list):
        raise TypeError("a move names what its desk knew of")


def _check_opening(act: Act) -> None:
    date.fromisoformat(str(act.details["day"]))
    slot = act.details.get("slot")
    if slot is not None:
        read_instant(str(slot))


def standing(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Marks that no other takes back, in their order. What is taken back twice stays so."""
    undoing = [mark for mark in marks if mark.kind == ActKind.VISIT_UNDONE]
    settling = [mark for mark in undoing if mark.text("kept")]
    plain = [mark for mark in undoing if not mark.text("kept")]
    gone = _denied(settling, marks).union(*(_names(mark, "acts") for mark in plain))
    return tuple(mark for mark in marks if mark.act_id not in gone and mark.kind != ActKind.VISIT_UNDONE)


def _denied(settling: Sequence[Mark], marks: Sequence[Mark]) -> set[str]:
    """Marks that answers of supervisors (those that name what they keep) take back."""
    idle = without_effect(settling)
    answers = [mark for mark in settling if mark.act_id not in idle]
    denied = {name for mark in answers for name in _names(mark, "acts")}
    if answers and denied.issuperset(mark.act_id for mark in marks if mark.kind in OPENINGS):
        # Supervisors apart answered in a ring: whoever came waits, as the earliest answer says.
        denied -= {str(answers[0].text("kept"))}
    return denied


def moves_of(marks: Sequence[Mark]) -> list[Mark]:
    """Standing marks that move the person; one who comes again, after the passage had ended, waits again."""
    return [mark for mark in standing(marks) if mark.kind in MOVES or (mark.kind in OPENINGS and mark.details["after"])]


def knowledge(marks: Sequence[Mark]) -> dict[str, frozenset[str]]:
    """For each mark, all those its desk knew of, itself included. A mark known through one that was taken back is
    known; one that has not come yet is not."""
    known: dict[str, frozenset[str]] = {}
    for mark in marks:
        before = (known.get(name, frozenset()) for name in _names(mark, "after"))
        known[mark.act_id] = frozenset({mark.act_id}).union(*before)
    return known


def _names(mark: Mark, detail: str) -> tuple[str, ...]:
    named: Json = mark.details.get(detail)
    return tuple(map(str, named)) if isinstance(named, list) else ()
