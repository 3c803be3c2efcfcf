"""Asks the name of somebody whom the lists of this desk do not know."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.action_bar import label_with_key
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.form import FormRow
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import enter_key

LONGEST = 120


class NameBox(Dialog):
    """One field. Sends `answered` with a name that is not empty."""

    answered = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(theme, words("reception.provisional_title"), parent)
        self._words = words
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST)
        self._row = FormRow(theme, words("reception.provisional_name"), self.name, words("reception.provisional_hint"))
        confirm = QPushButton(label_with_key(words("reception.provisional_confirm"), enter_key(words.lang)))
        confirm.setDefault(True)
        mark(confirm, role="primary", tall=True)
        confirm.clicked.connect(self._confirm)
        cancel = QPushButton(label_with_key(words("reason.cancel"), words("keys.escape")))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.ask((self._row,), (confirm, cancel))
        self.setMinimumWidth(theme.px(420))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        name = self.name.text().strip()
        if name:
            self.accept()
            self.answered.emit(name)
        else:
            self._row.complain(self._words("fields.one_letter"))
