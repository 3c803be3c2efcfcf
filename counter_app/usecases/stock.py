"""Gestures of the stock: shelve, look for, find, hold, note a fault. Each is one act on one permit."""

from collections.abc import Callable, Sized
from dataclasses import replace

from counter_app.domain.acts import ActKind, Details, Json, Subject, SubjectType
from counter_app.domain.permit import Permit, PermitState
from counter_app.domain.permit_fold import apply
from counter_app.domain.permit_listing import LONGEST_TRAY, is_rank, plain_tray
from counter_app.domain.permit_marks import REMOVALS
from counter_app.store import permit_rows
from counter_app.store.journal import new_act_id
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.find_permit import sought
from counter_app.usecases.stock_answers import Aged, Ageing, StockAnswer, StockRefusal

Guard = Callable[[Permit], StockRefusal | None]


def shelve(desk: Desk, raw: str, tray: str, rank: str | None = None) -> StockAnswer:
    """Put a permit in a tray, or move it to another: the sleeve is scanned, then the tray."""
    if refusal := place_refusal(tray, rank):
        return StockAnswer(refusal, raw)
    wanted, at_rank = plain_tray(tray), plain_tray(rank or "") or None
    details: dict[str, Json] = {"tray": wanted, "rank": at_rank}

    def guard(permit: Permit) -> StockRefusal | None:
        return StockRefusal.ALREADY_SO if _stands_at(permit, wanted, at_rank) else None

    return act_on(desk, raw, ActKind.PERMIT_SHELVED, lambda _permit: details, guard)


def _stands_at(permit: Permit, tray: str, rank: str | None) -> bool:
    """Whether a desk put the card in this very tray, at this rank when one is told."""
    place = permit.place
    if permit.whereabouts is not PermitState.SHELVED or place is None or not place.scanned:
        return False
    return place.tray == tray and (rank is None or place.rank == rank)


def place_refusal(tray: str | None, rank: str | None = None) -> StockRefusal | None:
    """Why nothing can be put there: a tray is named in `LONGEST_TRAY` signs, a rank in it is a whole number."""
    wanted, told = plain_tray(tray or ""), plain_tray(rank or "")
    if not wanted and (told or tray is not None):
        return StockRefusal.TRAY_MISSING
    if len(wanted) > LONGEST_TRAY:
        return StockRefusal.TRAY_TOO_LONG
    return StockRefusal.RANK_UNREADABLE if told and not is_rank(told) else None


def to_locate(desk: Desk, raw: str) -> StockAnswer:
    """Note that a permit is not where it should be."""

    def guard(permit: Permit) -> StockRefusal | None:
        return StockRefusal.ALREADY_SO if permit.whereabouts is PermitState.TO_LOCATE else None

    return act_on(desk, raw, ActKind.PERMIT_TO_LOCATE, lambda _permit: {}, guard)


def found(desk: Desk, raw: str, tray: str | None = None, rank: str | None = None) -> StockAnswer:
    """Note that a permit was found; in a tray when one is told, else in hand, to be shelved."""
    if refusal := place_refusal(tray or None, rank):
        return StockAnswer(refusal, raw)
    wanted, at_rank = plain_tray(tray or "") or None, plain_tray(rank or "") or None
    details: dict[str, Json] = {"tray": wanted, "rank": at_rank}

    def guard(permit: Permit) -> StockRefusal | None:
        in_hand = permit.whereabouts is PermitState.RECEIVED
        same = _stands_at(permit, wanted, at_rank) if wanted else in_hand
        return StockRefusal.ALREADY_SO if same else None

    return act_on(desk, raw, ActKind.PERMIT_FOUND, lambda _permit: details, guard)


def hold(desk: Desk, raw: str, reason: str) -> StockAnswer:
    """The service blocks this handover, with a reason."""
    if not reason.strip():
        return StockAnswer(StockRefusal.REASON_MISSING, raw)

    def guard(permit: Permit) -> StockRefusal | None:
        return StockRefusal.ALREADY_SO if permit.hold == reason.strip() else None

    return act_on(desk, raw, ActKind.PERMIT_HELD, lambda _permit: {"reason": reason.strip()}, guard)


def release(desk: Desk, raw: str, reason: str = "") -> StockAnswer:
    """Lift every hold that this desk knows; one made elsewhere meanwhile stays."""

    def guard(permit: Permit) -> StockRefusal | None:
        return StockRefusal.NOT_ON_HOLD if permit.hold is None else None

    def details(permit: Permit) -> Details:
        return {"acts": _acts(permit, ActKind.PERMIT_HELD), "reason": reason.strip() or None}

    return act_on(desk, raw, ActKind.PERMIT_RELEASED, details, guard)


