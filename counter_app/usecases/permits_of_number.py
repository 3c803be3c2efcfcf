"""The permit of somebody who is in no list of appointments: is one here to collect, or what became of the last one?"""

from collections.abc import Sequence
from datetime import date

from counter_app.domain.acts import ActKind
from counter_app.domain.foreign_number import LENGTH
from counter_app.domain.identity_paper import IdentityCompared, IdentityPaper, compare
from counter_app.domain.number_check import Comparison
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import Mark
from counter_app.domain.sealed_document import SealStatus
from counter_app.store import permit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.scanned_paper import ScannedPaper, spellings

NOTES = {
    ActKind.PERMIT_SENT_BACK: "permit_sent_back",
    ActKind.PERMIT_POSTED: "permit_posted",
    ActKind.PERMIT_DESTROYED: "permit_destroyed",
    ActKind.PERMIT_HANDED_OVER: "permit_handed_over",
}


def permits_of_number(connection: Connection, number: str) -> list[Permit]:
    """Permits under each spelling of a foreign number."""
    return permit_rows.by_numbers(connection, spellings(number))


def permits_of_paper(connection: Connection, paper: ScannedPaper, day: date) -> list[Permit]:
    """Permits that the holder of a scanned paper has: by the number it carries, and of those whose holders are convened
    that day, by name and day of birth. Of ten digits that a zone only may carry, the name has to agree too."""
    if paper.fault or paper.status is SealStatus.SPECIMEN:
        return []
    identity, number = paper.identity, paper.identity.foreign_number or ""
    numbered = permits_of_number(connection, number) if number.isascii() and number.isdigit() else []
    sure = len(number) == LENGTH and not identity.number_is_proposed
    theirs = [one for one in numbered if sure or _beside(identity, one).name is Comparison.MATCH]
    theirs += [one for one in permit_rows.by_day(connection, day) if _beside(identity, one).agrees]
    return list({one.id: one for one in theirs}.values())


def _beside(identity: IdentityPaper, permit: Permit) -> IdentityCompared:
    return compare(identity, permit.name, permit.best("birth_date"))


def permit_known(permits: Sequence[Permit]) -> tuple[tuple[str, ...], Mark | None]:
    """The note of somebody's permits, and the mark of the departure when they left and nobody contradicts it.

    One that is here comes first; of those that left, the last.
    """
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
