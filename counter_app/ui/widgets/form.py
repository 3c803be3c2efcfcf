"""Rows of a form: label, field, and what is wrong with it, tied together for keyboards and screen readers."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.announce import Announce, announce
from counter_app.ui.widgets.icon_label import IconLabel
from counter_app.wording.catalogue import Words

CONTROL_HEIGHT = 40


def framed(field: QWidget) -> QWidget:
    """Combo and spin boxes keep Fusion's arrows; a frame of ours around them gives an edge that every theme shows."""
    if not isinstance(field, QComboBox | QAbstractSpinBox):
        return field
    box = QFrame()
    mark(box, role="box")
    field.setFrame(False)
    field.setMinimumHeight(CONTROL_HEIGHT - 2)
    line = QVBoxLayout(box)
    line.setContentsMargins(1, 1, 1, 1)
    line.addWidget(field)
    return box


class FieldMessage(QWidget):
    """What to do about a field, in red words with an icon: never colour alone. Hidden while there is nothing to say."""

    said = Signal()
    """There is something to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        mark(self._text, role="field-message")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(IconLabel(theme, "triangle-alert", "stop-text", 20), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._text, 1)
        self.hide()

    @property
    def text(self) -> str:
        """The message shown, empty when there is none."""
        return self._text.text()

    def show_text(self, text: str) -> None:
        """Show a message, or hide with an empty one."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        if text:
            self.said.emit()


class FormRow(QWidget):
    """A label above its field, and a message under it. Sets buddy, accessible name and description by construction.

    `label` may hold a mnemonic (&). What was typed is never erased by a message.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        field: QWidget,
        description: str = "",
        parent: QWidget | None = None,
        say: Announce = announce,
    ) -> None:
        super().__init__(parent)
        self.field, self._description, self._say = field, description, say
        self.label = QLabel(label)
        self.label.setBuddy(field)
        field.setAccessibleName(plain(label))
        field.setAccessibleDescription(description)
        for inside in field.findChildren(QLineEdit):
            inside.setAccessibleName(plain(label))
        self.message = FieldMessage(theme)
        if isinstance(field, QLineEdit) and not field.property("role"):
            mark(field, role="field")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.label, framed(field), *self._hint(), self.message):
            column.addWidget(widget)

    def _hint(self) -> list[QLabel]:
        hint = QLabel(self._description)
        hint.setWordWrap(True)
        mark(hint, role="caption")
        return [hint] if self._description else []

    def complain(self, message: str) -> None:
        """Say under the field what to do about it. The value stays; screen readers are told."""
        self.message.show_text(message)
        self.field.setAccessibleDescription(message)
        mark(self.field, state="wrong")
        self._say(self.field, f"{plain(self.label.text())}. {message}", False)

    def accept(self) -> None:
        """Nothing is wrong any more."""
        self.message.show_text("")
        self.field.setAccessibleDescription(self._description)
        mark(self.field, state="")


def wear_widths(theme: Theme, rows: Mapping[str, FormRow], widths: Mapping[str, int]) -> None:
    """Give rows the widths that the text size makes of these; a hint wraps only where one line is not enough."""
    for name, row in rows.items():
        width = theme.px(widths[name])
        row.setFixedWidth(width)
        for label in row.findChildren(QLabel):
            if label.property("role") == "caption":
                # A label that may wrap asks for two lines even when one is enough.
                label.setWordWrap(label.fontMetrics().horizontalAdvance(label.text()) > width)


class ScanLine(QLineEdit):
    """The one field. Arrows move in the list without leaving it; Ctrl+Z in an empty field undoes the last act."""

    moved = Signal(int)
    """Rows to move by in the list beside the field."""
    undo_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Ctrl+Z mean more here than in a plain field."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
        if step := steps.get(Qt.Key(event.key())):
            self.moved.emit(step)
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.text():
            if not event.isAutoRepeat():  # a key held down must not take back a whole morning
                self.undo_wanted.emit()
        else:
            super().keyPressEvent(event)


class ScanField(FormRow):
    """The field that is always ready: scan, name, reference, number, hour."""

    submitted = Signal(str)
    """A person pressed Enter: what the field holds, without spaces around it."""
    typed = Signal(str)
    """A person changed the text; never sent for a scan."""
    moved = Signal(int)
    undo_wanted = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None, say: Announce = announce) -> None:
        self.line = ScanLine()
        mark(self.line, role="scan")
        super().__init__(theme, words("scan_field.label"), self.line, parent=parent, say=say)
        self.line.setAccessibleDescription(words("scan_field.description"))
        self._words = words
        self._theme = theme
        self.line.returnPressed.connect(lambda: self.submitted.emit(self.line.text().strip()))
        self.line.textEdited.connect(self._on_edited)
        self.line.moved.connect(self.moved)
        self.line.undo_wanted.connect(self.undo_wanted)
        theme.changed.connect(self._dress)
        self._dress()

    def set_low(self, low: bool) -> None:
        """In a low window its label is short; its name always tells everything."""
        self.label.setText(self._words("scan_field.label_short" if low else "scan_field.label"))

    @property
    def text(self) -> str:
        """What the field holds."""
        return self.line.text()

    def note(self, sentence: str) -> None:
        """Say something about what is being typed, once; nothing is erased. An empty sentence says nothing."""
        if sentence and sentence != self.message.text:
            self.complain(sentence)

    def make_ready(self) -> None:
        """Empty, without message, with the cursor in it."""
        self.line.clear()
        self.accept()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self, text: str) -> None:
        if self.message.text:
            self.accept()
        self.typed.emit(text)

    def _dress(self) -> None:
        self._theme.wear_numbers(self.line)


def plain(label: str) -> str:
    """A label without the mark of its mnemonic."""
    return label.replace("&&", "\0").replace("&", "").replace("\0", "&")
