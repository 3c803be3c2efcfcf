"""The import wizard without its looks: one state, the work it gives to the background lane, what it says."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from counter_app.imports.appointments import repair_row
from counter_app.imports.listed import RejectedRow
from counter_app.imports.mapping import Mapping
from counter_app.ui.screens import file_memory
from counter_app.ui.screens.lists import work as import_work
from counter_app.ui.screens.lists.problems import ProblemRow, solved, still_wrong
from counter_app.ui.screens.lists.report import report
from counter_app.ui.screens.lists.steps import Busy, ImportState, Step
from counter_app.ui.screens.lists.waiting import problem_row
from counter_app.ui.screens.lists.work import Imported, NotRead, OpenedList, Rehearsed, Stopped
from counter_app.ui.tasks import Breakage
from counter_app.ui.workbench import Workbench


class Brake:
    """Pulled by the agent, looked at by the control between two batches."""

    pulled = False


class ImportFlow(QObject):
    """Opens, checks, corrects and writes one list at a time."""

    changed = Signal()
    """Another state."""
    complained = Signal(str)
    """Why the list cannot be used as it is, to be said on the page of the present step."""
    advanced = Signal(str, int, int)
    """`checking` or `writing`, rows done, rows in all."""
    told = Signal(str, bool)
    """A sentence about what was just done, and whether it is good."""

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._brake = Brake()
        self._corrections: dict[int, dict[str, str]] = {}
        self.state = ImportState()
        self.memory = bench.office.home.path / file_memory.FOLDER

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self.state.busy is Busy.NOTHING

    def start_over(self) -> None:
        """Another list."""
        self._corrections.clear()
        self._become(ImportState())

    def open(self, path: Path) -> None:
        """Read what a file is; an import under way is told instead."""
        if not self.idle:
            self.told.emit(self._bench.words("import.busy"), False)
            return
        self._corrections.clear()
        self._become(ImportState(busy=Busy.OPENING))
        self._bench.behind(partial(import_work.open_list, path, self.memory), self._opened, self._broke)

    def check(self, mapping: Mapping, *, as_newest: bool = False, told: str = "") -> None:
        """The dry run with these columns; `told` is said with its answer."""
        opened = self.state.opened
        if opened is None or not self.idle:
            return
        self._brake = brake = Brake()
        self._corrections.clear()
        self._become(replace(self.state, busy=Busy.CHECKING, mapping=mapping, rehearsed=None, problems=()))
        self.advanced.emit("checking", 0, opened.rows)
        desk, advance = self._bench.desk, self._teller("checking")
        rehearse = partial(import_work.rehearse, as_newest=as_newest)
        work = partial(rehearse, desk, opened.path, mapping, advance, lambda: brake.pulled)
        self._bench.behind(work, lambda checked: self._checked(checked, told), self._broke)

    def check_as_newest(self) -> None:
        """The dry run again: the agent says that this list is the newest, whatever the date of its file."""
        if self.state.mapping is not None:
            self.check(self.state.mapping, as_newest=True)

    def stop(self) -> bool:
        """Stop the control; False when none is under way."""
        self._brake.pulled = self.state.busy is Busy.CHECKING
        return self._brake.pulled

    def back(self) -> bool:
        """One step back; False when there is none, or something is under way."""
        if not self.idle or self.state.step is Step.FILE:
            return False
        back = Step.COLUMNS if self.state.step is Step.CONTROL else Step.FILE
        self._become(replace(self.state, step=back))
        return True

    def rejected_row(self, row_id: str) -> RejectedRow | None:
        """A row to correct, with all its cells as corrected so far."""
        rejected = self.state.rehearsed.rejected if self.state.rehearsed else ()
        row = next((row for row in rejected if str(row.row) == row_id), None)
        if row is None:
            return None
        written = self._corrections.get(row.row, {})
        return replace(row, cells=tuple((heading, written.get(heading, text)) for heading, text in row.cells))

    def correct(self, row_id: str, changed: dict[str, str], shown: str) -> None:
        """Try a correction at once: it is only a reading, nothing is written."""
        row = self.rejected_row(row_id)
        if row is None:
            return
        self._corrections[row.row] = {**self._corrections.get(row.row, {}), **changed}
        again = repair_row(row.cells, changed, self.state.mapping, self._bench.desk.rules.zone, row=row.row)
        problems = (_tried(one, again, shown) if one.id == row_id else one for one in self.state.problems)
        self._become(replace(self.state, problems=tuple(problems)))

    def write(self) -> None:
        """Import the list, corrected rows included."""
        opened, mapping, rehearsed = self.state.opened, self.state.mapping, self.state.rehearsed
        if opened is None or mapping is None or rehearsed is None or not self.idle:
            return
        good = {int(row.id) for row in self.state.problems if row.solved}
        corrections = {row: changed for row, changed in self._corrections.items() if row in good}
        self._become(replace(self.state, busy=Busy.WRITING))
        self.advanced.emit("writing", 0, opened.rows)
        desk, advance = self._bench.desk, self._teller("writing")
        work = partial(import_work.write_list, desk, opened.path, mapping, corrections, advance, rehearsed)
        self._bench.behind(work, self._imported, self._broke)
        self._bench.behind(lambda: self._remember(opened, mapping), self._remembered)

    def save_report(self, path: Path) -> None:
        """Write the report of the list on show."""
        state, words = self.state, self._bench.words
        shown = state.imported or state.rehearsed
        if shown is None or state.opened is None:
            return
        content = report(words, state.opened.path.name, shown.outcome, state.problems)
        self._bench.behind(lambda: _written(path, content), lambda good: self._report_saved(path, good))

    def _become(self, state: ImportState) -> None:
        self.state = state
        self.changed.emit()

    def _teller(self, key: str) -> Callable[[int, int], None]:
        """Tells the window, from the lane, how far the work is."""
        return lambda done, total: self._bench.lanes.tell(partial(self.advanced.emit, key, done, total))

    def _opened(self, opened: OpenedList | NotRead) -> None:
        if isinstance(opened, NotRead):
            self._refuse(opened.sentence)
        else:
            self._become(ImportState(Step.COLUMNS, opened=opened))

    def _checked(self, checked: Rehearsed | NotRead | Stopped, told: str) -> None:
        state = replace(self.state, busy=Busy.NOTHING)
        match checked:
            case NotRead():
                self._become(replace(state, step=Step.COLUMNS))
                self.complained.emit(checked.sentence)
            case Stopped():
                self._become(replace(state, step=Step.COLUMNS))
                self.told.emit(self._bench.words("import.stopped"), True)
            case Rehearsed():
                problems = tuple(problem_row(str(problem.row), problem) for problem in checked.outcome.to_repair)
                self._become(replace(state, step=Step.CONTROL, rehearsed=checked, problems=problems))
                if told:
                    self.told.emit(told, False)

    def _imported(self, imported: Imported | NotRead) -> None:
        if isinstance(imported, NotRead):
            self._not_imported(imported)
            return
        self._become(replace(self.state, step=Step.REPORT, busy=Busy.NOTHING, imported=imported))
        self._bench.acted.emit()

    def _not_imported(self, why: NotRead) -> None:
        """A file that changed since the control is checked again; nothing of it was written."""
        state = self.state
        if why.reason_code != "file_changed" or state.mapping is None or state.rehearsed is None:
            self._refuse(why.sentence)
            return
        self._become(replace(state, busy=Busy.NOTHING))
        self.check(state.mapping, as_newest=state.rehearsed.as_newest, told=why.sentence)

    def _remember(self, opened: OpenedList, mapping: Mapping) -> bool:
        try:
            file_memory.remember_folder(self.memory, opened.path.parent)
            if mapping != opened.mapping or opened.remembered:
                file_memory.remember(self.memory, opened.headings, mapping)
        except OSError:
            return False
        return True

    def _remembered(self, kept: bool) -> None:
        if not kept:
            self.told.emit(self._bench.words("import.memory_not_written"), False)

    def _report_saved(self, path: Path, good: bool) -> None:
        key = "import.report_saved" if good else "import.report_not_saved"
        self.told.emit(self._bench.words(key, path=str(path)), good)

    def _broke(self, broken: Breakage) -> None:
        self._refuse(broken.sentence)

    def _refuse(self, sentence: str) -> None:
        self._become(ImportState())
        self.complained.emit(sentence)


def _tried(row: ProblemRow, again: object, shown: str) -> ProblemRow:
    if isinstance(again, RejectedRow):
        return still_wrong(row, shown, again.column, again.reason)
    return solved(row, shown)


def _written(path: Path, content: bytes) -> bool:
    try:
        path.write_bytes(content)
    except OSError:
        return False
    return True
