"""The foreign number (numéro étranger, AGDREF): ten digits, read from whatever people give.

There is no public check digit. The first two digits are usually the département of first registration (01-95, 97, 98)
or 99; 991 comes with an OFII sticker (Jura prefecture's FAQ). Resident cards made before 2017 show nine digits: a 0
goes after the second (Loiret prefecture's FAQ), but nine digits may also be a number whose leading 0 a spreadsheet
ate, so both readings are proposed and none is applied alone. Nothing typed is ever silently corrected.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

from counter_app.domain import number_hints as hints
from counter_app.domain.keyboard import (
    looks_like_azerty_row,
    plain_digits,
    repair_azerty,
    repair_digit_row,
    without_invisible_marks,
)
from counter_app.domain.number_in_text import find_number_in
from counter_app.domain.other_numbers import NumberClass, recognise

LENGTH, LEGACY_LENGTH = 10, 9
LONGEST = 4000
"""Characters beyond which a text is read by nobody: no cell of a list and no scan of a paper is so long."""


class NumberStatus(StrEnum):
    """How far a number can be trusted; the word used in JSON."""

    VALID = "valid"
    LEGACY_EXPANDED = "legacy_expanded"
    WARN_UNKNOWN_PREFIX = "warn_unknown_prefix"
    INVALID_LENGTH = "invalid_length"
    INVALID_CHARS = "invalid_chars"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What was read, and what it may be."""

    number_class: NumberClass
    status: NumberStatus
    normalized: str | None = None
    """Without separators; of nine digits, the first candidate. None when nothing can be used."""
    candidates: tuple[str, ...] = ()
    """Readings to choose from, the likeliest first: the agent confirms one."""
    hint: str = ""
    """One French sentence or two for the agent: what it is and what to do. Empty when all is well."""
    digits_read: int = 0
    layout_repaired: bool = False
    """The digits came as the signs of an unshifted French digit row."""

    @property
    def nine_digits(self) -> str | None:
        """The digits of a number of the old form, as a list may hold them; None of anything else."""
        if self.status is not NumberStatus.LEGACY_EXPANDED or self.normalized is None:
            return None
        return self.normalized[:2] + self.normalized[3:]


