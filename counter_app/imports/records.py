"""Records of a delimited text: quotes, cells on several lines and slips of the hand, one record at a time.

A quote opened and never closed would swallow the rest of the file: it is then taken as a plain letter of its own line,
so that each following line is still read.
"""

import csv
import re
from collections.abc import Iterable, Iterator

LONGEST_CELL_LINES = 100
"""A quote left open for longer than this is a slip, not a cell on several lines."""

_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[;,]*\s*', re.IGNORECASE | re.DOTALL)
_MARKS = "\x00\x1a\ufeff"
_NO_TEXT = _MARKS + " \t\r\n"
_NOISE = re.compile(f"[{_MARKS}]")


class _Lines:
    """The lines of a text, without the marks around them; some can be given back to be read again.

    What stands between two letters stays, for who reads the cells to tell.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._again:
            return self._again.pop()
        line = next(self._lines)
        if line.isascii() and "\x00" not in line and "\x1a" not in line:
            return line
        return line.strip(_MARKS) if _NOISE.search(line.strip(_NO_TEXT)) else _NOISE.sub("", line)

    def give_back(self, lines: list[str]) -> None:
        self._again.extend(reversed(lines))


def declared_separator(first_line: str) -> str | None:
    """The separator that a spreadsheet's « sep=; » line declares; that line is no row of the table."""
    found = _SEPARATOR_LINE.fullmatch(first_line)
    return found[1] if found else None


def logical_lines(lines: Iterable[str], separator: str) -> Iterator[str]:
    """The lines of a text, those of one record joined together; a first line « sep=; » is dropped."""
    source = _Lines(lines)
    first = next(source, None)
    if first is not None and not declared_separator(first):
        source.give_back([first])
    for line in source:
        yield line if line.count('"') % 2 == 0 else _whole_record(line, source, separator)


def _whole_record(line: str, source: _Lines, separator: str) -> str:
    """The record that begins with this line, whose quotes are odd."""
    if _parses(line, separator):
        return line
    record = [line]
    while len(record) <= LONGEST_CELL_LINES and _parses("".join(record).rstrip("\r\n") + '"', separator):
        following = _up_to_a_quote(source)
        record += following
        if not following or _parses("".join(record), separator):
            break
    if len(record) > 1 and _parses("".join(record), separator):
        return "".join(record)
    source.give_back(record[1:])
    return without_quotes(line, separator)


def _up_to_a_quote(source: _Lines) -> list[str]:
    taken: list[str] = []
    while len(taken) <= LONGEST_CELL_LINES and (line := next(source, None)) is not None:
        taken.append(line)
        if '"' in line:
            break
    return taken


def _parses(text: str, separator: str) -> bool:
    try:
        return len(list(csv.reader([text], delimiter=separator, strict=True))) == 1
    except csv.Error:
        return False


def without_quotes(line: str, separator: str) -> str:
    """The same line with its stray quotes as plain letters of the cells they are in."""
    cells = line.rstrip("\r\n").split(separator)
    return separator.join(cell if _is_quoted(cell) else '"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"


def _is_quoted(cell: str) -> bool:
    return len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1]


def read_records(lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    """The cells of each record. Blank records give no cell, so that they can be counted as rows.

    A record that the csv module cannot cut (a cell of more than 131,072 signs) is given whole, as one cell.
    """
    last = ""

    def remembered() -> Iterator[str]:
        nonlocal last
        for line in logical_lines(lines, separator):
            last = line
            yield line

    reader = csv.reader(remembered(), delimiter=separator)
    while True:
        try:
            yield from reader
        except csv.Error:
            yield [last]
        else:
            return
