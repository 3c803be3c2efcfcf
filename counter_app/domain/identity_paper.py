"""Whose paper was scanned, and what it carries, whether it was told by a zone (MRZ) or by a seal (2D-Doc).

The machine compares, a person decides: what differs is shown, never judged.
"""

from dataclasses import dataclass
from datetime import date

from counter_app.domain.mrz import Mrz, read_mrz
from counter_app.domain.number_check import Comparison
from counter_app.domain.person_names import glued, same_person_key
from counter_app.domain.sealed_document import SealedDocument, read_sealed


@dataclass(frozen=True, slots=True)
class IdentityPaper:
    """What a paper says of its holder; None or empty where it says nothing."""

    surname: str = ""
    used_surname: str = ""
    """Nom d'usage."""
    given_names: str = ""
    birth_date: str | None = None
    """ISO day, `00` for an unknown month or day."""
    nationality: str = ""
    """As written: two letters in a seal, one to three in a zone."""
    foreign_number: str | None = None
    """As written: ten digits, or nine on old cards."""
    number_is_proposed: bool = False
    """Ten digits that stand where a zone may carry the number: an agent compares with the paper."""
    expiry: date | None = None
    postcode: str | None = None
    document_number: str | None = None
    name_may_go_on: bool = False
    """The name was cut to fit."""

    @property
    def name(self) -> str:
        """`NOM Prénoms`, as lists write people."""
        return f"{self.surname} {self.given_names}".strip()


@dataclass(frozen=True, slots=True)
class IdentityCompared:
    """What a paper says beside what is known of the person, apart."""

    name: Comparison
    birth_date: Comparison

    @property
    def agrees(self) -> bool:
        """Both were compared, and nothing differs."""
        return self.name is self.birth_date is Comparison.MATCH


def looks_like_paper(raw: str) -> bool:
    """Whether a text is the scan of a paper, well read or not, rather than a number, a code or a name."""
    return read_sealed(raw) is not None or read_mrz(raw) is not None


def of_zone(zone: Mrz, today: date) -> IdentityPaper:
    """What a zone says; ten digits of its optional data are only proposed as a foreign number."""
    return IdentityPaper(
        surname=zone.surname,
        given_names=zone.given_names,
        birth_date=zone.birth_date(today),
        nationality=zone.nationality,
        foreign_number=zone.proposed_number,
        number_is_proposed=zone.proposed_number is not None,
        expiry=zone.expiry_date(today),
        document_number=zone.document_number,
        name_may_go_on=zone.name_may_go_on,
    )


def of_seal(document: SealedDocument, today: date) -> IdentityPaper:
    """What a seal says: fields 60 to 69 and 6Q, 6O, 6W, or the zone that type 08 carries."""
    zone = read_mrz(document.value("6F") or "")
    if isinstance(zone, Mrz):
        return of_zone(zone, today)
    return IdentityPaper(
        surname=_words(document.value("62")),
        used_surname=_words(document.value("63")),
        given_names=_words(document.value("60")),
        birth_date=_day(document.value("69")),
        nationality=document.value("67") or "",
        foreign_number=document.value("6Q"),
        expiry=_whole_day(document.value("6O")),
        postcode=document.value("6W"),
        name_may_go_on=any(field.cut for field in document.fields if field.name in ("60", "62", "63")),
    )


def compare(paper: IdentityPaper, name: str, birth_date: str | None) -> IdentityCompared:
    """A paper beside a listed person: `birth_date` in ISO, `00` for unknown parts."""
    return IdentityCompared(_compare_names(paper, name), compare_births(paper.birth_date, birth_date))


def compare_births(paper: str | None, known: str | None) -> Comparison:
    """Two days of birth; a part that one side does not know makes the answer unknown, unless the rest differs."""
    if not paper or not known:
        return Comparison.UNKNOWN
    pairs = list(zip(paper.split("-"), known.split("-"), strict=False))
    if any(one != other and "00" not in (one, other) for one, other in pairs):
        return Comparison.DIFFERS
    return Comparison.MATCH if paper == known else Comparison.UNKNOWN


def _compare_names(paper: IdentityPaper, name: str) -> Comparison:
    """The same words in any order; a list may leave out given names, or write the name of use."""
    listed = set(glued(name))
    surnames = set(glued(paper.surname)) | set(glued(paper.used_surname))
    if not listed or not surnames:
        return Comparison.UNKNOWN
    if same_person_key(name) == same_person_key(paper.name):
        return Comparison.MATCH
    written = surnames | set(glued(paper.given_names))
    left = {word for word in listed - written if not (paper.name_may_go_on and _begun(word, written))}
    return Comparison.MATCH if not left and listed & surnames else Comparison.DIFFERS


def _begun(word: str, written: set[str]) -> bool:
    return any(len(cut) > 1 and word.startswith(cut) for cut in written)


def _words(value: str | None) -> str:
    """Given names stand apart by `/` in a seal."""
    return " ".join((value or "").replace("/", " ").split())


def _day(value: str | None) -> str | None:
    return value if value and len(value) == 10 and value[4] == value[7] == "-" else None


def _whole_day(value: str | None) -> date | None:
    day = _day(value)
    return date.fromisoformat(day) if day and "-00" not in day else None
