"""The band under the header: one state that everybody must know, the most serious first. It cannot be dismissed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.icon_label import IconLabel


@dataclass(frozen=True, slots=True)
class Notice:
    """A state worth a band. The lowest rank is the most serious."""

    id: str
    text: str
    short: str = ""
    """What a low window says of it; the name always tells everything."""
    icon: str = "triangle-alert"
    family: str = "warn"
    hatched: bool = False
    """Hatched edges: this is a training home."""
    rank: int = 5


class Banner(QFrame):
    """Shows the most serious notice, or nothing."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name = theme, name
        self.notice: Notice | None = None
        self._low = False
        self._icon = IconLabel(theme)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(24, 8, 24, 8)
        self._line.addWidget(self._icon)
        self._line.addWidget(self._text, 1)
        theme.changed.connect(self._dress)
        self.hide()

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """Show the most serious of these; hide when there is none."""
        serious = min(notices, key=lambda notice: notice.rank, default=None)
        if serious == self.notice:
            return
        self.notice = serious
        self._dress()
        self.setVisible(self.notice is not None)

    def set_low(self, low: bool) -> None:
        """In a low window the answer needs the room: one short line."""
        if low != self._low:
            self._low = low
            high = 2 if low else 8
            self._line.setContentsMargins(24, high, 24, high)
            self._dress()

    def _dress(self) -> None:
        if self.notice:
            self._text.setText(self.notice.short if self._low and self.notice.short else self.notice.text)
            self.setAccessibleName(f"{self._name}. {self.notice.text}")
            self._icon.show_icon(self.notice.icon, f"on-{self.notice.family}", 20)
            mark(self._text, verdict=self.notice.family)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill, and hatch both ends of a training band: text never lies on the hatching."""
        if not self.notice:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(self.notice.family))
        if self.notice.hatched:
            hatching = QBrush(self._theme.color(f"on-{self.notice.family}"), Qt.BrushStyle.BDiagPattern)
            for edge in (
                self.rect().adjusted(0, 0, 16 - self.width(), 0),
                self.rect().adjusted(self.width() - 16, 0, 0, 0),
            ):
                painter.fillRect(edge, hatching)
            painter.fillRect(self.rect().adjusted(0, self.height() - 3, 0, 0), hatching)
        painter.end()
