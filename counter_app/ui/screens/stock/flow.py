"""The screen of the stock without its looks: one state, what scans mean in it, the work it gives to the lanes."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.keyboard import looks_like_azerty_row, repair_azerty
from counter_app.domain.permit import Permit, PermitState
from counter_app.telling.stock import not_done, state_told
from counter_app.ui.screens.stock.count import StockCount
from counter_app.ui.screens.stock.deeds import StockDeeds
from counter_app.ui.screens.stock.files import StockFiles
from counter_app.ui.screens.stock.lists import Shelves, Tab, is_tray_label, shelves_of, tray_and_rank
from counter_app.ui.screens.stock.state import StockState, with_rows
from counter_app.ui.workbench import Workbench
from counter_app.usecases.look_at_stock import find, look_at_stock
from counter_app.usecases.stock_answers import StockAnswer, StockRefusal

LOOK = "stock"


class StockFlow(QObject):
    """Decides what each scan, text and key means now."""

    changed = Signal()
    told = Signal(str, bool)
    """A sentence about what was done or not, and whether it is good."""
    field_wanted = Signal(str)
    """Text that the field should hold."""

    def __init__(self, bench: Workbench, window: QWidget) -> None:
        super().__init__(window)
        self._bench = bench
        self.deeds = StockDeeds(bench, window)
        self.deeds.told.connect(self.told)
        self.deeds.acted.connect(self._acted)
        self.state = StockState()
        self.count = StockCount(bench, self)
        self.files = StockFiles(bench, self, window)

    # looking

    def refresh(self) -> None:
        """Look at the stock again."""
        desk, gone = self._bench.desk, self.state.tab is Tab.OUT
        self._bench.look(LOOK, lambda: shelves_of(look_at_stock(desk, with_gone=gone)), self._looked)

    def _looked(self, shelves: Shelves) -> None:
        look = shelves.look
        now = {one.id: one for one in (*look.here, *look.gone)}
        found = tuple(now.get(one.id, one) for one in self.state.found)
        held = now.get(self.state.held.id) if self.state.held else None
        self.become(replace(self.state, shelves=shelves, found=found, held=held))

    def open_tab(self, tab: str) -> None:
        """Another list."""
        self.become(replace(self.state, tab=Tab(tab), found=(), chosen="", wanted="", held=None))
        self.field_wanted.emit("")
        if self.state.tab is Tab.OUT:
            self.refresh()

    def search(self, text: str) -> None:
        """Letters typed: a search, or the tray of the permit in hand."""
        self.become(replace(self.state, wanted=text, found=() if not self.state.held else self.state.found))

    def choose(self, permit_id: str) -> None:
        """Another row is current."""
        if permit_id != self.state.chosen:
            self.become(replace(self.state, chosen=permit_id))

    # scans and Enter

    def scanned(self, raw: str) -> None:
        """A code was read: a sleeve, a tray, or one more card of the tray being counted."""
        if self.state.lot or self.state.busy:
            self._bench.sounds.play("tick")
            self.told.emit(self._bench.words("stock_desk.lot_first"), False)
        elif self.state.counting:
            self.count.scanned(raw)
        else:
            desk = self._bench.desk
            self._bench.do(lambda: find(desk, raw), partial(self._found, raw))

    def entered(self, text: str) -> None:
        """A person pressed Enter with this text in the field."""
        state = self.state
        if state.counting:
            self.count.scanned(text)
        elif state.held:
            self._to_tray(text)
        elif state.permit and state.permit.in_stock and not state.permit.disputed:
            self.hold(state.permit)
        elif text.strip():
            self.scanned(text)

    def hold(self, permit: Permit) -> None:
        """The sleeve is in hand: its tray comes next."""
        left = self.state.held
        if left and left.id != permit.id:
            self.told.emit(self._bench.words("stock_desk.not_shelved_yet", name=left.name), False)
        self.become(replace(self.state, held=permit, found=(permit,), wanted="", new_tray=""))
        self.field_wanted.emit("")

    def _found(self, raw: str, answer: StockAnswer) -> None:
        if answer.permit:
            self._show(answer.permit)
        elif self.state.held and answer.refusal is StockRefusal.UNKNOWN_PERMIT:
            self._to_tray(raw)
        elif self._in_use(raw):
            self.become(replace(self.state, wanted=raw, found=(), chosen="", tab=Tab.HERE))
            self.field_wanted.emit(raw)
        else:
            self._bench.sounds.verdict("warn", f"stock {raw}")
            self.told.emit(not_done(answer, self._bench.lang), False)
            if answer.matches:
                self.become(replace(self.state, found=answer.matches, wanted="", chosen=""))

    def _in_use(self, raw: str) -> bool:
        """Whether the label of a tray was scanned with nothing in hand: what it holds is shown."""
        look = self.state.look
        return is_tray_label(raw) and look is not None and tray_and_rank(raw)[0] in look.trays

    def _show(self, permit: Permit) -> None:
        """A sleeve was scanned: shelved next where one shelves, shown elsewhere."""
        shelving = self.state.tab in (Tab.SHELVE, Tab.LOCATE) or self.state.held is not None
        self._bench.sounds.play("tick" if permit.in_stock else "warn")
        if shelving and permit.in_stock:
            self.hold(permit)
            return
        self.become(replace(self.state, found=(permit,), chosen=permit.id, wanted="", held=None))
        self.field_wanted.emit("")
        if not permit.in_stock:
            state = state_told(permit, self._bench.lang)
            self.told.emit(self._bench.words("stock_desk.is_out", name=permit.name, state=state), False)

    def _to_tray(self, raw: str) -> None:
        """Shelve what is in hand; a tray that nobody used before waits for one more Enter."""
        permit, look = self.state.held, self.state.look
        tray, rank = tray_and_rank(repair_azerty(raw)[0] if looks_like_azerty_row(raw) else raw)
        if permit is None or look is None:
            return
        if tray and tray not in look.trays and self.state.new_tray != tray:
            self._bench.sounds.verdict("warn", f"tray {tray}")
            self.become(replace(self.state, new_tray=tray))
            self.field_wanted.emit(raw)
            self.told.emit(self._bench.words("stock_desk.new_tray", tray=tray), False)
            return
        self.deeds.shelve(permit, tray, rank, found=permit.whereabouts is PermitState.TO_LOCATE)

    def _acted(self, permit: Permit) -> None:
        """A gesture was recorded: what is shown of that permit is as it is now, and its sleeve is put away."""
        state = self.state
        held = None if state.held and state.held.id == permit.id else state.held
        found = tuple(permit if one.id == permit.id else one for one in state.found)
        shelving = state.tab in (Tab.SHELVE, Tab.LOCATE) and held is None
        self.become(replace(state, held=held, found=() if shelving else found, wanted="", new_tray=""))
        self.field_wanted.emit("")

    # leaving

    def step_back(self) -> bool:
        """One step back; False when there is none."""
        state = self.state
        if state.lot:
            self.become(replace(state, lot=None))
        elif state.counting:
            self.count.stop()
        elif state.held or state.found or state.wanted or state.chosen:
            self.become(replace(state, held=None, found=(), wanted="", chosen="", new_tray=""))
            self.field_wanted.emit("")
        else:
            return False
        return True

    def become(self, state: StockState) -> None:
        """Show another moment."""
        self.state = with_rows(state, self.state)
        self.changed.emit()
