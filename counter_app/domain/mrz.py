"""The machine readable zone of papers: identity card or permit (TD1, TD2), passport (TD3), visa (MRV-A, MRV-B).

Layouts, check digits (weights 7, 3, 1) and unknown dates are those of ICAO 9303 parts 3 to 7, long document numbers
those of part 11, appendix D. Readers at counters are keyboards: lower case, a French layout, lost fillers at the end
of a line. What is put right is told (`repaired`); what does not check is a fault in words, never a guess.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from counter_app.domain.french import typeset
from counter_app.domain.mrz_cells import Cells, cut, long_number
from counter_app.domain.mrz_fields import check_digit, date_is_possible, full_date
from counter_app.domain.mrz_lines import MrzFormat, Zone, lines_of

__all__ = ["Mrz", "MrzCheck", "MrzFault", "MrzFormat", "lines_to_come", "read_mrz"]


class MrzCheck(StrEnum):
    """What does not check; the word used in JSON."""

    LENGTH = "length"
    DOCUMENT_NUMBER = "document_number"
    BIRTH_DATE = "birth_date"
    EXPIRY_DATE = "expiry_date"
    OPTIONAL = "optional"
    COMPOSITE = "composite"


_NAMES = {
    MrzCheck.DOCUMENT_NUMBER: "du numéro de document",
    MrzCheck.BIRTH_DATE: "de la date de naissance",
    MrzCheck.EXPIRY_DATE: "de la date d’expiration",
    MrzCheck.OPTIONAL: "des données facultatives",
    MrzCheck.COMPOSITE: "de l’ensemble des lignes",
}


@dataclass(frozen=True, slots=True)
class MrzFault:
    """A zone that was recognised and cannot be trusted."""

    check: MrzCheck
    detail: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, in French, for the agent."""
        if self.check is MrzCheck.LENGTH:
            wrong = f"Bande du document (MRZ) incomplète : {self.detail}."
        elif self.detail:
            wrong = f"Bande du document (MRZ) mal lue : {self.detail}."
        else:
            wrong = f"Bande du document (MRZ) mal lue : la clé de contrôle {_NAMES[self.check]} ne correspond pas."
        return typeset(f"{wrong} Scannez de nouveau, ou relisez sur le document.")


@dataclass(frozen=True, slots=True)
class Mrz:
    """A zone whose check digits all agree. Text fields are without fillers."""

    format: MrzFormat
    document_code: str
    issuer: str
    document_number: str
    surname: str
    given_names: str
    """Empty for somebody who has one name alone."""
    nationality: str
    birth: str
    """Six signs, YYMMDD, `<` for what nobody knows."""
    sex: str
    expiry: str
    """Six signs, YYMMDD."""
    optional: str
    """Optional data of both places, separated by a blank; the rest of a long document number left out."""
    repaired: bool = False
    """A layout, a case, a letter read for a digit or a lost filler was put right."""
    name_may_go_on: bool = False
    """The name fills its field: it may have been cut."""

    def birth_date(self, today: date) -> str | None:
        """ISO day, `00` for an unknown month or day, or None without year: nobody is born after `today`."""
        return full_date(self.birth, lambda year: year <= today.year, lambda whole: whole <= today.isoformat())

    def expiry_date(self, today: date) -> date | None:
        """Last day of validity, taken within fifty years of `today`; None when it is not given whole."""
        whole = full_date(self.expiry, lambda year: year <= today.year + 50)
        return date.fromisoformat(whole) if whole and not whole.endswith("-00") else None

    @property
    def proposed_number(self) -> str | None:
        """Ten digits in the optional data: perhaps the foreign number. No text says where permits carry it."""
        runs = re.findall(r"(?<![0-9])[0-9]{10}(?![0-9])", self.optional)
        return runs[0] if len(runs) == 1 else None


def read_mrz(raw: str) -> Mrz | MrzFault | None:
    """Read a zone, lines parted by CR, LF or `|`, or run together; None when the text does not look like one.

    Never raises.
    """
    zone = lines_of(raw)
    if zone is None or not zone.sure:
        return None
    if zone.wrong:
        return MrzFault(MrzCheck.LENGTH, zone.wrong)
    return _read(zone)


def lines_to_come(text: str) -> bool:
    """Whether a reader that typed this and a closing key has more lines of a zone to type."""
    zone = lines_of(text)
    return zone is not None and zone.unfinished


def _read(zone: Zone) -> Mrz | MrzFault:
    cells = cut(zone)
    number, rest = long_number(zone.format, cells)
    fault = _fault(zone.format, cells, number, rest)
    if fault:
        return fault
    surname, _, given = cells.names.partition("<<")
    return Mrz(
        format=zone.format,
        document_code=_plain(cells.document_code),
        issuer=_plain(cells.issuer),
        document_number=number.strip("<"),
        surname=_plain(surname),
        given_names=_plain(given),
        nationality=_plain(cells.nationality),
        birth=cells.birth,
        sex=cells.sex,
        expiry=cells.expiry,
        optional=" ".join(filter(None, (part.strip("<") for part in rest))),
        repaired=zone.repaired or not _as_read(cells, zone.lines),
        name_may_go_on=not cells.names.endswith("<"),
    )


def _fault(layout: MrzFormat, cells: Cells, number: str, rest: tuple[str, ...]) -> MrzFault | None:
    goes_on = len(number) > len(cells.number)
    number_check = cells.optional[0].partition("<")[0][-1:] if goes_on else cells.number_check
    empty = not "".join(rest).strip("<")
    checks = [
        (MrzCheck.DOCUMENT_NUMBER, number, number_check, not number.strip("<")),
        (MrzCheck.BIRTH_DATE, cells.birth, cells.birth_check, not cells.birth.strip("<")),
        (MrzCheck.EXPIRY_DATE, cells.expiry, cells.expiry_check, not cells.expiry.strip("<")),
    ]
    if layout is MrzFormat.TD3:
        checks.append((MrzCheck.OPTIONAL, cells.optional[0], cells.optional_check, empty))
    if cells.composite_check:
        checks.append((MrzCheck.COMPOSITE, cells.composite, cells.composite_check, False))
    wrong = next((name for name, text, digit, free in checks if not _agrees(text, digit, may_be_empty=free)), None)
    return MrzFault(wrong) if wrong else _impossible(cells)


def _agrees(text: str, digit: str, *, may_be_empty: bool) -> bool:
    return digit == check_digit(text) or (may_be_empty and digit == "<")


def _impossible(cells: Cells) -> MrzFault | None:
    if not date_is_possible(cells.birth):
        return MrzFault(MrzCheck.BIRTH_DATE, "la date de naissance n’existe pas")
    if not date_is_possible(cells.expiry):
        return MrzFault(MrzCheck.EXPIRY_DATE, "la date d’expiration n’existe pas")
    return None


def _as_read(cells: Cells, lines: tuple[str, ...]) -> bool:
    """Whether nothing was put right inside the fields."""
    text = "|".join(lines)
    repaired = (cells.issuer, cells.nationality, cells.names, cells.birth + cells.birth_check)
    return all(
        part in text for part in (*repaired, cells.expiry + cells.expiry_check, cells.number + cells.number_check)
    )


def _plain(field: str) -> str:
    return " ".join(field.replace("<", " ").split())
