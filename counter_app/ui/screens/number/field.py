"""The fields of the number screen: the number, and what else is printed on the document."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.foreign_number import LENGTH, NumberStatus, read_number
from counter_app.domain.keyboard import plain_digits, without_invisible_marks
from counter_app.imports.days import read_day
from counter_app.ui.screens.number.look import Asked
from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.digits import DigitsField
from counter_app.ui.widgets.flow import Flow
from counter_app.ui.widgets.form import FormRow, wear_widths
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import short_date

POSTCODE = 5
_WIDTHS = {"number": 300, "expiry": 230, "postcode": 190}


class NumberField(DigitsField):
    """↓ looks at the other reading; Ctrl+C without a selection copies the number in its normal form."""

    other_wanted = Signal()
    copy_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Two keys mean more here than in a plain field."""
        if event.key() == Qt.Key.Key_Down:
            self.other_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy) and not self.hasSelectedText():
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A field that could not be read, and what to write instead."""

    field: str
    sentence: str


class NumberFields(Flow):
    """Number, validity date, postcode, side by side; one under the other when the window is narrow."""

    changed = Signal()
    """The agent changed something: what was answered no longer holds."""
    complete = Signal()
    """Ten digits are there: no need to wait for Enter."""
    entered = Signal()
    """Enter in any field."""
    left = Signal()
    """The agent finished with the date or the postcode."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(spacing=16, parent=parent)
        self._theme, self._words = theme, words
        self.number, self.expiry, self.postcode = NumberField(theme), QLineEdit(), QLineEdit()
        self._lines: dict[str, QLineEdit] = {
            "number": self.number,
            "expiry": self.expiry,
            "postcode": self.postcode,
        }
        self.rows = {
            name: FormRow(theme, words(f"number.{key}"), line, words(f"number.{key}_hint"))
            for (name, line), key in zip(self._lines.items(), ("field", "expiry", "postcode"), strict=True)
        }
        for row in self.rows.values():
            column = row.layout()
            assert isinstance(column, QVBoxLayout)
            column.addStretch(1)
        for line in (self.expiry, self.postcode):
            mark(line, role="digits")
            line.editingFinished.connect(self.left)
        for name, line in self._lines.items():
            line.textEdited.connect(lambda _text, name=name: self._on_edited(name))
            line.returnPressed.connect(self.entered)
        self.replace(self.rows.values())
        theme.changed.connect(self._dress)
        self._dress()

    def read(self) -> Asked | Wrong:
        """What the fields hold, or the first one that cannot be read."""
        number = self.number.text().strip()
        if not number:
            return Wrong("number", self._words("number.empty"))
        expiry = self._read_expiry()
        if isinstance(expiry, Wrong):
            return expiry
        postcode = self._read_postcode()
        return postcode if isinstance(postcode, Wrong) else Asked(number, expiry, postcode)

    def _read_expiry(self) -> date | None | Wrong:
        text = self.expiry.text().strip()
        if not text:
            return None
        day = read_day(plain_digits(text))
        return day if isinstance(day, date) else Wrong("expiry", self._words("fields.date"))

    def _read_postcode(self) -> str | None | Wrong:
        text = plain_digits(without_invisible_marks(self.postcode.text())).strip()
        digits = "".join(filter(str.isdigit, text))
        if not text:
            return None
        if len(digits) != POSTCODE or digits != "".join(text.split()):
            return Wrong("postcode", self._words("fields.postcode", n=len(digits)))
        return digits

    def complain(self, wrong: Wrong) -> None:
        """Say under a field what to write; nothing that was typed is erased."""
        self.rows[wrong.field].complain(wrong.sentence)
        self.updateGeometry()

    def accept(self) -> None:
        """Every field is well written."""
        for row in self.rows.values():
            row.accept()
        self.updateGeometry()

    def focus(self, name: str) -> None:
        """Go to a field, its text selected, to write it again."""
        self._lines[name].setFocus(Qt.FocusReason.OtherFocusReason)
        self._lines[name].selectAll()

    def begin(self, number: str) -> None:
        """Another person: only a number, the rest empty."""
        for line in self._lines.values():
            line.clear()
        self.accept()
        self.number.setText(number)
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self, number: str, expiry: date | None, postcode: str | None) -> None:
        """What a paper carries, in each field; the agent compares."""
        values = {"number": number, "expiry": short_date(expiry) if expiry else "", "postcode": postcode or ""}
        for name, text in values.items():
            self._lines[name].setText(text)
        self.accept()

    def _on_edited(self, name: str) -> None:
        self.rows[name].accept()
        self.changed.emit()
        if name == "number" and _whole(self.number.text()):
            self.complete.emit()

    def _dress(self) -> None:
        wear_widths(self._theme, self.rows, _WIDTHS)
        for line in (self.expiry, self.postcode):
            self._theme.wear_numbers(line)
        self.updateGeometry()


def _whole(text: str) -> bool:
    reading = read_number(text)
    settled = reading.status in (NumberStatus.VALID, NumberStatus.WARN_UNKNOWN_PREFIX)
    return settled and len(reading.normalized or "") == LENGTH and "".join(text.split())[-1:].isdigit()
