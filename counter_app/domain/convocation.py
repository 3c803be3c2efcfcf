"""A convocation and its life: the pure fold of the acts about one person's appointment.

Every rule here is a register or a set, never "last writer seen": whatever order acts arrive in, and however often,
the fold over the same set of acts gives the same convocation (see `fold`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from operator import attrgetter

from counter_app.domain.acts import UNREADABLE, VERSION, Act, ActKind, Details, Json


class ListedStatus(StrEnum):
    """What an appointment list says of the appointment."""

    EXPECTED = "expected"
    SERVED = "served"
    CANCELLED = "cancelled"
    CANCELLED_BY_OFFICE = "cancelled_by_office"
    MISSED = "missed"
    UNKNOWN = "unknown"


class ConvocationStatus(StrEnum):
    """Where a convocation stands, as shown and as written in JSON."""

    EXPECTED = "expected"
    CHECKED_IN = "checked_in"
    SERVED = "served"
    MISSED = "missed"
    CANCELLED = "cancelled"
    CANCELLED_BY_OFFICE = "cancelled_by_office"
    RESCHEDULED = "rescheduled"
    ABSENT_FROM_LIST = "absent_from_list"


TERMINAL = (ListedStatus.CANCELLED, ListedStatus.CANCELLED_BY_OFFICE, ListedStatus.MISSED, ListedStatus.SERVED)


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

    def to_json(self) -> dict[str, Json]:
        """Only what is known, as stored in acts and projections."""
        known = {name: value for name, value in zip(LISTING_FIELDS, _values(self), strict=True) if value is not None}
        if known["present"]:
            del known["present"]
        return known

    @staticmethod
    def from_json(values: Details) -> "Listing":
        """Read back what `to_json` wrote; unknown keys of a newer version are left aside."""
        known = {name: value for name, value in values.items() if name in _FIELDS}
        known["status"] = _WORDS[str(values["status"])]
        return Listing(**known)  # type: ignore[arg-type]

    @staticmethod
    def read(details: Details) -> "Listing":
        """Read the details of an act; raises one of `UNREADABLE` when no screen could show what they hold."""
        listing = Listing.from_json(details)
        for name, value in details.items():
            if not (isinstance(value, str) or value is None or name in _NO_TEXTS or name not in _FIELDS):
                raise TypeError("a listing holds texts")
        if datetime.fromisoformat(listing.slot).utcoffset() is None:
            raise ValueError("the hour of an appointment has an offset")
        for day in (listing.document_expiry, (listing.birth_date or "").replace("-00", "-01")):
            if day:
                date.fromisoformat(day)
        return listing


LISTING_FIELDS = tuple(Listing.__dataclass_fields__)
_FIELDS, _values = frozenset(LISTING_FIELDS), attrgetter(*LISTING_FIELDS)
_NO_TEXTS = ("minor", "present")
_WORDS = {status.value: status for status in ListedStatus}


@dataclass(frozen=True, slots=True)
class Arrival:
    """One recorded arrival. Two desks may each have recorded one: both are kept, the earliest is the arrival."""

    act_id: str
    at: str
    desk: str
    agent: str
    stream: str
    verdict: str
    reason: str | None = None
    approved_by: str | None = None

    @property
    def moment(self) -> datetime:
        """Aware instant of the gesture, by the desk's own clock."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class Convocation:
    """One person's appointment as this desk knows it."""

    id: str
    listings: tuple[Listing, ...] = ()
    """One per source, the newest export of each, in the order of (exported_at, source)."""
    arrivals: tuple[Arrival, ...] = ()
    undone: tuple[str, ...] = ()
    attempts: int = 0
    confirmed_number: str | None = None
    instruction: str | None = None
    """What a supervisor wants done before this person is received; never read aloud."""

    @property
    def code(self) -> str:
        """32 bits of the identity: what the printed code of the convocation carries."""
        return self.id[:8]

    @property
    def listing(self) -> Listing:
        """The listing that speaks: the newest one that still holds the person, else the newest."""
        newest = self.listings[-1]
        if newest.present or len(self.listings) == 1:
            return newest
        return next((listing for listing in reversed(self.listings) if listing.present), newest)

    def best(self, field: str) -> str | None:
        """Newest known value of a field over all sources: what one list lacks another may hold."""
        speaking = self.listing
        for listing in (speaking, *reversed(self.listings)) if len(self.listings) > 1 else (speaking,):
            value = getattr(listing, field)
            if value not in (None, ""):
                return str(value)
        return None

    @property
    def name(self) -> str:
        return self.listing.name

    @property
    def slot(self) -> datetime:
        """The hour of the appointment, aware, with the site's offset."""
        return datetime.fromisoformat(self.listing.slot)

    @property
    def purpose(self) -> str:
        return self.listing.purpose

    @property
    def foreign_number(self) -> str | None:
        """What a desk confirmed, else what the lists say."""
        return self.confirmed_number or self.best("foreign_number")

    @property
    def document_expiry(self) -> date | None:
        """Last day of validity printed on the person's permit, as the lists know it."""
        expiry = self.best("document_expiry")
        return date.fromisoformat(expiry) if expiry else None

    @property
    def minor(self) -> bool:
        return any(listing.minor for listing in self.listings)

    @property
    def standing_arrivals(self) -> tuple[Arrival, ...]:
        """Arrivals that were not undone, earliest first."""
        if not self.arrivals:
            return ()
        standing = (arrival for arrival in self.arrivals if arrival.act_id not in self.undone)
        return tuple(sorted(standing, key=lambda arrival: (arrival.moment, arrival.act_id)))

    @property
    def arrival(self) -> Arrival | None:
        """The arrival that counts: the earliest standing one."""
        return next(iter(self.standing_arrivals), None)

    @property
    def contested(self) -> bool:
        """Two desks recorded arrivals more than five minutes apart: a person has to look."""
        arrivals = self.standing_arrivals
        if len({arrival.stream for arrival in arrivals}) < 2:
            return False
        return (arrivals[-1].moment - arrivals[0].moment).total_seconds() > 300

    @property
    def listed_status(self) -> ListedStatus:
        """A terminal word of any source stands until that same source takes it back: cancelling is never lost."""
        newest_first = (listing.status for listing in reversed(self.listings) if listing.present)
        return next((status for status in newest_first if status in TERMINAL), ListedStatus.EXPECTED)

    @property
    def sources_disagree(self) -> bool:
        """One list ends what another still expects: shown to the agent. A list that does not say contradicts nobody."""
        words = [listing.status for listing in self.listings if listing.present]
        return ListedStatus.EXPECTED in words and any(word in TERMINAL for word in words)

    @property
    def status(self) -> ConvocationStatus:
        """Desk facts first, then terminal words of the lists, then presence in the lists."""
        listed = self.listed_status
        if listed is ListedStatus.SERVED:
            return ConvocationStatus.SERVED
        if self.arrival:
            return ConvocationStatus.CHECKED_IN
        if not any(listing.present for listing in self.listings):
            return ConvocationStatus.ABSENT_FROM_LIST
        return ConvocationStatus(listed.value)


