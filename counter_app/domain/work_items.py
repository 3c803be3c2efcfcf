"""Work items: each contradiction between acts, for a person to settle. Facts are never turned away, they are shown.

A pure function of what acts fold to: every desk that holds the same acts finds the same items, under the same
identities. One item holds everything that contradicts of one kind about one subject, so that a pair lies in one item
only; when an act joins or leaves, the identity changes and so a new item opens (docs/decisions/work-items.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from enum import StrEnum
from hashlib import sha256

from counter_app.domain.acts import ActKind, Details, Json, Subject, SubjectType, canonical
from counter_app.domain.convocation import Convocation
from counter_app.domain.list_answers import Word
from counter_app.domain.listing import TERMINAL, ListedStatus
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import DEPARTURES, STOCK, SUMMONS, Mark, elsewhere
from counter_app.domain.settlement import Settlement
from counter_app.domain.told_apart import (
    custody_apart,
    holders_apart,
    hours_apart,
    phones_apart,
    taken_apart,
    undone_apart,
)
from counter_app.domain.unheeded import WARNINGS, unheeded
from counter_app.domain.verdict import Verdict
from counter_app.domain.visit import Visit, contradictory_calls


class WorkItemKind(StrEnum):
    """What contradicts."""

    DOUBLE_CHECK_IN = "double_check_in"
    DOUBLE_CALL = "double_call"
    DOUBLE_HANDOVER = "double_handover"
    DOUBLE_SUMMONS = "double_summons"
    DOUBLE_PHONE = "double_phone"
    DOUBLE_HOLDER = "double_holder"
    DOUBLE_CUSTODY = "double_custody"
    CUSTODY_OVERRIDDEN = "custody_overridden"
    IMPORT_CONFLICT = "import_conflict"
    STAMP_REUSED = "stamp_reused"
    TRACKING_REUSED = "tracking_reused"
    STATUS_AFTER_TERMINAL = "status_after_terminal"
    DUPLICATE_NUMBER = "duplicate_number"
    CLOCK_SKEW = "clock_skew"
    STREAM_FORKED = "stream_forked"
    SETTLED_DIFFERENTLY = "settled_differently"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One contradiction."""

    id: str
    kind: str
    subject: Subject
    acts: tuple[str, ...]
    """Acts that contradict each other, as far as the fold knows their identities, sorted."""
    at: str
    """When the newest of what contradicts was told: ISO 8601, UTC."""
    facts: Details = field(default_factory=dict)
    """What leads to the other acts: what lists say, papers of one number, the day of a stream, its branch."""


def make(
    kind: str,
    subject: Subject,
    acts: Iterable[str],
    moments: Iterable[datetime],
    facts: Details | None = None,
) -> WorkItem:
    """An item; its identity is that of what contradicts, the same at every desk."""
    told, known = tuple(sorted(acts)), facts or {}
    identity = sha256(canonical([kind, list(subject), list(told), known]).encode()).hexdigest()[:32]
    return WorkItem(identity, kind, subject, told, max(moments).astimezone(UTC).isoformat(), known)


def of_convocation(convocation: Convocation | None) -> tuple[WorkItem, ...]:
    """What contradicts about one person's appointment."""
    if convocation is None or not (convocation.arrivals or len(convocation.listings) > 1):
        return ()
    found = (_double_check_in(convocation), _listed_otherwise(convocation), _lists_disagree(convocation))
    return tuple(one for one in found if one)


def _double_check_in(convocation: Convocation) -> WorkItem | None:
    arrivals = convocation.contradicting
    if not arrivals:
        return None
    acts, moments = [one.act_id for one in arrivals], [one.moment for one in arrivals]
    return make(WorkItemKind.DOUBLE_CHECK_IN, _subject(convocation), acts, moments)


_NOT_COME = {*TERMINAL} - {ListedStatus.SERVED}
_KNOWN_THEN = {
    *(Verdict.CANCELLED, Verdict.CANCELLED_BY_OFFICE, Verdict.REPLACED, Verdict.MISSED),
    *(Verdict.CONFLICT_PENDING, Verdict.ALREADY_SERVED),
}
"""Verdicts under which the agent saw what the lists say: recording the arrival all the same contradicts nothing."""


def _listed_otherwise(convocation: Convocation) -> WorkItem | None:
    """A list ends the appointment of somebody who came, and whoever received them did not know."""
    arrivals = [one for one in convocation.standing_arrivals if one.verdict not in _KNOWN_THEN]
    ended = [one for one in convocation.believed if one.status in _NOT_COME]
    if not (arrivals and ended):
        return None
    told = [convocation.word_of(listing) for listing in ended]
    moments = [*(one.moment for one in arrivals), *(instant(one.exported_at) for one in told)]
    acts = [one.act_id for one in arrivals]
    return make(WorkItemKind.STATUS_AFTER_TERMINAL, _subject(convocation), acts, moments, _words(told))


