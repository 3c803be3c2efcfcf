"""The app's own printed codes: `PG`, a kind letter, eight letters for 32 bits, one check letter.

The sixteen consonants stand on the same key of QWERTY, AZERTY and QWERTZ keyboards, one letter is one hexadecimal
digit, and without vowels no word can appear. The check letter (Luhn, modulo 16, over the kind and the eight letters)
catches every single wrong letter and nearly every swap of two neighbours.
"""

from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.keyboard import without_invisible_marks

LETTERS = "BCDFGHJKLNPRSTVX"
PREFIX = "PG"
LENGTH = 12
_BITS = 32
_VALUE = {letter: value for value, letter in enumerate(LETTERS)}
_SPELT, _READ = str.maketrans("0123456789abcdef", LETTERS), str.maketrans(LETTERS, "0123456789abcdef")
_TWICE = {letter: 2 * value // 16 + 2 * value % 16 for letter, value in _VALUE.items()}


class CodeKind(StrEnum):
    """What the code is printed on; the value is the third letter."""

    CONVOCATION = "C"
    TICKET = "T"
    HANDOVER = "R"
    SLIP = "F"
    COMMAND = "X"


_KINDS = frozenset(kind.value for kind in CodeKind)


class CodeFault(StrEnum):
    """Why a text that looks like one of our codes is not one."""

    LENGTH = "length"
    LETTER = "letter"
    KIND = "kind"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class OwnCode:
    """One of our codes, read whole and checked."""

    kind: CodeKind
    value: int
    """32 bits."""
    text: str
    """Twelve capital letters without spaces."""


@dataclass(frozen=True, slots=True)
class BrokenCode:
    """Looks like one of our codes, but a letter was lost, added, misread or swapped: scan or type it again."""

    text: str
    fault: CodeFault


def make_code(kind: CodeKind, value: int) -> str:
    """The twelve letters that carry a 32-bit value. Raises ValueError outside 0 … 2³²-1."""
    if not 0 <= value < 1 << _BITS:
        raise ValueError(f"a code carries {_BITS} bits, not {value}")
    body = kind.value + f"{value:08x}".translate(_SPELT)
    return PREFIX + body + check_letter(body)


def read_code(raw: str) -> OwnCode | BrokenCode | None:
    """One of our codes in any case, with any spaces or hyphens; None when the text does not look like one at all."""
    text = _compact(raw)
    if not text.startswith(PREFIX) or not _near(text):
        return None
    fault = _fault(text)
    if fault:
        return BrokenCode(text, fault)
    return OwnCode(CodeKind(text[2]), int(text[3:-1].translate(_READ), 16), text)


def spaced(code: str) -> str:
    """The code as printed and read aloud: `PGC LKTB XNVD R`."""
    return f"{code[:3]} {code[3:7]} {code[7:11]} {code[11:]}"


def check_letter(body: str) -> str:
    """Luhn check letter, modulo 16, of a text in the sixteen letters."""
    doubled, plain = body[::-1][::2], body[::-1][1::2]
    return LETTERS[-(sum(map(_TWICE.__getitem__, doubled)) + sum(map(_VALUE.__getitem__, plain))) % 16]


def _compact(raw: str) -> str:
    plain = without_invisible_marks(raw).upper()
    return plain if plain.isalnum() else "".join(c for c in plain if not c.isspace() and c not in "-‑–._")


def _near(text: str) -> bool:
    """Close enough to our form to say "misread" rather than to search it as a name or a number."""
    return abs(len(text) - LENGTH) <= 2 and sum(map(_VALUE.__contains__, text)) >= len(text) - 2


def _fault(text: str) -> CodeFault | None:
    if len(text) != LENGTH:
        return CodeFault.LENGTH
    if not all(map(_VALUE.__contains__, text)):
        return CodeFault.LETTER
    if text[2] not in _KINDS:
        return CodeFault.KIND
    return None if check_letter(text[2:-1]) == text[-1] else CodeFault.CHECK
