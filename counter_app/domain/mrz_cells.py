"""Where each field stands in the lines of a zone (ICAO 9303 parts 4 to 7); a document number longer than its place."""

from dataclasses import dataclass

from counter_app.domain.mrz_fields import as_digits, as_letters
from counter_app.domain.mrz_lines import MrzFormat, Zone


@dataclass(frozen=True, slots=True)
class Cells:
    """Fields as they stand in the lines, repaired where only digits or letters may be."""

    document_code: str
    issuer: str
    number: str
    number_check: str
    nationality: str
    birth: str
    birth_check: str
    sex: str
    expiry: str
    expiry_check: str
    names: str
    optional: tuple[str, ...]
    optional_check: str
    composite: str
    composite_check: str


def cut(zone: Zone) -> Cells:
    """The fields of a zone."""
    return _cut_td1(zone.lines) if zone.format is MrzFormat.TD1 else _cut_two(zone.format, zone.lines)


def _cut_td1(lines: tuple[str, ...]) -> Cells:
    first, second, third = lines
    birth, birth_check, expiry, expiry_check = _dates(second[0:7], second[8:15])
    dated = birth + birth_check + expiry + expiry_check
    return Cells(
        document_code=first[0:2],
        issuer=as_letters(first[2:5]),
        number=first[5:14],
        number_check=as_digits(first[14]),
        nationality=as_letters(second[15:18]),
        birth=birth,
        birth_check=birth_check,
        sex=second[7],
        expiry=expiry,
        expiry_check=expiry_check,
        names=as_letters(third),
        optional=(first[15:30], second[18:29]),
        optional_check="",
        composite=first[5:14] + as_digits(first[14]) + first[15:30] + dated + second[18:29],
        composite_check=as_digits(second[29]),
    )


def _cut_two(layout: MrzFormat, lines: tuple[str, ...]) -> Cells:
    first, second = lines
    birth, birth_check, expiry, expiry_check = _dates(second[13:20], second[21:28])
    passport, card = layout is MrzFormat.TD3, layout is MrzFormat.TD2
    optional = second[28:42] if passport else second[28:35] if card else second[28:]
    optional_check = as_digits(second[42]) if passport else ""
    number_check = as_digits(second[9])
    dated = birth + birth_check + expiry + expiry_check
    return Cells(
        document_code=first[0:2],
        issuer=as_letters(first[2:5]),
        number=second[0:9],
        number_check=number_check,
        nationality=as_letters(second[10:13]),
        birth=birth,
        birth_check=birth_check,
        sex=second[20],
        expiry=expiry,
        expiry_check=expiry_check,
        names=as_letters(first[5:]),
        optional=(optional,),
        optional_check=optional_check,
        composite=second[0:9] + number_check + dated + optional + optional_check,
        composite_check=as_digits(second[-1]) if passport or card else "",
    )


def _dates(birth: str, expiry: str) -> tuple[str, str, str, str]:
    digits = as_digits(birth), as_digits(expiry)
    return digits[0][:6], digits[0][6], digits[1][:6], digits[1][6]


def long_number(layout: MrzFormat, cells: Cells) -> tuple[str, tuple[str, ...]]:
    """The whole document number with its check digit left out, and the optional data without the rest of it."""
    optional = cells.optional
    if cells.number_check != "<" or layout not in (MrzFormat.TD1, MrzFormat.TD2):
        return cells.number, optional
    rest, _, after = optional[0].partition("<")
    return cells.number + rest[:-1], (after, *optional[1:])
