"""Tick boxes and radio buttons whose mark grows with the text and keeps its contrast in every theme.

Fusion draws them thirteen pixels small, with an outline that the dark and contrast palettes swallow; a style sheet
would lose the mark. So the mark is painted here; keys, names and states stay those of Qt.
"""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QWidget

from counter_app.ui.theme import Theme

MARK = 20
GAP = 8
LEAST_HEIGHT = 32


class TickBox(QCheckBox):
    """A tick box; its whole line answers to a click."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """The mark and the words, never less than a finger needs."""
        return _size(self, self._theme)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return _size(self, self._theme)

    def hitButton(self, place: QPoint) -> bool:
        """A click anywhere counts."""
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A square, filled and ticked when chosen."""
        painter = QPainter(self)
        box = _paint_line(self, self._theme, painter)
        painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            size = round(box.width())
            painter.drawPixmap(box.topLeft().toPoint(), self._theme.pixmap("check", "on-brand", size))
        painter.end()


class RadioChoice(QRadioButton):
    """One of several answers; its whole line answers to a click."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """The mark and the words, never less than a finger needs."""
        return _size(self, self._theme)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return _size(self, self._theme)

    def hitButton(self, place: QPoint) -> bool:
        """A click anywhere counts."""
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A circle, filled with a dot when chosen."""
        painter = QPainter(self)
        circle = _paint_line(self, self._theme, painter)
        painter.drawEllipse(circle)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("on-brand"))
            inset = circle.width() / 3.2
            painter.drawEllipse(circle.adjusted(inset, inset, -inset, -inset))
        painter.end()


def _size(button: QAbstractButton, theme: Theme) -> QSize:
    words = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text())
    height = max(words.height(), theme.px(MARK), LEAST_HEIGHT)
    return QSize(theme.px(MARK) + 2 * GAP + words.width(), height)


def _paint_line(button: QAbstractButton, theme: Theme, painter: QPainter) -> QRectF:
    """Write the words; leave pen and brush ready for the mark, and answer where it goes."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size = theme.px(MARK)
    words = QRect(size + GAP, 0, button.width() - size - GAP, button.height())
    painter.setPen(theme.color("text"))
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, button.text())
    painter.setPen(QPen(theme.color("brand" if button.isChecked() else "border"), 2))
    painter.setBrush(theme.color("brand" if button.isChecked() else "surface"))
    return QRectF(1, (button.height() - size) / 2 + 1, size - 2, size - 2)
