"""A handover window at work in the whole window, on a Tuesday at 9 h 20, with a permit for each answer."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counter_app import app
from counter_app.domain.permit import Permit
from counter_app.store import permit_rows
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens.handover.page import HandoverScreen
from counter_app.ui.screens.registry import SCREENS
from counter_app.ui.theme import Theme
from counter_app.ui.workbench import Workbench
from counter_app.usecases import undo
from tests.journeys.handover_scenes import fill
from tests.ui.keys import person_types, reader_types
from tests.ui.questions import Box, no_question, question
from tests.ui.reception_desk import make_home
from tests.ui.workbenches import NOW, bench_on, kept_open

ENTER, CTRL, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@dataclass
class HandoverDesk:
    """The window, its bench, what was said, printed and heard, and how many keys a person pressed."""

    window: MainWindow
    bench: Workbench
    qtbot: QtBot
    sounds: list[str]
    said: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    keys: int = 0

    @property
    def page(self) -> HandoverScreen:
        front = self.window.front
        assert isinstance(front, HandoverScreen)
        return front

    @property
    def slug(self) -> str:
        """The verdict on show."""
        verdict = self.page.view.panel.verdict
        return verdict.slug if verdict else ""

    @property
    def actions(self) -> list[str]:
        return [action.slug for action in self.page.view.offers.actions_shown]

    @property
    def focused(self) -> str:
        """Name of what has the focus."""
        widget = QApplication.focusWidget()
        return widget.accessibleName() if widget else ""

    def permit(self, name: str) -> Permit:
        with self.bench.desk.looking() as connection:
            return permit_rows.by_person(connection, name)[0]

    def sleeve(self, name: str) -> str:
        return permit_rows.code_of(self.permit(name))

    def meet(self, name: str) -> None:
        """Somebody at the window: their sleeve is scanned."""
        self.scan(self.sleeve(name))

    def scan(self, text: str) -> None:
        reader_types(None, f"{text}\r")
        self.quiet()

    def types(self, text: str) -> None:
        self.keys += len(text)
        person_types(None, text)
        self.quiet()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
        self.quiet()

    def enter(self) -> None:
        self.keys += 1
        person_types(None, "\r")
        self.quiet()

    def commit(self) -> None:
        self.press(ENTER, CTRL)

    def click(self, name: str) -> None:
        """Press the button of that name as the space bar does."""
        button = next(
            one for one in self.page.findChildren(QWidget) if one.accessibleName() == name and one.isVisible()
        )
        button.setFocus()
        self.press(Qt.Key.Key_Space)

    def quiet(self) -> None:
        self.qtbot.waitUntil(lambda: not self.bench.lanes.busy)

    def dialog(self, kind: type[Box]) -> Box:
        """The question on screen, with the keyboard."""
        return question(kind, self.window, self.qtbot)

    def answered(self) -> None:
        """The question is gone, and the window has the keyboard again."""
        no_question(self.window, self.qtbot)
        self.quiet()

    def acts(self) -> list[tuple[str, str | None]]:
        """Kind and verdict of what this desk did, newest first."""
        return [(line.kind, line.verdict) for line in undo.recent(self.bench.desk, 200)]

    def clock(self, moment: datetime) -> None:
        self.bench.desk.clock = lambda: moment


def make_handover_home(folder: Path) -> Path:
    """A home of the Nord with the day's list and a permit for each answer: copy it, do not work in it."""
    home = make_home(folder)
    with closing(app.open_office(home, at=NOW)) as office:
        fill(office.desk)
    return home


@contextmanager
def handover_desk(home: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[HandoverDesk]:
    """The window of a desk, ready to scan on the handover page."""
    with bench_on(app.open_office(home, at=NOW), theme, qapp) as (bench, asked):
        said: list[str] = []

        def say(_widget: QWidget, sentence: str, _now: bool) -> None:
            said.append(sentence)

        window = MainWindow(bench, {**SCREENS, "handover": lambda bench: HandoverScreen(bench, say)})
        window.resize(1366, 768)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        desk = HandoverDesk(window, bench, qtbot, asked.sounds, said)
        bench.paper_wanted.connect(desk.papers.append)
        with kept_open(window):
            window.open("handover")
            desk.quiet()
            yield desk
            desk.quiet()
