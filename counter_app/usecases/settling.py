"""The act that settles a work item: what it was about goes with it, so that it can be shown when it is no more."""

from counter_app.domain.acts import Act, ActKind, Json, Subject, SubjectType
from counter_app.domain.settlement import Decision
from counter_app.domain.work_items import WorkItem
from counter_app.usecases.answers import Override
from counter_app.usecases.desk import Gesture


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
