"""Taking back what was done in the waiting room: the last gesture about a person, with all that it carried."""

from counter_app.domain.acts import Act, ActKind, Details, Subject, SubjectType
from counter_app.domain.visit import Visit, identity
from counter_app.domain.visit_marks import MOVES, NOTES, OPENINGS, knowledge
from counter_app.store import visit_rows
from counter_app.usecases.answers import RecentGesture, Undone
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.visits import moved, opening_of

OF_VISITS = OPENINGS | MOVES | (NOTES - {ActKind.VISIT_UNDONE})
"""Gestures about somebody who waits."""
_PART_OF = ("with", "ended")
"""Details by which an act names the one whose gesture it is part of: a service that began as the person came, or as the
service before it ended."""


def is_own_line(act: Act) -> bool:
    """Whether an act about a visit is a gesture of its own: not part of another, nor of an arrival."""
    return not any(act.details.get(name) for name in (*_PART_OF, "convocation"))


def undo_of_visit(gesture: Gesture, chosen: RecentGesture, why: Details) -> Undone:
    """Take back one gesture about somebody who waits, unless something followed it."""
    visit = visit_rows.by_id(gesture.connection, chosen.subject_id)
    assert visit is not None, "a line names a visit of this file"
    acts = [mark.act_id for mark in visit.standing if chosen.act_id in (mark.act_id, *map(mark.text, _PART_OF))]
    if _followed(visit, frozenset(acts)):
        return Undone(False, chosen, "moved_since")
    subject = Subject(SubjectType.VISIT, visit.id)
    gesture.record(ActKind.VISIT_UNDONE, subject, {"acts": [*acts], **why})
    return Undone(True, chosen)


def _followed(visit: Visit, acts: frozenset[str]) -> bool:
    known = knowledge(visit.marks)
    opened = any(mark.act_id in acts and mark.kind in OPENINGS for mark in visit.standing)
    later = (mark for mark in visit.standing if mark.act_id not in acts and mark.kind in MOVES)
    return any(opened or known[mark.act_id] & acts for mark in later)


def close_visit(desk: Desk, gesture: Gesture, chosen: RecentGesture) -> bool:
    """Take back the visit that an arrival opened; False when somebody called the person since: the arrival stands."""
    day = chosen.at.astimezone(desk.rules.zone).date()
    found = opening_of(gesture.connection, identity(chosen.subject_id, day), chosen.act_id)
    if found is None:
        return True
    visit, opened = found
    if moved(visit) and len(visit.openings) == 1:
        return False
    gesture.record(ActKind.VISIT_UNDONE, Subject(SubjectType.VISIT, visit.id), {"acts": [opened]})
    return True
