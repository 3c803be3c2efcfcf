"""Files of the day's report: printed, or kept where the agent says, as `close-day --out` writes them."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_app.ui.screens.file_dialogs import save_dialog
from counter_app.ui.screens.report_state import ReportLook
from counter_app.ui.tasks import Breakage
from counter_app.ui.workbench import Workbench
from counter_app.usecases.day_papers import DayFile, day_page, figures_file, open_list, sheet
from counter_app.usecases.desk import Desk


def file_of(desk: Desk, slug: str, look: ReportLook) -> DayFile:
    """One file of a day: of the version that says these figures, else marked provisional by its name."""
    if slug == "annex":
        return open_list(look.figures)
    if slug == "json":
        assert look.signed, "asked for once signed"
        return figures_file(look.figures, look.signed)
    if slug == "csv":
        return sheet(look.figures, look.signed)
    page = day_page(desk, look.figures, look.signed)
    return DayFile(page.pdf, page.file_name)


class ReportFiles(QObject):
    """Makes files off the UI thread, asks where, writes."""

    told = Signal(str, bool)

    def __init__(self, bench: Workbench, window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._window = bench, window

    def print_page(self, look: ReportLook) -> None:
        """The page of the day."""
        desk = self._bench.desk
        self._bench.behind(lambda: day_page(desk, look.figures, look.signed), self._bench.page_wanted.emit)

    def keep(self, slug: str, look: ReportLook) -> None:
        """Make a file and ask where it goes; say why there is none."""
        if why := lacking(slug, look):
            self.told.emit(self._bench.words(why), False)
            return
        desk = self._bench.desk
        self._bench.behind(lambda: file_of(desk, slug, look), self._ask_where, self._broke)

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


def lacking(slug: str, look: ReportLook) -> str:
    """Why a file cannot be made, as a key of the catalogue; empty when it can."""
    if slug == "json" and look.signed is None:
        return "report.not_signed_yet"
    return "report.no_open_list" if slug == "annex" and not look.figures.open_cases else ""


def _written(path: Path, content: bytes) -> bool:
    try:
        path.write_bytes(content)
    except OSError:
        return False
    return True
