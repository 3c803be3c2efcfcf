"""The permit of somebody who is in no list of appointments: is one here to collect, or what became of the last one?"""

from counter_app.domain.acts import ActKind
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import Mark
from counter_app.store import permit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.scanned_paper import spellings

NOTES = {
    ActKind.PERMIT_SENT_BACK: "permit_sent_back",
    ActKind.PERMIT_POSTED: "permit_posted",
    ActKind.PERMIT_DESTROYED: "permit_destroyed",
    ActKind.PERMIT_HANDED_OVER: "permit_handed_over",
}


def permit_known(connection: Connection, number: str | None) -> tuple[tuple[str, ...], Mark | None]:
    """The note of a permit under this number, and the mark of its departure when nobody contradicts it.

    One that is here comes first; of those that left, the last.
    """
    permits = permit_rows.by_numbers(connection, spellings(number)) if number else []
    if any(one.in_stock for one in permits):
        return ("permit_here",), None
    gone = [one for one in permits if one.departures]
    if not gone:
        return (), None
    last = max(gone, key=_left_at)
    if last.departure is None:
        return ("permit_disputed",), None
    return (NOTES[ActKind(last.departure.kind)],), last.departure


def _left_at(permit: Permit) -> tuple[float, str]:
    return max(mark.moment for mark in permit.departures).timestamp(), permit.id
