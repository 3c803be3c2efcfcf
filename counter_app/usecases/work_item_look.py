"""Work items as they are shown: the acts on both sides, whom they are about, what may be answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from counter_app.domain.acts import Act, ActKind, Subject, SubjectType
from counter_app.domain.other_items import LETTER, STREAM, skew
from counter_app.domain.permit_marks import DEPARTURES, UNDOES
from counter_app.domain.settlement import Decision, Settlement
from counter_app.domain.told_apart import hours_told
from counter_app.domain.work_items import WorkItem, WorkItemKind
from counter_app.store import convocation_rows, permit_rows, receipt_rows, visit_rows, work_item_rows
from counter_app.store.connection import Connection
from counter_app.store.work_item_facts import acts_behind, acts_by_id, numbers_behind
from counter_app.usecases.conflict_answers import CardNow, Conflict, Fact
from counter_app.usecases.desk import Desk

_SIDES = (
    *(WorkItemKind.DOUBLE_CHECK_IN, WorkItemKind.DOUBLE_HANDOVER, WorkItemKind.CUSTODY_OVERRIDDEN),
    *(WorkItemKind.IMPORT_CONFLICT, WorkItemKind.STATUS_AFTER_TERMINAL, WorkItemKind.STAMP_REUSED),
    *(WorkItemKind.DOUBLE_CALL, WorkItemKind.DOUBLE_SUMMONS, WorkItemKind.DOUBLE_PHONE, WorkItemKind.TRACKING_REUSED),
    *(WorkItemKind.DOUBLE_HOLDER, WorkItemKind.DOUBLE_CUSTODY),
)
"""Kinds of which one side may be kept."""
_ALL_TRUE = (
    *(WorkItemKind.DOUBLE_CHECK_IN, WorkItemKind.IMPORT_CONFLICT, WorkItemKind.STATUS_AFTER_TERMINAL),
    *(WorkItemKind.DUPLICATE_NUMBER, WorkItemKind.CLOCK_SKEW, WorkItemKind.STREAM_FORKED),
    WorkItemKind.DOUBLE_CALL,
)
"""Kinds of which all sides may be true; a card leaves once, a stamp is spent once."""


def shown(
    desk: Desk, connection: Connection, items: Sequence[WorkItem], answered: dict[str, Settlement]
) -> list[Conflict]:
    """These items with what was answered to them, the oldest first."""
    named = acts_by_id(connection, (act_id for one in items for act_id in one.acts))
    found = [_conflict(desk, connection, one, _acts(connection, one, named), answered.get(one.id)) for one in items]
    return sorted(found, key=lambda one: (one.opened_at, one.id))


def _acts(connection: Connection, item: WorkItem, named: dict[str, Act]) -> list[Act]:
    mine = [named[act_id] for act_id in item.acts if act_id in named]
    return [*sorted(mine, key=lambda act: act.order), *acts_behind(connection, item)]


def _conflict(
    desk: Desk, connection: Connection, item: WorkItem, acts: Sequence[Act], settlement: Settlement | None
) -> Conflict:
    facts = tuple(_fact(desk, connection, item, act) for act in acts)
    latest = max((fact.at for fact in facts), default=datetime.fromisoformat(item.at))
    return Conflict(
        id=item.id,
        kind=str(item.kind),
        subject=item.subject,
        name=_name(connection, item, facts),
        facts=facts,
        choices=_choices(item, acts),
        opened_at=latest.astimezone(desk.rules.zone),
        today=desk.now().astimezone(desk.rules.zone).date(),
        settlement=settlement,
        papers=len(numbers_behind(connection, item)) if item.kind == WorkItemKind.DUPLICATE_NUMBER else 0,
        card=_card(desk, connection, item.subject) if item.subject.type == SubjectType.PERMIT else None,
    )


def _card(desk: Desk, connection: Connection, subject: Subject) -> CardNow | None:
    found = permit_rows.by_id(connection, subject.id)
    if found is None:
        return None
    left = [mark.moment.astimezone(desk.rules.zone) for mark in found.departures]
    return CardNow(found.custody.holder, found.state.value, max(left, default=None), hours_told(found))


def _choices(item: WorkItem, acts: Sequence[Act]) -> tuple[str, ...]:
    sides = _sides(item, acts) if item.kind in _SIDES else []
    if item.kind == WorkItemKind.SETTLED_DIFFERENTLY:
        sides = [act.act_id for act in acts[:1]]
    words = [Decision.BOTH] if item.kind in _ALL_TRUE else []
    contested = any(act.kind == ActKind.HANDOVER_CONTESTED for act in acts)
    alone = item.kind == WorkItemKind.DOUBLE_CUSTODY and len(sides) == 1
    if alone or (item.kind == WorkItemKind.DOUBLE_HANDOVER and not contested):
        words = [Decision.NONE]
    return (*sides, *(word.value for word in words), Decision.SUPERVISOR.value)


def _sides(item: WorkItem, acts: Sequence[Act]) -> list[str]:
    """A departure that its own desk took back, and that another contests, is kept by nobody."""
    undone = item.kind == WorkItemKind.DOUBLE_HANDOVER and any(act.kind in UNDOES for act in acts)
    return [act.act_id for act in acts if not (undone and act.kind in DEPARTURES)]


def _fact(desk: Desk, connection: Connection, item: WorkItem, act: Act) -> Fact:
    wrong = skew(act.at, act.clock) if item.kind == WorkItemKind.CLOCK_SKEW else timedelta()
    return Fact(
        act_id=act.act_id,
        kind=act.kind,
        desk=act.author.desk,
        agent=act.author.agent,
        at=act.at.astimezone(desk.rules.zone),
        name=_named(connection, act),
        ticket=_ticket(connection, act),
        minutes=round(wrong.total_seconds() / 60),
        details=act.details,
    )


def _ticket(connection: Connection, act: Act) -> str:
    if act.kind == ActKind.RECEIPT_ISSUED:
        return str(act.details.get("ticket") or "")
    if act.kind != ActKind.CHECKED_IN:
        return ""
    papers = receipt_rows.of_convocation(connection, act.subject.id)
    return next((one.ticket for one in papers if one.arrival == act.act_id and one.ticket), "")


def _named(connection: Connection, act: Act) -> str:
    """Whom an act is about; of a card received in hand, whom that desk read on it."""
    if act.kind == ActKind.PERMIT_RECEIVED:
        return str(act.details.get("name") or "")
    if act.subject.type == SubjectType.RECEIPT:
        about = str(act.details.get("convocation") or "")
        return _person(connection, about) or _holder(connection, about)
    if act.subject.type == SubjectType.PERMIT:
        return _holder(connection, act.subject.id)
    if act.subject.type == SubjectType.VISIT:
        return _visitor(connection, act.subject.id)
    return _person(connection, act.subject.id) if act.subject.type == SubjectType.CONVOCATION else ""


def _about(connection: Connection, subject: Subject) -> str:
    told = (_person, _holder, _visitor)
    return next((name for tell in told if (name := tell(connection, subject.id))), "")


def _person(connection: Connection, convocation_id: str) -> str:
    found = convocation_rows.by_id(connection, convocation_id)
    return found.name if found and found.listings else ""


def _visitor(connection: Connection, visit_id: str) -> str:
    """The name of somebody who waits; of who came without an appointment, the waiting number."""
    found = visit_rows.by_id(connection, visit_id)
    if found is None:
        return ""
    return _person(connection, found.convocation or "") or found.number


def _holder(connection: Connection, permit_id: str) -> str:
    found = permit_rows.by_id(connection, permit_id)
    return found.name if found else ""


def _name(connection: Connection, item: WorkItem, facts: Sequence[Fact]) -> str:
    match item.subject.type:
        case SubjectType.WORK_ITEM:
            was = work_item_rows.settlements(connection, [item.subject.id]).get(item.subject.id)
            return _about(connection, was.subject) if was else ""
        case _ if item.subject.type == LETTER:
            return str(item.facts.get("letter") or "")
        case _ if item.subject.type == STREAM:
            return facts[-1].desk if facts else item.subject.id
        case _:
            return " / ".join(dict.fromkeys(fact.name for fact in facts if fact.name))
