"""What the palette finds beside screens and keys: gestures about somebody, arrivals to confirm, settings by name."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from counter_app.ui.shell.commands import WindowCommand
from counter_app.ui.shell.recent import awaiting_when
from counter_app.ui.shell.work import WorkArea
from counter_app.ui.widgets.palette import Command, CommandPalette
from counter_app.ui.workbench import Workbench
from counter_app.usecases.awaiting import Awaiting, Outcome, awaiting, settle

ABOUT_SOMEBODY = ("instruct", "number_of_relative")
SETTING_CARDS = ("display", "sounds", "hall", "desk", "services", "reader", "printers", "mail", "store")
"""Cards of the settings that the palette finds by their words."""


class Gestures:
    """Runs them on the screen in front of a window."""

    def __init__(self, bench: Workbench, work: WorkArea, say: Callable[[str], None], window: QWidget) -> None:
        self._bench, self._work, self._say, self._window = bench, work, say, window

    def commands(self) -> list[WindowCommand]:
        """Lines of the palette; none of them has a key."""
        settings = (
            WindowCommand(f"settings.find_{card}", "", partial(self._bench.ask, "settings", card))
            for card in SETTING_CARDS
        )
        somebody = (WindowCommand(f"reception.{name}", "", partial(self._about, name)) for name in ABOUT_SOMEBODY)
        return [*somebody, WindowCommand("shell.awaiting", "", self._ask_awaiting), *settings]

    def _about(self, gesture: str) -> None:
        if not self._work.front.gesture(gesture):
            self._say(self._bench.words("reception.nobody_in_front"))

    def _ask_awaiting(self) -> None:
        desk = self._bench.desk
        self._bench.do(lambda: awaiting(desk), self._show_awaiting)

    def _show_awaiting(self, people: list[Awaiting]) -> None:
        """Arrivals to confirm: each goes to the field of the reception desk by its name, or is settled by an act."""
        words, theme = self._bench.words, self._bench.theme
        if not people:
            self._say(words("shell.nobody_awaiting"))
            return
        lines = [line for one in people for line in self._lines_of(one)]
        CommandPalette(theme, words, lines, self._window, words("shell.awaiting")).open()

    def _lines_of(self, one: Awaiting) -> list[Command]:
        words = self._bench.words
        settled = (
            Command(words(f"shell.awaiting_{outcome}", name=one.name), "", partial(self._settle, one, outcome))
            for outcome in Outcome
        )
        return [Command(one.name, awaiting_when(one, words), partial(self._look_for, one.name)), *settled]

    def _settle(self, one: Awaiting, outcome: Outcome) -> None:
        desk, told = self._bench.desk, self._bench.words(f"shell.awaiting_{outcome}", name=one.name)
        self._bench.do(lambda: settle(desk, one.note, outcome), lambda _one: self._say(told))

    def _look_for(self, name: str) -> None:
        self._bench.ask("reception")
        self._work.front.look_for(name)
