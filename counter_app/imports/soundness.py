"""What a workbook file really is, and whether it is safe to hand over to calamine.

Calamine believes what a file says about itself and asks for as much memory as a damaged or stretched sheet wants, which
ends the whole program. Kinds, passwords and sizes are therefore checked on the raw bytes first.
"""

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from counter_app.imports.compound_file import CompoundFile
from counter_app.imports.old_workbook import has_sound_dimensions, is_protected
from counter_app.imports.refusals import unreadable


class SheetKind(StrEnum):
    """The kind of file, from its content and not from its name."""

    csv = "csv"
    xls = "xls"
    xlsx = "xlsx"
    ods = "ods"


_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_FORMATS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"GIF8")
_ARCHIVES = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"PK\x05\x06")
_LARGEST_XLS = 150 * 2**20
_LARGEST_UNZIPPED = 2 * 2**30
_MOST_CELLS = 30_000_000
_CHUNK = 2**20
_ROW = re.compile(rb'<row [^>]*?\br="(\d{1,9})"')
_FAR_COLUMN = re.compile(rb' r="([A-Z]{2,3})\d')
_ZIP_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, EOFError, NotImplementedError, RuntimeError, ValueError),
)


def workbook_kind(path: Path) -> SheetKind | None:
    """The kind of workbook a file holds, checked and safe to read; None when it is none (it may be a text).

    `UnreadableFile` when it is protected, damaged, too large or of a format that is not read here.
    """
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(_OTHER_FORMATS):
        raise unreadable("other_format")
    if start.startswith(_ARCHIVES):
        raise unreadable("archive")
    if start.startswith(_OLE):
        _check_xls(path)
        return SheetKind.xls
    return _zipped_kind(path) if start.startswith(_ZIP) else None


def _check_xls(path: Path) -> None:
    if path.stat().st_size > _LARGEST_XLS:
        raise unreadable("too_large")
    try:
        document = CompoundFile(path.read_bytes())
        workbook = b"" if document.holds("EncryptedPackage") else document.workbook()
    except LookupError as fault:
        raise unreadable("other_format") from fault
    except ValueError as fault:
        raise unreadable("damaged") from fault
    if not workbook or is_protected(workbook):
        raise unreadable("encrypted")
    if not has_sound_dimensions(workbook):
        raise unreadable("damaged")


def _zipped_kind(path: Path) -> SheetKind:
    try:
        with zipfile.ZipFile(path) as archive:
            kind = _kind_of(archive)
            _check_sizes(archive, kind)
            return kind
    except _ZIP_FAULTS as fault:
        raise unreadable("damaged") from fault


def _kind_of(archive: zipfile.ZipFile) -> SheetKind:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return SheetKind.xlsx
    if "content.xml" not in names:
        raise unreadable("other_format" if "[Content_Types].xml" in names else "archive")
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    if b"encryption-data" in manifest:
        raise unreadable("encrypted")
    if "mimetype" in names and b"spreadsheet" not in archive.read("mimetype"):
        raise unreadable("other_format")
    return SheetKind.ods


def _check_sizes(archive: zipfile.ZipFile, kind: SheetKind) -> None:
    if sum(member.file_size for member in archive.infolist()) > _LARGEST_UNZIPPED:
        raise unreadable("too_large")
    if kind is not SheetKind.xlsx:
        return
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _check_extent(archive, name)


def _check_extent(archive: zipfile.ZipFile, name: str) -> None:
    """A single cell left at the far corner of a sheet makes calamine ask for memory for all the cells before it."""
    rows, columns = 0, 26
    for chunk in _chunks(archive, name):
        rows = max(rows, *(int(row) for row in _ROW.findall(chunk)), 0)
        columns = max(columns, *(_column_number(letters) for letters in set(_FAR_COLUMN.findall(chunk))), 0)
    if rows * columns > _MOST_CELLS:
        raise unreadable("too_large")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The member piece by piece, each piece with the end of the one before so that no tag is cut."""
    end = b""
    with archive.open(name) as member:
        while piece := member.read(_CHUNK):
            yield end + piece
            end = piece[-256:]
