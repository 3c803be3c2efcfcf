"""Scans from any screen, whatever has focus, told apart from typing by their rhythm (see `burst`).

One event filter on the application. What a person types passes untouched. The characters of a scan are taken back
from the field they fell into, and the key that ends a scan is swallowed: a scan never presses a button. Neither does an
Enter that the window system repeats while it is held down: what it would decide, nobody decided.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from counter_app.domain.keyboard import looks_like_azerty_row, repair_azerty
from counter_app.ui.burst import HICCUP, SEPARATORS, SILENCE, Burst, belongs

REPEAT = 2000
"""The same code again within this many milliseconds is the same gesture."""

ACCEPTS_SCANS = "accepts_scans"
"""Dynamic property of a dialog that wants scans itself, such as the test of the reader."""

TAKES_KEYS = "takes_keys"
"""Dynamic property of a widget without text that answers to printable keys itself, such as numbered answers."""

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ENDS = (*_ENTERS, Qt.Key.Key_Tab)


class Scanner(QObject):
    """The reader of the desk. Make one per application; it watches until it is deleted."""

    scanned = Signal(str)
    """What the reader typed, control characters of sealed documents and line breaks of zones included, closing key
    left out."""
    reading = Signal()
    """A scan is coming in: whatever verdict is shown belongs to somebody else and must go."""
    refused_in_dialog = Signal()
    """A scan came while a dialog was open: one tick, one line of text."""
    wrong_layout = Signal(str)
    """Sent before `scanned`: the reader is set for another keyboard; this is what it meant. `scanned` stays as read."""
    repeated = Signal(str)
    """The same code again within two seconds: ignored."""

    def __init__(self, app: QApplication, clock: Callable[[QKeyEvent], int] | None = None) -> None:
        super().__init__(app)
        self._clock = clock or _Moments().of
        self._field: QLineEdit | None = None
        self._burst = Burst()
        self._undo: Callable[[], None] | None = None
        self._latest = ("", -REPEAT - 1)
        self._seen: tuple[QWidget, int, int] | None = None
        self._forwarding = False
        self._silence = QTimer(self, singleShot=True)
        self._silence.timeout.connect(self._on_silence)
        app.installEventFilter(self)

    def set_field(self, field: QLineEdit | None) -> None:
        """The one field that receives what a person types while no text field has focus."""
        self._field = field

    def forget_last(self) -> None:
        """Let the same code count again at once, after an undo or a closed verdict."""
        self._latest = ("", -REPEAT - 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt calls this for every event of the application; only keys matter."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self._keeps_from_shortcuts(event)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        return not self._forwarding and not self._climbs(watched, event) and self._on_key(watched, event)

    def _keeps_from_shortcuts(self, event: QKeyEvent) -> bool:
        """The key that ends a scan is no shortcut either, nor is the Ctrl of a separator inside one, nor Enter held."""
        ends = _is_held_enter(event) or (event.key() in _ENDS and self._is_end(self._clock(event)))
        mine = ends or (self._burst.is_scan and event.text() in SEPARATORS)
        event.setAccepted(mine or event.isAccepted())
        return mine

    def _on_key(self, receiver: QWidget, event: QKeyEvent) -> bool:
        at = self._clock(event)
        if event.key() in _ENDS:
            return self._on_end(at) or _is_held_enter(event)
        # Two equal characters in one millisecond look to the window system like a key held down.
        held_down = event.isAutoRepeat() and not self._burst.is_quick(at)
        if held_down or event.key() == Qt.Key.Key_Escape:
            self._burst.clear()
            return False
        return belongs(event.text()) and self._on_character(receiver, event, at)

    def _on_character(self, receiver: QWidget, event: QKeyEvent, at: int) -> bool:
        if self._burst.holds and at - self._burst.last > HICCUP:
            # A busy window: the keys of another scan came before the timer that ends this one.
            self._finish(self._burst.last, self._burst.take())
        target = self._target(receiver, event)
        if self._burst.add(event.text(), at):
            self._undo = _undo_of(target or receiver)
        self._silence.start(self._burst.patience)
        if self._burst.is_scan:
            self._recognise()
            return True
        return target is not None and self._forward(target, event)

    def _recognise(self) -> None:
        """From the sixth quick character on: take back what fell into the field, keep the rest for ourselves."""
        undo, self._undo = self._undo, None
        if undo:
            undo()
            if not _dialog_refuses():
                self.reading.emit()

    def _forward(self, field: QLineEdit, event: QKeyEvent) -> bool:
        field.setFocus()
        self._forwarding = True
        QApplication.sendEvent(field, event.clone())
        self._forwarding = False
        return True

    def _target(self, receiver: QWidget, event: QKeyEvent) -> QLineEdit | None:
        """The one field, when this key would otherwise be lost on a widget that holds no text."""
        field = self._field
        if field is None or not isValid(field) or receiver is field or not field.isVisible():
            return None
        if QApplication.activeModalWidget() or QApplication.activePopupWidget() or _takes_text(receiver):
            return None
        if event.modifiers() not in _PLAIN or not event.text().isprintable():
            return None
        presses = event.text() == " " and not self._burst.text
        return None if presses or receiver.property(TAKES_KEYS) else field

    def _is_end(self, at: int) -> bool:
        return self._burst.ends_by_key(at) or self._burst.trails(at)

    def _on_end(self, at: int) -> bool:
        ends = self._is_end(at)
        if self._burst.ends_by_key(at):
            self._burst.patience = HICCUP
            from counter_app.domain.mrz import lines_to_come  # after the first paint: it takes 8 ms to load

            if lines_to_come(self._burst.text):
                self._burst.hold(at)
                self._silence.start(HICCUP)
                return True
            self._finish(self._burst.last, self._burst.take(at))
        self._burst.clear()
        return ends

    def _on_silence(self) -> None:
        """Keys may wait in the queue of a busy window: let them in before calling it silence."""
        read = len(self._burst.text)
        QTimer.singleShot(0, self, lambda: self._on_quiet(read))

    def _on_quiet(self, read: int) -> None:
        if len(self._burst.text) == read and self._burst.is_scan:
            self._burst.patience = HICCUP if self._burst.holds else SILENCE
            self._finish(self._burst.last, self._burst.take())

    def _finish(self, at: int, raw: str) -> None:
        self._silence.stop()
        if _dialog_refuses():
            self.refused_in_dialog.emit()
        elif raw == self._latest[0] and at - self._latest[1] <= REPEAT:
            self.repeated.emit(raw)
        else:
            self._latest = (raw, at)
            self._emit(raw)

    def _emit(self, raw: str) -> None:
        if looks_like_azerty_row(raw):
            self.wrong_layout.emit(repair_azerty(raw)[0])
        self.scanned.emit(raw)

    def _climbs(self, receiver: QWidget, event: QKeyEvent) -> bool:
        """Whether this is the event that a child did not want and that now climbs to its parents."""
        seen, self._seen = self._seen, (receiver, event.key(), event.timestamp())
        if seen is None or not isValid(seen[0]):
            return False
        # Qt calls a widget its own ancestor; the same key twice in one millisecond on one widget is two characters.
        climbed = receiver is not seen[0] and receiver.isAncestorOf(seen[0])
        return climbed and seen[1:] == (event.key(), event.timestamp())


class _Moments:
    """Milliseconds of a key: the window system's own stamp, so that a busy moment does not make a person a reader."""

    def __init__(self) -> None:
        self._timer = QElapsedTimer()
        self._timer.start()

    def of(self, event: QKeyEvent) -> int:
        return event.timestamp() or self._timer.elapsed()


def _is_held_enter(event: QKeyEvent) -> bool:
    return event.isAutoRepeat() and event.key() in _ENTERS


def _takes_text(widget: QWidget) -> bool:
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit | QAbstractSpinBox)


def _undo_of(widget: QWidget) -> Callable[[], None]:
    """How to give a widget back what it showed before the first characters of a scan fell into it."""
    if isinstance(widget, QComboBox) and not widget.isEditable():
        return partial(_restore_choice, widget, widget.currentIndex())
    field = widget if isinstance(widget, QLineEdit) else widget.findChild(QLineEdit) if _takes_text(widget) else None
    return partial(_restore_text, field, field.text(), field.cursorPosition()) if field else lambda: None


def _restore_text(field: QLineEdit, text: str, cursor: int) -> None:
    if isValid(field) and field.text() != text:
        field.setText(text)
        field.setCursorPosition(cursor)


def _restore_choice(box: QComboBox, index: int) -> None:
    if isValid(box):
        box.setCurrentIndex(index)


def _dialog_refuses() -> bool:
    dialog = QApplication.activeModalWidget()
    return dialog is not None and not dialog.property(ACCEPTS_SCANS)
