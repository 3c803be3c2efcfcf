"""Tax stamps of permits: what a case costs on a day, and the 16-digit number of an electronic stamp.

The amount of a permit is the one that its list or its SMS says, and it can always be changed: exemptions are many. The
tariff here is a help and a check, dated and sourced (`resources/tax_stamps.toml`); what no source confirms is told as
not confirmed, never made up. A number is kept as its last four digits and a keyed digest: enough to see it come again.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from counter_app.domain.keyboard import (
    looks_like_azerty_row,
    plain_digits,
    repair_digit_row,
    without_invisible_marks,
)

DIGITS = 16
"""Digits of the number of an electronic stamp, sent by SMS or printed beside its flash code."""
SHOWN = 4
MOST = 9999
"""Euros beyond which an amount is a slip of the hand."""
_SEPARATORS = "-‐‑–—._·/"


class Confidence(StrEnum):
    """How sure an amount is; below high, the agent is asked to check it against the SMS."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class StampAmount:
    """What one case costs during a period, in whole euros."""

    case: str
    label: str
    since: date
    until: date | None
    """Last day, None while in force."""
    tax: int
    duty: int
    note: str
    source: str
    confidence: Confidence

    @property
    def total(self) -> int:
        """Tax and stamp duty together: what the stamp must show."""
        return self.tax + self.duty

    def covers(self, day: date) -> bool:
        """Whether a day is in the period."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class NotConfirmed:
    """No source confirms an amount for this case on this day: the SMS or the list says it, not the application."""

    case: str
    label: str
    source: str = ""
    """What was looked for, when somebody did look."""


Case = StampAmount | NotConfirmed
"""What the tariff says of a case on a day."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """Every amount known, and the cases known to be unknown."""

    amounts: tuple[StampAmount, ...]
    unconfirmed: tuple[tuple[NotConfirmed, date], ...]
    """Cases that no source confirms from a day on."""

    @property
    def cases(self) -> tuple[tuple[str, str], ...]:
        """Code and newest French label of every case, in the order of the table."""
        return tuple({amount.case: amount.label for amount in self.amounts}.items())

    @property
    def begins(self) -> date:
        """The first day of which anything is known."""
        return min(amount.since for amount in self.amounts)

    def on(self, case: str, day: date) -> Case:
        """What a case costs on a day; `NotConfirmed` where no source says it."""
        found = next((amount for amount in self.amounts if amount.case == case and amount.covers(day)), None)
        return found or self._unknown(case, day)

    def cases_on(self, day: date) -> tuple[Case, ...]:
        """What each case costs on a day, in the order of the table; a case that did not exist yet is not named."""
        begun = {amount.case for amount in self.amounts if amount.since <= day}
        return tuple(self.on(case, day) for case, _label in self.cases if case in begun)

    def _unknown(self, case: str, day: date) -> NotConfirmed:
        told = next((one for one, since in self.unconfirmed if one.case == case and since <= day), None)
        return told or NotConfirmed(case, dict(self.cases).get(case, case))

    def known_totals(self, day: date) -> frozenset[int]:
        """Every amount that some case costs on a day: an amount of a list outside them is worth a second look."""
        return frozenset(amount.total for amount in self.amounts if amount.covers(day))


def read_tariff(values: Mapping[str, Sequence[Mapping[str, Any]]]) -> Tariff:
    """The tariff as its file says it. Raises KeyError or ValueError when the shipped file is wrong."""
    return Tariff(
        tuple(_amount(one) for one in values["amount"]),
        tuple(
            (NotConfirmed(one["case"], one["label"], one["source"]), one["since"]) for one in values["not_confirmed"]
        ),
    )


def _amount(values: Mapping[str, Any]) -> StampAmount:
    return StampAmount(
        case=values["case"],
        label=values["label"],
        since=values["since"],
        until=values.get("until"),
        tax=int(values["tax"]),
        duty=int(values["duty"]),
        note=values.get("note", ""),
        source=values["source"],
        confidence=Confidence(values["confidence"]),
    )


class StampFault(StrEnum):
    """Why what was read is no stamp number; nothing of it is kept or corrected."""

    EMPTY = "empty"
    LENGTH = "length"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class StampReading:
    """What was read in the field of the stamp."""

    digits: str
    """The sixteen digits when they are all there, else empty."""
    read: int
    """How many digits were read."""
    fault: StampFault | None = None
    layout_repaired: bool = False
    """True when the reader or the hand typed the digit row without Shift."""

    @property
    def ok(self) -> bool:
        return self.fault is None


def read_stamp(raw: str) -> StampReading:
    """The number of a stamp, with spaces or separators, digits of other scripts, the AZERTY row without Shift.

    A letter that looks like a digit is told, never turned into one: another stamp could carry the number so made.
    """
    text = plain_digits(without_invisible_marks(raw)).strip()
    repaired = looks_like_azerty_row(text)
    if repaired:
        text, _changed = repair_digit_row(text)
    bare = "".join(letter for letter in text if not letter.isspace() and (repaired or letter not in _SEPARATORS))
    read = sum(letter.isdigit() for letter in bare)
    fault = _fault(bare)
    return StampReading("" if fault else bare, read, fault, repaired)


def _fault(bare: str) -> StampFault | None:
    if not bare:
        return StampFault.EMPTY
    if not (bare.isascii() and bare.isdigit()):
        return StampFault.LETTERS
    return None if len(bare) == DIGITS else StampFault.LENGTH


def last_digits(digits: str) -> str:
    """The four digits that papers and screens show, written « …9012 »."""
    return digits[-SHOWN:]


def stamp_digest(digits: str, key: bytes) -> str:
    """Keyed digest (HMAC-SHA-256, hexadecimal) of a number: the same stamp gives the same digest under one key.

    Without the key, sixteen digits could be tried one after the other. Raises ValueError on an empty key.
    """
    if not key:
        raise ValueError("the digest of a stamp needs a key")
    return hmac.new(key, digits.encode("ascii"), "sha256").hexdigest()


def read_amount(text: str) -> int | None:
    """Whole euros as a list or an agent writes them (« 225 », « 225 € », « 225,00 »); None when it is no such amount.

    Cents are not rounded: an amount that is not whole is no amount of a stamp.
    """
    bare = plain_digits(without_invisible_marks(text)).replace("€", "").replace("EUR", "").replace("eur", "")
    euros, _point, cents = "".join(bare.split()).replace(",", ".").partition(".")
    if not (euros.isascii() and euros.isdigit()) or cents.strip("0"):
        return None
    return int(euros) if len(euros) <= len(str(MOST)) + 2 and int(euros) <= MOST else None
