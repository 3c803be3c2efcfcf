"""The fields of the screen of people without an appointment: what they ask for, the language, the expiry date."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.keyboard import plain_digits
from counter_app.imports.days import read_day
from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.flow import Flow
from counter_app.ui.widgets.form import FormRow, ScanLine, wear_widths
from counter_app.wording.catalogue import Words

_WIDTHS = {"motive": 380, "language": 250}


class OrientFields(Flow):
    """What is asked for and the language of the slip, side by side where there is room."""

    typed = Signal(str)
    entered = Signal()
    moved = Signal(int)
    undo_wanted = Signal()
    language_chosen = Signal(str)

    def __init__(
        self, theme: Theme, words: Words, languages: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(spacing=16, parent=parent)
        self._theme = theme
        self.motive, self.language = ScanLine(), QComboBox()
        for code, name in languages:
            self.language.addItem(name, code)
        self.rows = {
            "motive": FormRow(theme, words("orientation.field"), self.motive, words("orientation.field_hint")),
            "language": FormRow(
                theme, words("orientation.language"), self.language, words("orientation.language_hint")
            ),
        }
        for row in self.rows.values():
            column = row.layout()
            assert isinstance(column, QVBoxLayout)
            column.addStretch(1)
        self.motive.textEdited.connect(self.typed)
        self.motive.returnPressed.connect(self.entered)
        self.motive.moved.connect(self.moved)
        self.motive.undo_wanted.connect(self.undo_wanted)
        self.language.activated.connect(lambda _place: self.language_chosen.emit(self.chosen_language()))
        self.replace(self.rows.values())
        theme.changed.connect(self._dress)
        self._dress()

    def chosen_language(self) -> str:
        """Code of the language beside French."""
        return str(self.language.currentData())

    def next_language(self) -> str:
        """Go to the next language, and answer its code."""
        self.language.setCurrentIndex((self.language.currentIndex() + 1) % self.language.count())
        return self.chosen_language()

    def show_language(self, code: str) -> None:
        """Show a language."""
        self.language.setCurrentIndex(max(self.language.findData(code), 0))

    def focus(self) -> None:
        """Ready to type."""
        self.motive.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress(self) -> None:
        wear_widths(self._theme, self.rows, _WIDTHS)
        self.updateGeometry()


class ExpiryRow(FormRow):
    """The date on the document, when the time to act depends on it."""

    dated = Signal(object)
    """A date, or None when the field is empty."""

    def __init__(self, theme: Theme, words: Words) -> None:
        self.line = QLineEdit()
        mark(self.line, role="digits")
        super().__init__(theme, words("orientation.expiry"), self.line, words("orientation.expiry_hint"))
        self._wrong = words("fields.date")
        self.line.setMaximumWidth(theme.px(230))
        self.line.returnPressed.connect(self._read)
        self.line.textEdited.connect(lambda _text: self.accept())

    def _read(self) -> None:
        text = self.line.text().strip()
        day = read_day(plain_digits(text)) if text else None
        if text and not isinstance(day, date):
            self.complain(self._wrong)
        else:
            self.dated.emit(day)
