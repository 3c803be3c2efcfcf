"""Delimited texts (CSV and its cousins), read one record at a time so that memory stays flat."""

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import NoReturn, TextIO

from counter_app.imports.encodings import guess_encoding
from counter_app.imports.headings import SEARCHED_LINES, HeadingLine, locate_headings
from counter_app.imports.records import declared_separator, logical_lines, read_records
from counter_app.imports.refusals import unreadable

SEPARATORS = (";", ",", "\t", "|")
NOT_LOCATED = HeadingLine(-1, ())
_SAMPLE_BYTES = 262_144
_LONGEST_LINE = 131_072
MOST_COLUMNS = 16_384
"""As many as a sheet of a spreadsheet has."""
SEARCHED_CELLS = 64
"""First cells of a line without end in which known headings are looked for."""
_LONGEST_HEADINGS = 16 * 2**20
_TEXT_CONTROLS = frozenset("\t\r\n\f\v\x00\x1a\x85")
_WEB_SIGNS = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<body")


@dataclass(frozen=True, slots=True)
class DelimitedText:
    """How to read one text file, and where its headings are (`headings.index` counts records from 0)."""

    path: Path
    encoding: str
    errors: str
    separator: str
    headings: HeadingLine = NOT_LOCATED
    total: int = 0
    """How many records follow the headings, blank ones left out."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(row number as a spreadsheet shows it, cells) of each record under the headings."""
        first = self.headings.index + 2
        with self.opened() as file:
            yield from enumerate(islice(read_records(file, self.separator), first - 1, None), start=first)

    @contextmanager
    def opened(self) -> Iterator[TextIO]:
        """The file as text, its line ends untouched."""
        with self.path.open(encoding=self.encoding, errors=self.errors, newline="") as file:
            yield file

    def count(self) -> int:
        """Lines under the headings that hold something: quicker than reading their cells."""
        blanks = self.separator + ' \t\r\n"\u00a0'
        with self.opened() as file:
            lines = islice(logical_lines(file, self.separator), self.headings.index + 1, None)
            return sum(1 for line in lines if line.strip(blanks))


def open_delimited(path: Path, recognises: Callable[[str], bool]) -> DelimitedText:
    """Find encoding, separator and headings of a text file. `UnreadableFile` when it is not a table."""
    with path.open("rb") as binary:
        sample = binary.read(_SAMPLE_BYTES)
    encoding, errors = guess_encoding(sample)
    _check_is_text(sample, encoding)
    if len(sample) == _SAMPLE_BYTES and not {"\n", "\r"} & set(sample.decode(encoding, "replace")):
        _endless_line(path, encoding, errors, recognises)
    tries = [DelimitedText(path, encoding, errors, separator) for separator in _separators(path, encoding, errors)]
    located = [(text, _locate(text, recognises)) for text in tries]
    found = [replace(text, headings=headings) for text, headings in located if headings]
    if not found:
        raise unreadable("no_headings")
    best = max(found, key=lambda text: _score(text.headings, recognises))
    _check_width(len(best.headings.headings))
    return replace(best, total=best.count())


def _check_is_text(sample: bytes, encoding: str) -> None:
    if not sample.strip(b"\x00\r\n\t ;,|\xef\xbb\xbf\xff\xfe"):
        raise unreadable("empty_file")
    if any(sign in sample[:2048].lower() for sign in _WEB_SIGNS):
        raise unreadable("web_page")
    text = sample.decode(encoding, "replace")
    controls = sum(1 for letter in text if unicodedata.category(letter) == "Cc" and letter not in _TEXT_CONTROLS)
    if controls > len(text) * 0.02 or text.count("\x00") > len(text) * 0.1:
        raise unreadable("not_a_table")


def _endless_line(path: Path, encoding: str, errors: str, recognises: Callable[[str], bool]) -> NoReturn:
    """Tell apart a table far too wide, by the headings that it begins with, and what is no table."""
    with path.open(encoding=encoding, errors=errors, newline="") as file:
        line = file.readline(_LONGEST_HEADINGS)
    separator = max(SEPARATORS, key=line.count)
    if sum(map(recognises, line.split(separator, SEARCHED_CELLS)[:-1])) > 1:
        _check_width(line.count(separator) + 1)
    raise unreadable("not_a_table")


def _check_width(columns: int) -> None:
    if columns > MOST_COLUMNS:
        raise unreadable("too_wide", found=_figure(columns), most=_figure(MOST_COLUMNS))


def _separators(path: Path, encoding: str, errors: str) -> tuple[str, ...]:
    with path.open(encoding=encoding, errors=errors, newline="") as file:
        declared = declared_separator(file.readline(_LONGEST_LINE))
    return (declared,) if declared else SEPARATORS


def _locate(text: DelimitedText, recognises: Callable[[str], bool]) -> HeadingLine | None:
    with text.opened() as file:
        return locate_headings(list(islice(read_records(file, text.separator), SEARCHED_LINES)), recognises)


def _score(line: HeadingLine, recognises: Callable[[str], bool]) -> tuple[int, int]:
    return sum(1 for heading in line.headings if recognises(heading)), len(line.headings)


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
