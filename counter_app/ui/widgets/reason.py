"""Why something is done although the rule said otherwise: four ready reasons by key, one free line, one name."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGroupBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from counter_app.ui.scanner import TAKES_KEYS
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.choices import RadioChoice
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.form import FieldMessage, FormRow
from counter_app.ui.widgets.typed import fits
from counter_app.wording.catalogue import Words

_DIGIT_KEYS = ("1&", "2é", '3"', "4'")
"""The keys of the first four answers, with and without Shift on French keyboards."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What the agent answered."""

    text: str
    approved_by: str | None = None


class ReadyReasons(QGroupBox):
    """Numbered answers: while one of them has the focus, its digit chooses it."""

    picked = Signal(int)
    """Place of the answer chosen now."""

    def __init__(self, theme: Theme, title: str, reasons: Sequence[str]) -> None:
        super().__init__(title)
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        for place, reason in enumerate(reasons):
            button = RadioChoice(theme, f"{place + 1}  {reason}".replace("&", "&&"))
            button.setAccessibleName(f"{place + 1}, {reason}")
            button.setProperty(TAKES_KEYS, True)
            self._group.addButton(button, place)
            column.addWidget(button)
        self._reasons = tuple(reasons)
        self._group.idToggled.connect(lambda place, chosen: self.picked.emit(place) if chosen else None)

    def chosen(self) -> str:
        """The reason chosen, empty when none is."""
        place = self._group.checkedId()
        return self._reasons[place] if place >= 0 else ""

    @property
    def place(self) -> int:
        """Place of the reason chosen, -1 when none is."""
        return self._group.checkedId()

    def choose(self, place: int) -> None:
        """Choose the reason at a place."""
        self._group.button(place).setChecked(True)

    def choose_none(self) -> None:
        """No ready reason: a free one is being written."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)

    def first(self) -> QWidget:
        """Where the focus begins: on the answer chosen, if any."""
        return self._group.button(max(self.place, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4, whatever the shift key does on this keyboard."""
        place = next((place for place, keys in enumerate(_DIGIT_KEYS) if event.text() and event.text() in keys), None)
        if place is None or place >= len(self._reasons):
            super().keyPressEvent(event)
            return
        self._group.button(place).setChecked(True)
        self._group.button(place).setFocus(Qt.FocusReason.OtherFocusReason)


class ReasonBox(Dialog):
    """Asks why; with `supervisor`, also who agrees. Sends `answered` only when nothing lacks."""

    answered = Signal(object)
    """A Reason."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        title: str,
        reasons: Sequence[str],
        parent: QWidget,
        supervisor: bool = False,
        about: str = "reason",
        does: str = "reason.confirm",
    ):
        """`about`: what is asked for, `reason` or `document_shown`: the words of its labels; `does`: the label of the
        button that answers."""
        super().__init__(theme, title, parent)
        self._words, self._about = words, about
        self.ready = ReadyReasons(theme, words(f"{about}.ready"), reasons)
        self.free = QLineEdit()
        self.free.textEdited.connect(self.ready.choose_none)
        self.ready.picked.connect(lambda _place: self.free.clear())
        self.supervisor = QLineEdit()
        self._message = FieldMessage(theme)
        self._supervisor_row = FormRow(theme, words("reason.supervisor"), self.supervisor)
        if not supervisor:
            self._supervisor_row.hide()
        self._asks_supervisor = supervisor
        self._free_row = FormRow(theme, words(f"{about}.free"), self.free, words(f"{about}.free_hint"))
        self.ask(
            (self.ready, self._free_row, self._message, self._supervisor_row),
            self.answers(words, does, self._confirm),
        )
        self.setMinimumWidth(theme.px(420))
        self.ready.first().setFocus()

    def _confirm(self) -> None:
        """Answer, or move to what lacks and say it."""
        text, agreed = self.free.text().strip() or self.ready.chosen(), self.supervisor.text().strip()
        self._message.show_text("" if text else self._words(f"fields.{self._about}"))
        if not text:
            self.ready.first().setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._asks_supervisor and not agreed:
            self._supervisor_row.complain(self._words("fields.supervisor"))
            self.supervisor.setFocus(Qt.FocusReason.OtherFocusReason)
        elif all([fits(self._supervisor_row, self._words), fits(self._free_row, self._words)]):
            self.accept()
            self.answered.emit(Reason(text, agreed or None))
