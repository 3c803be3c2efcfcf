"""What a waiting ticket tells of the way: where to wait, about how long, and nothing of the file."""

from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.visit import identity
from counter_app.store import convocation_rows, visit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.answers import IssuedReceipt
from counter_app.usecases.desk import Desk
from counter_app.usecases.expected_wait import wait_for

CALLED_BY_NUMBER = "Présentez-vous à l’appel de votre numéro"


@dataclass(frozen=True, slots=True)
class TicketPlace:
    """The middle of a ticket."""

    slot: datetime | None
    purpose: str
    """Neutral words: the desk of the lists, never the file."""
    place: str
    wait: tuple[int, int] | None
    """Range of minutes, of the original only: it says nothing of a ticket printed again. None when it is too wide."""


def ticket_place(desk: Desk, connection: Connection, receipt: IssuedReceipt) -> TicketPlace:
    """The facts of a ticket of this file."""
    convocation = convocation_rows.by_id(connection, receipt.convocation_id) if receipt.convocation_id else None
    slot = convocation.slot if convocation else None
    day = receipt.issued_at.astimezone(desk.rules.zone).date()
    visit = visit_rows.by_id(connection, identity(convocation.id, day) if convocation else receipt.arrival)
    service = desk.rules.queue.service(visit.service if visit else "") or desk.rules.queue.usual
    own = visit.id if visit else ""
    wait = wait_for(desk, connection, service, receipt.issued_at, slot, own) if receipt.copies <= 1 else None
    return TicketPlace(
        slot=slot,
        purpose=(convocation.listing.desk if convocation else None) or CALLED_BY_NUMBER,
        place=service.place,
        wait=(wait.least, wait.most) if wait and wait.usable else None,
    )
