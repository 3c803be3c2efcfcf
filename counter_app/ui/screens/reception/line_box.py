"""Asks one line: the name of somebody whom the lists do not know, an instruction on somebody."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.config import LONGEST_LINE
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.form import FormRow
from counter_app.ui.widgets.typed import fits
from counter_app.usecases.typed import LONGEST_TOLD
from counter_app.wording.catalogue import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """Keys of the catalogue of a question, and whether no answer is one."""

    title: str
    label: str
    hint: str
    confirm: str
    may_be_empty: bool = False
    most: int = LONGEST_TOLD
    """Signs of the answer."""


LINES = {
    "provisional": Asked(
        "reception.provisional_title",
        "reception.provisional_name",
        "reception.provisional_hint",
        "reception.provisional_confirm",
        most=LONGEST_LINE,
    ),
    "instruction": Asked(
        "reception.instruct",
        "reception.instruction",
        "reception.instruction_hint",
        "reception.instruction_confirm",
        may_be_empty=True,
    ),
}


class LineBox(Dialog):
    """One field. Sends `answered` with what was written, once it is an answer."""

    answered = Signal(str)

    def __init__(self, theme: Theme, words: Words, asked: Asked, parent: QWidget) -> None:
        super().__init__(theme, words(asked.title), parent)
        self._words, self._asked = words, asked
        self.line = QLineEdit()
        self._row = FormRow(theme, words(asked.label), self.line, words(asked.hint))
        self.ask((self._row,), self.answers(words, asked.confirm, self._confirm))
        self.setMinimumWidth(theme.px(420))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        text = self.line.text().strip()
        if not (text or self._asked.may_be_empty):
            self._row.complain(self._words("fields.one_letter"))
        elif fits(self._row, self._words, self._asked.most):
            self.accept()
            self.answered.emit(text)
