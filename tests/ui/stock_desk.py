"""A stock at a desk on the training morning, and hands for the screens that work on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from counter_app.domain.permit import Permit
from counter_app.store import permit_rows
from counter_app.ui.screens.screen import Screen
from counter_app.ui.workbench import Workbench
from counter_app.usecases.receive_permits import receive_permits
from tests.imports.lists import write_csv
from tests.imports.permit_lists import permit, permits_table
from tests.ui.keys import person_types, reader_types
from tests.ui.questions import Box, question
from tests.ui.workbenches import Asked, kept_open, scan_into

SOW, BA, LI, EL, DIOP = "F5V9RY2WJ", "4YC73SY7N", "3L93J8829", "7KD02MNB4", "9QW51ZXC8"
NOT_CONVENED = {"SMS_envoyé_le": "", "créneau_de_remise": ""}
LOT = (
    permit(SOW),
    permit(BA, "BA Awa", "5900000002", bac="A", rang="12"),
    permit(LI, "LI Wei", "5900000003", bac="", rang="", **NOT_CONVENED),
    permit(EL, "ÉL Amrani", "5900000004", bac="A", rang="13", **NOT_CONVENED),
    permit(DIOP, "DIOP Awa", "5900000005", bac="A", rang="14", **{**NOT_CONVENED, "téléphone": "+33312345678"}),
)
"""Four on the shelves, as the list says, and one that nobody placed; three that nobody convened."""
CTRL = Qt.KeyboardModifier.ControlModifier


def lot_file(folder: Path, *rows: dict[str, str], name: str = "titres.csv") -> Path:
    """A lot as offices keep it."""
    return write_csv(folder / name, permits_table(*(rows or LOT)))


@dataclass
class StockHand:
    """A person and a reader in front of one screen."""

    screen: Screen
    bench: Workbench
    asked: Asked
    qtbot: QtBot

    def card(self, number: str) -> Permit:
        """A permit as it is now."""
        with self.bench.desk.looking() as connection:
            (one,) = permit_rows.by_card(connection, number)
        return one

    def sleeve(self, number: str) -> str:
        """The code on its sleeve."""
        return permit_rows.code_of(self.card(number))

    def scan(self, text: str) -> None:
        """The reader types, and its answer stands."""
        self.bench.scanner.forget_last()
        reader_types(self.screen.field or self.screen, f"{text}\r")
        self.quiet()

    def types(self, text: str) -> None:
        """A person types where the focus is, and Enter when the text ends with it."""
        person_types(QApplication.focusWidget(), text)
        self.quiet()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.screen, key, held)
        self.quiet()

    def ctrl(self, key: Qt.Key) -> None:
        """A key with Ctrl."""
        self.press(key, CTRL)

    def box(self, kind: type[Box]) -> Box:
        """The question on screen."""
        return question(kind, self.screen, self.qtbot)

    def answer(self, *texts: str) -> None:
        """Fill the fields of the question on show, in order, and press Enter."""
        box = self.box(QDialog)
        fields = [line for line in box.findChildren(QLineEdit) if line.isVisible()]
        for line, text in zip(fields, texts, strict=False):
            line.setText(text)
        QTest.keyClick(fields[-1], Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        self.screen.activateWindow()
        self.quiet()

    def quiet(self) -> None:
        """Everything asked is answered."""
        self.qtbot.waitUntil(lambda: not self.bench.lanes.busy)


@contextmanager
def at_the_stock(
    made: Screen, bench: Workbench, asked: Asked, qtbot: QtBot, folder: Path, *, received: bool = True
) -> Iterator[StockHand]:
    """The screen in front of a desk that received the lot."""
    if received:
        receive_permits(bench.desk, lot_file(folder))
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    scan_into(made, bench)
    made.activated()
    hand = StockHand(made, bench, asked, qtbot)
    with kept_open(made):
        hand.quiet()
        yield hand
        hand.quiet()
