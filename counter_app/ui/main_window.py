"""The shell: header, rail, one screen, the last acts, the status bar. Screens do not know each other, it knows them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from counter_app.ui.hall.door import HallDoor
from counter_app.ui.printing_desk import PrintingDesk
from counter_app.ui.screens.screen import Screen
from counter_app.ui.shell.commands import CELL_SCREENS, SHOWN_SCREENS, WindowCommand, bind, palette_lines, rail_entries
from counter_app.ui.shell.gestures import Gestures
from counter_app.ui.shell.header import Header
from counter_app.ui.shell.idle import Idle
from counter_app.ui.shell.panes import move
from counter_app.ui.shell.room import room_of
from counter_app.ui.shell.scans import Scans
from counter_app.ui.shell.sync import AskedExchange
from counter_app.ui.shell.undo import Undoing
from counter_app.ui.shell.watch import Parts, Watch
from counter_app.ui.shell.work import WorkArea
from counter_app.ui.tasks import Breakage
from counter_app.ui.theme import mark
from counter_app.ui.widgets.announce import announce
from counter_app.ui.widgets.banner import Banner
from counter_app.ui.widgets.focus_ring import FocusRing
from counter_app.ui.widgets.palette import CommandPalette
from counter_app.ui.widgets.rail import Rail
from counter_app.ui.widgets.status_bar import StatusBar
from counter_app.ui.workbench import Workbench

MakeScreen = Callable[[Workbench], Screen]
HOME_SCREEN = "reception"
FIRST_SCREEN = "first_run"
UNSIGNED = (FIRST_SCREEN, "settings")
"""Screens that sign no act: the only ones of a desk that lacks its name or its agent's."""


