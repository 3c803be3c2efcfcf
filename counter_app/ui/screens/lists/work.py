"""Work of the import wizard, done on the background lane: opening a list, the dry run, the import itself.

What crosses the lanes is a frozen value; a file that cannot be read is an answer with its French sentence.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from counter_app.imports.listed import RejectedRow
from counter_app.imports.mapping import Mapping
from counter_app.imports.refusals import UnreadableFile
from counter_app.imports.sheet import Sheet, read_sheet
from counter_app.ui.screens import file_memory
from counter_app.usecases import import_list, repair_row
from counter_app.usecases.answers import ImportOutcome, OpenRow, RowProblem
from counter_app.usecases.desk import Desk

LOOKED_AT = 300
"""Rows read to show examples of each column."""
EXAMPLES = 3

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class NotRead:
    """A file that cannot be used: what is wrong and what to do, in French."""

    sentence: str
    reason_code: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The agent stopped the control before anything was written."""


@dataclass(frozen=True, slots=True)
class OpenedList:
    """A list that can be read: what it is, its columns, and what they most likely become."""

    path: Path
    kind: str
    encoding: str | None
    separator: str | None
    sheet_name: str | None
    rows: int
    headings: tuple[str, ...]
    examples: tuple[tuple[str, ...], ...]
    """For each heading, a few values of the file."""
    mapping: Mapping
    remembered: bool = False
    """Whether the columns were named by a person once, for this source."""
    warning: str = ""
    """A remembered mapping that cannot be read any more."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What importing would do, and all cells of the rows to correct."""

    outcome: ImportOutcome
    rejected: tuple[RejectedRow, ...]
    as_newest: bool = False
    """Whether the agent said that the list is the newest, whatever the date of its file."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What the import did. `still_wrong`: corrections that were not enough, with what is wrong now."""

    outcome: ImportOutcome
    """Its rejected rows are those that still wait."""
    repaired: int
    still_wrong: tuple[RowProblem, ...]


class _Stop(Exception):
    """Leaves the use case between two batches, before anything is written."""


def open_list(path: Path, memory: Path) -> OpenedList | NotRead:
    """Open a file and find what its columns become; `memory` is the folder of remembered columns."""
    try:
        sheet = read_sheet(path)
        remembered = file_memory.recall(memory, sheet.headings)
        return OpenedList(
            path=path,
            kind=sheet.kind.value,
            encoding=sheet.encoding,
            separator=sheet.separator,
            sheet_name=sheet.name,
            rows=sheet.total,
            headings=sheet.headings,
            examples=_examples(sheet),
            mapping=remembered.mapping,
            remembered=remembered.by_a_person,
            warning=remembered.warning,
        )
    except UnreadableFile as refusal:
        return NotRead(refusal.sentence, refusal.reason_code)


def _examples(sheet: Sheet) -> tuple[tuple[str, ...], ...]:
    found: list[dict[str, None]] = [{} for _heading in sheet.headings]
    for row in islice(sheet.rows, LOOKED_AT):
        for values, cell in zip(found, row.cells, strict=False):
            text = " ".join(cell.split())
            if text and len(values) < EXAMPLES:
                values[text] = None
    return tuple(tuple(values) for values in found)


def rehearse(
    desk: Desk, path: Path, mapping: Mapping, progress: Progress, stopped: Callable[[], bool], *, as_newest: bool
) -> Rehearsed | NotRead | Stopped:
    """The dry run. `stopped` is asked between batches; `as_newest`: whatever the date of the file."""

    def advance(done: int, total: int) -> None:
        if stopped():
            raise _Stop
        progress(done, total)

    try:
        outcome = import_list.dry_run(desk, path, mapping, advance, as_newest=as_newest)
        return Rehearsed(outcome, _rejected_rows(desk, path, mapping, outcome), as_newest)
    except UnreadableFile as refusal:
        return NotRead(refusal.sentence, refusal.reason_code)
    except _Stop:
        return Stopped()


def _rejected_rows(desk: Desk, path: Path, mapping: Mapping, outcome: ImportOutcome) -> tuple[RejectedRow, ...]:
    """The rejected rows with all their cells, so that a correction can be tried before anything is written."""
    from counter_app.imports.appointments import read_appointments

    if not outcome.rejected:
        return ()
    rows = read_appointments(read_sheet(path), mapping, desk.rules.zone)
    return tuple(row for row in rows if isinstance(row, RejectedRow))


def write_list(
    desk: Desk,
    path: Path,
    mapping: Mapping,
    corrections: dict[int, dict[str, str]],
    progress: Progress,
    rehearsed: Rehearsed,
) -> Imported | NotRead:
    """Import the file as it was rehearsed, then take the rows that the agent corrected, by row number then heading."""
    checked, as_newest = rehearsed.outcome.file_digest, rehearsed.as_newest
    try:
        outcome = import_list.import_list(desk, path, mapping, progress, checked=checked, as_newest=as_newest)
    except UnreadableFile as refusal:
        return NotRead(refusal.sentence, refusal.reason_code)
    left = _repair(desk, outcome, corrections)
    taken = {row for row, problem in left.items() if problem is None}
    waiting = tuple(problem for problem in outcome.rejected if problem.row not in taken)
    still_wrong = tuple(problem for problem in left.values() if problem)
    return Imported(replace(outcome, rejected=waiting), len(taken), still_wrong)


def _repair(desk: Desk, outcome: ImportOutcome, corrections: dict[int, dict[str, str]]) -> dict[int, RowProblem | None]:
    """By row number, what is still wrong once corrected; None when the row was taken."""
    waiting = repair_row.open_rows(desk)
    left: dict[int, RowProblem | None] = {}
    for problem in outcome.rejected:
        row = _waiting_row(waiting, problem, outcome.source)
        if row is not None and problem.row in corrections:
            left[problem.row] = repair_row.repair(desk, row.id, corrections[problem.row])
    return left


def _waiting_row(waiting: Sequence[OpenRow], problem: RowProblem, source: str) -> OpenRow | None:
    """The newest row set aside for this problem."""
    return next((row for row in reversed(waiting) if row.problem == problem and row.source == source), None)
