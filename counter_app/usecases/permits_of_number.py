"""The permit of somebody who is in no list of appointments: is one here to collect, or what became of the last one?"""

from counter_app.domain.acts import ActKind
from counter_app.domain.permit_marks import Mark
from counter_app.store import permit_rows
from counter_app.store.connection import Connection

NOTES = {
    ActKind.PERMIT_SENT_BACK: "permit_sent_back",
    ActKind.PERMIT_POSTED: "permit_posted",
    ActKind.PERMIT_DESTROYED: "permit_destroyed",
}


def permit_known(connection: Connection, number: str | None) -> tuple[tuple[str, ...], Mark | None]:
    """The note of a permit under this number, and the mark of its departure when it left by a bordereau.

    One that is here comes first; of those that left, the last. A handover says nothing of why the person comes now.
    """
    permits = permit_rows.by_numbers(connection, [number]) if number else []
    if any(one.in_stock for one in permits):
        return ("permit_here",), None
    left = max((one.departure for one in permits if one.departure), key=lambda mark: mark.moment, default=None)
    note = NOTES.get(ActKind(left.kind)) if left else None
    return ((note,), left) if note else ((), None)
