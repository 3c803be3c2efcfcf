"""The bordereau of a transfer: permits that this desk offers to another, numbered, for two signatures."""

from collections.abc import Sequence

from counter_app.domain.acts import ActKind, Subject, SubjectType
from counter_app.domain.custody import same_desk
from counter_app.domain.permit import Permit
from counter_app.store import journal, permit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.bordereaux import line_of, made, read_slip
from counter_app.usecases.desk import Desk
from counter_app.usecases.stock_answers import Bordereau, SlipKind

LOOKED_AT = 50
"""Last bordereaux of this desk among which the one of the same offers is looked for."""


def transfer(desk: Desk, to: str) -> Bordereau | None:
    """One bordereau for all that this desk offers to the other (or to `safe`) and that waits to be taken.

    Asked again before anything changed, it is the same one. It moves nothing. None when nothing is offered.
    """
    wanted = " ".join(to.split())
    with desk.gesture() as gesture:
        permits = [one for one in permit_rows.in_stock(gesture.connection) if offers_of(desk, one, wanted)]
        if not permits:
            return None
        known = _made_already(desk, gesture.connection, permits, wanted)
        lines = tuple(line_of(one) for one in permits)
        return known or made(desk, gesture, SlipKind.TRANSFER, lines, "", wanted)


def offered_to(desk: Desk, to: str) -> list[Permit]:
    """What this desk offers to the other side and that nobody took yet."""
    with desk.looking() as connection:
        return [one for one in permit_rows.in_stock(connection) if offers_of(desk, one, " ".join(to.split()))]


def offers_of(desk: Desk, permit: Permit, to: str) -> list[str]:
    """Acts by which this desk offered the permit to another side that has not taken it yet."""
    offers = permit.custody.offers
    return [one.act_id for one in offers if same_desk(one.to, to) and same_desk(one.by, desk.name)]


def _made_already(desk: Desk, connection: Connection, permits: Sequence[Permit], to: str) -> Bordereau | None:
    """The newest bordereau of these very permits, when each was offered before it was made."""
    newest = max(order for one in permits for order in _offered_at(desk, connection, one, to))
    told = journal.latest(connection, desk.stream, (ActKind.BORDEREAU_MADE,), LOOKED_AT)
    states = (permit_rows.bordereau(connection, act.subject.id) for act in told if act.order > newest)
    slips = [slip for state in states if state and (slip := read_slip(state)) and not slip.voided_at]
    ids = {one.id for one in permits}
    return next((slip for slip in slips if _same(slip, ids, to)), None)


def _offered_at(desk: Desk, connection: Connection, permit: Permit, to: str) -> list[tuple[int, str, str]]:
    offers = offers_of(desk, permit, to)
    acts = journal.acts_of(connection, Subject(SubjectType.PERMIT, permit.id))
    return [act.order for act in acts if act.act_id in offers]


def _same(slip: Bordereau, ids: set[str], to: str) -> bool:
    same_way = slip.kind is SlipKind.TRANSFER and same_desk(slip.recipient, to)
    return same_way and {line.permit_id for line in slip.lines} == ids
