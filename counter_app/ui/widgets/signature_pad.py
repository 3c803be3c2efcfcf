"""A place to sign with the mouse, a finger or the pen of a tablet. Strokes are kept, no picture.

Qt brings a finger as a mouse. A pen is heard itself: what it draws does not hang on how a driver plays the mouse, and a
pen that only hovers draws nothing.
"""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QTabletEvent
from PySide6.QtWidgets import QWidget

from counter_app.ui.theme import Theme

BOX = (600, 200)
"""Units of the path, whatever the size on screen."""
LEAST = 8
"""Points under which a touch is no signature."""
PEN = 2.5
Stroke = list[tuple[int, int]]


class SignaturePad(QWidget):
    """What is drawn, as strokes."""

    changed = Signal()

    def __init__(self, theme: Theme, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._hint = theme, hint
        self._strokes: list[Stroke] = []
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def sizeHint(self) -> QSize:
        """Three times as wide as high, as a signature is."""
        return QSize(BOX[0], BOX[1])

    def minimumSizeHint(self) -> QSize:
        """Half of it still holds a signature."""
        return QSize(BOX[0] // 2, BOX[1] // 2)

    @property
    def signed(self) -> bool:
        """Whether enough was drawn to be a signature."""
        return sum(map(len, self._strokes)) >= LEAST

    def path(self) -> str:
        """The strokes as an SVG path in a box of 600 × 200; empty when nothing was drawn."""
        return " ".join(_stroke_path(stroke) for stroke in self._strokes if len(stroke) > 1)

    def clear(self) -> None:
        """Begin again."""
        self._strokes = []
        self._drawn()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        self._go_on(event.position())

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The same with a pen, finer than a pixel; what is accepted here comes no second time as a mouse."""
        if event.type() is QEvent.Type.TabletPress:
            self._begin(event.position())
        elif event.type() is QEvent.Type.TabletMove and event.buttons() & Qt.MouseButton.LeftButton:
            self._go_on(event.position())
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line to sign on, and what was drawn."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("border"), 1.0))
        painter.setBrush(self._theme.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        base = self.height() * 0.78
        painter.drawLine(QPointF(16, base), QPointF(self.width() - 16, base))
        painter.setPen(self._theme.color("text-2"))
        if not self._strokes:
            painter.drawText(self.rect().adjusted(16, 8, -16, -8), Qt.AlignmentFlag.AlignTop, self._hint)
        painter.setPen(QPen(self._theme.color("text"), PEN, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for stroke in self._strokes:
            painter.drawPolyline(QPolygonF([self._shown(place) for place in stroke]))
        painter.end()

    def _begin(self, at: QPointF) -> None:
        self._strokes.append([self._place(at)])
        self._drawn()

    def _go_on(self, at: QPointF) -> None:
        place = self._place(at)
        if self._strokes and place != self._strokes[-1][-1]:
            self._strokes[-1].append(place)
            self._drawn()

    def _drawn(self) -> None:
        self.update()
        self.changed.emit()

    def _place(self, at: QPointF) -> tuple[int, int]:
        x = min(max(at.x() / max(self.width(), 1), 0.0), 1.0)
        y = min(max(at.y() / max(self.height(), 1), 0.0), 1.0)
        return round(x * BOX[0]), round(y * BOX[1])

    def _shown(self, place: tuple[int, int]) -> QPointF:
        return QPointF(place[0] * self.width() / BOX[0], place[1] * self.height() / BOX[1])


def _stroke_path(stroke: Stroke) -> str:
    (x, y), *rest = stroke
    return f"M{x} {y}" + "".join(f"L{x} {y}" for x, y in rest)
