"""Acts that settle a work item, and their effects: what it was about goes with the answer, so that it can be shown when
it is no more."""

from datetime import date

from counter_app.domain.acts import Act, ActKind, Json, Subject, SubjectType
from counter_app.domain.list_answers import ListsAnswer, Word
from counter_app.domain.permit_marks import DEPARTURES, SEEN
from counter_app.domain.settlement import Decision
from counter_app.domain.visit import identity
from counter_app.domain.work_items import WorkItem, WorkItemKind
from counter_app.store.work_item_facts import acts_by_id
from counter_app.usecases.answers import Override
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.visits import moved, opening_of


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


_SETTLED_BY: dict[str, ActKind] = {
    WorkItemKind.DOUBLE_SUMMONS: ActKind.SUMMONS_SETTLED,
    WorkItemKind.DOUBLE_PHONE: ActKind.SUMMONS_SETTLED,
    WorkItemKind.DOUBLE_HOLDER: ActKind.HOLDER_SETTLED,
    WorkItemKind.DOUBLE_CUSTODY: ActKind.CUSTODY_SETTLED,
}
"""What desks told apart: the sides that are not kept stand no more."""


def take_effect(desk: Desk, gesture: Gesture, item: WorkItem, kept: str | None, agreed: Override) -> None:
    """Record what an answer changes: `kept` is the act that is true, None when all are.

    Answers that change nothing for now are recorded too: of two desks that were apart, the earliest one stands.
    """
    match item.kind:
        case WorkItemKind.DOUBLE_CHECK_IN:
            acts: list[Json] = [*item.acts]
            gesture.record(ActKind.ARRIVALS_SETTLED, item.subject, {"acts": acts, "kept": kept, **_told(item, agreed)})
            _settle_openings(desk, gesture, item, kept)
        case WorkItemKind.IMPORT_CONFLICT | WorkItemKind.STATUS_AFTER_TERMINAL if "listings" in item.facts:
            _settle_lists(desk, gesture, item, kept, agreed)
        case WorkItemKind.STATUS_AFTER_TERMINAL:
            _settle_departure(gesture, item, kept, agreed)
        case _ if item.kind in _SETTLED_BY:
            lost: list[Json] = [one for one in item.acts if one != kept]
            about: dict[str, Json] = {"about": [*item.acts], "acts": lost, "kept": kept}
            gesture.record(_SETTLED_BY[item.kind], item.subject, {**about, **_told(item, agreed)})
        case _:
            pass


def _told(item: WorkItem, agreed: Override) -> dict[str, Json]:
    return {"item": item.id, "reason": agreed.reason, "approved_by": agreed.approved_by}


def _settle_lists(desk: Desk, gesture: Gesture, item: WorkItem, kept: str | None, agreed: Override) -> None:
    """The words of lists that are not kept count no more; where one is, arrivals that it contradicts do not either."""
    said = acts_by_id(gesture.connection, [kept] if kept else []).get(kept or "")
    word = Word.read(dict(said.details)) if said and said.kind == ActKind.CONVOCATION_LISTED else None
    words = item.facts["listings"]
    assert isinstance(words, list), "an item about lists tells what they say"
    answer = ListsAnswer(item.acts, tuple(sorted(map(Word.read, words))), word or kept)
    gesture.record(ActKind.LISTINGS_SETTLED, item.subject, {**answer.to_json(), **_told(item, agreed)})
    if word:
        _close_openings(desk, gesture, item)


def _close_openings(desk: Desk, gesture: Gesture, item: WorkItem) -> None:
    """Nobody is called for arrivals that do not stand, unless a desk called the person since."""
    for act in acts_by_id(gesture.connection, item.acts).values():
        found = opening_of(gesture.connection, identity(item.subject.id, _day(desk, act)), act.act_id)
        if found and not moved(found[0]):
            subject = Subject(SubjectType.VISIT, found[0].id)
            gesture.record(ActKind.VISIT_UNDONE, subject, {"acts": [found[1]]})


def _settle_departure(gesture: Gesture, item: WorkItem, kept: str | None, agreed: Override) -> None:
    """A departure that is kept leaves without effect what desks did later with the card; a desk that saw the card
    afterwards, the departures. Anything else (an hour, a hold) changes nothing to a departure."""
    acts = acts_by_id(gesture.connection, item.acts)
    word = acts[kept].kind if kept in acts else None
    gone = {act for act, one in acts.items() if one.kind in DEPARTURES}
    lost = set(acts) - gone if word in DEPARTURES else gone if word in SEEN else set()
    about: dict[str, Json] = {"about": [*item.acts], "acts": [*sorted(lost)], "kept": kept}
    gesture.record(ActKind.DEPARTURE_SETTLED, item.subject, {**about, **_told(item, agreed)})


def _day(desk: Desk, act: Act) -> date:
    return act.at.astimezone(desk.rules.zone).date()


def _settle_openings(desk: Desk, gesture: Gesture, item: WorkItem, kept: str | None) -> None:
    """Of somebody who waits with the tickets of two arrivals, that of the arrival kept is the one that is called."""
    arrivals = acts_by_id(gesture.connection, item.acts)
    if kept not in arrivals:
        return
    passage = identity(item.subject.id, _day(desk, arrivals[kept]))
    openings = {act: opening_of(gesture.connection, passage, act) for act in arrivals}
    found = {act: opening for act, opening in openings.items() if opening}
    if kept not in found or len(found) < 2:
        return
    visit, stays = found[kept]
    lost: list[Json] = [opened for act, (_visit, opened) in found.items() if act != kept]
    gesture.record(ActKind.VISIT_UNDONE, Subject(SubjectType.VISIT, visit.id), {"acts": lost, "kept": stays})
