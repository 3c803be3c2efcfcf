"""Settings of the reader: a square to scan, what the scan tells of the reader, and the sheets that set it up."""

from functools import partial

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from counter_app.documents.barcodes import QUIET_QR, qr_matrix
from counter_app.domain.codes import CodeKind, make_code
from counter_app.ui.burst import SILENCE, belongs
from counter_app.ui.screens.page_parts import Card, Result, button, side_by_side
from counter_app.ui.screens.settings.reader_speed import EndKey, Layout, ReaderReport, ReaderWatch
from counter_app.ui.theme import Theme, mark
from counter_app.wording.catalogue import Words

CHECK_CODE = make_code(CodeKind.COMMAND, 0x13579BDF)
"""The code of the setup sheet: it commands nothing."""
MODULE = 5
"""Logical pixels of one module of the square: read from a screen at arm's length."""
SLOW = 50
"""A reader slower than this many milliseconds a key is taken for a person."""

_ENDS = {Qt.Key.Key_Return: EndKey.ENTER, Qt.Key.Key_Enter: EndKey.ENTER, Qt.Key.Key_Tab: EndKey.TAB}


class ScanSquare(QWidget):
    """A code on the screen, black on white whatever the theme: readers see no other."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._modules = qr_matrix(CHECK_CODE)
        self.setAccessibleName(name)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        side = self._theme.px(MODULE) * (len(self._modules) + 2 * QUIET_QR)
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Whole pixels only."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        side = self._theme.px(MODULE)
        for y, row in enumerate(self._modules):
            for x, black in enumerate(row):
                if black:
                    place = QRect((x + QUIET_QR) * side, (y + QUIET_QR) * side, side, side)
                    painter.fillRect(place, Qt.GlobalColor.black)
        painter.end()


class KeyWatch(QObject):
    """Watches the keys of the whole window without taking any, while the settings page is shown."""

    reported = Signal(object)
    """A ReaderReport."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watch = ReaderWatch()
        self._seen: tuple[QWidget, int, int] | None = None
        self._clock = QElapsedTimer()
        self._clock.start()
        self._silence = QTimer(self, singleShot=True, interval=2 * SILENCE)
        self._silence.timeout.connect(lambda: self._finish(EndKey.NONE))

    def watch(self, on: bool) -> None:
        """Begin or cease to watch."""
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        self._watch.clear()
        if on:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note each key once, whichever control it is for."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            before, self._seen = self._seen, (watched, event.key(), event.timestamp())
            if before is None or not _climbs(before, self._seen):
                self._on_key(event)
        return False

    def _on_key(self, event: QKeyEvent) -> None:
        end = _ENDS.get(Qt.Key(event.key()))
        if end:
            self._finish(end)
        elif belongs(event.text()) and not event.isAutoRepeat():
            self._watch.add(event.text(), event.timestamp() or self._clock.elapsed())
            self._silence.start()

    def _finish(self, end: EndKey) -> None:
        self._silence.stop()
        report = self._watch.finish(end)
        if report and report.each <= 4 * SLOW:
            self.reported.emit(report)


def _climbs(before: tuple[QWidget, int, int], now: tuple[QWidget, int, int]) -> bool:
    """Whether this is the key that a control did not want and that now climbs to its parents."""
    return before[1:] == now[1:] and isValid(before[0]) and now[0].isAncestorOf(before[0])


class ReaderCard(Card):
    """Is the reader quick enough, does it end with Enter, does it know the keyboard?"""

    sheet_wanted = Signal(str)
    """`setup_sheet` or `command_card`."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words("settings.reader"), parent)
        self._words = words
        self.square = ScanSquare(theme, words("settings.square"))
        self.keys = KeyWatch(self)
        self.keys.reported.connect(self.show_report)
        self.result = Result(theme)
        self._advice = QLabel()
        self._advice.setWordWrap(True)
        mark(self._advice, role="soft")
        self._advice.hide()
        self.add(*self._lines())

    @property
    def advice(self) -> str:
        """What to change on the reader, a line each; empty when all is well."""
        return self._advice.text()

    def _lines(self) -> tuple[QWidget, ...]:
        lead = QLabel(self._words("settings.reader_lead"))
        lead.setWordWrap(True)
        top, texts = QWidget(), QVBoxLayout()
        for widget in (lead, self.result, self._advice):
            texts.addWidget(widget)
        texts.addStretch(1)
        line = QHBoxLayout(top)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(self.square, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        sheets = [
            button(self._words(f"settings.print_{sheet}"), partial(self.sheet_wanted.emit, sheet))
            for sheet in ("setup_sheet", "command_card")
        ]
        return top, side_by_side(sheets)

    def show_report(self, report: ReaderReport) -> None:
        """Say what a test scan told, and what to change when something is not as it should be."""
        end = self._words(f"settings.end_{report.end.value}")
        layout = self._words(f"settings.layout_{report.layout.value}")
        told = self._words("settings.reader_told", n=report.keys, each=report.each, end=end, layout=layout)
        advice = self._advice_for(report)
        self.result.show_result(told, good=not advice)
        self._advice.setText("\n".join(advice))
        self._advice.setVisible(bool(advice))

    def _advice_for(self, report: ReaderReport) -> list[str]:
        wrong = {
            "advice_slow": report.each > SLOW,
            "advice_end": report.end is EndKey.NONE,
            "advice_layout": report.layout is Layout.QWERTY,
            "advice_square": not report.known and report.layout is not Layout.QWERTY and not report.text.isdigit(),
        }
        return [self._words(f"settings.{name}") for name, applies in wrong.items() if applies]
