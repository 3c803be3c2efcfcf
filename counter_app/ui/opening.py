"""Opening the window: something to see at once, the heavy parts after the first paint, refusals in plain French."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, Qt, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QVBoxLayout, QWidget

from counter_app.config import read_settings
from counter_app.domain.refusal import StoreRefused
from counter_app.ui.early_keys import EarlyKeys
from counter_app.ui.scanner import Scanner
from counter_app.ui.sounds import Sounds
from counter_app.ui.tasks import Breakage, Lane, Lanes
from counter_app.ui.theme import Choice, Theme
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import Language

if TYPE_CHECKING:
    from counter_app.office import Office
    from counter_app.ui.main_window import MainWindow
    from counter_app.ui.parting import Parting

SIZE = (1366, 768)
LEAST = (960, 540)
CARE = 60_000
"""Milliseconds between two looks at whether the file wants a copy."""


@dataclass(frozen=True, slots=True)
class Doors:
    """What the composition root lends: whether the home is there, how to make it, how to open it."""

    exists: Callable[[], bool]
    sites: Callable[[], list[tuple[str, str]]]
    make: Callable[[str, bool], str]
    open: Callable[[], "Office"]
    care: Callable[["Office"], tuple[str, ...]]
    """Care and copies as the day goes on; sentences for what has to be said."""
    part: Callable[["Office"], None] = lambda _office: None
    """A last copy when the window closes."""


def start_qt(arguments: list[str]) -> QApplication:
    """The application, once per process, with fractional screen scales left as they are."""
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia*=false")
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(arguments)
    app.setApplicationName("Guichet")
    return app


def tell_refusal(app: QApplication, home: Path, sentence: str) -> None:
    """Say why no window opens, to an agent who started it from the desktop and reads no terminal."""
    settings = read_settings(home).settings
    Theme(app).choose(Choice(settings.theme), settings.scale)
    QMessageBox.warning(None, Words("en" if settings.language == "en" else "fr")("shell.title"), sentence)


class Opening(QObject):
    """From the first paint to a desk that is ready to scan, and again when the language changes."""

    def __init__(self, app: QApplication, home: Path, doors: Doors) -> None:
        super().__init__()
        self._doors = doors
        settings = read_settings(home).settings
        self.lang: Language = "en" if settings.language == "en" else "fr"
        self.words = Words(self.lang)
        self._translator = QTranslator(self)
        self._speak_qt()
        self.theme = Theme(app)
        self.theme.choose(Choice(settings.theme), settings.scale)
        self.lanes = Lanes(self.words)
        self.scanner = Scanner(app)
        self.sounds = Sounds(settings.volume / 100)
        self.window: MainWindow | None = None
        self._parting: Parting | None = None
        self.splash = self._splash()
        self._keys = EarlyKeys(app, self.splash)
        self.splash.show()
        QTimer.singleShot(0, self, self._begin)

    def _speak_qt(self) -> None:
        """Qt's own boxes (files, messages) in the language of the window."""
        QCoreApplication.removeTranslator(self._translator)
        if self._translator.load(f"qtbase_{self.lang}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            QCoreApplication.installTranslator(self._translator)

    def _splash(self) -> QWidget:
        splash = QWidget()
        splash.setWindowTitle(self.words("shell.title"))
        label = QLabel(self.words("shell.opening"))
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(splash).addWidget(label)
        _size(splash)
        return splash

    def _begin(self) -> None:
        """The file opens on the desk's own thread, which keeps its connection."""
        if self._doors.exists():
            self.lanes.run(Lane.DESK, self._opened, self._on_opened, self._on_broken)
            return
        from counter_app.ui.new_home import NewHome

        box = NewHome(self.theme, self.words, self._doors.sites(), self._doors.make, self.splash)
        box.made.connect(self._begin)
        box.rejected.connect(self._leave)
        box.open()

    def _opened(self) -> "Office | StoreRefused":
        try:
            return self._doors.open()
        except StoreRefused as refused:
            return refused

    def _on_opened(self, office: "Office | StoreRefused") -> None:
        if isinstance(office, StoreRefused):
            self._refuse(office.sentence)
            return
        from counter_app.ui.printing_desk import PrintingDesk
        from counter_app.ui.workbench import Workbench

        self.bench = Workbench(office, self.lanes, self.theme, self.scanner, self.sounds)
        self.bench.settings_changed.connect(self._on_settings)
        self.bench.exchanges.taken_out.connect(self._on_taken_out)
        self._printing = PrintingDesk(self.bench)
        self._keys.give_to(self._show_window(self.splash))
        QTimer.singleShot(0, self, self.sounds.prepare)
        self._told: tuple[str, ...] = ()
        self._caring = QTimer(self, interval=CARE)
        self._caring.timeout.connect(self._care)
        self._caring.start()
        self._care()
        self.bench.exchanges.start()

    def _care(self) -> None:
        """Copies of the file, behind everything else; one at a time."""
        if not self.lanes.closing:
            office = self.bench.office
            self.lanes.run_latest(Lane.BACKGROUND, "care", lambda: self._doors.care(office), self._on_cared)

    def _on_cared(self, told: tuple[str, ...]) -> None:
        """What could not be done is said once, not each minute."""
        if told != self._told and told and self.window is not None:
            self.window.say(" ".join(told))
        self._told = told

    def close(self) -> None:
        """Finish what was accepted, then copy what was done since the last copy."""
        if self.window is not None:
            self._caring.stop()
            office = self.bench.office
            self.lanes.run(Lane.BACKGROUND, lambda: self._doors.part(office), lambda _none: None, lambda _broken: None)
        self.lanes.close()

    def _show_window(self, before: QWidget) -> QWidget:
        """The window takes the place of what stood there."""
        from counter_app.ui.main_window import MainWindow
        from counter_app.ui.parting import Parting
        from counter_app.ui.screens.registry import SCREENS

        if self._parting is not None:
            self._parting.let_go()
        self.window = MainWindow(self.bench, SCREENS, self.bench.office.problems, self._printing)
        self.window.setGeometry(before.geometry())
        self.window.setMinimumSize(*LEAST)
        self._parting = Parting(self.bench, self.window)
        self.window.show()
        before.close()
        return self.window

    def _on_settings(self) -> None:
        """Looks change at once; another language makes the window again."""
        settings = self.bench.settings
        if (self.theme.choice.value, self.theme.scale) != (settings.theme, settings.scale):
            self.theme.choose(Choice(settings.theme), settings.scale)
        if self.bench.lang != self.lang and self.window is not None:
            self.lang = self.bench.lang
            self.words = self.bench.words
            self.lanes.speak(self.words)
            self._speak_qt()
            before = self.window
            self._show_window(before)
            before.deleteLater()

    def _on_taken_out(self) -> None:
        """No work goes on at a desk that its central took out: it wipes itself once shut, and says so then."""
        QApplication.closeAllWindows()

    def _on_broken(self, broken: Breakage) -> None:
        self._refuse(broken.sentence)

    def _refuse(self, sentence: str) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, self.words("shell.title"), sentence, parent=self.splash)
        box.finished.connect(self._leave)
        box.open()

    def _leave(self) -> None:
        self.lanes.close()
        self.splash.close()


def _size(window: QWidget) -> None:
    """As designed, or the whole screen when it is smaller."""
    screen = QGuiApplication.primaryScreen().availableGeometry()
    width, height = min(SIZE[0], screen.width()), min(SIZE[1], screen.height())
    window.setGeometry(screen.x(), screen.y(), width, height)
