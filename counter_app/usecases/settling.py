"""Acts that settle a work item: what it was about goes with it, so that it can be shown when it is no more."""

from counter_app.domain.acts import Act, ActKind, Json, Subject, SubjectType
from counter_app.domain.settlement import Decision
from counter_app.domain.visit import identity
from counter_app.domain.work_items import WorkItem
from counter_app.store.work_item_facts import acts_by_id
from counter_app.usecases.answers import Override
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.visits import opening_of


def note_settled(gesture: Gesture, item: WorkItem, decision: Decision, kept: str | None, agreed: Override) -> Act:
    """Record an answer to a work item."""
    about: list[Json] = [str(item.subject.type), item.subject.id]
    details: dict[str, Json] = {
        "kind": str(item.kind),
        "subject": about,
        "acts": [*item.acts],
        "facts": dict(item.facts),
        "decision": decision.value,
        "kept": kept,
        "reason": agreed.reason.strip(),
        "approved_by": (agreed.approved_by or "").strip(),
    }
    return gesture.record(ActKind.WORK_ITEM_SETTLED, Subject(SubjectType.WORK_ITEM, item.id), details)


def settle_openings(desk: Desk, gesture: Gesture, item: WorkItem, kept: str | None) -> None:
    """Of somebody who waits with the tickets of two arrivals, that of the arrival kept is the one that is called."""
    arrivals = acts_by_id(gesture.connection, item.acts)
    if kept not in arrivals:
        return
    day = arrivals[kept].at.astimezone(desk.rules.zone).date()
    openings = {act: opening_of(gesture.connection, identity(item.subject.id, day), act) for act in arrivals}
    found = {act: opening for act, opening in openings.items() if opening}
    if kept not in found or len(found) < 2:
        return
    visit, stays = found[kept]
    lost: list[Json] = [opened for act, (_visit, opened) in found.items() if act != kept]
    gesture.record(ActKind.VISIT_UNDONE, Subject(SubjectType.VISIT, visit.id), {"acts": lost, "kept": stays})
