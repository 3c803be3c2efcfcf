"""« Stock » (Ctrl+B): permits received, shelved, looked for, blocked, sent away; trays counted. Scan first."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from counter_app.ui.screens import file_memory
from counter_app.ui.screens.file_dialogs import file_dialog
from counter_app.ui.screens.screen import Screen, on_key
from counter_app.ui.screens.stock.flow import StockFlow
from counter_app.ui.screens.stock.lists import Tab
from counter_app.ui.screens.stock.papers import StockPapers
from counter_app.ui.screens.stock.state import KEYS, PendingLot, actions_of
from counter_app.ui.screens.stock.view import StockView
from counter_app.ui.workbench import Workbench

ANYWHERE = ("receive_lot", "receive_card", "count", "take", "slip", "labels")
"""Actions that need no permit chosen."""
_QT_KEYS = {"Ctrl+Entrée": ("Ctrl+Return", "Ctrl+Enter")}


class StockScreen(Screen):
    """One field for sleeves, trays and names; lists with their counts; actions by key."""

    name: ClassVar[str] = "stock"
    topic: ClassVar[str] = "screen.stock"
    takes_sleeves: ClassVar[bool] = True

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.view = StockView(bench)
        self.bar, self.result = self.view.bar, self.view.result
        self.flow = StockFlow(bench, self)
        self.papers = StockPapers(bench, self.flow, self)
        self._lot: PendingLot | None = None
        self._clicked: dict[str, Callable[[], object]] = {
            "receive_lot": self._choose_file,
            "receive_card": self.flow.deeds.receive_card,
            "receive": self.flow.files.receive,
            "count": self.flow.count.start,
            "settle": partial(self.flow.count.record, settle=True),
            "record_count": partial(self.flow.count.record, settle=False),
            "shelve_here": self.confirm,
            "shelve": self._hold,
            "slip": self.papers.ask_slip,
            "labels": self.papers.print_labels,
            "tray_labels": self.papers.ask_trays,
            "repair_row": self._repair_row,
            "set_down_row": lambda: self.flow.files.ask_why(self.view.lot.table.current_id()),
            **dict.fromkeys(("let_go", "close_lot", "stop_count"), self.step_back),
        }
        self.holds(self.view)
        self._connect()
        self._render()

    def _connect(self) -> None:
        view, flow = self.view, self.flow
        flow.changed.connect(self._render)
        flow.told.connect(self.result.show_result)
        flow.field_wanted.connect(view.field.setText)
        self.papers.told.connect(self.result.show_result)
        view.field.textEdited.connect(self._typed)
        view.field.returnPressed.connect(self.confirm)
        view.field.moved.connect(view.table.move_by)
        view.field.undo_wanted.connect(self._undo)
        view.table.moved_to.connect(flow.choose)
        view.table.opened.connect(lambda _id: self.confirm())
        view.files.opened.connect(flow.files.open_received)
        view.lot.table.opened.connect(flow.files.ask_row)
        view.tabs.chosen.connect(self._open_tab)
        self.bar.triggered.connect(self._do)
        self.bench.acted.connect(self._acted)
        for key in dict.fromkeys((*KEYS.values(), "Ctrl+T")):
            slugs = tuple(slug for slug, mine in KEYS.items() if mine == key)
            slugs = (*slugs, "settle_dispute") if key == "Ctrl+T" else slugs
            for sequence in _QT_KEYS.get(key, (key,)):
                on_key(self, sequence, partial(self._do_first, slugs))
        self.view.tabs.turned_from(self)

    # what the shell asks

    @property
    def field(self) -> QLineEdit | None:
        """Typing goes to the one field."""
        return self.view.field

    @property
    def help_keys(self) -> str | None:
        """What is on offer now."""
        return self.bar.keys() or None

    def activated(self, text: str = "") -> None:
        """Come to the front: what is shown is looked at again; a text is a sleeve or a list."""
        self.flow.refresh()
        if text in list(Tab):
            self.flow.open_tab(text)
        elif text:
            self.flow.scanned(text)
        self._focus()

    def reading(self) -> None:
        """A scan is coming in: what was said is about somebody else, and its first letters were no search."""
        self.result.hide()
        if self.view.field.text() != self.flow.state.wanted:
            self.flow.search(self.view.field.text())

    def scanned(self, raw: str) -> None:
        """A code was read, wherever the focus was."""
        self.flow.scanned(raw)
        self._focus()

    def confirm(self) -> None:
        """Enter, or the command card: the main action of what is on show."""
        self.result.hide()
        if not self.flow.state.lot:
            self.flow.entered(self.view.field.text())
            self._focus()

    def step_back(self) -> bool:
        """Escape: put the file, the count, the sleeve, the search away."""
        self.result.hide()
        back = self.flow.step_back()
        self.view.table.choose_none()
        self._focus()
        return back

    def undone(self, convocation_id: str) -> None:
        """A gesture was taken back: what is shown may be another, and what was said no longer holds."""
        self.result.hide()
        self.flow.refresh()

    def hide_people(self, hidden: bool) -> None:
        """Lists name people: the whole page is covered."""
        self.view.setVisible(not hidden)

    # what the agent does

    def _typed(self, text: str) -> None:
        self.result.hide()
        self.view.table.choose_none()
        self.flow.search(text)

    def _open_tab(self, tab: str) -> None:
        self.result.hide()
        self.flow.open_tab(tab)
        self.view.table.choose_none()
        self._focus()

    def _undo(self) -> None:
        """Ctrl+Z: the last scan of a count, else the last gesture of the desk."""
        if not self.flow.count.take_back_scan():
            self.bench.undo_wanted.emit()

    def _do_first(self, slugs: Sequence[str]) -> None:
        """The action of a key that is on offer; those that need no permit always are, outside a file or a count."""
        offered = [action.slug for action in self.bar.actions_shown]
        free = not (self.flow.state.lot or self.flow.state.counting or self.flow.state.busy)
        known = [slug for slug in slugs if slug in offered] or [slug for slug in slugs if free and slug in ANYWHERE]
        slug = known[0] if known else ""
        if slug:
            self._do(slug)
        elif free:
            self.result.show_result(self.bench.words("stock_desk.choose_first"), good=False)

    def _do(self, slug: str) -> None:
        permit = self.flow.state.held or self.flow.state.permit
        self.result.hide()
        if slug in self._clicked:
            self._clicked[slug]()
        elif permit and slug != "take_all":
            self.flow.deeds.run(slug, permit)
        elif slug == "take":
            self.flow.deeds.take_all()

    def _hold(self) -> None:
        permit = self.flow.state.permit
        if permit:
            self.flow.hold(permit)
            self._focus()

    def _choose_file(self) -> None:
        folder = file_memory.last_folder(self.bench.office.home.path / file_memory.FOLDER)
        dialog = file_dialog(self, self.bench.words, folder)
        dialog.fileSelected.connect(lambda name: self.flow.files.open(Path(name)))
        dialog.open()

    def _repair_row(self) -> None:
        self.flow.files.ask_row(self.view.lot.table.current_id())

    def _acted(self) -> None:
        if self.isVisible():
            self.flow.refresh()

    # showing

    def _render(self) -> None:
        state, desk = self.flow.state, self.bench.desk
        self.view.show_state(state, actions_of(state, self.bench.words, desk.name, desk.stream))
        if state.lot is not self._lot:
            self._lot = state.lot
            self._show_lot()

    def _show_lot(self) -> None:
        """A file opens with its rows, the focus on what to do; closed, the field has it again."""
        if self._lot is None:
            self._focus()
            return
        self.view.lot.show_lot(self._lot)
        if self._lot.rows:
            self.view.lot.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        main = self.bar.button(self.bar.actions_shown[0].slug)
        if main:
            main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus(self) -> None:
        self.view.field.setFocus(Qt.FocusReason.OtherFocusReason)
