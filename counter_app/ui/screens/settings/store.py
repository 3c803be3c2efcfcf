"""Settings of what the desk keeps: proof of the journal, rebuilding, a copy, an export, each with its plain result."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from counter_app.ui.screens.page_parts import Card, Result, button, side_by_side
from counter_app.ui.theme import Theme, mark
from counter_app.wording.catalogue import Words

GESTURES = ("verify", "rebuild", "backup", "export")


class StoreCard(Card):
    """Four things to do with the journal; none can lose anything."""

    wanted = Signal(str)
    """One of GESTURES."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words("settings.store"), parent)
        self._words = words
        self.results = {gesture: Result(theme) for gesture in GESTURES}
        self.buttons = {
            gesture: button(words(f"settings.{gesture}"), partial(self.wanted.emit, gesture)) for gesture in GESTURES
        }
        for gesture in GESTURES:
            told = QLabel(words(f"settings.{gesture}_hint"))
            told.setWordWrap(True)
            mark(told, role="caption")
            self.add(side_by_side([self.buttons[gesture]]), told, self.results[gesture])

    def show_under_way(self, gesture: str) -> None:
        """Say that it began."""
        self.results[gesture].show_result(self._words("settings.under_way"), good=None)

    def show_result(self, gesture: str, sentence: str, good: bool) -> None:
        """Say what it gave."""
        self.results[gesture].show_result(sentence, good=good)
