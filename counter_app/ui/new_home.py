"""No home yet on this computer: ask which site, and whether it is to practise, then make it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from counter_app.ui.theme import Theme
from counter_app.ui.widgets.choices import RadioChoice, TickBox
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.form import FieldMessage
from counter_app.wording.catalogue import Words

Make = Callable[[str, bool], str]
"""Makes the home of a site, for training or not; answers a refusal in words, empty when it is made."""


class NewHome(Dialog):
    """Sends `made` once a home stands. Nothing is chosen beforehand: a site is for ever."""

    made = Signal()

    def __init__(self, theme: Theme, words: Words, sites: Sequence[tuple[str, str]], make: Make, parent: QWidget):
        super().__init__(theme, words("new_home.title"), parent)
        self._words, self._make = words, make
        self.sites = {site: RadioChoice(theme, name) for site, name in sites}
        self.training = TickBox(theme, words("new_home.training"))
        self.message = FieldMessage(theme)
        text = QLabel(words("new_home.text"))
        text.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        for widget in (text, *self.sites.values(), self.training, self.message):
            column.addWidget(widget)
        column.addLayout(self._buttons())
        self.setMinimumWidth(theme.px(480))
        next(iter(self.sites.values())).setFocus()

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        for button in self.answers(self._words, "new_home.make", self._confirm, "new_home.leave"):
            line.addWidget(button)
        line.addStretch(1)
        return line

    def _confirm(self) -> None:
        """Only a tick chooses a site: Enter where the focus happens to stand does not."""
        chosen = next((site for site, choice in self.sites.items() if choice.isChecked()), "")
        refusal = self._make(chosen, self.training.isChecked()) if chosen else self._words("new_home.choose")
        self.message.show_text(refusal)
        self.adjustSize()
        if not refusal:
            self.made.emit()
            self.accept()
