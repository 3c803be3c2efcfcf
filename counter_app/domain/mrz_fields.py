"""Fields of a machine readable zone: check digit, dates, letters read for digits. ICAO 9303-3."""

from collections.abc import Callable
from datetime import date

_WEIGHTS = (7, 3, 1)
_VALUES = {letter: value for value, letter in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
_DIGITS = str.maketrans("OQDILZSGB", "000112568")
_LETTERS = str.maketrans("012568", "OIZSGB")
"""What optical reading confuses, in a field that can hold only the other kind."""


def check_digit(text: str) -> str:
    """Check digit of a field: weights 7, 3, 1 over 0-9, A=10 … Z=35, `<`=0, modulo 10."""
    return str(sum(_VALUES[sign] * _WEIGHTS[place % 3] for place, sign in enumerate(text)) % 10)


def as_digits(field: str) -> str:
    """A field of digits with the letters that optical reading puts for them put right."""
    return field.translate(_DIGITS)


def as_letters(field: str) -> str:
    """A field of letters with the digits that optical reading puts for them put right."""
    return field.translate(_LETTERS)


def date_is_possible(field: str) -> bool:
    """Whether YYMMDD can be a day, with `<` or `00` for a part that nobody knows; wholly unknown is possible too."""
    year, month, day = field[0:2], field[2:4], field[4:6]
    if not _known(month) or not _known(day):
        return all(_number_or_unknown(part) for part in (year, month, day)) and (
            not _known(month) or 1 <= int(month) <= 12
        )
    return year.isdigit() and _is_day(2000 + int(year), month, day)


def full_date(
    field: str, year_fits: Callable[[int], bool], fits: Callable[[str], bool] = lambda _whole: True
) -> str | None:
    """ISO date of YYMMDD in the latest century that fits; `00` for unknown parts; None without a year."""
    if not field[0:2].isdigit():
        return None
    month, day = (part if _known(part) else "00" for part in (field[2:4], field[4:6]))
    for century in (2000, 1900):
        year = century + int(field[0:2])
        whole = f"{year:04d}-{month}-{day if month != '00' else '00'}"
        if year_fits(year) and fits(whole) and ("-00" in whole or _is_day(year, month, day)):
            return whole
    return None


def _known(part: str) -> bool:
    return part.isdigit() and part != "00"


def _number_or_unknown(part: str) -> bool:
    return part.isdigit() or part == "<<"


def _is_day(year: int, month: str, day: str) -> bool:
    try:
        date(year, int(month), int(day))
    except ValueError:
        return False
    return True
