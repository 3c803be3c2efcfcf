"""What was read and what it may be, one under the other, the added zero underlined and said aloud."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from counter_app.domain.foreign_number import LEGACY_LENGTH, NumberReading, NumberStatus
from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.digits import DigitsLabel
from counter_app.wording.catalogue import Words

AFTER_SECOND, IN_FRONT = 2, 0
"""Where a zero is added to nine digits: card made before 2017, or a zero that a spreadsheet ate."""


def added_zeros(reading: NumberReading) -> tuple[int | None, ...]:
    """For each candidate, the place of the zero that was added; None when nothing was."""
    if reading.status is not NumberStatus.LEGACY_EXPANDED:
        return (None,) * len(reading.candidates)
    return (AFTER_SECOND, IN_FRONT)[: len(reading.candidates)]


class ReadingsView(QFrame):
    """The candidates of a number; hidden when there is nothing to choose."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, role="card")
        self._theme, self._words = theme, words
        self.setAccessibleName(words("number.readings"))
        self.numbers: list[DigitsLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(16)
        self._grid.setColumnStretch(2, 1)
        self.hide()

    def show_reading(self, raw: str, reading: NumberReading, chosen: int = 0) -> None:
        """Show the candidates of a reading, the one that Enter accepts marked; hide when there is none."""
        self._clear()
        self.setVisible(bool(reading.candidates))
        if reading.candidates:
            digits = "".join(filter(str.isdigit, raw)) if reading.status is NumberStatus.LEGACY_EXPANDED else ""
            self._add(self._words("number.read"), digits or raw, None, "", strong=False)
        for place, (number, zero) in enumerate(zip(reading.candidates, added_zeros(reading), strict=True)):
            title = self._words("number.proposed" if place == 0 else "number.other")
            self._add(title, number, zero, self._why(zero), strong=place == chosen)

    def _why(self, zero: int | None) -> str:
        reasons = {AFTER_SECOND: "number.why_old_card", IN_FRONT: "number.why_spreadsheet", None: "number.why_compare"}
        return self._words(reasons[zero])

    def _add(self, title: str, number: str, zero: int | None, why: str, *, strong: bool) -> None:
        row = self._grid.rowCount()
        label, shown, reason = QLabel(title), DigitsLabel(self._theme, self._words), QLabel(why)
        mark(label, role="strong" if strong else "soft")
        shown.show_number(number, zero)
        shown.setText(_apart(number, zero) or shown.text())
        shown.setAccessibleName(", ".join(filter(None, (title, shown.accessibleName(), why))))
        reason.setWordWrap(True)
        mark(reason, role="soft")
        self.numbers.append(shown)
        cells: Sequence[QWidget] = (label, shown, reason)
        for column, widget in enumerate(cells):
            self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignVCenter)

    def _clear(self) -> None:
        self.numbers.clear()
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()


def _apart(number: str, zero: int | None) -> str:
    """The added zero standing alone, as it would be pencilled on the card; empty when none was added."""
    if zero is None:
        return f"{number[:2]}&nbsp;&nbsp;&nbsp;{number[2:]}" if len(number) == LEGACY_LENGTH else ""
    return f"{number[:zero]}&nbsp;<u>0</u>&nbsp;{number[zero + 1 :]}".removeprefix("&nbsp;")