def _lists_disagree(convocation: Convocation) -> WorkItem | None:
    if not convocation.sources_disagree:
        return None
    sides = {*TERMINAL, ListedStatus.EXPECTED}
    told = [convocation.word_of(one) for one in convocation.believed if one.status in sides]
    moments = (instant(one.exported_at) for one in told)
    return make(WorkItemKind.IMPORT_CONFLICT, _subject(convocation), (), moments, _words(told))


def instant(exported_at: str) -> datetime:
    """When a list was exported, as it says; 1970 when nobody can read what it says."""
    try:
        told = datetime.fromisoformat(exported_at)
    except ValueError:
        return _UNKNOWN
    if told.year in (MINYEAR, MAXYEAR):
        return _UNKNOWN
    return told if told.tzinfo else told.replace(tzinfo=UTC)


_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)


def _words(told: Iterable[Word]) -> Details:
    said: list[Json] = [one.to_json() for one in told]
    return {"listings": sorted(said, key=canonical)}


def _subject(convocation: Convocation) -> Subject:
    return Subject(SubjectType.CONVOCATION.value, convocation.id)


def of_permit(permit: Permit | None) -> tuple[WorkItem, ...]:
    """What contradicts about one card."""
    if permit is None or not permit.marks:
        return ()
    subject = Subject(SubjectType.PERMIT.value, permit.id)
    overridden = [mark for mark in permit.marks if mark.kind == ActKind.CUSTODY_OVERRIDDEN]
    found = [of_marks(WorkItemKind.CUSTODY_OVERRIDDEN, subject, [mark]) for mark in overridden]
    if permit.disputed:
        left = permit.departures or undone_apart(permit)
        sides = [*left, *(mark for mark in permit.standing if mark.kind == ActKind.HANDOVER_CONTESTED)]
        found.append(of_marks(WorkItemKind.DOUBLE_HANDOVER, subject, sides))
    if late := _after_departure(permit):
        found.append(of_marks(WorkItemKind.STATUS_AFTER_TERMINAL, subject, late))
    apart = (
        (WorkItemKind.DOUBLE_SUMMONS, hours_apart(permit)),
        (WorkItemKind.DOUBLE_PHONE, phones_apart(permit)),
        (WorkItemKind.DOUBLE_HOLDER, holders_apart(permit)),
        (WorkItemKind.DOUBLE_CUSTODY, custody_apart(permit)),
    )
    return (*found, *(of_marks(kind, subject, marks) for kind, marks in apart if marks))


_ABOUT_A_CARD_HERE = STOCK | SUMMONS | WARNINGS | {ActKind.SLOT_MISSED, ActKind.CUSTODY_TAKEN}


def _after_departure(permit: Permit) -> list[Mark]:
    """Departures, what other desks did later with a card that was no longer there, and what they had noted before of a
    card that was not to be given, or that they had taken, unknown to who handed it over."""
    if not permit.departures:
        return []
    marks, found = permit.standing, dict[str, Mark]()
    for place, mark in enumerate(marks):
        if mark.kind in DEPARTURES:
            later = (one for one in marks[place:] if one.kind in _ABOUT_A_CARD_HERE and elsewhere(one, mark))
            before = (*unheeded(marks, mark), *taken_apart(permit, mark))
            contradicting = {one.act_id: one for one in (*before, *later)}
            found |= {mark.act_id: mark, **contradicting} if contradicting else {}
    return list(found.values())


def of_marks(kind: str, subject: Subject, marks: Iterable[Mark]) -> WorkItem:
    told = list(marks)
    return make(kind, subject, [mark.act_id for mark in told], [mark.moment for mark in told])


def of_visit(visit: Visit | None) -> tuple[WorkItem, ...]:
    """Desks that were apart each called one person, and both cannot be."""
    calls = contradictory_calls(visit) if visit else ()
    if visit is None or not calls:
        return ()
    subject = Subject(SubjectType.VISIT.value, visit.id)
    return (of_marks(WorkItemKind.DOUBLE_CALL, subject, [call.called for call in calls]),)


def of_settlement(settlement: Settlement | None) -> tuple[WorkItem, ...]:
    """Two desks that were apart settled one item differently: the earliest answer stands, and somebody has to know."""
    if settlement is None or settlement.settled is None or not settlement.others:
        return ()
    told = (settlement.settled, *settlement.others)
    moments = [datetime.fromisoformat(one.at) for one in told]
    subject = Subject(SubjectType.WORK_ITEM.value, settlement.id)
    return (make(WorkItemKind.SETTLED_DIFFERENTLY, subject, [one.act_id for one in told], moments),)
