"""A paper scanned at the desk, its zone (MRZ) or its seal (2D-Doc): read, checked, and whose it may be.

Nothing of it is recorded: the journal keeps what an agent did, not what a paper holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from counter_app.domain import number_hints as hints
from counter_app.domain.convocation import Convocation
from counter_app.domain.foreign_number import LENGTH, NumberReading, NumberStatus, grouped, read_number
from counter_app.domain.identity_paper import IdentityCompared, IdentityPaper, compare, of_seal, of_zone
from counter_app.domain.mrz import Mrz, MrzFault, read_mrz
from counter_app.domain.number_check import Comparison
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.sealed_document import SealCheck, SealedDocument, SealFault, SealStatus, read_sealed
from counter_app.domain.verdict import Verdict
from counter_app.store import convocation_rows, search_index
from counter_app.store.connection import Connection
from counter_app.usecases.desk import Desk

_NOBODY = IdentityPaper()
ALIKE = 20
"""People of one name that are looked at, to find the one born that day."""


@dataclass(frozen=True, slots=True)
class ScannedPaper:
    """What a scan of a paper told. Exactly one of `seal` and `zone` is read, or `fault` says why none is."""

    identity: IdentityPaper = _NOBODY
    seal: SealedDocument | None = None
    check: SealCheck | None = None
    """Of a seal, read or not; None for a zone."""
    zone: Mrz | None = None
    fault: MrzFault | SealFault | None = None

    @property
    def status(self) -> SealStatus | None:
        """What the check of the seal found; None for a zone."""
        return self.check.status if self.check else None

    @property
    def repaired(self) -> bool:
        """A layout, a case or a misread letter was put right."""
        return bool((self.seal and self.seal.repaired) or (self.zone and self.zone.repaired))

    @property
    def verdict(self) -> Verdict | None:
        """What the paper itself answers, before anybody is looked for; None when it raises no question."""
        if self.fault or self.status in _UNVERIFIED:
            return Verdict.UNREADABLE_CODE
        return _VERDICTS.get(self.status) if self.status else None

    @property
    def notes(self) -> tuple[str, ...]:
        """Stable words of the lines that an answer about the paper shows."""
        if self.fault:
            return ("seal_unread",) if isinstance(self.fault, SealFault) else ("mrz_unread",)
        if self.check and self.check.out_of_period:
            return ("seal_out_of_period",)
        return (f"seal_{self.status.value}",) if self.status else ("mrz_read",)


_UNVERIFIED = (SealStatus.UNKNOWN_CERTIFICATE, SealStatus.UNEXPECTED_AUTHORITY)
_VERDICTS = {
    SealStatus.GENUINE: Verdict.SEAL_GENUINE,
    SealStatus.SPECIMEN: Verdict.SEAL_SPECIMEN,
    SealStatus.BROKEN: Verdict.SEAL_BROKEN,
}


def read_paper(desk: Desk, raw: str) -> ScannedPaper | None:
    """The paper that a text was scanned from; None when it is neither a zone nor a seal, as digits alone never are."""
    if raw.isascii() and raw.strip().isdigit():
        return None
    sealed = read_sealed(raw)
    if isinstance(sealed, SealFault):
        return ScannedPaper(check=SealCheck(SealStatus.UNREADABLE), fault=sealed)
    today = desk.now().date()
    if sealed:
        return ScannedPaper(of_seal(sealed, today), sealed, desk.check_seal(sealed))
    zone = read_mrz(raw)
    if isinstance(zone, MrzFault):
        return ScannedPaper(fault=zone)
    return ScannedPaper(of_zone(zone, today), zone=zone) if zone else None


def people_of(connection: Connection, paper: ScannedPaper) -> list[Convocation]:
    """Whom the paper can be of: by the number it carries, else by name and day of birth. Never a near miss."""
    if paper.fault or paper.status is SealStatus.SPECIMEN:
        return []
    return _by_number(connection, paper.identity) or _by_name(connection, paper.identity)


def _by_number(connection: Connection, identity: IdentityPaper) -> list[Convocation]:
    number = identity.foreign_number
    if number is None or not number.isascii() or not number.isdigit():
        return []
    sure = len(number) == LENGTH and not identity.number_is_proposed
    found = convocation_rows.by_numbers(connection, spellings(number))
    # Nine digits, or ten that a zone only may carry: the name has to agree too.
    return found if sure else list(_named(found, identity))


def spellings(number: str) -> tuple[str, ...]:
    """Ten digits, and the nine that a list may hold of the same number (0 not inserted, or 0 eaten in front)."""
    if len(number) != LENGTH:
        return (number, f"{number[:2]}0{number[2:]}", f"0{number}")
    older = (number[:2] + number[3:],) if number[2:3] == "0" else ()
    eaten = (number[1:],) if number.startswith("0") else ()
    return (number, *older, *eaten)


def same_number(one: str, other: str) -> bool:
    """Whether two numbers as lists, cards or people give them are one: alike, or one is a spelling of the other."""
    return one in spellings(other) or other in spellings(one)


def _named(found: Iterable[Convocation], identity: IdentityPaper) -> Iterable[Convocation]:
    return (one for one in found if compared(identity, one).name is Comparison.MATCH)


def _by_name(connection: Connection, identity: IdentityPaper) -> list[Convocation]:
    words = " ".join((identity.surname, *identity.given_names.split()[:1]))
    hits = search_index.find_subjects(connection, words, ALIKE)
    found = convocation_rows.by_ids(connection, [hit.subject_id for hit in hits]).values()
    return [one for one in found if compared(identity, one).agrees]


def compared(identity: IdentityPaper, one: Convocation) -> IdentityCompared:
    """What a paper says beside what the lists say of somebody."""
    return compare(identity, one.name, one.best("birth_date"))


def reading_of(paper: ScannedPaper) -> NumberReading:
    """The foreign number that a paper carries: read as if typed, or only proposed; else what its own number is."""
    identity = paper.identity
    if paper.fault:
        return NumberReading(NumberClass.UNKNOWN, NumberStatus.INVALID_CHARS, hint=paper.fault.sentence)
    if identity.foreign_number and not identity.number_is_proposed:
        return read_number(identity.foreign_number)
    candidates = (identity.foreign_number,) if identity.foreign_number else ()
    hint = hints.in_zone(grouped(candidates[0])) if candidates else hints.NOT_CARRIED
    if identity.document_number is None:
        return NumberReading(NumberClass.UNKNOWN, NumberStatus.INVALID_CHARS, hint=hint)
    return NumberReading(
        NumberClass.DOCUMENT_NUMBER, NumberStatus.VALID, identity.document_number, candidates, hint=hint
    )
