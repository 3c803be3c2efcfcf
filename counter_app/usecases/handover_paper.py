"""The receipt of a handover: which facts of the journal go on its two copies."""

from dataclasses import replace
from datetime import date, datetime

from counter_app.domain.acts import ActKind
from counter_app.domain.handover_record import record_in
from counter_app.domain.permit import Permit, Place
from counter_app.domain.permit_marks import Mark
from counter_app.store.permit_rows import code_of
from counter_app.usecases.answers import IssuedReceipt
from counter_app.usecases.desk import Desk
from counter_app.usecases.papers import languages, of_receipt

_AFTERWARDS = frozenset({ActKind.PERMIT_HANDED_OVER, ActKind.HANDOVER_CONTESTED})
"""Marks that take the card off its place: without them, it is where it was taken from."""


def handover_page(desk: Desk, receipt: IssuedReceipt, permit: Permit, printed_at: datetime) -> bytes:
    """Both copies of the receipt of one handover, as PDF, on the paper that the desk chose."""
    from counter_app.documents.facts import HandoverFacts
    from counter_app.documents.handover_receipt import handover_receipt

    mark = handover_mark(permit, receipt.arrival)
    place, until = place_before(permit, receipt.arrival), permit.best("valid_to")
    facts = HandoverFacts(
        **of_receipt(desk, receipt, printed_at),
        name=permit.name,
        birth_date=permit.best("birth_date") or "",
        foreign_number=permit.foreign_number or permit.best("number_as_read") or "",
        kind=permit.best("kind") or "",
        card_number=permit.card_number,
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


def place_before(permit: Permit, act_id: str) -> Place | None:
    """Where the card lay when it was handed over: the tray and the rank it was taken from."""
    ids = [mark.act_id for mark in permit.marks]
    earlier = permit.marks[: ids.index(act_id)] if act_id in ids else permit.marks
    return replace(permit, marks=tuple(mark for mark in earlier if mark.kind not in _AFTERWARDS)).place


def _undoing(desk: Desk, permit: Permit, act_id: str) -> tuple[str, ...]:
    """When, by whom and why a handover was taken back, a sentence each; nothing while it stands."""
    from counter_app.documents.paper_texts import FRENCH, day_words, hour_words, label

    undo = next((mark for mark in permit.marks if _takes_back(mark, act_id)), None)
    if undo is None:
        return ()
    at = undo.moment.astimezone(desk.rules.zone)
    day, hour = day_words(FRENCH, at.date()), hour_words(FRENCH, at)
    reason, name = undo.text("reason"), undo.text("approved_by")
    told = [label("handover_undone", day=day, hour=hour, agent=undo.agent, desk=undo.desk)]
    told += [label("handover_undone_why", reason=reason)] if reason else []
    told += [label("handover_undone_agreed", name=name)] if name else []
    return tuple(told)


def _takes_back(mark: Mark, act_id: str) -> bool:
    named = mark.details.get("acts") if mark.kind in (ActKind.HANDOVER_UNDONE, ActKind.DISPUTE_SETTLED) else None
    return isinstance(named, list) and act_id in named
