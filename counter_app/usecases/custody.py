"""Custody of permits: one side offers, the other takes; a supervisor may override, with a reason that stays."""

from collections.abc import Sequence
from dataclasses import replace

from counter_app.domain.acts import ActKind, Details
from counter_app.domain.custody import SAFE, same_desk
from counter_app.domain.permit import Permit
from counter_app.store import permit_rows
from counter_app.usecases.agreement import agrees_with_self
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.find_permit import sought
from counter_app.usecases.freshness import known_desks
from counter_app.usecases.stock import act_on, not_in_stock, recorded, together_of
from counter_app.usecases.stock_answers import StockAnswer, StockRefusal


def elsewhere(desk: Desk, permit: Permit) -> StockRefusal | None:
    """Why this desk may not let the card go: another desk, or the safe, holds it, or desks that were apart both do."""
    if permit.custody.contested:
        return StockRefusal.CUSTODY_CONTESTED
    return None if permit.custody.held_by(desk.name, desk.stream) else StockRefusal.CUSTODY_ELSEWHERE


def offer(desk: Desk, raws: Sequence[str], to: str) -> list[StockAnswer]:
    """Offer permits to another desk, or to the safe (`safe`): nothing moves until they are taken.

    A permit in the safe is offered by the desk that has the key.
    """
    with desk.gesture() as gesture:
        together = together_of(gesture, raws)
        return [_offered(desk, gesture, raw, " ".join(to.split()), together) for raw in raws]


def _offered(desk: Desk, gesture: Gesture, raw: str, to: str, together: Details) -> StockAnswer:
    answer = sought(gesture.connection, raw)
    if answer.permit is None:
        return answer
    custody = answer.permit.custody
    refusal = not_in_stock(answer.permit)
    if refusal is None and not to:
        refusal = StockRefusal.DESK_MISSING
    if refusal is None and not custody.held_by(SAFE):
        refusal = elsewhere(desk, answer.permit)
    if refusal is None and (custody.held_by(to) or custody.offered_to(to)):
        refusal = StockRefusal.ALREADY_SO
    if refusal is StockRefusal.ALREADY_SO and custody.offers and not custody.offered_to(to):
        return replace(answer, refusal=StockRefusal.OFFER_STANDS, about=custody.offers[-1].to)
    known = known_desks(desk, gesture.connection)
    heard = any(same_desk(to, one) for one in (SAFE, desk.name, *known))
    if refusal is None and known and not heard:
        return replace(answer, refusal=StockRefusal.UNKNOWN_DESK, about=", ".join(known))
    if refusal:
        return replace(answer, refusal=refusal)
    done = recorded(gesture, answer, ActKind.CUSTODY_OFFERED, {"from": custody.holder, "to": to, **together})
    return done if heard else replace(done, unheard=to)


def take(desk: Desk, raws: Sequence[str] = (), *, into_safe: bool = False) -> list[StockAnswer]:
    """Take permits offered to this desk (or to the safe, by whoever puts them in): those named, else all of them."""
    holder = SAFE if into_safe else desk.name
    with desk.gesture() as gesture:
        if not raws:
            raws = [permit.id for permit in permit_rows.offered_to(gesture.connection, holder)]
        together = together_of(gesture, raws)
        return [_taken(gesture, raw, holder, together) for raw in raws]


def _taken(gesture: Gesture, raw: str, holder: str, together: Details) -> StockAnswer:
    answer = sought(gesture.connection, raw)
    if answer.permit is None:
        return answer
    offered = answer.permit.custody.offered_to(holder)
    refusal = not_in_stock(answer.permit) or (None if offered else StockRefusal.NOT_OFFERED)
    if refusal or offered is None:
        return replace(answer, refusal=refusal)
    return recorded(gesture, answer, ActKind.CUSTODY_TAKEN, {"offer": offered.act_id, "to": offered.to, **together})


def override(desk: Desk, raw: str, reason: str, approved_by: str) -> StockAnswer:
    """Take custody without an offer: the card is in hand here, a supervisor agreed, the reason is kept for ever."""
    if not reason.strip():
        return StockAnswer(StockRefusal.REASON_MISSING, raw)
    if not approved_by.strip():
        return StockAnswer(StockRefusal.APPROVAL_MISSING, raw)
    if agrees_with_self(desk, approved_by):
        return StockAnswer(StockRefusal.OWN_AGREEMENT, raw)
    details = {"to": desk.name, "reason": reason.strip(), "approved_by": approved_by.strip()}

    def guard(permit: Permit) -> StockRefusal | None:
        return StockRefusal.ALREADY_SO if permit.custody.held_by(desk.name) else None

    return act_on(
        desk, raw, ActKind.CUSTODY_OVERRIDDEN, lambda permit: {**details, "from": permit.custody.holder}, guard
    )


def offered(desk: Desk) -> list[Permit]:
    """Permits that wait for this desk to take them."""
    with desk.looking() as connection:
        return permit_rows.offered_to(connection, desk.name)
