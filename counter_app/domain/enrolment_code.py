"""The code by which a desk joins its central, once: a secret, and what the central's certificate must look like.

Thirty-two of the sixteen consonants of `domain.codes`, in groups of four: eleven for a one-time secret of 44 bits,
twenty for the first 80 bits of the SHA-256 of the first root certificate (DER), one check letter. Whoever holds the
code can tell the central from anything that stands in its place, before any certificate of it is known.
"""

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.codes import LETTERS, check_letter
from counter_app.domain.keyboard import without_invisible_marks

SECRET = 11
"""Letters of the secret."""
_FINGERPRINT, _GROUP = 20, 4
LENGTH = SECRET + _FINGERPRINT + 1
_SPELT, _READ = str.maketrans("0123456789abcdef", LETTERS), str.maketrans(LETTERS, "0123456789abcdef")
_BETWEEN = frozenset("-‑–._\u00a0\u202f")


class EnrolmentFault(StrEnum):
    """Why a text is no enrolment code."""

    LENGTH = "length"
    LETTER = "letter"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """A code read whole and checked."""

    secret: str
    """Eleven letters: shown to the central alone, over a connection already verified."""
    fingerprint: str
    """Twenty hexadecimal digits."""

    def names(self, root: bytes) -> bool:
        """Whether a root certificate, in DER, is the one of the code."""
        return hmac.compare_digest(self.fingerprint, fingerprint(root))


def fingerprint(root: bytes) -> str:
    """What the code keeps of a root certificate in DER: 80 bits, in hexadecimal."""
    return hashlib.sha256(root).hexdigest()[:_FINGERPRINT]


def make_enrolment_code(secret: str, root: bytes) -> str:
    """The code in capital letters without spaces. Raises ValueError when the secret is not eleven of our letters."""
    if len(secret) != SECRET or not set(secret) <= set(LETTERS):
        raise ValueError(f"a secret holds {SECRET} letters of {LETTERS}")
    body = secret + fingerprint(root).translate(_SPELT)
    return body + check_letter(body)


def read_enrolment_code(raw: str) -> EnrolmentCode | EnrolmentFault:
    """A code in any case, with any spaces or hyphens; or what is wrong with it."""
    text = "".join(c for c in without_invisible_marks(raw).upper() if not c.isspace() and c not in _BETWEEN)
    if not set(text) <= set(LETTERS):
        return EnrolmentFault.LETTER
    if len(text) != LENGTH:
        return EnrolmentFault.LENGTH
    if check_letter(text[:-1]) != text[-1]:
        return EnrolmentFault.CHECK
    return EnrolmentCode(text[:SECRET], text[SECRET:-1].translate(_READ))


def grouped(code: str) -> str:
    """The code as printed and read aloud, in groups of four."""
    return " ".join(code[place : place + _GROUP] for place in range(0, len(code), _GROUP))
