"""The dialog on screen, and its end: both have the keyboard before a test goes on."""

from typing import TypeVar

from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

Box = TypeVar("Box", bound=QDialog)


def question(kind: type[Box], window: QWidget, qtbot: QtBot) -> Box:
    """The question on screen, with the keyboard."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    box = QApplication.activeModalWidget()
    assert isinstance(box, kind)
    box.activateWindow()
    qtbot.waitUntil(lambda: box.isAncestorOf(QApplication.focusWidget() or window))
    return box


def no_question(window: QWidget, qtbot: QtBot) -> None:
    """The question is gone, and the window has the keyboard again."""
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isAncestorOf(QApplication.focusWidget() or QWidget()))
