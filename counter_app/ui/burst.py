"""What separates a reader from a person: the rhythm of keys. Pure: moments are given, in milliseconds.

A reader types at least six characters no more than 50 ms apart, then Enter, Tab, or nothing for 80 ms. Once six came
so fast, the rest is a scan however long it is: a sealed document may take more than 1.5 seconds. A busy computer and a
radio reader sometimes hold a few characters back: after two within 25 ms, a longer gap or two still belong to the
same scan: no hand types six letters so.

A machine readable zone has several lines, and the reader types its closing key after each: the scanner holds a line
(`Burst.hold`) as long as others must follow.
"""

from dataclasses import dataclass

GAP = 50
"""Longest time between two characters of a reader, in milliseconds."""
SILENCE = 80
"""A reader without a closing key has finished after this long; a closing key may take as long to come."""
LATE_END = 250
"""A closing key this soon after a silence is still the reader's: nobody answers a verdict so fast."""
SHORTEST = 6
FAST = 25
"""No hand keeps up such gaps, in milliseconds."""
HICCUP = 300
"""Longest gap that a busy computer or a radio reader leaves inside a scan, in milliseconds."""
HICCUPS = 2
"""How many of them one scan may have."""
STEADY = 2
"""Characters after which a steady rhythm is a reader's."""

BREAK = "\r"
SEPARATORS = frozenset("\x1d\x1e\x1f")
"""Control characters inside sealed documents (2D-Doc): group, record and unit separators."""


@dataclass(slots=True)
class Burst:
    """Characters that came quickly one after the other."""

    text: str = ""
    last: int = 0
    closed_until: int = -1
    """Closing keys up to this moment still belong to the scan before."""
    patience: int = SILENCE
    """Silence after which a scan is over. Longer for a reader known to end with a key: it has not finished without."""
    hiccups: int = 0
    steady: bool = True

    def add(self, character: str, at: int) -> bool:
        """Take one more character; True when it starts a new burst."""
        gap, held = at - self.last, self.holds
        new = not self.text or not 0 <= gap <= self._longest_gap
        self.text = character if new else self.text + character
        if not held:
            self.hiccups = 0 if new else self.hiccups + (gap > GAP)
            self.steady = new or (self.steady and not FAST < gap <= GAP)
        self.last = at
        return new

    def hold(self, at: int) -> None:
        """A closing key that only ends a line: the next one may begin a hiccup later."""
        self.text, self.last = f"{self.text}{BREAK}", at

    @property
    def holds(self) -> bool:
        """Whether the reader has just ended a line, and others must follow."""
        return self.text.endswith(BREAK)

    @property
    def _longest_gap(self) -> int:
        if self.holds:
            return HICCUP
        of_a_reader = len(self.text) >= STEADY and self.steady and self.hiccups < HICCUPS
        return HICCUP if of_a_reader else GAP

    @property
    def is_scan(self) -> bool:
        """Whether what was read so far can only come from a reader."""
        return len(self.text) >= SHORTEST

    def is_quick(self, at: int) -> bool:
        """Whether a character at this moment comes faster than any key held down repeats."""
        return bool(self.text) and 0 <= at - self.last < FAST

    def ends_by_key(self, at: int) -> bool:
        """Whether a closing key at this moment ends a scan."""
        return self.is_scan and 0 <= at - self.last <= self.patience

    def trails(self, at: int) -> bool:
        """Whether a closing key at this moment still comes from the scan before: a line feed, or a late Enter."""
        return not self.text and self.last <= at <= self.closed_until

    def take(self, ended_at: int | None = None) -> str:
        """The characters of the scan, ended by a key at that moment or by silence; the burst is empty again."""
        self.closed_until = self.last + LATE_END if ended_at is None else ended_at + GAP
        text, self.text = self.text.rstrip(BREAK), ""
        return text

    def clear(self) -> None:
        self.text = ""


def belongs(text: str) -> bool:
    """Whether the text of a key can be part of a code."""
    return len(text) == 1 and (text >= " " or text in SEPARATORS)
