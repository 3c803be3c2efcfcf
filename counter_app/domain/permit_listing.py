"""What a source says of one permit received: a line of a lot, or a card entered by hand.

A list without a column says nothing of it: what the list before told still holds, whichever desk received which list.
So each value of a source comes from the newest export that tells it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from operator import attrgetter
from types import NoneType

from counter_app.domain.acts import Details, Json
from counter_app.domain.instants import read_instant
from counter_app.domain.person_names import tokens

LIST, BY_HAND = "list", "by_hand"
"""Sources of a listing."""


@dataclass(frozen=True, slots=True)
class PermitListing:
    """What one source says of a permit, in its newest list. The source owns these values; a desk owns the place."""

    source: str
    exported_at: str
    """Aware UTC ISO instant of the export: a register ordered by it, so an older file never wins."""
    card_number: str
    name: str = ""
    foreign_number: str | None = None
    number_as_read: str | None = None
    """What the list held when it is not a plain 10-digit number: never silently corrected."""
    birth_date: str | None = None
    """ISO date; `00` for a month or day that is not known."""
    kind: str | None = None
    """Kind of permit, as the list words it."""
    valid_from: str | None = None
    valid_to: str | None = None
    received_on: str | None = None
    lot: str | None = None
    tray: str | None = None
    rank: str | None = None
    """Place in the tray, as the list tells it: a desk's own shelving always comes first."""
    stamp_amount: int | None = None
    """Euros; 0 when nothing is due, None when nobody said."""
    phone: str | None = None
    summoned_on: str | None = None
    slot: str | None = None
    """ISO 8601 with the site's offset."""
    told_at: Mapping[str, str] | None = field(default=None, hash=False)
    """Values that this export says nothing of, with the export that last told each, empty when none did."""

    def told_in(self, name: str) -> str:
        """The export that tells a value, empty when none does."""
        return min((self.told_at or {}).get(name, self.exported_at), self.exported_at)

    def after(self, before: "PermitListing | None") -> "PermitListing":
        """What the source tells in all once it told both: of two exports of one instant, the one read last counts."""
        if before is None:
            return self
        newer, older = (self, before) if self.exported_at >= before.exported_at else (before, self)
        if newer.told_at is None:
            return newer
        tellers = {
            name: max((older, newer), key=lambda one: (one.told_in(name), one is self))
            for name in sorted(VALUES & newer.told_at.keys())
        }
        told_at = {name: at for name, one in tellers.items() if (at := one.told_in(name)) != newer.exported_at}
        values = {name: getattr(one, name) for name, one in tellers.items()}
        return replace(newer, **values, told_at=told_at or None)

    def silent_on(self, names: Iterable[str]) -> "PermitListing":
        """The same list, as if it said nothing of these values."""
        return replace(self, told_at={**(self.told_at or {}), **dict.fromkeys(sorted(names), "")} or None)

    def tells_as(self, other: "PermitListing") -> bool:
        """Whether both tell the same values, whenever they did."""
        return all(
            getattr(self, name) == getattr(other, name) and bool(self.told_in(name)) == bool(other.told_in(name))
            for name in VALUES
        )

    def of_another(self, other: "PermitListing") -> bool:
        """Whether both tell of two people: other numbers, or where one is not told, names without a word in common."""
        numbers = {self.foreign_number or None, other.foreign_number or None}
        if None not in numbers:
            return len(numbers) > 1
        return not {*tokens(self.name)} & {*tokens(other.name)}

    def to_json(self) -> dict[str, Json]:
        """Only what is known, as stored in acts and projections."""
        return {name: value for name, value in zip(FIELDS, _values(self), strict=True) if value is not None}

    @staticmethod
    def from_json(values: Details) -> "PermitListing":
        """Read back what `to_json` wrote; unknown keys of a newer version are left aside."""
        return PermitListing(**{name: value for name, value in values.items() if name in _NAMES})  # type: ignore[arg-type]

    @staticmethod
    def read(details: Details) -> "PermitListing":
        """Read the details of an act; raises one of `UNREADABLE` when no screen could show what they hold."""
        listing = PermitListing.from_json(details)
        for name, value in details.items():
            if name in _NAMES and not isinstance(value, _TYPES[name]):
                raise TypeError("a listing holds texts, some of which are never missing, and one amount")
        if not all(isinstance(export, str) for export in (listing.told_at or {}).values()):
            raise TypeError("an export is told by its instant")
        if not listing.card_number:
            raise ValueError("a permit has a card number")
        if listing.slot:
            read_instant(listing.slot)
        born = (listing.birth_date or "").replace("-00", "-01")
        for day in (listing.valid_from, listing.valid_to, listing.received_on, listing.summoned_on, born):
            if day:
                date.fromisoformat(day)
        return listing


FIELDS = tuple(PermitListing.__dataclass_fields__)
VALUES = frozenset(FIELDS) - {"source", "exported_at", "card_number", "told_at"}
"""What a source may tell of a permit, or say nothing of."""
_NAMES, _values = frozenset(FIELDS), attrgetter(*FIELDS)
_TYPES = {
    **dict.fromkeys(FIELDS, (str, NoneType)),
    **dict.fromkeys(("source", "exported_at", "card_number", "name"), (str,)),
    "stamp_amount": (int, NoneType),
    "told_at": (dict, NoneType),
}


def plain_card_number(text: str) -> str:
    """A card number in capitals without blanks or hyphens: the same whoever typed it."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


def plain_tray(text: str) -> str:
    """The name of a tray or a rank in capitals, single blanks, without the word itself: « Bac  d » is D."""
    return _TRAY_WORD.sub("", " ".join(text.upper().split())).strip()


_TRAY_WORD = re.compile(r"^(?:BAC|CASIER|TIROIR|RANG|POCHETTE|PLACE)\b[ :.\-]*(?:N° ?)?(?=\S)")


LONGEST_TRAY = 40
"""Signs of the name of a tray: that of a label that is read at arm's length, as in the settings of the site."""
MOST_RANK = 9999


def is_rank(text: str) -> bool:
    """Whether a rank is a whole number from 1 to `MOST_RANK`."""
    return text.isascii() and text.isdigit() and len(text) <= len(str(MOST_RANK)) and int(text) > 0


def permit_id(site: str, card_number: str) -> str:
    """Identity of a permit: 32 hexadecimal letters, the same at every desk that receives the same lot."""
    return sha256(f"permit\n{site}\n{plain_card_number(card_number)}".encode()).hexdigest()[:32]
