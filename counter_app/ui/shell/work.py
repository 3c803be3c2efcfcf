"""The middle of the window: the screen in front, the help beside it, the last acts beside or under it."""

from dataclasses import replace

from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from counter_app.ui.screens.screen import Screen
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.help_pane import HelpPane
from counter_app.ui.widgets.recent import RecentGestures
from counter_app.wording.catalogue import Words
from counter_app.wording.help import help_page

COLUMN = 288
"""Logical pixels of the column of the last acts, at 100 %."""
ANY_WIDTH = 16_777_215
"""What Qt calls no limit."""


class WorkArea(QWidget):
    """Screens are added once and stay; only one is in front."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self._folded = self._low = False
        self.stack = QStackedWidget()
        self.recent = RecentGestures(theme, words)
        self.help = HelpPane(words)
        self.help.hide()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setSpacing(8)
        self._line.setContentsMargins(0, 0, 12, 8)
        self._line.addWidget(self.stack, 1)
        self._line.addWidget(self.help)
        self._line.addWidget(self.recent)

    @property
    def front(self) -> Screen:
        """The screen in front."""
        front = self.stack.currentWidget()
        assert isinstance(front, Screen)
        return front

    def bring(self, screen: Screen) -> None:
        """Bring a screen to the front; the help, when open, follows."""
        if self.stack.indexOf(screen) < 0:
            self.stack.addWidget(screen)
        self.stack.setCurrentWidget(screen)
        if self.help.isVisible():
            self.show_help()

    def show_help(self) -> None:
        """The page of the screen, or of the verdict on show."""
        page, keys = help_page(self.front.help_topic, self._words.lang), self.front.help_keys
        self.help.show_page(page if keys is None else replace(page, keys=keys))
        self.help.show()
        self._settle()

    def hide_help(self) -> None:
        """Back to the screen alone."""
        self.help.hide()
        self._settle()

    def set_room(self, *, folded: bool, low: bool) -> None:
        """Folded, the last acts are a line under the screen; in a low window they go."""
        self._folded, self._low = folded, low
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if folded else QBoxLayout.Direction.LeftToRight)
        self.recent.set_folded(folded)
        self.recent.setMinimumWidth(0 if folded else self._theme.px(COLUMN))
        self.recent.setMaximumWidth(ANY_WIDTH if folded else self._theme.px(COLUMN))
        self._settle()

    def _settle(self) -> None:
        """The help takes the place of the last acts, and of the screen where only one of them has room."""
        self.recent.setVisible(self.help.isHidden() and not self._low)
        self.stack.setVisible(self.help.isHidden() or not self._folded)
