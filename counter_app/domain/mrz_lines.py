"""Lines of a machine readable zone as a reader, a camera or a paste gives them: told apart, put right, measured."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from counter_app.domain.keyboard import plain_digits, repair_azerty


class MrzFormat(StrEnum):
    """Size of the paper; the word used in JSON."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"


@dataclass(frozen=True, slots=True)
class Zone:
    """Lines of a zone, of the length of their format when `wrong` is empty."""

    format: MrzFormat
    lines: tuple[str, ...]
    repaired: bool = False
    wrong: str = ""
    """What is missing, in French."""
    unfinished: bool = False
    """A line is still to come."""
    sure: bool = True
    """Nothing else looks like this: there are fillers, or every line has its length."""


_LONGEST = 200
"""Three lines of thirty, with everything a reader may put around them."""
_BREAKS = re.compile(r"[\r\n|\x0b\x0c\x85\u2028\u2029]+")
_SIGNS = re.compile(r"[A-Z0-9<]+")
_START = re.compile(r"[ACIPV][A-Z<](?:[A-Z<]{3}|[A-Z0158<]{3})")
_LENGTH = {MrzFormat.TD1: 30, MrzFormat.TD2: 36, MrzFormat.TD3: 44, MrzFormat.MRV_A: 44, MrzFormat.MRV_B: 36}
_RUN_TOGETHER = {90: 30, 72: 36, 88: 44}
_SHORTEST_LINE, _SHORTEST = 10, 15
_NUMBER_OF_DATES = 28
"""Signs of the second line before the optional data, on visas."""


def lines_of(raw: str) -> Zone | None:
    """The lines of a zone; None when the text does not look like one."""
    if len(raw) > _LONGEST:
        return None
    text = plain_digits(raw.strip().removeprefix("\ufeff")).replace("«", "<<").replace("‹", "<")
    return _zone(text, repaired=False) or _zone_of_another_layout(text)


def _zone_of_another_layout(text: str) -> Zone | None:
    lines = [repair_azerty(line) for line in _BREAKS.split(text)]
    return _zone("\n".join(line for line, _changed in lines), repaired=True) if lines[0][1] else None


def _zone(text: str, *, repaired: bool) -> Zone | None:
    lines = _split(text.upper())
    if not lines or not _START.match(lines[0]) or not all(_SIGNS.fullmatch(line) for line in lines):
        return None
    zone = _measured(tuple(lines), repaired=repaired or text != text.upper())
    sure = "<" in text or (zone is not None and not zone.wrong)
    return replace(zone, sure=sure) if zone and (sure or " " not in text) else None


def _split(text: str) -> list[str]:
    """One string for each line: breaks first; then blanks, when they part whole lines; then the lengths alone."""
    lines = [line.strip() for line in _BREAKS.split(text) if line.strip()]
    words = text.split()
    if len(lines) == 1 and len({len(word) for word in words}) == 1 and len(words[0]) in (30, 36, 44):
        return words
    lines = [line.replace(" ", "<") for line in lines]
    size = _RUN_TOGETHER.get(len(lines[0])) if len(lines) == 1 else None
    return [lines[0][start : start + size] for start in range(0, len(lines[0]), size)] if size else lines


def _measured(lines: tuple[str, ...], *, repaired: bool) -> Zone | None:
    layout = _format_of(lines)
    wanted, size = 3 if layout is MrzFormat.TD1 else 2, _LENGTH[layout]
    if not _worth_reading(lines):
        return None
    if len(lines) != wanted:
        several = "ligne lue" if len(lines) == 1 else "lignes lues"
        wrong = f"{len(lines)} {several}, il en faut {'2 ou 3' if len(lines) == 1 else wanted}"
        return Zone(layout, lines, repaired, wrong, len(lines) < wanted)
    filled = tuple(_filled(layout, place, line, size) for place, line in enumerate(lines))
    for place, line in enumerate(filled):
        if len(line) != size:
            wrong = f"ligne {place + 1}, {len(line)} signes lus, il en faut {size}"
            return Zone(layout, lines, repaired, wrong)
    return Zone(layout, filled, repaired or filled != lines)


def _worth_reading(lines: tuple[str, ...]) -> bool:
    """A reference or a name may begin like a zone: one line alone is long, the others are never a few signs."""
    return len(lines[0]) >= _SHORTEST if len(lines) == 1 else all(len(line) >= _SHORTEST_LINE for line in lines[:2])


def _format_of(lines: tuple[str, ...]) -> MrzFormat:
    """By the first letter, the number of lines, and the length of the line that cannot lose its end."""
    visa, longest = lines[0][0] == "V", max(map(len, lines))
    if visa:
        return MrzFormat.MRV_A if longest > _LENGTH[MrzFormat.MRV_B] else MrzFormat.MRV_B
    if len(lines) > 2 or (len(lines) == 1 and _begins_with_number(lines[0])):
        return MrzFormat.TD1
    if len(lines) == 2 and len(lines[1]) <= _LENGTH[MrzFormat.TD1] and _begins_with_dates(lines[1]):
        return MrzFormat.TD1
    return MrzFormat.TD3 if longest > _LENGTH[MrzFormat.TD2] or lines[0][0] == "P" else MrzFormat.TD2


def _begins_with_number(line: str) -> bool:
    """The first line of TD1 goes on with the document number, that of the others with the name."""
    return line[0] != "P" and any(sign.isdigit() for sign in line[5:])


def _begins_with_dates(line: str) -> bool:
    return re.match(r"[0-9OIL<]{7}[MFX<][0-9OIL<]{7}", line) is not None


def _filled(layout: MrzFormat, place: int, line: str, size: int) -> str:
    """Fillers that a reader left out at the end of a line; a line that ends with a check digit has none to lose."""
    ends_with_check = place == 1 and layout not in (MrzFormat.MRV_A, MrzFormat.MRV_B)
    too_short = place == 1 and len(line) < _NUMBER_OF_DATES
    return line if ends_with_check or too_short else line.ljust(size, "<")