def identity(site: str, name_key: str, birth_date: str | None, slot: datetime, purpose_key: str) -> str:
    """Identity of a convocation first seen in a list: 32 hexadecimal letters, the same at every desk.

    Lists of different tools that name the same person, birth date, hour and purpose speak of one convocation.
    """
    parts = (site, name_key, birth_date or "", slot.isoformat(), purpose_key)
    return sha256("\n".join(parts).encode()).hexdigest()[:32]


def apply(convocation: Convocation | None, act: Act) -> Convocation | None:
    """The convocation after one more act.

    An act of a kind or version that this desk does not know, or whose details cannot be read, changes nothing and
    gives back the very same object: it stays in the journal and stops nobody. Any other act gives a new object.
    """
    if act.version > VERSION:
        return convocation
    try:
        return _applied(convocation, act)
    except UNREADABLE:
        return convocation


def _applied(convocation: Convocation | None, act: Act) -> Convocation | None:
    now = convocation or Convocation(id=act.subject.id)
    match act.kind:
        case ActKind.CONVOCATION_LISTED:
            return _listed(now, Listing.read(act.details))
        case ActKind.CONVOCATION_VANISHED:
            return _vanished(now, act.details)
        case ActKind.CHECKED_IN:
            return replace(now, arrivals=_with(now.arrivals, _arrival(act)))
        case ActKind.ARRIVAL_UNDONE:
            return replace(now, undone=tuple(sorted({*now.undone, str(act.details["act"])})))
        case ActKind.ARRIVAL_ATTEMPTED:
            return replace(now, attempts=now.attempts + 1)
        case ActKind.NUMBER_CONFIRMED:
            return replace(now, confirmed_number=str(act.details["number"]))
        case ActKind.INSTRUCTION_GIVEN:
            return replace(now, instruction=_text(act.details, "instruction"))
        case _:
            return convocation


