"""What figures ask of each person, visit and permit, in rows narrow enough to read a year of them in a second.

Written with the rows that they are taken from, by the same fold: `rebuild` makes them again byte for byte. They are
read in `store/counted_days.py`.
"""

from collections.abc import Callable, Sequence
from datetime import UTC
from functools import cache
from typing import NamedTuple, TypeVar
from urllib.parse import quote

import sqlalchemy as sa

from counter_app.domain.convocation import Convocation
from counter_app.domain.day_figures import parts_of, wait_of
from counter_app.domain.handover_record import record_in
from counter_app.domain.permit import Permit
from counter_app.domain.permit_listing import plain_card_number
from counter_app.domain.receipt import Receipt
from counter_app.domain.stock_book import stays_of
from counter_app.domain.visit import Visit
from counter_app.domain.visit_story import Stage
from counter_app.store.statements import Row, marks, write
from counter_app.store.tables import counted_permit, counted_person, counted_reprint, counted_visit


class PersonRow(NamedTuple):
    """One person convened on a day, as the lists and the reception tell of them."""

    day: str
    id: str
    slot: str
    purpose: str
    service: str | None
    foreign_number: str | None
    status: str
    agreed: bool
    """The arrival was let in beyond the rules."""


class VisitRow(NamedTuple):
    """One passage of a day."""

    day: str
    id: str
    convocation_id: str | None
    service: str
    stage: str
    outcome: str | None
    desk: str | None
    """The desk that called last."""
    arrived_at: str | None
    """ISO 8601, in UTC; None once taken back."""
    wait: float | None
    """Seconds from the arrival to a desk; None when none ever had the person, `NOT_MEASURED` over a night."""
    served: str
    """Seconds, key and desk of each service that ended, `540.0/accueil/Guichet%201`, parted by blanks; `NOT_MEASURED`
    over a night."""
    channel: str | None
    purpose: str


class PermitRow(NamedTuple):
    """One card that a source named, and its way in and out."""

    id: str
    came_on: str | None
    went_on: str | None
    handed_on: str | None
    """The day of the handover that stands; of several, of the first."""
    foreign_number: str | None
    desk: str | None
    offline: int
    """Handovers of this card that stand and were recorded out of reach; two, when desks apart both gave it."""
    agreed: bool
    """One of them was beyond the rules."""
    away: str
    """Days on which it left and came back before that, `2026-11-24/2026-11-25`, parted by blanks."""


class ReprintRow(NamedTuple):
    """Papers of one receipt made again."""

    day: str
    id: str
    desk: str
    copies: int
    """Beyond the first."""


def person_row(state: Convocation) -> PersonRow | None:
    """The row of somebody whom a list names."""
    if not state.listings:
        return None
    slot, agreed = state.listing.slot, any(one.approved_by for one in state.daily_arrivals)
    told = (state.purpose, state.best("service"), state.foreign_number, state.status.value)
    return PersonRow(slot[:10], state.id, slot, *told, agreed)


def visit_row(visit: Visit) -> VisitRow | None:
    """The row of a passage whose arrival is known."""
    if visit.day is None:
        return None
    call, stage, arrived = visit.call, visit.stage, visit.arrived_at
    # An arrival that was taken back is nobody's wait nor anybody's service.
    served = () if stage is Stage.VOID else parts_of(visit)
    return VisitRow(
        visit.day.isoformat(),
        visit.id,
        visit.convocation,
        visit.service,
        stage.value,
        visit.outcome,
        call.desk if call else None,
        arrived.astimezone(UTC).isoformat(timespec="seconds") if arrived else None,
        wait_of(visit),
        " ".join(f"{one.seconds!r}/{quote(one.service, '')}/{quote(one.desk, '')}" for one in served),
        visit.told("channel"),
        visit.told("purpose") or "",
    )


def permit_row(permit: Permit) -> PermitRow | None:
    """The row of a card that a source named."""
    if not plain_card_number(permit.card_number):
        return None
    (came, away, went), handovers = stays_of(permit), permit.handovers
    mark = min(handovers, key=lambda mark: mark.moment, default=None)
    records = [record for one in handovers if (record := record_in(one))]
    return PermitRow(
        permit.id,
        came.isoformat() if came else None,
        went.isoformat() if went else None,
        mark.moment.date().isoformat() if mark else None,
        permit.foreign_number,
        mark.desk if mark else None,
        sum(record.offline for record in records),
        any(record.agreed for record in records),
        " ".join(f"{out}/{back}" for out, back in away),
    )


def reprint_row(receipt: Receipt) -> ReprintRow | None:
    """The row of a receipt of which more than the original was printed."""
    if receipt.copies < 2 or not receipt.issued_at:
        return None
    return ReprintRow(receipt.issued_at[:10], receipt.id, receipt.desk, receipt.copies - 1)


State = TypeVar("State")
Changes = Sequence[tuple[State | None, State]]
Counted = PersonRow | VisitRow | PermitRow | ReprintRow


def note_people(connection: sa.Connection, changes: "Changes[Convocation]") -> None:
    """Keep the rows of people in step with states (before, after)."""
    _note(connection, counted_person, changes, person_row)


def note_visits(connection: sa.Connection, changes: "Changes[Visit]") -> None:
    """Keep the rows of passages in step."""
    _note(connection, counted_visit, changes, visit_row)


def note_permits(connection: sa.Connection, changes: "Changes[Permit]") -> None:
    """Keep the rows of cards in step."""
    _note(connection, counted_permit, changes, permit_row)


def note_receipts(connection: sa.Connection, changes: "Changes[Receipt]") -> None:
    """Keep the rows of papers made again in step."""
    _note(connection, counted_reprint, changes, reprint_row)


def _note(
    connection: sa.Connection,
    table: sa.Table,
    changes: "Changes[State]",
    row_of: Callable[[State], Counted | None],
) -> None:
    told = ((row_of(before) if before else None, row_of(after)) for before, after in changes)
    moved = [(old, new) for old, new in told if old != new]
    gone = [old for old, new in moved if old and (new is None or _key(table, old) != _key(table, new))]
    write(connection, _delete(table), [_key(table, old) for old in gone])
    write(connection, _insert(table), [new for _old, new in moved if new])


def _key(table: sa.Table, row: Counted) -> Row:
    return tuple(row[place] for place in _places(table))


@cache
def _places(table: sa.Table) -> tuple[int, ...]:
    """Where the key stands in a row: asked of the table once, not at each gesture."""
    names = list(table.columns.keys())
    return tuple(names.index(column.name) for column in table.primary_key)


@cache
def _delete(table: sa.Table) -> str:
    return f"DELETE FROM {table.name} WHERE {' AND '.join(f'{one.name} = ?' for one in table.primary_key)}"


@cache
def _insert(table: sa.Table) -> str:
    return f"INSERT OR REPLACE INTO {table.name} VALUES ({marks(list(table.columns))})"
