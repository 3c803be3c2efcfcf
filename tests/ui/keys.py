"""Keys as they really arrive: with the stamps of the window system, at the pace of a person or of a reader."""

from itertools import count

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

PERSON = 140
"""Milliseconds between two keys of a quick typist."""
READER = 3

_now = count(1_000_000, 10_000)

Enter = Qt.Key.Key_Return
Tab = Qt.Key.Key_Tab
_BY_TEXT = {"\r": Enter, "\n": Qt.Key.Key_Enter, "\t": Tab, " ": Qt.Key.Key_Space}


def type_text(widget: QWidget | None, text: str, gap: int, began: int | None = None, repeated: bool = False) -> int:
    """Send text key by key to a widget (None: whatever has focus); answers the moment of the last key."""
    at = next(_now) if began is None else began
    for place, character in enumerate(text):
        at += gap if place else 0
        target = widget or QApplication.focusWidget()
        assert target is not None
        send_key(target, character, at, repeated)
    return at


def person_types(widget: QWidget | None, text: str, began: int | None = None) -> int:
    """A person at the keyboard."""
    return type_text(widget, text, PERSON, began)


def reader_types(widget: QWidget | None, text: str, began: int | None = None) -> int:
    """A reader in keyboard mode."""
    return type_text(widget, text, READER, began)


def send_key(widget: QWidget, text: str, at: int, repeated: bool = False) -> None:
    """One key: offered as a shortcut, pressed, released."""
    key = _BY_TEXT.get(text, Qt.Key(ord(text.upper())) if text.isascii() and text.isalnum() else Qt.Key.Key_unknown)
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text, repeated)
        event.setTimestamp(at)
        QApplication.sendEvent(widget, event)
