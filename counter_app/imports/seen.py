"""Rows and keys already met in a file, kept in flat arrays: a million rows take some thirty megabytes."""

from array import array
from dataclasses import dataclass
from typing import NamedTuple

_SMALLEST = 1024


class Meeting(NamedTuple):
    """`occurrence`: 1 the first time a key is met in the file. `same_as`: number of an identical row above, or None."""

    occurrence: int
    same_as: int | None


FIRST_TIME = Meeting(1, None)


@dataclass(slots=True)
class _Met:
    """A key that was met more than once: the first row of each content, and how often it names something apart."""

    rows: dict[int, int]
    times: int = 1


class SeenRows:
    """Remembers keys with the row and the fingerprint of the content they were first met with."""

    def __init__(self, expected: int) -> None:
        self._size = _SMALLEST
        while self._size < expected * 2:
            self._size *= 2
        self._clear()
        self._filled = 0
        self._again: dict[int, _Met] = {}

    def _clear(self) -> None:
        self._keys = array("q", [0]) * self._size
        self._contents, self._rows = array("I", [0]) * self._size, array("I", [0]) * self._size

    def meet(self, key: str, content: int, row: int) -> Meeting:
        """Say whether the key, or the very same content under that key, was met before; remember it."""
        fingerprint, content = hash(key) or 1, content & 0xFFFFFFFF
        place = self._place(fingerprint)
        if self._keys[place] == 0:
            self._put(place, fingerprint, content, row)
            return FIRST_TIME
        again = self._again.get(fingerprint)
        if again is None:
            again = self._again[fingerprint] = _Met({self._contents[place]: self._rows[place]})
        first = again.rows.setdefault(content, row)
        if first != row:
            return Meeting(again.times, first)
        again.times += 1
        return Meeting(again.times, None)

    def _place(self, fingerprint: int) -> int:
        mask = self._size - 1
        place = fingerprint & mask
        while self._keys[place] not in (0, fingerprint):
            place = (place + 1) & mask
        return place

    def _put(self, place: int, fingerprint: int, content: int, row: int) -> None:
        self._keys[place], self._contents[place], self._rows[place] = fingerprint, content, row
        self._filled += 1
        if self._filled * 4 > self._size * 3:
            self._grow()

    def _grow(self) -> None:
        kept = [index for index in range(self._size) if self._keys[index]]
        keys, contents, rows = self._keys, self._contents, self._rows
        self._size *= 2
        self._clear()
        for index in kept:
            place = self._place(keys[index])
            self._keys[place], self._contents[place], self._rows[place] = keys[index], contents[index], rows[index]
