"""What one row of a list gives: appointments, or a rejection that can be repaired."""

from dataclasses import dataclass
from datetime import date, datetime

from counter_app.imports.statuses import ListedStatus

DUPLICATE_ROW = "duplicate_row"
"""Reason of a row that says again what another row of the file says: nothing waits for anybody."""


@dataclass(frozen=True, slots=True)
class ListedAppointment:
    """One appointment of one person, as a list tells it. Nothing here is decided by the desk."""

    row: int
    """Row number that the spreadsheet shows."""
    source: str
    """A value of `Source`."""
    source_key: str
    """The same in every export of the same source for the same appointment of the same person."""
    name: str
    """« NOM Prénom »."""
    birth_date: str | None
    """ISO text, 00 for the parts nobody knows."""
    foreign_number: str | None
    """Ten digits that can be used."""
    foreign_number_raw: str | None
    """As read, when a person should look at it (nine digits, doubtful, not a number). Never corrected."""
    slot: datetime
    """Aware, in the zone of the site."""
    purpose: str
    """Empty when the list gives none."""
    service: str | None
    place: str | None
    organisation: str | None
    desk: str | None
    status: ListedStatus
    reference: str | None
    """Identifier in the source (rdv_id, dossier number)."""
    postcode: str | None
    document_expiry: date | None
    minor: bool | None
    booked_at: datetime | None
    """Aware; midnight when the source gives only the day."""
    untold: bool = False
    """One of several people of a row whose birth dates or numbers cannot be told whose they are."""
    unseen: bool = False
    """Of a row that holds signs nobody sees: they stay out of its texts."""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that could not be read whole. Nothing of it is lost: `cells` is all it takes to repair it."""

    row: int
    column: str | None
    """Heading of the cell to correct; None when the whole row is concerned."""
    reason_code: str
    """Stable slug: name_missing, slot_missing, date_missing, date_unreadable, time_missing, time_unreadable,
    birth_date_unreadable, expiry_unreadable, too_many_columns, cell_too_long, heading_repeated, duplicate_row."""
    reason: str
    """French sentence: what is wrong and what to write."""
    value: str
    """The text of the cell concerned."""
    cells: tuple[tuple[str, str], ...]
    """(heading, text) of every column of the row."""


@dataclass(frozen=True, slots=True)
class RowNote:
    """Something to look at in a row that was taken as it stands."""

    row: int
    column: str | None
    reason_code: str
    """Stable slug: phone_unreadable, unseen_sign, web_text, row_cut_short, sheet_unread."""
    reason: str
    """French sentence: what is wrong and what to do."""
    value: str
    """The text of the cell, as read."""


@dataclass(frozen=True, slots=True)
class ListedPermit:
    """One permit, as a list tells it."""

    row: int
    """Row number that the spreadsheet shows."""
    card_number: str
    name: str
    foreign_number: str | None
    number_as_read: str | None
    """As read, when a person should look at it. Never corrected."""
    birth_date: str | None
    kind: str | None
    valid_from: str | None
    valid_to: str | None
    received_on: str | None
    lot: str | None
    tray: str | None
    rank: str | None
    stamp_amount: int | None
    phone: str | None
    summoned_on: str | None
    slot: str | None
    notes: tuple[RowNote, ...] = ()
    """What is to be looked at: the row stands, and nothing of it was corrected."""
    untold: frozenset[str] = frozenset()
    """Names of what is above that the list has no column for, or an empty cell: it says nothing of it, not that there
    is none. An empty tray alone says that the card stands in none."""