_SHORT_LABELS = r"n|№|no|nr|id|num|d|de|du|des|l|le|la|est"
_LABELS = (
    r"num[eé]ro|number|agdref|fne|anef|identifiant|ident|[eé]trang(?:er|ère|ere)s?|foreigner|usager|personnel|national"
    r"|carte|titre|s[eé]jour|visa|timbre|fiscal|demande|vignette|ofii|r[eé]c[eé]piss[eé]|mon|votre|son"
)
_LABEL = re.compile(
    rf"\s*(?:(?:[dl]['’](?=\w)|(?:{_LABELS})(?![^\W\d_º])|(?:{_SHORT_LABELS})(?:(?!\w)|(?=º|[0-9]{{10}}(?![0-9]))))[\s.:°º=#/|]*)+",
    re.IGNORECASE,
)
_TRAILING_LABEL = re.compile(r"(?<![\s,;(\-])[\s,;(\-]+(?:agdref|fne|[eé]trang(?:er|ère|ere))\)?\s*$", re.IGNORECASE)
_ENDS = "*#()[]{}<>\"«»“”|=;:,.-'’"
_SEPARATORS = re.compile(r"[\s.,\-‐‑‒–—―−﹣/\\_·•'’]+")
_SPREADSHEET_ZERO = re.compile(r"\s*([0-9]{9,10}|[0-9]{1,3}(?:\s[0-9]{3}){2,3})[.,]0{1,2}\s*")
_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]*))?E\+?0?([0-9]{1,2})", re.IGNORECASE)
_DATE = re.compile(r"[0-9]{1,2}[./ -][0-9]{1,2}[./ -](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_PHONE = re.compile(r"(?:\+|00)[0-9]{2}[0-9]{9}")
_SOCIAL_SECURITY = re.compile(r"[1-478][0-9]{2}(?:0[1-9]|1[0-2]|[2-9][0-9])[0-9]{8}(?:[0-9]{2})?")
_FRENCH_VISA = re.compile(r"[A-Z]{3}[0-9]{9}")
_CONFUSABLE = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6", "T": "7", "B": "8"}
_PREFIXES = frozenset(f"{department:02d}" for department in (*range(1, 96), 97, 98, 99))


def read_number(raw: str) -> NumberReading:
    """Read a number typed, scanned, pasted or found in a list: any separators, labels, scripts of digits.

    Never raises. Whatever cannot be read keeps class `unknown` and says why in `hint`.
    """
    if len(raw) > LONGEST:
        return NumberReading(NumberClass.UNKNOWN, NumberStatus.INVALID_CHARS, hint=hints.TOO_LONG)
    text = plain_digits(without_invisible_marks(unicodedata.normalize("NFC", raw)))
    bare = _TRAILING_LABEL.sub("", text[_label_end(text) :])
    reading = _read(bare)
    if reading.number_class is not NumberClass.UNKNOWN:
        return reading
    repaired = _read_repaired(bare.strip())
    if repaired:
        return replace(repaired, layout_repaired=True, hint=f"{hints.LAYOUT} {repaired.hint}".strip())
    return _with_numbers_inside(reading, text)


def masked(number: str) -> str:
    """`59•••••821`: enough to compare aloud, not enough to copy."""
    return f"{number[:2]}{'•' * (len(number) - 5)}{number[-3:]}" if len(number) > 5 else "•" * len(number)


def grouped(number: str) -> str:
    """Ten digits in groups of 2-2-3-3, nine as printed on the card (`20 8006503`); others unchanged."""
    if len(number) == LENGTH:
        return f"{number[:2]} {number[2:4]} {number[4:7]} {number[7:]}"
    return f"{number[:2]} {number[2:]}" if len(number) == LEGACY_LENGTH else number


def grouped_candidates(reading: NumberReading) -> tuple[str, ...]:
    """Candidates as shown, the added zero standing alone: `20 0 8006503`, `0 208006503`."""
    if reading.status is not NumberStatus.LEGACY_EXPANDED:
        return tuple(grouped(candidate) for candidate in reading.candidates)
    shown = (f"{first[:2]} 0 {first[3:]}" for first in reading.candidates[:1])
    return (*shown, *(f"0 {other[1:]}" for other in reading.candidates[1:]))


def _label_end(text: str) -> int:
    match = _LABEL.match(text)
    return match.end() if match else 0


def _read(text: str) -> NumberReading:
    joined = "".join(text.split())
    scientific = _SCIENTIFIC.fullmatch(joined)
    if scientific and ("+" in joined or scientific[2] is not None):
        return _eaten(joined, scientific)
    whole = _SPREADSHEET_ZERO.fullmatch(text)
    compact = _SEPARATORS.sub("", whole[1] if whole else joined.strip(_ENDS)).upper()
    reading = (
        _classify(compact) if compact else NumberReading(NumberClass.UNKNOWN, NumberStatus.EMPTY, hint=hints.EMPTY)
    )
    reading = replace(reading, digits_read=sum(character in "0123456789" for character in compact))
    return replace(reading, hint=_resemblance(text.strip(), compact) or reading.hint) if _unread(reading) else reading


def _classify(compact: str) -> NumberReading:
    digits_only = compact.isascii() and compact.isdigit()
    if digits_only and len(compact) == LENGTH:
        return _agdref(compact)
    if digits_only and len(compact) == LEGACY_LENGTH:
        return _legacy(compact)
    other = recognise(compact)
    if other is not NumberClass.UNKNOWN:
        candidates, _ = _without_letters(compact)
        return NumberReading(other, NumberStatus.VALID, compact, candidates, hint=hints.OTHER[other])
    if digits_only:
        return NumberReading(other, NumberStatus.INVALID_LENGTH, hint=hints.length(len(compact)))
    candidates, hint = _without_letters(compact)
    return NumberReading(other, NumberStatus.INVALID_CHARS, candidates=candidates, hint=hint)


def _agdref(number: str) -> NumberReading:
    if number[:2] not in _PREFIXES:
        hint = hints.unusual_prefix(number[:2])
        return NumberReading(NumberClass.AGDREF, NumberStatus.WARN_UNKNOWN_PREFIX, number, hint=hint)
    hint = hints.OFII if number.startswith("991") else hints.MOBILE if number.startswith(("06", "07")) else ""
    return NumberReading(NumberClass.AGDREF, NumberStatus.VALID, number, hint=hint)


def _legacy(digits: str) -> NumberReading:
    candidates = _expansions(digits)
    reading = NumberReading(NumberClass.AGDREF, NumberStatus.LEGACY_EXPANDED, candidates[0], candidates)
    shown = grouped_candidates(reading)
    return replace(reading, hint=hints.legacy(shown[0], shown[1] if len(shown) > 1 else None))


def _expansions(digits: str) -> tuple[str, ...]:
    """A 0 after the second digit (card before 2017), then a 0 in front (départements 01-09)."""
    inserted, in_front = f"{digits[:2]}0{digits[2:]}", f"0{digits}"
    return (inserted, in_front) if digits[0] != "0" else (inserted,)


def _without_letters(compact: str) -> tuple[tuple[str, ...], str]:
    """Suggestions for a number where one or two letters stand for digits, and the sentence that goes with them."""
    places = [place for place, character in enumerate(compact) if not character.isdecimal()]
    corsican = compact[:2] in ("2A", "2B")
    if corsican or len(places) > 2 or any(compact[place] not in _CONFUSABLE for place in places):
        return (), hints.CORSICA if corsican and len(compact) in (LENGTH, LEGACY_LENGTH) else hints.CHARACTERS
    digits = "".join(_CONFUSABLE.get(character, character) for character in compact)
    if len(digits) not in (LENGTH, LEGACY_LENGTH):
        return (), hints.CHARACTERS
    candidates = (digits,) if len(digits) == LENGTH else _expansions(digits)
    letter = compact[places[0]]
    return candidates, hints.confusable(letter, places[0] + 1, _CONFUSABLE[letter], grouped(candidates[0]))


def _eaten(joined: str, match: re.Match[str]) -> NumberReading:
    """Digits lost by a spreadsheet are never guessed; a mantissa that holds all ten is proposed, not taken."""
    digits = match[1] + (match[2] or "")
    complete = digits if len(digits) == LENGTH == int(match[3]) + 1 else None
    return NumberReading(
        NumberClass.UNKNOWN,
        NumberStatus.INVALID_CHARS,
        candidates=(complete,) if complete else (),
        hint=hints.eaten(joined, grouped(complete) if complete else None),
        digits_read=len(digits),
    )


def _read_repaired(text: str) -> NumberReading | None:
    """The reading once the digit row of a French keyboard is put right; None when that explains nothing."""
    if looks_like_azerty_row(text):
        return _read(repair_azerty(text)[0])
    if re.fullmatch(r"[A-Z]{3}[^A-Z0-9]{9}", text):
        visa = _read(repair_azerty(text)[0])
        return visa if _FRENCH_VISA.fullmatch(visa.normalized or "") else None
    half, changed = repair_digit_row(text)
    mixed = changed and re.fullmatch(r"[0-9]{10}", half) and re.search("[0-9]", text)
    return replace(_agdref(half), digits_read=LENGTH) if mixed else None


def _resemblance(text: str, compact: str) -> str:
    if _DATE.fullmatch(text):
        return hints.DATE
    if _PHONE.fullmatch(re.sub(r"[\s().-]", "", text)):
        return hints.PHONE
    return hints.SOCIAL_SECURITY if _SOCIAL_SECURITY.fullmatch(compact) else ""


def _unread(reading: NumberReading) -> bool:
    return reading.normalized is None and not reading.candidates


def _with_numbers_inside(reading: NumberReading, text: str) -> NumberReading:
    """A number inside a sentence is proposed, never taken."""
    inside = find_number_in(text) if _unread(reading) else ()
    if not inside or reading.status is NumberStatus.EMPTY:
        return reading
    candidates = tuple(
        candidate for found in inside for candidate in (_expansions(found) if len(found) == LEGACY_LENGTH else (found,))
    )
    return replace(reading, candidates=candidates, hint=hints.several(tuple(map(grouped, candidates))))