def faulty(desk: Desk, raw: str, field: str) -> StockAnswer:
    """A field of the card is wrong: it goes back to production, never to its holder."""
    if not field.strip():
        return StockAnswer(StockRefusal.FIELD_MISSING, raw)

    def guard(permit: Permit) -> StockRefusal | None:
        return StockRefusal.ALREADY_SO if permit.fault == field.strip() else None

    return act_on(desk, raw, ActKind.PERMIT_FAULTY, lambda _permit: {"field": field.strip()}, guard)


def to_send_back(desk: Desk, raw: str, reason: str) -> StockAnswer:
    """Put a permit among those that the next bordereau sends back."""
    if not reason.strip():
        return StockAnswer(StockRefusal.REASON_MISSING, raw)

    def guard(permit: Permit) -> StockRefusal | None:
        return StockRefusal.ALREADY_SO if permit.state is PermitState.TO_SEND_BACK else None

    return act_on(desk, raw, ActKind.PERMIT_TO_SEND_BACK, lambda _permit: {"reason": reason.strip()}, guard)


def back_in_stock(desk: Desk, raw: str, reason: str) -> StockAnswer:
    """A permit that had been sent back, posted or written off is here again: received anew, held by this desk."""
    if not reason.strip():
        return StockAnswer(StockRefusal.REASON_MISSING, raw)

    def guard(permit: Permit) -> StockRefusal | None:
        return None if _acts(permit, *REMOVALS) else StockRefusal.NOT_REMOVED

    def details(permit: Permit) -> Details:
        return {"acts": _acts(permit, *REMOVALS), "reason": reason.strip()}

    return act_on(desk, raw, ActKind.PERMIT_BACK_IN_STOCK, details, guard, anywhere=True)


def stock(desk: Desk, state: PermitState | None = None) -> list[Permit]:
    """Every permit ever received, or those of a state, by tray and rank."""
    with desk.looking() as connection:
        return permit_rows.every(connection, state.value if state else None)


def ageing(desk: Desk, delay: int | None = None) -> Ageing:
    """Permits in the stock by age; old ones by the delay given, else the site's, else none."""
    today = desk.now().date()
    limit = desk.rules.handover_rules.limits_on(today).ageing_days if delay is None else delay
    with desk.looking() as connection:
        permits = permit_rows.in_stock(connection)
    aged = [(permit, permit.age_on(today)) for permit in permits]
    aged.sort(key=lambda pair: -1 if pair[1] is None else pair[1], reverse=True)
    told = (Aged(one, days, limit is not None and days is not None and days > limit) for one, days in aged)
    return Ageing(today, limit, tuple(told))


def act_on(
    desk: Desk,
    raw: str,
    kind: ActKind,
    details: Callable[[Permit], Details],
    guard: Guard = lambda _permit: None,
    *,
    anywhere: bool = False,
) -> StockAnswer:
    """Record one act on the permit meant, when it is in the stock (or `anywhere`) and the guard lets it."""
    with desk.gesture() as gesture:
        answer = sought(gesture.connection, raw)
        if answer.permit is None:
            return answer
        refusal = (None if anywhere else not_in_stock(answer.permit)) or guard(answer.permit)
        if refusal:
            return replace(answer, refusal=refusal)
        return recorded(gesture, answer, kind, details(answer.permit))


def recorded(gesture: Gesture, answer: StockAnswer, kind: ActKind, details: Details) -> StockAnswer:
    """The answer once the act is part of the gesture."""
    assert answer.permit is not None, "an act is about a permit that was found"
    told = {name: value for name, value in details.items() if value is not None}
    act = gesture.record(kind, Subject(SubjectType.PERMIT, answer.permit.id), told)
    return replace(answer, permit=apply(answer.permit, act), act_id=act.act_id)


def together_of(gesture: Gesture, several: Sized) -> dict[str, Json]:
    """The detail that holds together the acts of one gesture about several permits; nothing for one alone."""
    return {"together": new_act_id(gesture.at)} if len(several) > 1 else {}


def not_in_stock(permit: Permit) -> StockRefusal | None:
    """Why nothing in the stock may touch this permit any more."""
    if permit.disputed:
        return StockRefusal.DISPUTED
    return None if permit.in_stock else StockRefusal.OUT_OF_STOCK


def _acts(permit: Permit, *kinds: ActKind) -> list[Json]:
    return [mark.act_id for mark in permit.standing if mark.kind in kinds]
