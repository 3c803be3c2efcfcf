"""« Import »: a list of appointments in four steps. Nothing is written before the last; the desk goes on meanwhile."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.ui.screens import file_memory
from counter_app.ui.screens.file_dialogs import file_dialog, report_dialog
from counter_app.ui.screens.lists.about import about
from counter_app.ui.screens.lists.columns import ColumnsPage
from counter_app.ui.screens.lists.control import Advance, OutcomePage
from counter_app.ui.screens.lists.file import FilePage
from counter_app.ui.screens.lists.flow import ImportFlow
from counter_app.ui.screens.lists.last import LastImportCard
from counter_app.ui.screens.lists.steps import Busy, ImportState, Step, StepLine, actions_of
from counter_app.ui.screens.lists.waiting import WaitingRows
from counter_app.ui.screens.page_parts import Page, Result
from counter_app.ui.screens.screen import Screen, on_key
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.row_dialog import RowDialog
from counter_app.ui.workbench import Workbench


class ImportScreen(Screen):
    """The wizard, and the rows of older lists that still wait."""

    name: ClassVar[str] = "import"
    topic: ClassVar[str] = "screen.import"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        words, theme = bench.words, bench.theme
        self.flow = ImportFlow(bench, self)
        self._shown = ImportState()
        self.steps = StepLine(words)
        self.file = FilePage(theme, words)
        self.waiting = WaitingRows(bench)
        self.last = LastImportCard(bench)
        self.columns = ColumnsPage(theme, words)
        self.control = OutcomePage(theme, words, words("import.control_lead"))
        self.report = OutcomePage(theme, words, words("import.done_lead"))
        self.advance = Advance(words)
        self.result = Result(theme)
        self.bar = ActionBar(words("import.actions"))
        self._lay_out()
        self._connect()
        self._render()

    def _lay_out(self) -> None:
        self.page = Page(self.bench.words("import.title"))
        self.page.add(self.steps, self.file, self.columns, self.control, self.report, self.last, self.waiting)
        self.page.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 4, 16, 8)
        for widget in (self.advance, self.result, self.bar):
            foot.addWidget(widget)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.flow.changed.connect(self._on_changed)
        self.flow.complained.connect(self._complain)
        self.flow.advanced.connect(self.advance.show_advance)
        self.flow.told.connect(self.result.show_result)
        self.file.wanted.connect(self._choose)
        self.file.chosen.connect(self.flow.open)
        self.bar.triggered.connect(self._do)
        self.last.undone.connect(self._on_undone)
        self.control.table.written.connect(self._on_written)
        self.control.table.opened.connect(self._open_row)
        for table in (self.control.table, self.waiting.table):
            self.page.room_changed.connect(table.set_room)
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+O": self._choose,
            "Ctrl+Return": self.bar.trigger_main,
            "Ctrl+Enter": self.bar.trigger_main,
            "Alt+Right": self._next,
            "Alt+Left": self.flow.back,
            "Ctrl+Down": self._next_problem,
        }
        for name, run in keys.items():
            on_key(self, name, run)

    # what the shell asks

    def activated(self, text: str = "") -> None:
        """Open a file at once, or show where the agent was."""
        if text:
            self.flow.open(Path(text))
        self.waiting.refresh()
        self.last.refresh()
        self._focus_first()

    def step_back(self) -> bool:
        """Escape stops a control, else goes one step back; the first step has nothing before it."""
        return self.flow.stop() or self.flow.back()

    def hide_people(self, hidden: bool) -> None:
        """Cells of lists name people: the whole page is covered."""
        self.page.setVisible(not hidden)

    # what the agent does

    def _choose(self) -> None:
        if not self.flow.idle:
            self.result.show_result(self.bench.words("import.busy"), good=False)
            return
        dialog = file_dialog(self, self.bench.words, file_memory.last_folder(self.flow.memory))
        dialog.fileSelected.connect(lambda name: self.flow.open(Path(name)))
        dialog.open()

    def _do(self, slug: str) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "check": lambda: self.flow.check(self.columns.mapping()),
            "stop": self.flow.stop,
            "import": self.flow.write,
            "as_newest": self.flow.check_as_newest,
            "back": self.flow.back,
            "another": self.flow.start_over,
            "save_report": self._save_report,
        }
        deeds[slug]()

    def _next(self) -> None:
        """Alt+→ goes to the next page, but never writes."""
        if self.flow.state.step is Step.COLUMNS:
            self.bar.trigger_main()

    def _next_problem(self) -> None:
        """Ctrl+↓ from anywhere: the next row to correct, on this page or among those that wait."""
        table = self.control.table if self.flow.state.step is Step.CONTROL else self.waiting.table
        if table.rows() and table.isVisible():
            table.next_problem() if table.hasFocus() else table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.ensureWidgetVisible(table, 0, 12)

    def _on_written(self, row_id: str, text: str) -> None:
        shown = next((row for row in self.flow.state.problems if row.id == row_id), None)
        if shown and shown.column is not None:
            self.flow.correct(row_id, {shown.column: text}, text)

    def _open_row(self, row_id: str) -> None:
        row = self.flow.rejected_row(row_id)
        if row is None:
            return
        theme, words = self.bench.theme, self.bench.words
        dialog = RowDialog(theme, words, row_id, row.row, row.reason, row.cells, self.window())
        dialog.corrected.connect(self.flow.correct)
        dialog.open()

    def _save_report(self) -> None:
        opened = self.flow.state.opened
        folder = opened.path.parent if opened else Path.home()
        dialog = report_dialog(self, self.bench.words, folder)
        dialog.fileSelected.connect(lambda name: self.flow.save_report(Path(name)))
        dialog.open()

    # showing

    def _on_changed(self) -> None:
        before, state = self._shown, self.flow.state
        self._shown = state
        self._render()
        if state.opened and state.opened is not before.opened:
            self.columns.show_list(state.opened, about(state.opened, self.bench.words))
        checked = state.rehearsed is not None and state.rehearsed is not before.rehearsed
        if state.rehearsed and checked:
            self.control.show_outcome(state.rehearsed.outcome, state.problems)
        elif state.problems is not before.problems:
            self.control.show_rows(state.problems)
        if state.imported and state.imported is not before.imported:
            self.report.show_outcome(state.imported.outcome, (), self._done_sentences(state))
            self.waiting.refresh()
            self.last.refresh()
        if checked or state.step is not before.step:
            self._focus_first()

    def _on_undone(self) -> None:
        """What the last page told is no longer so: back to the first one."""
        self.waiting.refresh()
        if self.flow.idle and self.flow.state.step is Step.REPORT:
            self.flow.start_over()

    def _done_sentences(self, state: ImportState) -> list[str]:
        done, words = state.imported, self.bench.words
        assert done is not None
        counted = {"repaired_told": done.repaired, "still_wrong_told": len(done.still_wrong)}
        return [words.counted(f"import.{key}", n) for key, n in counted.items() if n]

    def _render(self) -> None:
        state, words = self.flow.state, self.bench.words
        self.steps.show_step(state.step)
        pages = {Step.FILE: self.file, Step.COLUMNS: self.columns, Step.CONTROL: self.control, Step.REPORT: self.report}
        for step, page in pages.items():
            page.setVisible(step is state.step)
        if state.busy in (Busy.NOTHING, Busy.OPENING):
            self.advance.hide()
        self.file.complain("")
        self.result.show_quietly(
            words("import.opening"), good=None
        ) if state.busy is Busy.OPENING else self.result.hide()
        self.bar.show_actions(actions_of(state, words))
        self.bar.setVisible(bool(self.bar.actions_shown))

    def _complain(self, sentence: str) -> None:
        """On the page of the step: the file's own, or that of the columns to name."""
        page = self.columns if self.flow.state.step is Step.COLUMNS else self.file
        page.complain(sentence)
        self.page.verticalScrollBar().setValue(0)

    def _focus_first(self) -> None:
        """The first thing to do on the page, once its new buttons are there."""
        self.page.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, self, self._focus_now)

    def _focus_now(self) -> None:
        first: dict[Step, QWidget | None] = {
            Step.FILE: self.file.button,
            Step.COLUMNS: next(iter(self.columns.boxes), None),
            Step.CONTROL: self.bar.button("import"),
            Step.REPORT: self.bar.button("another"),
        }
        widget = first[self.flow.state.step]
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
