"""Settings of the desk: its name, who signs, the letter of its tickets. What cannot be kept stays in its field."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.config import LONGEST_NAME, Settings
from counter_app.ui.screens.page_parts import Card, TickRow
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.form import FormRow, plain
from counter_app.wording.catalogue import Words


class DeskCard(Card):
    """Where the desk stands and who signs."""

    changed = Signal(dict)
    """Settings by name, as the agent wrote them."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words("settings.desk_title"), parent)
        self._words = words
        scope = words("settings.this_desk")
        self.desk = FormRow(theme, words("settings.desk"), QLineEdit(), words("settings.desk_hint"))
        self.agent = FormRow(theme, words("settings.agent"), QLineEdit(), words("settings.agent_hint"))
        self.letter = FormRow(theme, words("settings.letter"), QLineEdit(), words("settings.letter_hint"))
        self.auto_print = TickRow(theme, words("settings.auto_print"), scope)
        self._rows = {"desk": self.desk, "agent": self.agent, "ticket_letter": self.letter}
        self._held: dict[str, str] = dict.fromkeys(self._rows, "")
        for name, row in self._rows.items():
            field = self.field(name)
            field.setMaximumWidth(theme.px(420))
            field.editingFinished.connect(lambda name=name: self._on_written(name))
            row.field.setAccessibleName(f"{plain(row.label.text())}, {scope}")
        self.add(*self._rows.values(), self.auto_print)
        self.auto_print.box.clicked.connect(lambda ticked: self.changed.emit({"auto_print": ticked}))

    def field(self, name: str) -> QLineEdit:
        """The field of a setting."""
        field = self._rows[name].field
        assert isinstance(field, QLineEdit)
        return field

    def show_settings(self, settings: Settings) -> None:
        """Show what holds; what is being written, or has still to be mended, is left alone."""
        self._held = {"desk": settings.desk, "agent": settings.agent, "ticket_letter": settings.letter}
        for name, value in self._held.items():
            field = self.field(name)
            if not field.hasFocus() and not self._rows[name].message.text:
                field.setText(value)
        self.auto_print.box.setChecked(settings.auto_print)

    def _on_written(self, name: str) -> None:
        text = " ".join(self.field(name).text().split())
        text = text.upper() if name == "ticket_letter" else text
        problem = self._problem(name, text)
        if problem:
            self._rows[name].complain(problem)
        else:
            self._rows[name].accept()
            self.field(name).setText(text)
            if text != self._held[name]:
                self._held[name] = text
                self.changed.emit({name: text})

    def _problem(self, name: str, text: str) -> str:
        if name == "ticket_letter":
            good = len(text) == 1 and text.isascii() and text.isalpha()
            return "" if good else self._words("settings.letter_wrong")
        if not text:
            return self._words("fields.required", label=plain(self._rows[name].label.text()))
        return "" if len(text) <= LONGEST_NAME else self._words("settings.too_long", n=LONGEST_NAME)
