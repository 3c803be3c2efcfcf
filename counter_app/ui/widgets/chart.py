"""Horizontal bars, each with its words before it and its number after it: nothing is told by a colour alone.

Drawn by hand from the tokens of the theme. Words too long for the side go above their bar, and to a second line.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.ui.theme import Theme

SIDE = 0.42
"""Share of the width that words beside the bars may take."""
GAP = 8
"""Pixels between words, bar and number, and between two bars, at 100 %."""
THICK = 16
"""Pixels of a bar at 100 %."""
THIN = 10
"""Pixels of the bar of the period before, at 100 %."""
LEAST = 160
"""Pixels of width under which no chart is asked to be."""
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its words, its length, what is written at its end, and the same of the period before."""

    label: str
    length: float
    told: str
    before: float | None = None
    before_told: str = ""
    token: str = "brand"
    pattern: Qt.BrushStyle = Qt.BrushStyle.SolidPattern


class BarChart(QWidget):
    """A picture: its accessible name says every bar; a table twin beside it is what keyboards and copies use."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.bars: tuple[Bar, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._dress)
        self._dress()

    def show_bars(self, title: str, bars: Sequence[Bar]) -> None:
        """Show other bars; screen readers read them as one sentence under their title."""
        if tuple(bars) == self.bars and self.accessibleName():
            return
        self.bars = tuple(bars)
        said = (", ".join(filter(None, (f"{one.label} {one.told}", one.before_told))) for one in self.bars)
        self.setAccessibleName(". ".join((title, *said)))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Words that go above their bar make it higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all bars within a width."""
        return sum(self._height(one, width) for one in self.bars)

    def sizeHint(self) -> QSize:
        """Wide enough for words beside bars."""
        width = self._theme.px(2 * LEAST)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrower, no bar could be compared; the height follows the width."""
        width = self._theme.px(LEAST)
        return QSize(width, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw every bar, from the top."""
        painter = QPainter(self)
        painter.setFont(self.font())
        top, width = 0, self.width()
        for one in self.bars:
            self._paint(painter, one, top, width)
            top += self._height(one, width)
        painter.end()

    def _dress(self) -> None:
        self.setFont(self._theme.font())
        self.updateGeometry()
        self.update()

    def _beside(self, width: int) -> int:
        """Room for the words beside the bars; 0 where they go above."""
        longest = max((self.fontMetrics().horizontalAdvance(one.label) for one in self.bars), default=0)
        return longest if longest <= SIDE * width else 0

    def _after(self) -> int:
        """Room for the longest number."""
        told = (text for one in self.bars for text in (one.told, one.before_told))
        return max((self.fontMetrics().horizontalAdvance(text) for text in told), default=0)

    def _words(self, label: str, width: int) -> QRect:
        return self.fontMetrics().boundingRect(QRect(0, 0, width, 10_000), int(_WRAP), label)

    def _height(self, bar: Bar, width: int) -> int:
        line = max(self.fontMetrics().height(), self._theme.px(THICK))
        lines = line if bar.before is None else line + max(self.fontMetrics().height(), self._theme.px(THIN))
        above = 0 if self._beside(width) else self._words(bar.label, width).height()
        return lines + above + self._theme.px(GAP)

    def _paint(self, painter: QPainter, bar: Bar, top: int, width: int) -> None:
        gap, beside = self._theme.px(GAP), self._beside(width)
        line = max(self.fontMetrics().height(), self._theme.px(THICK))
        painter.setPen(self._theme.color("text"))
        if beside:
            middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRect(0, top, beside, line), int(middle), bar.label)
        else:
            high = self._words(bar.label, width).height()
            painter.drawText(QRect(0, top, width, high), int(_WRAP), bar.label)
            top += high
        left = beside + gap if beside else 1
        room = max(width - left - gap - self._after() - 1, 1)
        most = max((value for one in self.bars for value in (one.length, one.before or 0)), default=0) or 1
        self._bar(painter, QRectF(left, top, room * bar.length / most, line), THICK, bar.told, self._fill(bar))
        if bar.before is not None:
            place = QRectF(left, top + line, room * bar.before / most, self.fontMetrics().height())
            self._bar(painter, place, THIN, bar.before_told, QBrush(self._soft(), Qt.BrushStyle.BDiagPattern))

    def _bar(self, painter: QPainter, place: QRectF, thick: int, told: str, fill: QBrush) -> None:
        """An outline that every theme shows, filled, and the number at its end."""
        high = self._theme.px(thick)
        shape = QRectF(place.left(), place.center().y() - high / 2 + 0.5, place.width(), high - 1)
        painter.setPen(QPen(self._theme.color("border"), 1))
        if place.width() >= 1:
            painter.setBrush(fill)
            painter.drawRect(shape)
        else:
            painter.drawLine(QPointF(shape.left(), shape.top()), QPointF(shape.left(), shape.bottom()))
        painter.setPen(self._theme.color("text"))
        after = QRectF(place.right() + self._theme.px(GAP), place.top(), self._after() + 2, place.height())
        painter.drawText(after, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), told)

    def _fill(self, bar: Bar) -> QBrush:
        return QBrush(self._theme.color(bar.token), bar.pattern)

    def _soft(self) -> QColor:
        return self._theme.color("text-2")
