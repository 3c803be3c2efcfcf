"""Dialogs: a title, the first focus set, Escape closes, and the focus returns to whoever opened them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from counter_app.ui.theme import Theme
from counter_app.ui.widgets.focus_ring import FocusRing


class Dialog(QDialog):
    """Base of all dialogs. Lay widgets out in it, then `open()` it; nothing blocks."""

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        self._opener: QWidget | None = None
        self._ring = FocusRing(self, theme)
        self.finished.connect(self._give_back)

    def showEvent(self, event: QShowEvent) -> None:
        """Remember who had the focus."""
        focused = QApplication.focusWidget()
        if focused is not None and focused.window() is not self:
            self._opener = focused
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own cross is Escape."""
        self.reject()
        event.accept()

    def _give_back(self) -> None:
        if self._opener is not None and isValid(self._opener):
            self._opener.setFocus(Qt.FocusReason.OtherFocusReason)
        self._opener = None