class MainWindow(QWidget):
    """The window of a desk. Its title holds no personal data."""

    def __init__(
        self,
        bench: Workbench,
        screens: dict[str, MakeScreen],
        problems: tuple[str, ...] = (),
        printing: PrintingDesk | None = None,
    ) -> None:
        super().__init__()
        self.bench = bench
        self._makers = screens
        self._made: dict[str, Screen] = {}
        self.printing = printing or PrintingDesk(bench)
        self.idle = Idle(self)
        self._build()
        self._undoing = Undoing(bench, self.work, self.say, self)
        parts = Parts(self.work.recent, self.status, self.banner, self.rail)
        self._watch = Watch(bench, parts, self.printing, self.idle, problems)
        self._gestures = Gestures(bench, self.work, self.say, self)
        self._exchange = AskedExchange(bench, self.say, self)
        self.hall = HallDoor(bench, self)
        bind(self, self._commands())
        self._connect()
        self.open(HOME_SCREEN)
        self.say("\n".join(problems))
        self._watch.render()
        self._watch.look()
        self.printing.remember()

    def _build(self) -> None:
        words, theme = self.bench.words, self.bench.theme
        self.setWindowTitle(words("shell.title"))
        self.header = Header(words, self.bench.desk.rules.name)
        self.banner = Banner(theme, words("banners.region"))
        self.rail = Rail(theme, words, rail_entries(words, self._makers))
        self.work = WorkArea(theme, words)
        self.status = StatusBar(theme, words("shell.status"))
        self.message = QLabel()
        self.message.setWordWrap(True)
        mark(self.message, role="message")
        self.message.hide()
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addWidget(self.work, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addLayout(body, 1)
        column.addWidget(self.message)
        column.addWidget(self.status)
        self._ring = FocusRing(self, theme)

    def _commands(self) -> list[WindowCommand]:
        opening = [
            WindowCommand(text, key, partial(self._open_from_front, name))
            for name, (text, _icon, key) in SHOWN_SCREENS.items()
            if name in self._makers
        ]
        return [
            *opening,
            WindowCommand("help.title", "F1", self.toggle_help),
            WindowCommand("palette.title", "Ctrl+K", self.open_palette),
            WindowCommand("recent.undo", "Ctrl+Z", self._undoing.last),
            WindowCommand("shell.reprint", "F9", self.reprint),
            WindowCommand("shell.next_pane", "F6", partial(self._move_pane, 1)),
            WindowCommand("shell.previous_pane", "Maj+F6", partial(self._move_pane, -1)),
            WindowCommand("shell.full_screen", "F11", self._toggle_full_screen),
            WindowCommand("shell.hide_people", "Ctrl+Maj+H", self.idle.cover),
            WindowCommand("sync.now", "Ctrl+Maj+S", self._exchange.now),
            WindowCommand("hall.toggle", "", self.hall.toggle),
            WindowCommand("shell.step_back", "Échap", self._step_back),
        ]

    def _connect(self) -> None:
        bench = self.bench
        self.header.palette_wanted.connect(self.open_palette)
        self.header.help_wanted.connect(self.toggle_help)
        self.rail.chosen.connect(self.open)
        self.work.recent.undo_wanted.connect(self._undoing.last)
        self.work.help.closed.connect(self.toggle_help)
        self.status.activated.connect(self._on_cell)
        self.printing.said.connect(self.say)
        self.printing.unsaid.connect(self.unsay)
        self.idle.covered.connect(self._cover)
        bench.asked.connect(self.open)
        bench.told.connect(self.say)
        bench.undo_wanted.connect(self._undoing.last)
        bench.settings_changed.connect(self._on_settings)
        bench.theme.changed.connect(self._fold)
        bench.lanes.broke.connect(self._on_broken)
        card: dict[str, Callable[[], None]] = {
            "confirm": self._confirm,
            "undo": self._undoing.last,
            "reprint": self.reprint,
            "home": partial(self.open, HOME_SCREEN),
        }
        self._scans = Scans(bench, self.work, (self.say, self.unsay), card, self)

    @property
    def front(self) -> Screen:
        """The screen in front."""
        return self.work.front

    def open(self, name: str, text: str = "") -> None:
        """Bring a screen to the front, made the first time it is asked for. Acts are signed: two names come first."""
        if name not in self._makers:
            return
        if name not in UNSIGNED and not self.bench.settings.complete:
            name = FIRST_SCREEN
        if name not in self._made:
            self._made[name] = self._makers[name](self.bench)
        self.work.bring(self._made[name])
        self.rail.select(name)
        self.bench.scanner.set_field(self.front.field)
        self.say("")
        self.front.activated(text)

    def _open_from_front(self, name: str) -> None:
        """By its key, a screen takes over the person that the screen in front has for it."""
        if self.front.name == name and self.front.key_again():
            return
        self.open(name, self.front.hands_to(name) if self.front.name != name else "")

    def say(self, sentence: str) -> None:
        """One line above the status bar; it stays until something else is said."""
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        if sentence:
            announce(self.message, sentence)

    def unsay(self, sentence: str) -> None:
        """That is no longer true: it goes, unless something else was said since."""
        if sentence and self.message.text() == sentence:
            self.say("")

    def reprint(self) -> None:
        """F9: papers that wait, else what the screen shows, else the last paper again."""
        if self.printing.retry() or self.front.print_again():
            return
        if self.printing.last_receipt:
            self.printing.print_receipt(self.printing.last_receipt)
        else:
            self.say(self.bench.words("shell.nothing_to_print"))

    def open_palette(self) -> None:
        """Every command of the window, by its words."""
        lines = palette_lines([*self._commands(), *self._gestures.commands()], self.bench.words)
        CommandPalette(self.bench.theme, self.bench.words, lines, self).open()

    def toggle_help(self) -> None:
        """The page of the screen or of the verdict on show."""
        if self.work.help.isVisible():
            self.work.hide_help()
            self.front.activated()
        else:
            self.work.show_help()
            self.work.help.area.setFocus()

    def _confirm(self) -> None:
        self.front.confirm()

    def _on_broken(self, broken: Breakage) -> None:
        self.say(broken.sentence)

    def _on_settings(self) -> None:
        self.bench.sounds.volume = self.bench.settings.volume / 100

    def _on_cell(self, cell: str) -> None:
        self.open(CELL_SCREENS.get(cell, HOME_SCREEN))

    def _move_pane(self, step: int) -> None:
        """Screen, help, last acts, status, rail; first the parts of a screen that has several."""
        if step > 0 and self.front.next_part():
            return
        work = self.work
        move((work.stack, work.help, work.recent, self.status, self.rail), step, self.front.field, self.front.main_list)

    def _toggle_full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def _cover(self, covered: bool) -> None:
        """Cover or show personal data, on the screen in front and in the column of the last acts."""
        self.front.hide_people(covered)
        self.say(self.bench.words("shell.covered") if covered else "")
        self._watch.look()

    def _step_back(self) -> None:
        """One step back; with nothing to step back from, home."""
        self.say("")
        if self.work.help.isVisible():
            self.toggle_help()
        elif not self.front.step_back():
            self.open(HOME_SCREEN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        room = room_of(self.size(), self.bench.theme)
        self.header.set_low(room.low)
        self.banner.set_low(room.low)
        self.work.set_room(folded=room.folded, low=room.low)
        self.rail.set_compact(room.compact)
