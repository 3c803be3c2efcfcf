"""Bordereaux: permits leave for the maker, the post or the shredder under a slip with a number of its own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from counter_app.domain.acts import ActKind, Details, Json, Subject, SubjectType
from counter_app.domain.permit import Permit, PermitState
from counter_app.domain.unheeded import KNEW, warnings
from counter_app.store import permit_rows
from counter_app.store.journal import new_act_id
from counter_app.usecases.custody import elsewhere
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.find_permit import sought
from counter_app.usecases.stock import not_in_stock, recorded
from counter_app.usecases.stock_answers import Bordereau, SlipAnswer, SlipKind, SlipLine, StockAnswer, StockRefusal

LETTERS = {SlipKind.SEND_BACK: "BR", SlipKind.POST: "BP", SlipKind.DESTROY: "BD", SlipKind.TRANSFER: "BT"}
_ACTS = {
    SlipKind.SEND_BACK: ActKind.PERMIT_SENT_BACK,
    SlipKind.POST: ActKind.PERMIT_POSTED,
    SlipKind.DESTROY: ActKind.PERMIT_DESTROYED,
}


class Leaving(NamedTuple):
    """A permit that leaves; by post, with its tracking number."""

    raw: str
    tracking: str = ""


def remove(desk: Desk, kind: SlipKind, leaving: Sequence[Leaving], reason: str = "", recipient: str = "") -> SlipAnswer:
    """Make one bordereau for all of these permits, or nothing when one of them may not leave."""
    with desk.gesture() as gesture:
        tracked = {one.tracking for one in leaving if one.tracking.strip()}
        taken = permit_rows.posted_under(gesture.connection, tracked)
        checked = [_leaves(desk, gesture, kind, one, taken.get(one.tracking)) for one in leaving]
        problems = [*_problems(checked), *_repeated(checked)]
        if kind is not SlipKind.POST and not reason.strip():
            problems.append(StockAnswer(StockRefusal.REASON_MISSING))
        if not leaving:
            problems.append(StockAnswer(StockRefusal.NOTHING_READ))
        if problems:
            return SlipAnswer(None, tuple(problems))
        permits = [(answer.permit, one.tracking.strip()) for answer, one in zip(checked, leaving, strict=True)]
        lines = tuple(line_of(permit, tracking) for permit, tracking in permits if permit)
        slip = made(desk, gesture, kind, lines, reason.strip(), recipient.strip())
        for answer, line in zip(checked, lines, strict=True):
            recorded(gesture, answer, _ACTS[kind], {**_details(slip, line), **_known(answer.permit)})
        convened = tuple(permit for permit, _tracking in permits if permit and _convened(permit, gesture.at))
    return SlipAnswer(slip, convened=convened)


def _convened(permit: Permit, now: datetime) -> bool:
    """Whether the holder was told of an hour that is still to come."""
    return permit.slot is not None and permit.summoned_on is not None and permit.slot >= now


def _leaves(desk: Desk, gesture: Gesture, kind: SlipKind, one: Leaving, taken: str | None) -> StockAnswer:
    """Whether a permit may leave; `taken` is the bordereau that bears its tracking number already."""
    answer = sought(gesture.connection, one.raw)
    if answer.permit is None:
        return answer
    refusal = not_in_stock(answer.permit) or elsewhere(desk, answer.permit)
    if refusal is None and kind is SlipKind.POST:
        refusal = _not_to_post(answer.permit, one)
    if refusal is None and taken:
        return replace(answer, refusal=StockRefusal.TRACKING_TAKEN, about=taken)
    return replace(answer, refusal=refusal)


def _not_to_post(permit: Permit, one: Leaving) -> StockRefusal | None:
    """By post the holder gets the card as at a counter: what stops a handover stops the envelope."""
    if permit.state in (PermitState.ON_HOLD, PermitState.FAULTY, PermitState.TO_SEND_BACK):
        return StockRefusal.NOT_TO_POST
    return None if one.tracking.strip() else StockRefusal.TRACKING_MISSING


def _known(permit: Permit | None) -> dict[str, Json]:
    return {KNEW: warnings(permit.marks)} if permit else {}


def _problems(checked: Sequence[StockAnswer]) -> list[StockAnswer]:
    return [answer for answer in checked if not answer.done]


def _repeated(checked: Sequence[StockAnswer]) -> list[StockAnswer]:
    """A sleeve scanned twice leaves once."""
    met: set[str] = set()
    again = []
    for answer in checked:
        if answer.permit and answer.done:
            if answer.permit.id in met:
                again.append(replace(answer, refusal=StockRefusal.ALREADY_SO))
            met.add(answer.permit.id)
    return again


def line_of(permit: Permit, tracking: str = "") -> SlipLine:
    """A permit as a bordereau names it."""
    number = permit.foreign_number or permit.best("number_as_read") or ""
    return SlipLine(permit.id, permit.card_number, number, permit.name, permit.best("kind") or "", tracking)


def _details(slip: Bordereau, line: SlipLine) -> dict[str, Json]:
    told = {"bordereau": slip.number, "slip": slip.id, "tracking": line.tracking, "reason": slip.reason}
    return {name: value for name, value in told.items() if value}


def made(
    desk: Desk, gesture: Gesture, kind: SlipKind, lines: tuple[SlipLine, ...], reason: str, recipient: str
) -> Bordereau:
    """Give a bordereau its number, in the gesture that it is part of."""
    series = f"{LETTERS[kind]}-{desk.rules.department}-{desk.ticket_letter}-{gesture.at:%y}"
    ordinal = permit_rows.next_ordinal(gesture.connection, series)
    slip = Bordereau(
        id=new_act_id(gesture.at),
        number=f"{series}-{ordinal:04d}",
        kind=kind,
        made_at=gesture.at.isoformat(),
        desk=desk.name,
        agent=desk.agent,
        reason=reason,
        recipient=recipient,
        lines=lines,
    )
    written: dict[str, Json] = {
        **{name: getattr(slip, name) for name in _TEXTS},
        "series": series,
        "ordinal": ordinal,
        "lines": [{name: getattr(line, name) for name in _LINE} for line in lines],
    }
    gesture.record(ActKind.BORDEREAU_MADE, Subject(SubjectType.BORDEREAU, slip.id), written)
    return slip


_TEXTS = ("id", "number", "kind", "made_at", "desk", "agent", "reason", "recipient")
_VOIDED = ("voided_at", "voided_by", "voided_reason")
_LINE = tuple(SlipLine.__dataclass_fields__)


def find_bordereau(desk: Desk, text: str) -> Bordereau | None:
    """A bordereau by its number or identity, as it was made; None when it is unknown here, or its details are gone."""
    with desk.looking() as connection:
        state = permit_rows.bordereau(connection, text)
    return read_slip(state) if state else None


def read_slip(state: Details) -> Bordereau | None:
    """A bordereau as it was recorded; None when its details are gone, or when its kind is of a newer version."""
    lines = state.get("lines")
    if not isinstance(lines, list) or not all(name in state for name in _TEXTS) or state["kind"] not in [*SlipKind]:
        return None
    told = [SlipLine(**{name: str(line.get(name, "")) for name in _LINE}) for line in lines if isinstance(line, dict)]
    texts = {name: str(state[name]) for name in _TEXTS if name != "kind"}
    voided = {name: str(state.get(name) or "") for name in _VOIDED}
    return Bordereau(**texts, kind=SlipKind(str(state["kind"])), lines=tuple(told), **voided)
