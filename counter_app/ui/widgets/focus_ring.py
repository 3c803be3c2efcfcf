"""One ring around whatever has the keyboard focus, drawn outside the control so that it never meets its fill."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from counter_app.ui.theme import Theme

GAP = 1
WIDTH = 3
MARGIN = GAP + WIDTH
RADIUS = 7

_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest)


class FocusRing(QWidget):
    """The focus ring of one window. Make it last, as a child of the window; it follows the focus by itself."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        theme.changed.connect(self.update)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        for widget in filter(isValid, self._watched):  # a dialog may be gone with the control that had the focus
            widget.removeEventFilter(self)
        self._watched = self._path_to(now) if now else []
        for widget in self._watched:
            widget.installEventFilter(self)
        self._place()

    def _path_to(self, widget: QWidget) -> list[QWidget]:
        """The widget and its parents below our window; nothing when it lives in another window."""
        path: list[QWidget] = []
        step: QWidget | None = widget
        while step is not None and step is not self.parentWidget():
            path.append(step)
            step = None if step.isWindow() else step.parentWidget()
        return path if step is not None else []

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the control when it, or something around it, moves."""
        if event.type() in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        focused = self._watched[0] if self._watched else None
        if focused is None or not focused.isVisible():
            self.hide()
            return
        corner = focused.mapTo(self.window(), focused.rect().topLeft())
        ring = QRect(corner, focused.size()).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        self.setGeometry(ring & self.window().rect())  # at the edge of the window it goes inside the control
        seen = self._cut_out()
        if seen != self.mask():
            self.setMask(seen)
        self.raise_()
        self.setVisible(not seen.isEmpty())

    def _cut_out(self) -> QRegion:
        """Only the ring itself is ours, and of it what no scrolled page hides."""
        inside = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        seen = QRegion(self.rect()) - QRegion(inside)
        for widget in self._watched[1:]:
            page = widget.parentWidget()
            if isinstance(page, QAbstractScrollArea) and page.viewport() is widget:
                corner = widget.mapTo(self.window(), widget.rect().topLeft())
                seen &= QRegion(QRect(corner - self.pos(), widget.size()))
        return seen

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring, and the gap between it and the control."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("focus-gap"), GAP))
        gap = WIDTH + GAP / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(gap, gap, -gap, -gap), RADIUS - WIDTH, RADIUS - WIDTH)
        painter.setPen(QPen(self._theme.color("focus"), WIDTH))
        middle = WIDTH / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(middle, middle, -middle, -middle), RADIUS, RADIUS)
        painter.end()
