"""The foreign number of a row: in its own column, or dug out of a free text. Never silently corrected."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from counter_app.domain.foreign_number import LENGTH, NumberStatus, read_number
from counter_app.domain.number_in_text import find_number_in
from counter_app.domain.other_numbers import NumberClass
from counter_app.imports.cells import tidy


class RowNumber(NamedTuple):
    """`normalized`: ten digits that can be used. `raw`: what was read, kept when a person should look at it."""

    normalized: str | None
    raw: str | None


NO_NUMBER = RowNumber(None, None)
_PLAIN = re.compile(r"[1-9][0-9]{9}")
_USABLE = frozenset({NumberStatus.VALID, NumberStatus.WARN_UNKNOWN_PREFIX})
_NINE_DIGITS = re.compile(r"[0-9](?:[^0-9]{0,3}[0-9]){8}")
_SCIENTIFIC = re.compile(r"([1-9])[.,]([0-9]{1,15})[Ee]\+?0?([0-9])")
_DECIMAL = re.compile(r"([0-9]{8,10})[.,]0{1,2}")
"""What a spreadsheet makes of ten digits when it takes them for a quantity."""
_SLASH_BETWEEN = re.compile(r"(?<=[0-9]{10}) ?/ ?(?=[0-9]{10}(?![0-9]))")
_PLAINLY_TOLD = re.compile(
    r"(?:(?:n°|num|num[ée]ro)? ?(?:d['’])?(?:[ée]tranger|agdref) ?:? ?([1-9][0-9])([0-9]{8})(?:[^0-9A-Za-z][^0-9]*)?"
    r"|([1-9][0-9]) ?([0-9]{2}) ?([0-9]{3}) ?([0-9]{3}))",
    re.IGNORECASE,
)
"""What most texts look like: `find_number_in` says the same of them, twenty times more slowly."""


def number_from_column(text: str) -> RowNumber:
    """Read a cell of a column meant for the foreign number; what is not ten sure digits is also kept as read."""
    plain = tidy(text)
    if not plain:
        return NO_NUMBER
    if _PLAIN.fullmatch(plain) and not plain.startswith("96"):
        return RowNumber(plain, None)
    if quantity := _quantity(plain):
        return quantity
    reading = read_number(plain)
    if reading.number_class is NumberClass.AGDREF and reading.status in _USABLE:
        return RowNumber(reading.normalized, plain if reading.hint or reading.layout_repaired else None)
    found = find_number_in(plain)
    if len(found) == 1 and len(found[0]) == LENGTH:
        return RowNumber(found[0], plain)
    return RowNumber(None, plain)


def _quantity(plain: str) -> RowNumber | None:
    """A number that a spreadsheet wrote as a quantity: read when it kept all its digits, else kept as written."""
    if decimal := _DECIMAL.fullmatch(plain):
        return number_from_column(decimal[1])
    scientific = _SCIENTIFIC.fullmatch(plain)
    if scientific is None:
        return None
    whole = scientific[1] + scientific[2].rstrip("0").ljust(int(scientific[3]), "0")
    exact = len(scientific[2]) >= int(scientific[3]) == LENGTH - 1 and len(whole) == LENGTH
    return RowNumber(whole if exact else None, plain)


def number_from_text(text: str) -> RowNumber:
    """Dig the one foreign number out of a free text; two different ones, or nine digits, are only kept."""
    if not text:
        return NO_NUMBER
    return _quantity(tidy(text)) or _only_one(_numbers_in(text))


def number_from_texts(texts: Iterable[str]) -> RowNumber:
    """The same over several texts of one row."""
    return _only_one(tuple(dict.fromkeys(number for text in texts if text for number in _numbers_in(text.strip()))))


def numbers_of_people(own: Sequence[str], texts: Iterable[str], count: int) -> tuple[RowNumber, ...]:
    """The number of each of several people, in their order: those of the column, else those of the free texts.

    Unless there is one for each, nobody gets any: everyone keeps what was read.
    """
    read = tuple(map(number_from_column, own)) if own else ()
    told = own or tuple(dict.fromkeys(number for text in texts if text for number in _numbers_in(text.strip())))
    each = read or tuple(_only_one((number,)) for number in told)
    sure = [number.normalized for number in each if number.normalized]
    if len(each) == count and len(set(sure)) == len(sure):
        return each
    return (RowNumber(None, " / ".join(told) or None),) * count


def _only_one(numbers: tuple[str, ...]) -> RowNumber:
    """Several numbers are nobody's: they are kept as read, for somebody to look at."""
    if len(numbers) != 1:
        return RowNumber(None, " / ".join(numbers) or None)
    (number,) = numbers
    return RowNumber(number, None) if number.isdigit() and len(number) == LENGTH else RowNumber(None, number)


def _numbers_in(text: str) -> tuple[str, ...]:
    told = _PLAINLY_TOLD.fullmatch(text)
    if told and "96" not in (told[1], told[3]):
        return ("".join(part for part in told.groups() if part),)
    if text.isascii() and not _NINE_DIGITS.search(text):
        return ()
    return find_number_in(_SLASH_BETWEEN.sub(" ; ", text)) or _legacy_alone(text)


def _legacy_alone(text: str) -> tuple[str, ...]:
    """Nine digits that are all the text."""
    reading = read_number(text)
    return (tidy(text),) if reading.status is NumberStatus.LEGACY_EXPANDED else ()
