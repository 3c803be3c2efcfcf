"""Rows read out of the pages of an encrypted file, one by one, when its trees can no longer be walked.

Each page is enciphered alone (SQLCipher 4: AES-256-CBC, 4096 bytes, of which the last 80 hold the vector and the seal),
so that a damaged one costs its own rows. Seals are not looked at: whoever asks checks what a row says of itself.
Forms: SQLite « Database File Format », « WAL-mode File Format ».
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import FileIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct, error, unpack_from
from typing import TypeAlias

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

Log: TypeAlias = bytes | mmap
Value: TypeAlias = None | int | float | bytes | str

PAGE, RESERVED, VECTOR = 4096, 80, 16
USABLE = PAGE - RESERVED
SALT = 16
"""The first page begins with this many bytes in clear."""
LEAF = 0x0D
LOG_HEAD, FRAME_HEAD = 32, 24
MOST_LOCAL = USABLE - 35
LEAST_LOCAL = (USABLE - 12) * 32 // 255 - 23
LONGEST = 64 << 20
"""Bytes: a longer row is a length read wrong."""
BROKEN = (IndexError, ValueError, OverflowError, error)
"""What reading a row out of a damaged page raises."""

_FRAME = Struct(">II8s")


class Pages:
    """The pages of a file and of its log of writes, as far as they were committed."""

    def __init__(self, file: FileIO, log: bytes, key: bytes) -> None:
        self._file, self._key, self._log = file, key, log
        self._frames = committed(log)
        self._newest = dict(self._frames)

    def every(self) -> Iterator[tuple[int, bytes]]:
        """Each page by its number, the newest state of it first."""
        for number, place in reversed(self._frames):
            yield number, self._deciphered(number, self._log[place : place + PAGE])
        count = self._file.seek(0, 2) // PAGE
        for number in range(1, count + 1):
            yield number, self._of_file(number)

    def newest(self, number: int) -> bytes:
        """The newest state of a page; empty when there is none."""
        place = self._newest.get(number)
        if place is None:
            return self._of_file(number)
        return self._deciphered(number, self._log[place : place + PAGE])

    def _of_file(self, number: int) -> bytes:
        """Empty where the disk itself no longer reads."""
        if number < 1:
            return b""
        try:
            self._file.seek((number - 1) * PAGE)
            return self._deciphered(number, self._file.read(PAGE))
        except OSError:
            return b""

    def _deciphered(self, number: int, page: bytes) -> bytes:
        if len(page) < PAGE:
            return b""
        clear = SALT if number == 1 else 0
        vector = page[USABLE : USABLE + VECTOR]
        decryptor = Cipher(algorithms.AES(self._key), modes.CBC(vector)).decryptor()
        return bytes(clear) + decryptor.update(page[clear:USABLE])


def committed(log: Log) -> list[tuple[int, int]]:
    """Page number and place of each frame of the log up to the last commit; what came after it was never recorded."""
    frames = []
    last = 0
    for number, commit, place in _frames(log, _salt(log)):
        frames.append((number, place))
        last = len(frames) if commit else last
    return frames[:last]


@dataclass(frozen=True, slots=True)
class Commits:
    """What a log says of itself, whether or not it is sound."""

    salt: bytes
    """Changes each time that the log begins anew."""
    ends: tuple[int, ...]
    """Number of frames up to each commit."""


def commits(path: Path) -> Commits:
    """Where each transaction of a log ends, by its frames alone. Raises FileNotFoundError."""
    with path.open("rb") as file:
        if path.stat().st_size < LOG_HEAD + FRAME_HEAD + PAGE:
            return Commits(b"", ())
        with mmap(file.fileno(), 0, access=ACCESS_READ) as log:
            salt = _salt(log)
            ends = (1 + (place - LOG_HEAD) // (FRAME_HEAD + PAGE) for _, commit, place in _frames(log, salt) if commit)
            return Commits(salt, tuple(ends))


def _salt(log: Log) -> bytes:
    """What marks the frames of this beginning of the log; when its head is damaged, what the first frame bears."""
    of_head, of_first = log[16:24], log[LOG_HEAD + 8 : LOG_HEAD + 16]
    return of_head if any(_frames(log, of_head)) else of_first


def _frames(log: Log, salt: bytes) -> Iterator[tuple[int, int, int]]:
    """Page number, mark of a commit and place of the page of each frame."""
    for place in range(LOG_HEAD, len(log) - FRAME_HEAD - PAGE + 1, FRAME_HEAD + PAGE):
        number, commit, its_salt = _FRAME.unpack_from(log, place)
        if its_salt == salt:
            yield number, commit, place + FRAME_HEAD


def table_rows(path: Path, key: bytes, widths: frozenset[int]) -> Iterator[list[Value]]:
    """Every row that has so many columns, in any page that reads; one row may come more than once."""
    log = path.with_name(f"{path.name}-wal")
    with path.open("rb", buffering=0) as file:
        pages = Pages(file, log.read_bytes() if log.is_file() else b"", key)
        for number, page in pages.every():
            yield from _rows(pages, number, page, widths)


def _rows(pages: Pages, number: int, page: bytes, widths: frozenset[int]) -> Iterator[list[Value]]:
    head = 100 if number == 1 else 0
    if not page or page[head] != LEAF:
        return
    count = int.from_bytes(page[head + 3 : head + 5])
    for cell in range(head + 8, min(head + 8 + 2 * count, USABLE), 2):
        try:
            row = _row(_payload(pages, page, int.from_bytes(page[cell : cell + 2])), widths)
        except BROKEN:
            continue
        if row is not None:
            yield row


def _payload(pages: Pages, page: bytes, place: int) -> bytes:
    """What a cell holds, its overflow pages included. Raises one of `BROKEN` when it does not read."""
    length, place = _varint(page, place)
    _rowid, place = _varint(page, place)
    if length > LONGEST:
        raise ValueError("a length read wrong")
    local = length
    if length > MOST_LOCAL:
        local = LEAST_LOCAL + (length - LEAST_LOCAL) % (USABLE - 4)
        local = local if local <= MOST_LOCAL else LEAST_LOCAL
    parts = [page[place : place + local]]
    missing = length - local
    follows = int.from_bytes(page[place + local : place + local + 4])
    while missing > 0:
        more = pages.newest(follows)
        if not follows or not more:
            raise ValueError("an overflow page is missing")
        parts.append(more[4 : 4 + min(missing, USABLE - 4)])
        missing -= USABLE - 4
        follows = int.from_bytes(more[:4])
    return b"".join(parts)


def _row(payload: bytes, widths: frozenset[int]) -> list[Value] | None:
    """The columns of a record, when there are as many as asked."""
    head, place = _varint(payload, 0)
    kinds = []
    while place < head:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    if len(kinds) not in widths:
        return None
    values = []
    for kind in kinds:
        size = (kind - 12) // 2 if kind >= 12 else (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind]
        if place + size > len(payload):
            raise ValueError("a record is cut short")
        values.append(_value(kind, payload[place : place + size]))
        place += size
    return values


def _value(kind: int, raw: bytes) -> Value:
    if kind == 0:
        return None
    if kind == 7:
        return float(unpack_from(">d", raw)[0])
    if kind in (8, 9):
        return kind - 8
    if kind < 7:
        return int.from_bytes(raw, signed=True)
    return raw.decode() if kind % 2 else raw


def _varint(raw: bytes, place: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where the next one begins."""
    value = 0
    for _byte in range(8):
        byte = raw[place]
        place += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place
    return value << 8 | raw[place], place + 1
