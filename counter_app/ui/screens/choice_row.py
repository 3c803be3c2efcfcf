"""One setting with a few answers: radio marks side by side under their question, one Tab stop, arrows inside."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QVBoxLayout, QWidget

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.choices import RadioChoice
from counter_app.ui.widgets.flow import Flow


class ChoiceRow(QWidget):
    """A question, its answers, and where the answer counts."""

    chosen = Signal(str)
    """What the agent chose; not sent for what code shows."""

    def __init__(
        self,
        theme: Theme,
        question: str,
        answers: Sequence[tuple[str, str]],
        scope: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(f"{question}, {scope}")
        self._group = QButtonGroup(self)
        self.buttons = {value: self._button(question, words) for value, words in answers}
        self._values = list(self.buttons)
        title, where = QLabel(question), QLabel(scope)
        mark(where, role="caption")
        line = Flow(spacing=16)
        line.replace(self.buttons.values())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (title, line, where):
            column.addWidget(widget)
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._values[place]))

    def _button(self, question: str, words: str) -> RadioChoice:
        button = RadioChoice(self._theme, words.replace("&", "&&"))
        button.setAccessibleName(f"{question}, {words}")
        self._group.addButton(button, len(self._group.buttons()))
        return button

    def show_value(self, value: str) -> None:
        """Show which answer holds; an unknown one leaves the marks as they are."""
        if value in self.buttons:
            self.buttons[value].setChecked(True)

    @property
    def value(self) -> str:
        """The answer shown."""
        place = self._group.checkedId()
        return self._values[place] if place >= 0 else ""
