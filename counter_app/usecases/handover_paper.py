"""The receipt of a handover: which facts of the journal go on its two copies."""

from datetime import date, datetime
from itertools import takewhile

from counter_app.domain.acts import ActKind, Subject, SubjectType
from counter_app.domain.handover_record import record_in
from counter_app.domain.permit import Permit
from counter_app.domain.permit_fold import fold
from counter_app.domain.permit_marks import Mark
from counter_app.store import journal
from counter_app.store.connection import Connection
from counter_app.store.permit_rows import code_of
from counter_app.usecases.answers import IssuedReceipt
from counter_app.usecases.desk import Desk
from counter_app.usecases.papers import languages, of_receipt

_AFTERWARDS = frozenset({ActKind.PERMIT_HANDED_OVER, ActKind.HANDOVER_CONTESTED})
"""What takes the card off its place: without them, it is where it was taken from."""


def handover_page(desk: Desk, receipt: IssuedReceipt, permit: Permit, handed: Permit, printed_at: datetime) -> bytes:
    """Both copies of the receipt of one handover, as PDF, on the paper that the desk chose.

    `handed` is the permit as it was handed over: a list received since changes nothing of what a DUPLICATA says.
    """
    from counter_app.documents.facts import HandoverFacts
    from counter_app.documents.handover_receipt import handover_receipt

    mark = handover_mark(permit, receipt.arrival)
    place, until = handed.place, handed.best("valid_to")
    facts = HandoverFacts(
        **of_receipt(desk, receipt, printed_at),
        name=handed.name,
        birth_date=handed.best("birth_date") or "",
        foreign_number=handed.foreign_number or handed.best("number_as_read") or "",
        kind=handed.best("kind") or "",
        card_number=handed.card_number,
        valid_to=date.fromisoformat(until) if until else None,
        handed_at=(mark.moment if mark else receipt.issued_at).astimezone(desk.rules.zone),
        agent=receipt.agent,
        record=record_in(mark),
        sleeve=code_of(permit),
        tray=place.tray if place else "",
        rank=place.rank or "" if place else "",
        document_numbers=desk.document_numbers,
        contested=permit.disputed and not receipt.undone,
        undoing=_undoing(desk, permit, receipt.arrival),
    )
    return handover_receipt(facts, languages(desk), desk.handover_paper)


def handover_mark(permit: Permit, act_id: str) -> Mark | None:
    """One handover of the permit, standing or taken back."""
    return next((one for one in permit.marks if one.act_id == act_id and one.kind == ActKind.PERMIT_HANDED_OVER), None)


def as_handed_over(connection: Connection, permit: Permit, act_id: str) -> Permit:
    """The permit as the acts before that handover tell it, still in the tray it was taken from.

    As it is now, when a recovery lost what came before.
    """
    acts = journal.acts_of(connection, Subject(SubjectType.PERMIT, permit.id))
    earlier = list(takewhile(lambda act: act.act_id != act_id, acts))
    then = fold(act for act in earlier if act.kind not in _AFTERWARDS)
    return then if then and then.listings else permit


def _undoing(desk: Desk, permit: Permit, act_id: str) -> tuple[str, ...]:
    """When, by whom and why a handover was taken back, a sentence each; nothing while it stands."""
    from counter_app.documents.paper_texts import FRENCH, day_words, hour_words, label

    undo = next((mark for mark in permit.marks if _takes_back(mark, act_id)), None)
    if undo is None or any(mark.act_id == act_id for mark in permit.standing):
        return ()
    at = undo.moment.astimezone(desk.rules.zone)
    day, hour = day_words(FRENCH, at.date()), hour_words(FRENCH, at)
    reason, name = undo.text("reason"), undo.text("approved_by")
    told = [label("handover_undone", day=day, hour=hour, agent=undo.agent, desk=undo.desk)]
    told += [label("handover_undone_why", reason=reason)] if reason else []
    told += [label("handover_undone_agreed", name=name)] if name else []
    return tuple(told)


_TAKING_BACK = (ActKind.HANDOVER_UNDONE, ActKind.DISPUTE_SETTLED, ActKind.DEPARTURE_SETTLED)


def _takes_back(mark: Mark, act_id: str) -> bool:
    named = mark.details.get("acts") if mark.kind in _TAKING_BACK else None
    return isinstance(named, list) and act_id in named
