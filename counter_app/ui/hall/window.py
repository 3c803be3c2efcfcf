"""The window of the hall: numbers and desks in letters that are read from the seats, the hour, what to prepare."""

from collections.abc import Sequence
from math import ceil
from unicodedata import bidirectional

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from counter_app.ui.hall.row import AIR, Piece, row_of
from counter_app.ui.hall.sizes import DIGIT, ROOM, HallSizes, hall_sizes
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.announce import announce
from counter_app.usecases.hall import Hall, HallCall
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import hour, hour_on

FLASHES = 4
"""Changes of colour of a new call: twice inverted, then steady."""
HALF_FLASH = 500
"""Milliseconds: one flash a second, far under the three that WCAG 2.3.1 allows."""
TURN = 6_000
"""Milliseconds that calls stay when there are more than the screen holds: they take turns, none waits unseen."""
MARGIN = 0.03
CLOCK = 0.21
"""Share of the width that the hour takes."""


class HallWindow(QWidget):
    """A second window; it never takes the keys of the desk.

    Nobody owns it: a window that another one owns stays above it, and is minimised with it.
    """

    closed = Signal()
    """By its own cross, or by the door."""

    def __init__(self, theme: Theme, words: Words, notices: Sequence[str]) -> None:
        """`notices`: what to prepare, French first, then in two other languages."""
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self._theme, self._words, self._notices = theme, words, tuple(notices)
        self.setWindowTitle(words("hall.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAutoFillBackground(True)
        self.state: Hall | None = None
        self.distance = 5.0
        self.still = False
        """Whether nothing flashes."""
        self.flashing: frozenset[HallCall] = frozenset()
        """The newest calls."""
        self._flashes = 0
        self._flash = QTimer(self, interval=HALF_FLASH)
        self._flash.timeout.connect(self._blink)
        self._page = 0
        self._turns = QTimer(self, interval=TURN)
        self._turns.timeout.connect(self._turn)
        theme.changed.connect(self.update)

    @property
    def sizes(self) -> HallSizes:
        """Sizes on the screen where the window is."""
        screen = self.screen()
        whole, tall = screen.size().height(), screen.physicalSize().height()
        return hall_sizes(self.height(), tall * self.height() / whole if whole else 0, self.distance)

    @property
    def pages(self) -> int:
        """How many times the screen is filled by the calls that somebody has still to answer."""
        return max(1, ceil(self.state.awaited / self.sizes.rows)) if self.state else 1

    @property
    def shown(self) -> tuple[HallCall, ...]:
        """Calls that have room, the newest first; those that have not, at their turn."""
        rows = self.sizes.rows
        first = rows * (self._page % self.pages)
        return self.state.calls[first : first + rows] if self.state else ()

    @property
    def inverted(self) -> bool:
        """Whether new calls are in the other colours just now."""
        return self._flashes % 2 == 1

    def show_hall(self, state: Hall) -> tuple[HallCall, ...]:
        """Show the hall; the numbers called since, the newest first, which flash. Told by what was shown before, never
        by hours alone: a call may come late from its desk, or from a clock that is behind."""
        fresh = tuple(call for call in state.calls if call not in self.state.calls) if self.state else ()
        self.state = state
        if fresh or self.pages == 1:
            self._page = 0
        self._follow_turns(anew=bool(fresh))
        self.setAccessibleName(" · ".join(self.texts()))
        if fresh:
            announce(self, " · ".join(f"{call.number}, {call.desk}" for call in fresh))
            self.flashing = frozenset(fresh)
            if not self.still:
                self._flashes = FLASHES
                self._flash.start()
        self.update()
        return fresh

    def _follow_turns(self, *, anew: bool) -> None:
        """The newest calls stay a whole turn; turns are taken while there is more than the screen holds."""
        if self.pages == 1:
            self._turns.stop()
        elif anew or not self._turns.isActive():
            self._turns.start()

    def _turn(self) -> None:
        self._page = (self._page + 1) % self.pages
        self.setAccessibleName(" · ".join(self.texts()))
        self.update()

    def _blink(self) -> None:
        self._flashes -= 1
        if self._flashes <= 0:
            self._flash.stop()
        self.update()

    def texts(self) -> list[str]:
        """Everything that is shown, from the top: numbers, desks, hours, what to prepare. Never a name."""
        calls = [f"{call.number} → {call.desk}" for call in self.shown]
        return [*(calls or self._calm()), self.clock(), *self._notices]

    def _calm(self) -> list[str]:
        """That nobody is called: a screen without a word may be one that is out of order."""
        return [self._words("hall.calm")] if self.state and not self.state.calls else []

    def clock(self) -> str:
        """The hour, or that of the last state known once cut off from the other desks; and which turn this is."""
        turn = f" · {self._page % self.pages + 1}/{self.pages}" if self.pages > 1 else ""
        return f"{self._hour()}{turn}"

    def _hour(self) -> str:
        if self.state is None:
            return ""
        if self.state.last_known:
            known = self.state.last_known.astimezone(self.state.at.tzinfo)
            return self._words("hall.last_state", hour=hour_on(known, self.state.at.date(), self._words.lang))
        return hour(self.state.at, self._words.lang)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Gone from the hall."""
        super().closeEvent(event)
        self.closed.emit()

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Rows from the top, then a line, then the hour and what to prepare."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("bg"))
        sizes, margin = self.sizes, self.width() * MARGIN
        row = self.height() * ROOM / sizes.rows
        for place, call in enumerate(self.shown):
            area = QRectF(0, place * row, self.width(), row)
            if place:
                painter.fillRect(QRectF(0, area.y(), self.width(), 2), self._theme.color("border-soft"))
            self._paint_call(painter, call, area, sizes, inverted=self.inverted and call in self.flashing)
        for text in self._calm():
            room = QRectF(margin, 0, self.width() - 2 * margin, sizes.rows * row)
            painter.setPen(self._theme.color("text-2"))
            painter.setFont(self._fitting(text, round(sizes.note / DIGIT), room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        top = sizes.rows * row
        painter.fillRect(QRectF(0, top, self.width(), 4), self._theme.color("border"))
        self._paint_notes(painter, QRectF(margin, top + 4, self.width() - 2 * margin, self.height() - top - 4), sizes)

    def _paint_call(self, painter: QPainter, call: HallCall, area: QRectF, sizes: HallSizes, *, inverted: bool) -> None:
        if inverted:
            painter.fillRect(area, self._theme.color("brand"))
        painter.setPen(self._theme.color("on-brand" if inverted else "text"))
        for piece in self._pieces(call, area, sizes):
            painter.setFont(self._font(piece.size))
            painter.drawText(piece.at, piece.text)

    def _pieces(self, call: HallCall, area: QRectF, sizes: HallSizes) -> tuple[Piece, ...]:
        margin = area.width() * MARGIN
        return row_of(call.number, call.desk, area.adjusted(margin, 0, -margin, 0), sizes.font, self._font)

    def note_fonts(self) -> list[QFont]:
        """Of what to prepare: of the size of the note, or the largest one with which a line has room."""
        size, room = round(self.sizes.note / DIGIT), self.width() * (1 - 2 * MARGIN - CLOCK)
        return [self._fitting(notice, size, room) for notice in self._notices]

    def _paint_notes(self, painter: QPainter, area: QRectF, sizes: HallSizes) -> None:
        """The hour on the left, beside it a line for each language."""
        cut_off = self.state is not None and self.state.last_known is not None
        left = self.width() * CLOCK
        painter.setPen(self._theme.color("warn-text" if cut_off else "text"))
        wrapped = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        room = QRectF(area.x(), area.y(), left - MARGIN * self.width(), area.height())
        painter.setFont(self._wrapping(self.clock(), round(sizes.note / DIGIT), room, wrapped))
        painter.drawText(room, wrapped, self.clock())
        painter.setPen(self._theme.color("text"))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        line = area.height() / max(len(self._notices), 1)
        for place, (notice, font) in enumerate(zip(self._notices, self.note_fonts(), strict=True)):
            painter.setFont(font)
            under = QRectF(area.x() + left, area.y() + place * line, area.width() - left, line)
            painter.drawText(under, _side(notice) | Qt.AlignmentFlag.AlignVCenter, notice)

    def _fitting(self, text: str, size: int, room: float) -> QFont:
        """The font of a size, or the largest one with which the text has room."""
        wide = QFontMetricsF(self._font(size)).horizontalAdvance(text)
        return self._font(size if wide <= room else max(8, int(size * room / wide)))

    def _wrapping(self, text: str, size: int, room: QRectF, how: int) -> QFont:
        """The font of a size, or the largest one with which the lines of a text leave some air above and below."""
        told = (self._font(one) for one in range(size, 8, -1))
        high = room.height() * AIR
        fits = (font for font in told if QFontMetricsF(font).boundingRect(room, how, text).height() <= high)
        return next(fits, self._font(8))

    def _font(self, size: int) -> QFont:
        font = self._theme.font(weight=QFont.Weight.Bold)
        font.setPixelSize(max(size, 8))
        return font


def _side(notice: str) -> Qt.AlignmentFlag:
    """Where a line begins: at the right in a script written from there."""
    strong = (way for sign in notice if (way := bidirectional(sign)) in ("L", "R", "AL"))
    leftward = next(strong, "L") != "L"
    return Qt.AlignmentFlag.AlignAbsolute | (Qt.AlignmentFlag.AlignRight if leftward else Qt.AlignmentFlag.AlignLeft)
