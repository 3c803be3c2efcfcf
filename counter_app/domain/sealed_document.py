"""Sealed documents (2D-Doc, cachet électronique visible): the text of the code read into its header and fields.

Reading says nothing about truth: only a checked signature does (`CheckSeal`), and what is on the paper is compared by
a person. Header of versions 01 to 04 and separators are those of the technical specification of 2D-Doc (France Titres).
Readers type the separators as control characters, or spell them (`<GS>`); one that loses them has to be set.
"""

import re
from base64 import b32decode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from counter_app.domain.french import typeset
from counter_app.domain.keyboard import repair_azerty
from counter_app.domain.person_names import fold
from counter_app.domain.seal_fields import GS, SealedField, day_of, read_fields

US = "\x1f"
LONGEST = 4000
"""Signs of the largest DataMatrix, and some."""


class SealFault(StrEnum):
    """Why a text that begins as a sealed document cannot be read as one."""

    VERSION = "version"
    HEADER = "header"
    SEPARATORS = "separators"
    SIGNATURE = "signature"

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, in French, for the agent."""
        return typeset(f"Cachet 2D-Doc non lu : {_WRONG[self]}")


_WRONG = {
    SealFault.VERSION: "sa version n’est pas connue de ce poste. Lisez le document lui-même.",
    SealFault.HEADER: "son début est incomplet. Scannez de nouveau ; sinon, lisez le document lui-même.",
    SealFault.SEPARATORS: (
        "la signature manque, ou le lecteur ne transmet pas les séparateurs (GS, US). Scannez de nouveau ; si cela "
        "se répète, réglez le lecteur pour qu’il envoie les caractères de contrôle."
    ),
    SealFault.SIGNATURE: "sa signature est incomplète ou mal lue. Scannez de nouveau ; sinon, lisez le document.",
}


class SealStatus(StrEnum):
    """What a check of the signature found; the word used in JSON. Unknown is not broken."""

    GENUINE = "genuine"
    SPECIMEN = "specimen"
    BROKEN = "broken"
    UNKNOWN_CERTIFICATE = "unknown_certificate"
    UNEXPECTED_AUTHORITY = "unexpected_authority"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class SealCheck:
    """What is known of a seal once its signature was checked."""

    status: SealStatus
    authority: str = ""
    """Who signed, by the certificate; empty when nobody can tell."""
    out_of_period: bool = False
    """Broken because the signature is dated outside the validity of its certificate."""


@dataclass(frozen=True, slots=True)
class SealedDocument:
    """The text of a seal, not yet checked."""

    version: int
    authority: str
    """Four signs of the certification authority."""
    certificate: str
    """Four signs of the certificate."""
    emitted_on: date | None
    signed_on: date | None
    document_type: str
    perimeter: str
    country: str
    fields: tuple[SealedField, ...]
    signed_text: str
    """What the signature covers."""
    signature: bytes
    repaired: bool = False
    """A layout or a case was put right."""

    def value(self, name: str) -> str | None:
        """Value of a field, or None when the document has none or it is empty."""
        return next((field.value for field in self.fields if field.name == name and field.value), None)

    @property
    def kind(self) -> str:
        """Stable word of what the document is: its type, for type 13 with the code of field 6J: `13_2`."""
        part = self.value("6J") if self.document_type == "13" else None
        return f"{self.document_type}_{part}" if part in ("1", "2", "3", "4", "5") else self.document_type


_OF_FOREIGNERS = frozenset(("13", "15", "16", "17", "25"))
_STATE = ("etrangers", "interieur", "immigration", "titres securises", "imprimerie nationale")


def may_sign(document_type: str, organisation: str) -> bool:
    """Whether an organisation may seal such a paper: an energy supplier signs its bills, and no right to stay."""
    return document_type not in _OF_FOREIGNERS or any(word in fold(organisation) for word in _STATE)


CheckSeal = Callable[[SealedDocument], SealCheck]


def knows_no_certificate(_document: SealedDocument) -> SealCheck:
    """The check of a desk without certificates: nothing can be said, and nobody is accused."""
    return SealCheck(SealStatus.UNKNOWN_CERTIFICATE)


_SPELT = {
    "\x1d": re.compile(r"<GS>|\{GS\}|\[GS\]|\\x1d|\\u001d|\u241d", re.IGNORECASE),
    "\x1e": re.compile(r"<RS>|\{RS\}|\[RS\]|\\x1e|\\u001e|\u241e", re.IGNORECASE),
    "\x1f": re.compile(r"<US>|\{US\}|\[US\]|\\x1f|\\u001f|\u241f", re.IGNORECASE),
}
"""How readers and programs spell separators that they cannot type."""
_AIM = re.compile(r"^\][A-Za-z][0-9]")
_START = re.compile(r"DC[0-9]{2}[A-Z]{2}[0-9A-Z]{2}")
_HEADER = re.compile(
    r"DC(?P<version>[0-9]{2})(?P<authority>[A-Z0-9]{4})(?P<certificate>[A-Z0-9]{4})"
    r"(?P<emitted>[0-9A-F]{4})(?P<signed>[0-9A-F]{4})(?P<type>[A-Z0-9]{2})(?P<rest>.*)",
    re.DOTALL,
)
_REST = {
    1: re.compile(r"(?P<perimeter>)(?P<country>)(?P<message>.*)", re.DOTALL),
    2: re.compile(r"(?P<perimeter>)(?P<country>)(?P<message>.*)", re.DOTALL),
    3: re.compile(r"(?P<perimeter>[0-9A-F]{2})(?P<country>)(?P<message>.*)", re.DOTALL),
    4: re.compile(r"(?P<perimeter>[0-9A-F]{2})(?P<country>[A-Z]{2})(?P<message>.*)", re.DOTALL),
}


def read_sealed(raw: str) -> SealedDocument | SealFault | None:
    """Read the text of a 2D-Doc; None when it does not begin as one. Never raises."""
    if len(raw) > LONGEST:
        return None
    text, repaired = _as_meant(raw)
    if not _START.match(text):
        return None
    signed, separator, after = text.partition(US)
    header = _HEADER.match(signed)
    if header is None:
        return SealFault.HEADER
    if int(header["version"]) not in _REST:
        return SealFault.VERSION
    rest = _REST[int(header["version"])].match(header["rest"])
    if rest is None:
        return SealFault.HEADER
    if not separator:
        return SealFault.SEPARATORS
    signature = _signature(after.partition(GS)[0].partition(US)[0])
    return _document(header, rest, signed, signature, repaired) if signature else SealFault.SIGNATURE


def _document(
    header: re.Match[str], rest: re.Match[str], signed: str, signature: bytes, repaired: bool
) -> SealedDocument:
    perimeter = rest["perimeter"] or "01"
    return SealedDocument(
        version=int(header["version"]),
        authority=header["authority"],
        certificate=header["certificate"],
        emitted_on=day_of(header["emitted"]),
        signed_on=day_of(header["signed"]),
        document_type=header["type"],
        perimeter=perimeter,
        country=rest["country"] or "FR",
        # Identifiers mean something in perimeter 01 only: elsewhere the same two signs are another thing.
        fields=read_fields(rest["message"]) if perimeter == "01" else (),
        signed_text=signed,
        signature=signature,
        repaired=repaired,
    )


def _as_meant(raw: str) -> tuple[str, bool]:
    """The text with its separators as control characters, a layout or a case put right when it explains the text."""
    text = _AIM.sub("", raw.strip(" \t\r\n\ufeff"))
    for separator, spelt in _SPELT.items():
        text = spelt.sub(separator, text)
    if _START.match(text):
        return text, False
    for meant in (text.swapcase(), repair_azerty(text)[0], repair_azerty(text)[0].swapcase()):
        if _START.match(meant):
            return meant, True
    return text, False


def _signature(text: str) -> bytes:
    """Bytes of the Base32 signature, whose padding is left out in the code; empty when it is not one."""
    compact = text.strip()
    try:
        return b32decode(compact + "=" * (-len(compact) % 8))
    except ValueError:
        return b""
