"""Files of the report: printed, or kept where the agent says, as `close-day --out` and `report --out` write them."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_app.ui.screens.file_dialogs import save_dialog
from counter_app.ui.screens.report.state import FILES, ReportLook, ReportState
from counter_app.ui.tasks import Breakage
from counter_app.ui.workbench import Workbench
from counter_app.usecases.answers import Paper
from counter_app.usecases.close_day import as_signed
from counter_app.usecases.day_papers import DayFile, day_name, day_page, figures_file, sheet
from counter_app.usecases.desk import Desk
from counter_app.usecases.period_papers import annex, period_files, period_page
from counter_app.usecases.period_workbook import workbook


def file_of(desk: Desk, slug: str, state: ReportState) -> DayFile:
    """One file of what is on show. That of a day is of the version that says it, else provisional by its name."""
    if state.look:
        return _of_day(desk, slug, state.look)
    assert state.period, "asked for once counted"
    return dict(zip(FILES, period_files(desk, state.period, state.before, state.compared), strict=True))[slug]


def _of_day(desk: Desk, slug: str, look: ReportLook) -> DayFile:
    figures, signed = as_signed(look.figures, look.signed), look.signed
    name = day_name(figures, signed)
    if slug == "annex":
        return annex(desk, figures, figures.open_cases, look.closings, name)
    if slug == "xlsx":
        return DayFile(workbook(desk, figures, figures.open_cases, signed=signed), f"bilan-{name}.xlsx")
    if slug == "json":
        assert signed, "asked for once signed"
        return figures_file(figures, signed)
    if slug == "csv":
        return sheet(figures, signed)
    page = day_page(desk, figures, signed)
    return DayFile(page.pdf, page.file_name)


def page_of(desk: Desk, state: ReportState) -> Paper:
    """The page of what is on show."""
    if look := state.look:
        return day_page(desk, as_signed(look.figures, look.signed), look.signed)
    assert state.period, "asked for once counted"
    made = period_page(desk, state.period, state.before, state.compared)
    return Paper(made.content, made.name)


class ReportFiles(QObject):
    """Makes files off the UI thread, asks where, writes."""

    told = Signal(str, bool)

    def __init__(self, bench: Workbench, window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._window = bench, window

    def print_page(self, state: ReportState) -> None:
        """The page of what is on show."""
        desk = self._bench.desk
        self._bench.behind(lambda: page_of(desk, state), self._bench.page_wanted.emit, self._broke)

    def keep(self, slug: str, state: ReportState) -> None:
        """Make a file and ask where it goes; say why there is none."""
        if slug == "json" and state.look and state.look.signed is None:
            self.told.emit(self._bench.words("report.not_signed_yet"), False)
            return
        desk = self._bench.desk
        self._bench.behind(lambda: file_of(desk, slug, state), self._ask_where, self._broke)

    def _ask_where(self, made: DayFile) -> None:
        words = self._bench.words
        dialog = save_dialog(self._window, words, Path.home(), words("report.save_title"), made.name)
        dialog.fileSelected.connect(lambda name: self.write(Path(name), made))
        dialog.open()

    def write(self, path: Path, made: DayFile) -> None:
        """Write a file, and say where it is."""
        self._bench.behind(lambda: _written(path, made.content), partial(self._kept, path), self._broke)

    def _kept(self, path: Path, written: bool) -> None:
        # A long path may be cut after any folder: the line is read in a low window too.
        shown = str(path).replace("/", "/\u200b")
        self.told.emit(self._bench.words("report.saved" if written else "report.not_saved", path=shown), written)

    def _broke(self, broken: Breakage) -> None:
        self.told.emit(broken.sentence, False)


def _written(path: Path, content: bytes) -> bool:
    try:
        path.write_bytes(content)
    except OSError:
        return False
    return True
