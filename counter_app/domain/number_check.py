"""A number against what the list knows: form, validity date and postal code answered apart.

Booking tools compare all three and say only "wrong number" (Loiret prefecture's FAQ): here each has its own answer.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from counter_app.domain.foreign_number import NumberReading, NumberStatus
from counter_app.domain.keyboard import plain_digits, without_invisible_marks
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.verdict import Verdict


class Comparison(StrEnum):
    """One answer; the word used in JSON. `unknown` is not `differs`: one side is missing."""

    MATCH = "match"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class KnownHolder:
    """What the lists say of the person at the desk."""

    foreign_number: str
    expiry: date | None = None
    """Last day of validity printed on the permit."""
    postcode: str | None = None
    other_number: str | None = None
    """Another number under which lists hold the same person."""


@dataclass(frozen=True, slots=True)
class ThreeAnswers:
    """Form of the number, validity date, postal code."""

    form: Comparison
    expiry: Comparison
    postcode: Comparison


def three_answers(
    reading: NumberReading, expiry: date | None, postcode: str | None, known: KnownHolder | None
) -> ThreeAnswers:
    """The three answers apart. Without a known holder the form is judged alone, the others are unknown."""
    return ThreeAnswers(
        form=_form(reading, known),
        expiry=_compare(expiry, known.expiry if known else None),
        postcode=_compare(_plain_postcode(postcode), _plain_postcode(known.postcode if known else None)),
    )


def number_verdict(reading: NumberReading, answers: ThreeAnswers, known: KnownHolder | None) -> Verdict:
    """Verdict N01 to N08. Nine digits are confirmed first; then what differs from the list; then the form."""
    if reading.number_class is not NumberClass.AGDREF:
        length = reading.status in (NumberStatus.INVALID_LENGTH, NumberStatus.EMPTY)
        return Verdict.NUMBER_LENGTH if length else Verdict.NUMBER_OTHER_KIND
    if reading.status is NumberStatus.LEGACY_EXPANDED:
        return Verdict.NUMBER_LEGACY
    if known and (known.other_number or answers.form is Comparison.DIFFERS):
        return Verdict.NUMBER_ALIAS
    if answers.expiry is Comparison.DIFFERS:
        return Verdict.NUMBER_EXPIRY_DIFFERS
    if answers.postcode is Comparison.DIFFERS:
        return Verdict.NUMBER_POSTCODE_DIFFERS
    unusual = reading.status is NumberStatus.WARN_UNKNOWN_PREFIX
    return Verdict.NUMBER_UNUSUAL_PREFIX if unusual else Verdict.NUMBER_OK


def _form(reading: NumberReading, known: KnownHolder | None) -> Comparison:
    if reading.status is NumberStatus.EMPTY:
        return Comparison.UNKNOWN
    if reading.number_class is not NumberClass.AGDREF:
        return Comparison.DIFFERS
    if known:
        readings = {reading.normalized, *reading.candidates}
        return Comparison.MATCH if known.foreign_number in readings else Comparison.DIFFERS
    return Comparison.MATCH if reading.status is NumberStatus.VALID else Comparison.UNKNOWN


def _compare(given: object, known: object) -> Comparison:
    if given is None or known is None:
        return Comparison.UNKNOWN
    return Comparison.MATCH if given == known else Comparison.DIFFERS


def _plain_postcode(postcode: str | None) -> str | None:
    """Digits only; a spreadsheet's `1000` is 01000. None when nothing was given."""
    digits = "".join(
        character for character in plain_digits(without_invisible_marks(postcode or "")) if character.isdigit()
    )
    return digits.zfill(5) if digits else None
