"""The compound files that hold old XLS workbooks, read just enough to know they are sound ([MS-CFB] 2.2 to 2.6)."""

import struct
from array import array
from collections.abc import Sequence
from typing import NamedTuple

_LAST_REGULAR = 0xFFFFFFFA
_HEADER_ENTRIES = 109
_HEADER_SIZE = 512
_SMALL_SECTOR = 64
_ENTRY_SIZE = 128
_WORKBOOKS = ("workbook", "book")


class _Entry(NamedTuple):
    name: str
    start: int
    size: int


class CompoundFile:
    """A compound file whose allocation tables lead nowhere outside the file and never round in circles.

    ValueError, saying what is wrong, when they do.
    """

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER_SIZE:
            raise ValueError("no header")
        self._content = content
        shift, self._cutoff = int.from_bytes(content[30:32], "little"), self._number(56)
        if shift not in (9, 12):
            raise ValueError("sector size")
        self._size = 1 << shift
        self._table = _without_loop(self._numbers_of(self._allocation_places()))
        self._small_table = _without_loop(self._numbers_of(_chain(self._table, self._number(60))))
        self._entries = self._directory()

    def workbook(self) -> bytes:
        """The stream that holds the workbook. LookupError when there is none: it is another kind of document."""
        entry = next((entry for entry in self._entries if entry.name in _WORKBOOKS), None)
        if entry is None:
            raise LookupError("no workbook")
        if entry.size >= self._cutoff:
            return self._joined(_chain(self._table, entry.start))
        small = self._joined(_chain(self._table, self._entries[0].start))
        places = _chain(self._small_table, entry.start)
        return b"".join(small[place * _SMALL_SECTOR : (place + 1) * _SMALL_SECTOR] for place in places)

    def holds(self, name: str) -> bool:
        """True when a stream has this name, in any case."""
        return any(entry.name == name.lower() for entry in self._entries)

    def _number(self, at: int) -> int:
        return int.from_bytes(self._content[at : at + 4], "little")

    def _joined(self, places: Sequence[int]) -> bytes:
        if any((place + 1) * self._size >= len(self._content) for place in places):
            raise ValueError("a sector outside the file")
        starts = ((place + 1) * self._size for place in places)
        return b"".join(self._content[start : start + self._size] for start in starts)

    def _numbers_of(self, places: Sequence[int]) -> "array[int]":
        joined = self._joined(places)
        return array("I", struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4]))

    def _allocation_places(self) -> list[int]:
        """Sectors of the allocation table: those the header names, then those of its continuation."""
        places = list(struct.unpack_from(f"<{_HEADER_ENTRIES}I", self._content, 76))
        following = self._number(68)
        for _ in range(len(self._content) // self._size + 1):
            if following >= _LAST_REGULAR:
                return [place for place in places if place < _LAST_REGULAR]
            *more, following = self._numbers_of([following])
            places += more
        raise ValueError("a continuation that loops")

    def _directory(self) -> list[_Entry]:
        listing = self._joined(_chain(self._table, self._number(48)))
        entries = [_entry(listing[at : at + _ENTRY_SIZE]) for at in range(0, len(listing), _ENTRY_SIZE)]
        if not entries:
            raise ValueError("no directory")
        return entries


def _entry(raw: bytes) -> _Entry:
    length = int.from_bytes(raw[64:66], "little")
    name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return _Entry(name.lower(), int.from_bytes(raw[116:120], "little"), int.from_bytes(raw[120:124], "little"))


def _chain(table: Sequence[int], first: int) -> list[int]:
    """The sectors of a chain of a table without loops."""
    chain = []
    while first < len(table):
        chain.append(first)
        first = table[first]
    return chain


def _without_loop(table: "array[int]") -> "array[int]":
    seen_from = array("q", [-1]) * len(table)
    for start in range(len(table)):
        at = start
        while at < len(table) and seen_from[at] == -1:
            seen_from[at] = start
            at = table[at]
        if at < len(table) and seen_from[at] == start:
            raise ValueError("a chain that loops")
    return table
