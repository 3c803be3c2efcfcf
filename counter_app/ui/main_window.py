"""The shell: header, rail, one screen, the last acts, the status bar. Screens do not know each other, it knows them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from counter_app.ui.printing_desk import PrintingDesk
from counter_app.ui.screens.screen import Screen
from counter_app.ui.shell_commands import WindowCommand, bind, palette_lines
from counter_app.ui.shell_idle import Idle
from counter_app.ui.shell_recent import gesture_lines
from counter_app.ui.shell_status import Standing, cells, notices
from counter_app.ui.tasks import Breakage
from counter_app.ui.theme import mark
from counter_app.ui.widgets.action_bar import label_with_key
from counter_app.ui.widgets.announce import announce
from counter_app.ui.widgets.banner import Banner
from counter_app.ui.widgets.focus_ring import FocusRing
from counter_app.ui.widgets.help_pane import HelpPane
from counter_app.ui.widgets.palette import CommandPalette
from counter_app.ui.widgets.rail import Rail, RailEntry
from counter_app.ui.widgets.recent import RecentGestures
from counter_app.ui.widgets.status_bar import StatusBar
from counter_app.ui.workbench import Workbench
from counter_app.usecases import freshness, undo
from counter_app.usecases.answers import RecentGesture, Undone
from counter_app.wording.help import help_page

MakeScreen = Callable[[Workbench], Screen]
HOME_SCREEN = "reception"
FIRST_SCREEN = "first_run"
COLUMN_FOLDS = 1200
RAIL_FOLDS = 1100
COLUMN_WIDTH = 288
SHOWN_GESTURES = 12
TICK = 10_000
"""Milliseconds between two looks at the clock."""


class MainWindow(QWidget):
    """The window of a desk."""

    def __init__(self, bench: Workbench, screens: dict[str, MakeScreen], problems: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.bench = bench
        self._makers, self._problems = screens, problems
        self._made: dict[str, Screen] = {}
        self._said = ""
        self._imported_at: datetime | None = None
        self.idle = Idle(self)
        self.printing = PrintingDesk(bench)
        self._build()
        self._bind()
        self._connect()
        self.open(HOME_SCREEN if bench.settings.complete else FIRST_SCREEN)
        self._refresh()

    def _build(self) -> None:
        words, theme = self.bench.words, self.bench.theme
        self.setWindowTitle(words("shell.title"))
        self.banner = Banner(theme, words("banners.region"))
        self.rail = Rail(theme, words, self._entries())
        self.stack = QStackedWidget()
        self.recent = RecentGestures(theme, words)
        self.help = HelpPane(words)
        self.help.hide()
        self.status = StatusBar(theme, words("shell.status"))
        self.message = QLabel()
        self.message.setWordWrap(True)
        mark(self.message, role="soft")
        self.message.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(self.banner)
        column.addLayout(self._body(), 1)
        column.addWidget(self.message)
        column.addWidget(self.status)
        self._ring = FocusRing(self, theme)

    def _header(self) -> QWidget:
        words = self.bench.words
        header = QWidget()
        mark(header, role="bar")
        title = QLabel(f"{words('shell.title')} · {self.bench.desk.rules.name}")
        mark(title, role="strong")
        self.palette_button = self._header_button("palette.open", "Ctrl+K", self.open_palette)
        self.help_button = self._header_button("help.title", "F1", self.toggle_help)
        line = QHBoxLayout(header)
        line.setContentsMargins(16, 4, 16, 4)
        line.addWidget(title, 1)
        line.addWidget(self.palette_button)
        line.addWidget(self.help_button)
        return header

    def _header_button(self, text: str, key: str, run: Callable[[], None]) -> QPushButton:
        button = QPushButton(label_with_key(self.bench.words(text), key))
        button.setAccessibleName(self.bench.words(text))
        button.setAutoDefault(False)
        button.clicked.connect(run)
        return button

    def _body(self) -> QHBoxLayout:
        body = QHBoxLayout()
        body.setSpacing(0)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(8)
        self._middle.setContentsMargins(0, 0, 12, 8)
        self._middle.addWidget(self.stack, 1)
        self._middle.addWidget(self.help)
        self._middle.addWidget(self.recent)
        body.addWidget(self.rail)
        body.addLayout(self._middle, 1)
        return body

    def _entries(self) -> list[RailEntry]:
        words = self.bench.words
        icons = {"reception": "scan-barcode", "number": "id-card", "import": "file-input", "settings": "settings"}
        return [
            RailEntry(name, words(_RAIL_TEXTS[name]), icon, _SCREEN_KEYS[name])
            for name, icon in icons.items()
            if name in self._makers
        ]

    def _bind(self) -> None:
        bind(self, self._commands())

    def _commands(self) -> list[WindowCommand]:
        opening = [
            WindowCommand(_RAIL_TEXTS[name], key, partial(self.open, name))
            for name, key in _SCREEN_KEYS.items()
            if name in self._makers
        ]
        return [
            *opening,
            WindowCommand("help.title", "F1", self.toggle_help),
            WindowCommand("palette.title", "Ctrl+K", self.open_palette),
            WindowCommand("recent.undo", "Ctrl+Z", self.undo_last),
            WindowCommand("shell.reprint", "F9", self.reprint),
            WindowCommand("shell.next_pane", "F6", lambda: self._move_pane(1)),
            WindowCommand("shell.previous_pane", "Maj+F6", lambda: self._move_pane(-1)),
            WindowCommand("shell.full_screen", "F11", self._toggle_full_screen),
            WindowCommand("shell.hide_people", "Ctrl+Maj+H", self.idle.cover),
            WindowCommand("shell.step_back", "Échap", self._step_back),
        ]

    def _connect(self) -> None:
        bench = self.bench
        self.rail.chosen.connect(self.open)
        self.recent.undo_wanted.connect(self.undo_last)
        self.help.closed.connect(self.toggle_help)
        self.status.activated.connect(self._on_cell)
        self.printing.changed.connect(self._render_status)
        self.printing.said.connect(self.say)
        bench.asked.connect(self.open)
        bench.told.connect(self.say)
        bench.undo_wanted.connect(self.undo_last)
        bench.acted.connect(self._refresh)
        bench.settings_changed.connect(self._on_settings)
        bench.lanes.broke.connect(self._on_broken)
        bench.scanner.reading.connect(self._on_reading)
        bench.scanner.scanned.connect(self._on_scanned)
        bench.scanner.wrong_layout.connect(lambda _meant: self.say(bench.words("scanner.wrong_layout")))
        bench.scanner.refused_in_dialog.connect(self._on_refused_scan)
        self.idle.covered.connect(self._cover)
        self._clock = QTimer(self, interval=TICK)
        self._clock.timeout.connect(self._render_status)
        self._clock.start()

    @property
    def front(self) -> Screen:
        """The screen in front."""
        front = self.stack.currentWidget()
        assert isinstance(front, Screen)
        return front

    def open(self, name: str, text: str = "") -> None:
        """Bring a screen to the front, made the first time it is asked for."""
        if name not in self._makers:
            return
        if name not in self._made:
            self._made[name] = self._makers[name](self.bench)
            self.stack.addWidget(self._made[name])
        self.stack.setCurrentWidget(self._made[name])
        self.rail.select(name)
        self.bench.scanner.set_field(self.front.field)
        self.say("")
        self.front.activated(text)
        if self.help.isVisible():
            self.help.show_page(help_page(self.front.help_topic, self.bench.lang))

    def say(self, sentence: str) -> None:
        """One line above the status bar; it stays until something else is said."""
        self._said = sentence
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        if sentence:
            announce(self.message, sentence)

    def undo_last(self) -> None:
        """Take back the last arrival of this desk, by an act."""
        desk = self.bench.desk
        self.bench.do(lambda: undo.undo(desk), self._on_undone)

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
        lines = palette_lines(self._commands(), self.bench.words)
        CommandPalette(self.bench.theme, self.bench.words, lines, self).open()

    def toggle_help(self) -> None:
        """The page of the screen or of the verdict on show."""
        if self.help.isVisible():
            self.help.hide()
            self.front.activated()
        else:
            self.help.show_page(help_page(self.front.help_topic, self.bench.lang))
            self.help.show()
            self.help.area.setFocus()

    def _on_reading(self) -> None:
        """A scan comes in: what was said about somebody else goes too."""
        self.say("")
        self.front.reading()

    def _on_scanned(self, raw: str) -> None:
        self.front.scanned(raw)

    def _on_refused_scan(self) -> None:
        self.bench.sounds.play("tick")
        self.say(self.bench.words("scanner.in_dialog"))

    def _on_undone(self, undone: Undone) -> None:
        words = self.bench.words
        if undone.done and undone.gesture:
            self.say(words("shell.undone", name=undone.gesture.name))
            self.bench.scanner.forget_last()
        else:
            self.say(words("shell.nothing_to_undo"))
            return
        self.bench.acted.emit()
        self.front.undone(undone.gesture.subject_id)

    def _on_broken(self, broken: Breakage) -> None:
        self.say(broken.sentence)

    def _on_settings(self) -> None:
        settings = self.bench.settings
        self.bench.sounds.volume = settings.volume / 100
        self._render_status()

    def _on_cell(self, cell: str) -> None:
        self.open(
            {"list": "import", "printer": "settings", "desk": "settings", "agent": "settings"}.get(cell, HOME_SCREEN)
        )

    def _refresh(self) -> None:
        desk = self.bench.desk
        self.bench.look(
            "recent", lambda: (undo.recent(desk, SHOWN_GESTURES), freshness.list_imported_at(desk)), self._on_recent
        )

    def _on_recent(self, seen: tuple[list[RecentGesture], datetime | None]) -> None:
        gestures, self._imported_at = seen
        self.recent.show_lines(gesture_lines(gestures, self.bench.desk.rules.zone, self.bench.words, self.idle.asleep))
        self._render_status()

    def _render_status(self) -> None:
        desk, words = self.bench.desk, self.bench.words
        standing = Standing(desk.now(), self._imported_at, len(self.printing.waiting), self.printing.trouble)
        self.status.show_cells(cells(standing, self.bench.settings, desk.rules, words))
        in_file = self.bench.office.home.identity.keys == "file"
        self.banner.show_notices(notices(desk.training, self._problems, in_file, words))

    def _move_pane(self, step: int) -> None:
        """Screen field, list, last acts, rail, status: the next one takes the focus."""
        panes = [pane for pane in self._panes() if pane.isVisible()]
        holding = next((place for place, pane in enumerate(panes) if pane.isAncestorOf(self.focusWidget() or self)), -1)
        target = panes[(holding + step) % len(panes)]
        if target is self.rail:
            self.rail.focus_current()
        else:
            first = self.front.field if target is self.stack else target.nextInFocusChain()
            (first or target).setFocus()

    def _panes(self) -> tuple[QWidget, ...]:
        return (self.stack, self.help, self.recent, self.status, self.rail)

    def _toggle_full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def _cover(self, covered: bool) -> None:
        """Cover or show personal data, on the screen in front and in the column of the last acts."""
        self.front.hide_people(covered)
        self.say(self.bench.words("shell.covered") if covered else "")
        self._refresh()

    def _step_back(self) -> None:
        """One step back; with nothing to step back from, home."""
        self.say("")
        if self.help.isVisible():
            self.toggle_help()
        elif not self.front.step_back():
            self.open(HOME_SCREEN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1200 the last acts go under the content; below 1100 the rail shows icons."""
        super().resizeEvent(event)
        width = self.width()
        folded = width < COLUMN_FOLDS
        self._middle.setDirection(QBoxLayout.Direction.TopToBottom if folded else QBoxLayout.Direction.LeftToRight)
        self.recent.set_folded(folded)
        self.recent.setFixedWidth(COLUMN_WIDTH) if not folded else self.recent.setMaximumWidth(16_777_215)
        self.rail.set_compact(width < RAIL_FOLDS)


_SCREEN_KEYS = {"reception": "F2", "number": "F8", "import": "", "settings": ""}
_CELL_SCREENS = {"list": "import", "printer": "settings", "desk": "settings", "agent": "settings"}
_RAIL_TEXTS = {
    "reception": "rail.accueil",
    "number": "rail.numero",
    "import": "rail.import",
    "settings": "rail.reglages",
}
