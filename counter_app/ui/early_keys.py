"""Keys pressed before there is a field to take them: kept in their order, then given to the window that opens."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


class EarlyKeys(QObject):
    """Keeps the keys that fall on one window. Made after the scanner, it sees them first: no scan is lost."""

    def __init__(self, app: QApplication, before: QWidget) -> None:
        super().__init__(before)
        self._app, self._before = app, before
        self._kept: list[QKeyEvent] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key of that window and of no other: a dialog in front of it keeps its own."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self._before:
            return False
        self._kept.append(event.clone())
        return True

    def give_to(self, window: QWidget) -> None:
        """Press them again, at the moments they were pressed: a scan is still told from typing by its rhythm."""
        self._app.removeEventFilter(self)
        for event in self._kept:
            QApplication.sendEvent(window.focusWidget() or window, event)
        self._kept.clear()
