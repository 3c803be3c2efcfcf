"""Where the parts of the handover page sit: the field above and the act under a column that scrolls, in which the
answer and the lines are; in a low window the field scrolls too, and the act waits until nothing lacks."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from counter_app.ui.screens.page_parts import Result
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.form import ScanField
from counter_app.ui.widgets.verdict_panel import State, VerdictPanel

BETWEEN = 24
"""Logical pixels above, between and under the answer and its actions."""
WIDE = 400
"""Logical pixels at 100 % from which what lacks stands beside the act."""
ROOMY = 440
"""Height of the window, in logical pixels at 100 %, from which field and act leave room enough between them."""
EDGE = 2
"""Pixels above the answer when it is the first thing in sight."""


class HandoverRoom(QScrollArea):
    """One column; it scrolls rather than be cut where the window is low and the text large."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._watched: QWidget | None = None
        self._lacks = self._told = False
        """Whether something lacks, which the lines say too; whether there is anything else to say beside the act."""
        self.head, self.foot = QWidget(), QWidget()
        """Above and under what scrolls: always in sight."""
        self._above, self._below = QVBoxLayout(self.head), QVBoxLayout(self.foot)
        self._above.setContentsMargins(16, 8, 16, 0)
        self._below.setContentsMargins(16, 8, 16, 8)
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(16, 8, 16, 12)
        self._column.setSpacing(8)
        self.setWidget(body)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fill(self, page: QWidget) -> None:
        """Take the whole page."""
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self, 1)
        column.addWidget(self.foot)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the height of the window from now on: that of the page would change with what is put on it."""
        super().showEvent(event)
        if self._watched is not self.window():
            self._watched = self.window()
            self._watched.installEventFilter(self)
        self._make_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window changed its height."""
        if event.type() == QEvent.Type.Resize and watched is self._watched:
            self._make_room()
        return super().eventFilter(watched, event)

    def seat(self, scan: ScanField, panel: VerdictPanel, offers: ActionBar, table: QWidget, lines: QWidget) -> None:
        """Take the parts of the page, from the top down; the act is given by `seat_act`."""
        self._scan, self._panel, self._offers, self._lines = scan, panel, offers, lines
        self._above.addWidget(scan)
        for part in (panel, offers, table, lines):
            self._column.addWidget(part)

    def seat_act(self, commit: QWidget, fault: QWidget, missing: Result) -> None:
        """Take what hands over, what tells an error on the permit, and what lacks."""
        self._commit, self._fault, self._missing = commit, fault, missing
        self._act, self._beside = QWidget(), QWidget()
        words = QVBoxLayout(self._beside)
        words.setContentsMargins(0, 0, 0, 0)
        words.addWidget(missing)
        self._end = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._act)
        self._end.setContentsMargins(0, 0, 0, 0)
        self._end.setSpacing(12)
        for part in (commit, fault):
            self._end.addWidget(part)
        self._end.addWidget(self._beside, 1)
        self._below.addWidget(self._act)
        self._column.addStretch(1)
        self.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self.reveal())
        self._theme.changed.connect(self._make_room)

    def _make_room(self) -> None:
        """The window is higher or lower now. The keyboard stays where it is."""
        roomy = self.window().height() >= self._theme.px(ROOMY)
        if roomy == self._roomy:
            return
        focused, fault_shown = QApplication.focusWidget(), not self._fault.isHidden()
        _leave(self._scan)
        _leave(self._fault)
        if roomy:
            self._above.addWidget(self._scan)
            self._end.insertWidget(1, self._fault)
        else:
            self._column.insertWidget(0, self._scan)
            self._column.insertWidget(self._column.count() - 1, self._fault, 0, Qt.AlignmentFlag.AlignLeft)
        self._below.setContentsMargins(16, *(8, 16, 8) if roomy else (4, 16, 4))
        self._scan.show()
        self._fault.setVisible(fault_shown)
        self.head.setVisible(roomy)
        self.show_foot()
        if focused is not None and (focused is self._fault or self._scan.isAncestorOf(focused)):
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _roomy(self) -> bool:
        return self._scan.parentWidget() is self.head

    def show_foot(self) -> None:
        """What is in sight under what scrolls. A low window keeps its room for the answer and the line that lacks."""
        roomy = self._roomy
        said = not self._missing.isHidden() and (roomy or self._told)
        self._beside.setVisible(said)
        self._act.setVisible(said or not (self._commit.isHidden() or (self._lacks and not roomy)))
        kept = (self._act, self._offers)
        self.foot.setVisible(any(one.parentWidget() is self.foot and not one.isHidden() for one in kept))

    def scroll_by(self, steps: int) -> None:
        """One step is a line of text."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + steps * self._panel.fontMetrics().height())

    def place_offers(self, *, reviewing: bool) -> None:
        """What confirms is under the summary, or under what scrolls when both do not fit."""
        room = self.height() + (self.foot.height() if self.foot.isVisible() else 0)
        below = reviewing and self._panel.height() + self._offers.sizeHint().height() + BETWEEN > room
        if below == (self._offers.parentWidget() is self.foot):
            return
        _leave(self._offers)
        if below:
            self._below.insertWidget(0, self._offers)
        else:
            self._column.insertWidget(self._column.indexOf(self._panel) + 1, self._offers)
        self._offers.setVisible(bool(self._offers.actions_shown))
        self.show_foot()

    def reveal(self) -> None:
        """In a low window: the line being done, else the answer from its first word on, under the field if both fit."""
        focused = self.window().focusWidget()
        if focused is not None and self._lines.isAncestorOf(focused) and self._lines.isVisible():
            self.verticalScrollBar().setValue(0 if self._all_fits() else self._panel.y() - EDGE)
            self.ensureWidgetVisible(focused, 0, 12)
            return
        if self._panel.state is not State.READY:
            bar = self.verticalScrollBar()
            bar.setValue(0)
            self.ensureWidgetVisible(self._offers if self._offers.isVisible() else self._panel, 0, 8)
            bar.setValue(min(bar.value(), self._panel.y() - EDGE))

    def _all_fits(self) -> bool:
        return self.verticalScrollBar().maximum() == 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        wide = self.viewport().width() >= self._theme.px(WIDE)
        self._end.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        QTimer.singleShot(0, self, self.reveal)


def _leave(part: QWidget) -> None:
    parent = part.parentWidget()
    layout = parent.layout() if parent else None
    if layout:
        layout.removeWidget(part)
