"""Least data on screen: after a minute without use personal data are covered, and any key brings them back.

The key that wakes the screen does nothing else, since nobody saw what it would do; a letter goes on to the field: a
name, or a scan, begins with one.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

AFTER = 60_000
"""Milliseconds without use."""

_USE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
_WAKES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})


class Idle(QObject):
    """Watches the keys and the mouse of the whole application. Make one per window."""

    covered = Signal(bool)
    """Personal data have to go, or may come back."""

    def __init__(self, window: QWidget, after: int = AFTER) -> None:
        super().__init__(window)
        self._window, self._hidden = window, False
        self.asleep = False
        self._held: QWidget | None = None
        """Where the keyboard was as data were covered."""
        self._timer = QTimer(self, singleShot=True, interval=after)
        self._timer.timeout.connect(self.cover)
        self._timer.start()
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def cover(self) -> None:
        """Cover now: nobody is here, or somebody looks over the shoulder."""
        if not self.asleep:
            self.asleep, self._held = True, QApplication.focusWidget()
            self.covered.emit(True)

    def wake(self) -> None:
        """Show everything again, for another minute."""
        self._timer.start()
        if self.asleep:
            self.asleep = False
            self.covered.emit(False)
            # What is covered loses the keyboard; nobody should have to look for it.
            if self._held is not None and isValid(self._held) and self._held.isVisible():
                self._held.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any use puts the minute back; asleep, the first key or click only wakes. A window closed hears nothing."""
        kind = event.type()
        if watched is self._window and kind in (QEvent.Type.Show, QEvent.Type.Hide):
            self._hidden = kind == QEvent.Type.Hide
        if self._hidden:
            return False
        if self.asleep and kind == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if kind not in _USE or not isinstance(watched, QWidget):
            return False
        self._timer.start()
        if not self.asleep or kind not in _WAKES:
            return False
        held = isinstance(event, QKeyEvent) and event.isAutoRepeat()
        if not held:
            self.wake()
        return held or not _is_letter(event)


def _is_letter(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.text().isprintable() and bool(event.text().strip())
