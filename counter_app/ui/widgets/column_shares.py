"""How the columns of a table share its width: the widest takes what is left, long words break where nothing is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

PADDING = 24
"""Pixels of a column beside its letters."""
UNBROKEN = 12
"""Letters of a column whose words may not go to a second line: dates, hours; and the least of the others."""
TIGHT = 8
"""The least of the others where even that has no room."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Width of each column in pixels, 0 for one that has no room at all."""

    widths: tuple[int, ...]
    squeezed: bool
    """Words go to a second line."""


def shares(letters: Sequence[int], spare: Sequence[bool], letter: int, width: int) -> Shares:
    """Share a width: what each column asks for in letters, which of them may go, the width of a letter."""
    wanted = [letter * count + PADDING for count in letters]
    least = [min(count, UNBROKEN) * letter + PADDING for count in letters]
    if sum(least) > width and any(spare):
        least = [letter * (count if count <= UNBROKEN else TIGHT) + PADDING for count in letters]
        wanted = [0 if may_go else one for one, may_go in zip(wanted, spare, strict=True)]
    room = width - sum(wanted)
    if room >= 0:
        widest = wanted.index(max(wanted))
        return Shares(tuple(one + room * (place == widest) for place, one in enumerate(wanted)), squeezed=False)
    return Shares(_squeezed(wanted, least, room), squeezed=True)


def _squeezed(wanted: Sequence[int], least: Sequence[int], room: int) -> tuple[int, ...]:
    """Columns give what they have above the least; hours and dates give nothing."""
    spare = [max(one - floor, 0) for one, floor in zip(wanted, least, strict=True)]
    given = min(1.0, -room / sum(spare)) if sum(spare) else 0.0
    return tuple(one - ceil(more * given) for one, more in zip(wanted, spare, strict=True))
