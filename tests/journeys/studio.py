"""A window, and a hand that brings it where it should be looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app import app
from counter_app.domain.convocation import Convocation
from counter_app.store import convocation_rows
from counter_app.ui.main_window import MainWindow
from counter_app.ui.opening import LEAST
from counter_app.ui.screens.reception.page import Reception
from counter_app.ui.screens.registry import SCREENS
from counter_app.ui.theme import Theme
from counter_app.ui.workbench import Workbench
from tests.ui.workbenches import NOW, bench_on

LONGEST = 20_000
"""Milliseconds after which something is wrong."""
TURNS = 4
"""Turns of the event loop in which words find their lines, their panel its height, and the page its place."""


@dataclass
class Studio:
    """The window of a training home."""

    window: MainWindow
    bench: Workbench
    now: datetime

    def settle(self) -> None:
        """Let everything asked be answered."""
        patience = QElapsedTimer()
        patience.start()
        while patience.elapsed() < LONGEST:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            front = self.window.front
            if not self.bench.lanes.busy and not (isinstance(front, Reception) and front.state.awaited):
                break
        else:
            raise AssertionError("never quiet")
        for _ in range(TURNS):
            turn = QEventLoop()
            QTimer.singleShot(0, turn.quit)
            turn.exec()

    def shoot(self, path: Path) -> None:
        """Keep what the window shows, with the question over it."""
        self.settle()
        box = QApplication.activeModalWidget()
        picture = self.window.grab()
        if box:
            corner = self.window.rect().center() - box.rect().center()
            box.render(picture, corner)
        picture.save(str(path))

    def at_rest(self) -> None:
        """Back to the home screen, nobody in front, nothing open."""
        if box := QApplication.activeModalWidget():
            box.close()
        self.bench.desk.clock = lambda: self.now
        self.window.activateWindow()
        self.window.idle.wake()
        if self.window.work.help.isVisible():
            self.window.toggle_help()
        self.window.open("reception")
        self.window.front.step_back()
        self.settle()

    def later(self, days: float) -> None:
        """Send the desk's clock elsewhere."""
        self.bench.desk.clock = lambda: self.now + timedelta(days=days)

    def open(self, screen: str, text: str = "") -> None:
        self.window.open(screen, text)
        self.settle()

    def meet(self, name: str) -> None:
        """Scan somebody of the list."""
        self.open("reception", convocation_rows.code_of(self.person(name)))

    def person(self, name: str) -> Convocation:
        with self.bench.desk.looking() as connection:
            return next(one for one in convocation_rows.every(connection) if one.name.startswith(name))

    def type(self, text: str) -> None:
        """Letters in the one field of the screen in front."""
        field = self.window.front.field
        assert field
        field.setText(text)
        field.textEdited.emit(text)
        self.settle()

    def press(self, *keys: Qt.Key, ctrl: bool = False) -> None:
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        for key in keys:
            target: QWidget = QApplication.focusWidget() or self.window.front.field or self.window
            QTest.keyClick(target, key, held)
            self.settle()


@contextmanager
def studio(
    home: Path, theme: Theme, application: QApplication, size: tuple[int, int], now: datetime = NOW
) -> Iterator[Studio]:
    """The window of a home, shown at a size, at a moment."""
    office = app.open_office(home, at=now)
    with bench_on(office, theme, application) as (bench, _asked):
        window = MainWindow(bench, SCREENS)
        window.setMinimumSize(*LEAST)
        window.resize(*size)
        window.show()
        window.activateWindow()
        made = Studio(window, bench, now)
        made.settle()
        yield made
        made.at_rest()
        window.close()
        window.deleteLater()
        # Outside an event loop nothing goes by itself: after a minute this window would swallow a key of another test.
        QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
