"""Who a row is about: one person, or several in one cell with their birth dates beside (or not)."""

import re
from typing import NamedTuple

from counter_app.imports.cells import Unclear, plain_name
from counter_app.imports.days import read_birth_date
from counter_app.imports.sources import Source

_BETWEEN_PEOPLE = re.compile(r"[;\n\r]| / ")
_PERHAPS_BETWEEN = re.compile(r"\s+et\s+|\s*[&/]\s*")
"""Between people when a whole name stands on each side: « Ben Et » and « SOW/BA Awa » are one person's."""
_BREAKS = re.compile(r"[,;&]|\r\n?|\n|\s/\s|(?<=/[0-9]{4})/|(?<=[0-9]{9})/|\set\s")
"""Between the birth dates, or the numbers, of several people."""


class Person(NamedTuple):
    """A name as the desk writes it, and the birth date as ISO text (00 for unknown parts) or None."""

    name: str
    birth_date: str | None


def full_name(family: str, used: str, given: str) -> str:
    """« NOM Prénom »; a different name in use follows the family name in brackets, so that both can be searched."""
    family, used = family.upper(), used.upper()
    if family and used and family != used:
        family = f"{family} ({used})"
    return plain_name(f"{family or used} {given}")


def split_names(cell: str, source: Source) -> tuple[str, ...]:
    """The names held by one cell. Only one of the known exports puts several people there, parted by commas.

    In other lists a comma parts people only when each part has two words: « DIALLO, Amadou » is one person.
    """
    if source is Source.rdv_service_public_participations:
        return (plain_name(cell),)
    if source is Source.rdv_service_public_rdv:
        commas = [part for text in _BETWEEN_PEOPLE.split(cell) for part in text.split(",")]
        return _parts([name for part in commas for name in _whole_names(part)])
    return _people_of_any_list(cell)


def _people_of_any_list(cell: str) -> tuple[str, ...]:
    names: list[str] = []
    for part in [one for text in _BETWEEN_PEOPLE.split(cell) for one in _whole_names(text)]:
        between_commas = _parts(part.split(","))
        if all(" " in name for name in between_commas):
            names.extend(between_commas)
        else:
            names.append(" ".join(between_commas))
    return tuple(names)


def _whole_names(text: str) -> list[str]:
    """The names that « et », « & » or « / » part, or the text as it is when one side is no name and first name."""
    last = text.strip().removeprefix("et ") if text.strip().startswith("et ") else text
    parts = _PERHAPS_BETWEEN.split(last.replace(", et ", " et "))
    return parts if all(map(_is_whole, parts)) else [text]


def _is_whole(name: str) -> bool:
    """Whether it reads like « NOM Prénom »: capitals first, and two words that begin so."""
    words = name.replace(",", " ").split()
    return bool(words) and words[0][0].isupper() and sum(word[0].isupper() for word in words) > 1


def _parts(texts: list[str]) -> tuple[str, ...]:
    return tuple(name for text in texts if (name := plain_name(text)))


def parted(cell: str) -> list[str]:
    """What a cell says of each of several people, in their order."""
    return [text.strip() for text in _BREAKS.split(cell)] if cell.strip() else []


def people_of(names: tuple[str, ...], births_cell: str) -> tuple[Person, ...] | Unclear:
    """Each name with its birth date. Dates that cannot be told whose they are belong to nobody."""
    if len(names) == 1:
        return _one_person(names[0], births_cell)
    births = parted(births_cell)
    if len(births) != len(names):
        return tuple(Person(name, None) for name in names)
    people = []
    for name, text in zip(names, births, strict=True):
        birth = read_birth_date(text) if text else None
        if isinstance(birth, Unclear):
            return birth
        people.append(Person(name, birth))
    return tuple(people)


def _one_person(name: str, birth_cell: str) -> tuple[Person, ...] | Unclear:
    text = birth_cell.strip()
    birth = read_birth_date(text) if text else None
    return birth if isinstance(birth, Unclear) else (Person(name, birth),)
