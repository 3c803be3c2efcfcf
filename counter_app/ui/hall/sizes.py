"""How large the numbers of the hall are, so that they are read from where people sit.

A digit is at least 3 % of the reading distance high (150 mm at 5 m) and never under 15 mm, the least of the French rule
for signs (arrêté of 20 April 2017, annex 3).
"""

from dataclasses import dataclass
from math import ceil

SHARE = 0.03
LEAST_MM = 15.0
MOST_ROWS = 4
ROW = 1.2
"""Height of a row, in digits."""
ROOM = 0.84
"""Share of the height that rows take; the rest tells the hour and what to prepare."""
DIGIT = 0.714
"""Height of a digit of Noto Sans, in em."""
USUAL_DOTS = 96 / 25.4
"""Pixels of a millimetre when a screen does not tell its size."""


@dataclass(frozen=True, slots=True)
class HallSizes:
    """Sizes in pixels."""

    rows: int
    digit: int
    """Height of a digit."""
    note: int
    """Height of a digit of what stands under the rows."""
    readable: float
    """Metres from which the numbers are read."""

    @property
    def font(self) -> int:
        """Pixel size of the font whose digits have that height."""
        return round(self.digit / DIGIT)


def hall_sizes(height: int, height_mm: float, distance: float) -> HallSizes:
    """Sizes on a screen of so many pixels and millimetres, read from so many metres: as many rows as fit, or one."""
    dots = height / height_mm if height_mm > 0 else USUAL_DOTS
    wanted = max(SHARE * distance * 1000, LEAST_MM) * dots
    room = height * ROOM
    rows = max(1, min(MOST_ROWS, int(room / (wanted * ROW))))
    digit = min(room / rows / ROW, max(wanted, room / MOST_ROWS / ROW))
    note = max(round(height * 0.03), 12)
    return HallSizes(rows, ceil(digit), note, round(digit / dots / 1000 / SHARE, 1))
