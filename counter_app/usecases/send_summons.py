"""Send what was decided: messages carried away, then noted as sent; people told by letter or by phone. Never inside
a transaction."""

from collections.abc import Sequence

from counter_app.domain.acts import ActKind, Json
from counter_app.domain.permit import Permit
from counter_app.domain.summons import slot_was_missed
from counter_app.messages.outbox import SMS, Carried, Carrier, Outgoing
from counter_app.store import permit_rows
from counter_app.store.journal import new_act_id
from counter_app.usecases.desk import Desk
from counter_app.usecases.summon import Summoned, record_on
from counter_app.usecases.summons_messages import SAID_BY_PEOPLE, Ready, told_so

NOTED_TOGETHER = 20
"""Messages noted by one transaction: a power cut between two of them forgets few that left."""


def send(desk: Desk, ready: Ready, carrier: Carrier) -> list[Carried]:
    """Carry the messages of summonses away, then note those that left; what did not leave can be sent again.

    One that may have left is noted as such, and waits for an agent: sent again unseen, it could arrive twice.
    """
    return _carry(desk, ready, carrier, ActKind.SUMMONS_SENT)


def send_missed(desk: Desk, ready: Ready, carrier: Carrier) -> list[Carried]:
    """Carry the messages about missed hours away, then note those that left."""
    return _carry(desk, ready, carrier, ActKind.MISSED_TOLD)


def _carry(desk: Desk, ready: Ready, carrier: Carrier, kind: ActKind) -> list[Carried]:
    permits = {message: permit for permit, message in ready.messages}
    together = new_act_id(desk.now()) if len(permits) > 1 else ""
    told: list[Carried] = []
    left: list[tuple[Permit, Carried]] = []
    try:
        for outcome in carrier.carry(list(permits), desk.now()):
            told.append(outcome)
            left += [(permits[outcome.message], outcome)] if outcome.sent or outcome.maybe else []
            if len(left) == NOTED_TOGETHER:
                _note(desk, left, kind, together)
                left.clear()
    finally:
        # Whatever broke the carrier, those that left before did leave.
        _note(desk, left, kind, together)
    return told


def _note(desk: Desk, left: Sequence[tuple[Permit, Carried]], kind: ActKind, together: str) -> None:
    with desk.gesture() as gesture:
        for permit, outcome in left:
            details = _details(permit, outcome.message, outcome.carrier, together)
            if outcome.maybe:
                record_on(gesture, permit, ActKind.MESSAGE_DOUBTFUL, {**details, "about": kind.value})
            else:
                record_on(gesture, permit, kind, details)


def _details(permit: Permit, message: Outgoing, carrier: str, together: str) -> dict[str, Json]:
    details: dict[str, Json] = {
        "channel": message.channel,
        "carrier": carrier or None,
        "phone": message.to if message.channel == SMS else None,
        "language": message.language,
        "slot": permit.slot.isoformat() if permit.slot else None,
        "segments": message.segments,
        "together": together or None,
    }
    return {name: value for name, value in details.items() if value is not None}


def note_told(desk: Desk, permit_id: str, channel: str) -> Summoned:
    """Note that a person was told, as an agent knows: of the hour given, or of the hour missed and noted. The same
    word noted twice is one act; a letter and a call are two."""
    assert channel in SAID_BY_PEOPLE, "anything else is carried"
    with desk.gesture() as gesture:
        permit = permit_rows.by_id(gesture.connection, permit_id)
        if permit is None or permit.slot is None:
            return Summoned(permit, False, "unknown_permit" if permit is None else "not_ready")
        if not permit.in_stock:
            return Summoned(permit, False, "not_in_stock")
        late = slot_was_missed(permit)
        if not late and permit.slot <= gesture.at:
            return Summoned(permit, False, "not_noted")
        kind = ActKind.MISSED_TOLD if late else ActKind.SUMMONS_SENT
        if told_so(permit, kind, channel):
            return Summoned(permit, False, "already_told")
        details: dict[str, Json] = {"channel": channel, "slot": permit.slot.isoformat()}
        return Summoned(record_on(gesture, permit, kind, details), True)