def fold(acts: Iterable[Act]) -> Convocation | None:
    """The convocation that a set of acts tells, whatever order and however often they are given."""
    convocation: Convocation | None = None
    unique = {act.act_id: act for act in acts}
    for act in sorted(unique.values(), key=lambda act: act.order):
        convocation = apply(convocation, act)
    return convocation


def _listed(convocation: Convocation, listing: Listing) -> Convocation:
    if not convocation.listings:
        return replace(convocation, listings=(listing,))
    current = {held.source: held for held in convocation.listings}
    held = current.get(listing.source)
    if held is None or (held.exported_at, held.source_key) <= (listing.exported_at, listing.source_key):
        current[listing.source] = listing
    return replace(convocation, listings=_in_order(current))


def _vanished(convocation: Convocation, details: Details) -> Convocation:
    current = {held.source: held for held in convocation.listings}
    held = current.get(str(details["source"]))
    exported_at = str(details["exported_at"])
    if held is not None and held.exported_at < exported_at:
        current[held.source] = replace(held, present=False, exported_at=exported_at)
    return replace(convocation, listings=_in_order(current))


def _in_order(listings: Mapping[str, Listing]) -> tuple[Listing, ...]:
    return tuple(sorted(listings.values(), key=lambda listing: (listing.exported_at, listing.source)))


def _arrival(act: Act) -> Arrival:
    details = act.details
    return Arrival(
        act_id=act.act_id,
        at=act.at.isoformat(),
        desk=act.author.desk,
        agent=act.author.agent,
        stream=act.author.stream,
        verdict=_text(details, "verdict") or "",
        reason=_text(details, "reason"),
        approved_by=_text(details, "approved_by"),
    )


def _with(arrivals: tuple[Arrival, ...], arrival: Arrival) -> tuple[Arrival, ...]:
    return tuple(sorted((*arrivals, arrival), key=lambda one: one.act_id))


def _text(details: Mapping[str, object], key: str) -> str | None:
    value = details.get(key)
    return None if value is None else str(value)


def to_json(convocation: Convocation) -> dict[str, Json]:
    """The whole state, as a projection keeps it."""
    return {
        "listings": [listing.to_json() for listing in convocation.listings],
        "arrivals": [_arrival_json(arrival) for arrival in convocation.arrivals],
        "undone": list(convocation.undone),
        "attempts": convocation.attempts,
        "confirmed_number": convocation.confirmed_number,
        "instruction": convocation.instruction,
    }


def from_json(subject_id: str, state: Mapping[str, object]) -> Convocation:
    """Read back what `to_json` wrote."""
    return Convocation(
        id=subject_id,
        listings=tuple(Listing.from_json(values) for values in _list(state["listings"])),
        arrivals=tuple(Arrival(**values) for values in _list(state["arrivals"])),  # type: ignore[arg-type]
        undone=tuple(str(act_id) for act_id in state["undone"]),  # type: ignore[attr-defined]
        attempts=int(str(state["attempts"])),
        confirmed_number=_text(state, "confirmed_number"),
        instruction=_text(state, "instruction"),
    )


def _arrival_json(arrival: Arrival) -> Json:
    values = {name: getattr(arrival, name) for name in Arrival.__dataclass_fields__}
    return {name: value for name, value in values.items() if value is not None}


def _list(value: object) -> list[dict[str, Json]]:
    assert isinstance(value, list)
    return value


def age_on(birth_date: str | None, day: date) -> int | None:
    """Full years on a day; None when the birth date or a part of it is unknown."""
    if not birth_date or "-00" in birth_date:
        return None
    born = date.fromisoformat(birth_date)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
