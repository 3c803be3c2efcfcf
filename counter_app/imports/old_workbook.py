"""Records of an old XLS workbook, looked at before calamine reads them ([MS-XLS] 2.1.4, 2.4.28, 2.4.90, 2.4.117)."""

import struct
from collections.abc import Iterator

_BOUNDSHEET, _DIMENSIONS, _FILEPASS, _EOF = 0x0085, 0x0200, 0x002F, 0x000A
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_MOST_RECORDS = 500_000


def is_protected(workbook: bytes) -> bool:
    """True when the workbook asks for a password to be opened."""
    return any(kind == _FILEPASS for kind, _ in _records(workbook, 0))


def has_sound_dimensions(workbook: bytes) -> bool:
    """True when no sheet announces more rows or columns than the format has: calamine would ask memory for them."""
    sheets = (int.from_bytes(content[:4], "little") for kind, content in _records(workbook, 0) if kind == _BOUNDSHEET)
    return all(_is_sound(_dimensions(workbook, start)) for start in sheets)


def _dimensions(workbook: bytes, start: int) -> bytes:
    """The first record of a sheet that announces its size, which comes before its cells."""
    return next((content for kind, content in _records(workbook, start) if kind == _DIMENSIONS), b"")


def _records(workbook: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """(kind, content) of the records from a place to the end of their part of the workbook."""
    for _ in range(_MOST_RECORDS):
        if at + 4 > len(workbook):
            return
        kind, length = struct.unpack_from("<HH", workbook, at)
        if kind == _EOF:
            return
        yield kind, workbook[at + 4 : at + 4 + length]
        at += 4 + length


def _is_sound(dimensions: bytes) -> bool:
    if len(dimensions) < 12:
        return True
    sizes: tuple[int, int, int, int] = struct.unpack_from("<IIHH", dimensions)
    first_row, last_row, first_column, last_column = sizes
    return first_row <= last_row <= _MOST_ROWS and first_column <= last_column <= _MOST_COLUMNS
