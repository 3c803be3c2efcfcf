"""What one appointment list says of one person, as the journal keeps it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter
from types import NoneType

from counter_app.domain.acts import Details, Json
from counter_app.domain.instants import read_instant


class ListedStatus(StrEnum):
    """What an appointment list says of the appointment."""

    EXPECTED = "expected"
    SERVED = "served"
    CANCELLED = "cancelled"
    CANCELLED_BY_OFFICE = "cancelled_by_office"
    MISSED = "missed"
    RESCHEDULED = "rescheduled"
    UNKNOWN = "unknown"


TERMINAL = (
    *(ListedStatus.CANCELLED, ListedStatus.CANCELLED_BY_OFFICE, ListedStatus.MISSED),
    *(ListedStatus.RESCHEDULED, ListedStatus.SERVED),
)


@dataclass(frozen=True, slots=True)
class Listing:
    """What one source says of a convocation, in its newest list. The source owns these values."""

    source: str
    source_key: str
    exported_at: str
    """Aware UTC ISO instant of the export: a register ordered by it, so an older file never wins."""
    name: str
    slot: str
    """ISO 8601 with the site's offset."""
    purpose: str
    status: ListedStatus
    birth_date: str | None = None
    """ISO date; `00` for a month or day that is not known."""
    foreign_number: str | None = None
    number_as_read: str | None = None
    """What the list held when it is not a plain 10-digit number: never silently corrected."""
    service: str | None = None
    place: str | None = None
    organisation: str | None = None
    desk: str | None = None
    reference: str | None = None
    postcode: str | None = None
    document_expiry: str | None = None
    minor: bool | None = None
    present: bool = True
    """False once a newer list of the same source no longer holds the row: probably cancelled, never deleted."""
    list_id: str | None = None
    """The import that told it: what an undo takes back."""
    replaced_by: str | None = None
    """The convocation that the newer list holds instead, once the row is no longer there."""

    def to_json(self) -> dict[str, Json]:
        """Only what is known, as stored in acts and projections."""
        known = {name: value for name, value in zip(LISTING_FIELDS, _values(self), strict=True) if value is not None}
        if known["present"]:
            del known["present"]
        return known

    @staticmethod
    def from_json(values: Details) -> "Listing":
        """Read back what `to_json` wrote; unknown keys of a newer version are left aside."""
        known = values if values.keys() <= _FIELDS else {name: values[name] for name in values.keys() & _FIELDS}
        return Listing(**{**known, "status": _WORDS[str(values["status"])]})  # type: ignore[arg-type]

    @staticmethod
    def read(details: Details) -> "Listing":
        """Read the details of an act; raises one of `UNREADABLE` when no screen could show what they hold."""
        listing = Listing.from_json(details)
        for name, value in details.items():
            if name in _FIELDS and not isinstance(value, _TYPES[name]):
                raise TypeError("a listing holds texts, some of which are never missing")
        read_instant(listing.slot)
        for day in (listing.document_expiry, (listing.birth_date or "").replace("-00", "-01")):
            if day:
                date.fromisoformat(day)
        return listing


LISTING_FIELDS = tuple(Listing.__dataclass_fields__)
_FIELDS, _values = frozenset(LISTING_FIELDS), attrgetter(*LISTING_FIELDS)
_NEEDED = ("source", "source_key", "exported_at", "name", "slot", "purpose", "status")
_TYPES = {
    **dict.fromkeys(LISTING_FIELDS, (str, NoneType)),
    **dict.fromkeys(_NEEDED, (str,)),
    "minor": (bool, NoneType),
    "present": (bool,),
}
_WORDS = {status.value: status for status in ListedStatus}


@dataclass(frozen=True, slots=True)
class Vanishing:
    """A newer list of a source no longer holds a row that an older one held."""

    source: str
    exported_at: str
    list_id: str | None = None
    replaced_by: str | None = None

    @staticmethod
    def read(details: Details) -> "Vanishing":
        """Read the details of an act; raises one of `UNREADABLE`."""
        return Vanishing(
            *(str(details[name]) for name in ("source", "exported_at")),
            *(None if details.get(name) is None else str(details[name]) for name in ("list_id", "replaced_by")),
        )

    def to_json(self) -> dict[str, Json]:
        """Only what is known, as stored in acts and projections."""
        known = ((name, getattr(self, name)) for name in Vanishing.__dataclass_fields__)
        return {name: value for name, value in known if value is not None}
