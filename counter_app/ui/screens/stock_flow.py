"""The screen of the stock without its looks: one state, what scans mean in it, the work it gives to the lanes."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.codes import read_code
from counter_app.domain.keyboard import looks_like_azerty_row, repair_azerty
from counter_app.domain.permit import Permit, PermitState
from counter_app.telling_stock import not_done, state_told
from counter_app.ui.screens import stock_lot
from counter_app.ui.screens.stock_deeds import StockDeeds
from counter_app.ui.screens.stock_lists import Shelves, Tab, shelves_of, tray_and_rank
from counter_app.ui.screens.stock_lot import NotRead
from counter_app.ui.screens.stock_state import PendingLot, StockState, lot_again, with_rows
from counter_app.ui.tasks import Breakage
from counter_app.ui.workbench import Workbench
from counter_app.usecases.count_tray import compare_tray, count_tray
from counter_app.usecases.look_at_stock import find, look_at_stock
from counter_app.usecases.stock_answers import Received, StockAnswer, StockRefusal, TrayCount

LOOK, COUNT = "stock", "tray"


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
        self._empty_told = False
        self.deeds = StockDeeds(bench, window)
        self.deeds.told.connect(self.told)
        self.deeds.acted.connect(self._acted)
        self.state = StockState()

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
        self._become(replace(self.state, shelves=shelves, found=found, held=held))

    def open_tab(self, tab: str) -> None:
        """Another list."""
        self._become(replace(self.state, tab=Tab(tab), found=(), chosen="", wanted="", held=None))
        self.field_wanted.emit("")
        if self.state.tab is Tab.OUT:
            self.refresh()

    def search(self, text: str) -> None:
        """Letters typed: a search, or the tray of the permit in hand."""
        self._become(replace(self.state, wanted=text, found=() if not self.state.held else self.state.found))

    def choose(self, permit_id: str) -> None:
        """Another row is current."""
        if permit_id != self.state.chosen:
            self._become(replace(self.state, chosen=permit_id))

    # scans and Enter

    def scanned(self, raw: str) -> None:
        """A code was read: a sleeve, a tray, or one more card of the tray being counted."""
        if self.state.lot or self.state.busy:
            self._bench.sounds.play("tick")
            self.told.emit(self._bench.words("stock_desk.lot_first"), False)
        elif self.state.counting:
            self._count(raw)
        else:
            desk = self._bench.desk
            self._bench.do(lambda: find(desk, raw), partial(self._found, raw))

    def entered(self, text: str) -> None:
        """A person pressed Enter with this text in the field."""
        state = self.state
        if state.counting:
            self._count(text)
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
        self._become(replace(self.state, held=permit, found=(permit,), wanted="", new_tray=""))
        self.field_wanted.emit("")

    def _found(self, raw: str, answer: StockAnswer) -> None:
        if answer.permit:
            self._show(answer.permit)
        elif self.state.held and answer.refusal is StockRefusal.UNKNOWN_PERMIT:
            self._to_tray(raw)
        else:
            self._bench.sounds.verdict("warn", f"stock {raw}")
            self.told.emit(not_done(answer, self._bench.lang), False)
            if answer.matches:
                self._become(replace(self.state, found=answer.matches, wanted="", chosen=""))

    def _show(self, permit: Permit) -> None:
        """A sleeve was scanned: shelved next where one shelves, shown elsewhere."""
        shelving = self.state.tab in (Tab.SHELVE, Tab.LOCATE) or self.state.held is not None
        self._bench.sounds.play("tick" if permit.in_stock else "warn")
        if shelving and permit.in_stock:
            self.hold(permit)
            return
        self._become(replace(self.state, found=(permit,), chosen=permit.id, wanted="", held=None))
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
            self._become(replace(self.state, new_tray=tray))
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
        self._become(replace(state, held=held, found=() if shelving else found, wanted="", new_tray=""))
        self.field_wanted.emit("")

    # counting a tray

    def start_count(self) -> None:
        """Count a tray: the one of the permit chosen is proposed."""
        chosen = self.state.permit
        self._empty_told = False
        self._become(replace(self.state, counting=True, tray="", scans=(), count=None, held=None, found=(), wanted=""))
        self.field_wanted.emit(chosen.place.tray if chosen and chosen.place else "")

    def _count(self, raw: str) -> None:
        text = raw.strip()
        self.field_wanted.emit("")
        if not text:
            return
        if not self.state.tray:
            if read_code(text) is not None:
                self.told.emit(self._bench.words("stock_desk.count.tray_first"), False)
                return
            tray, _rank = tray_and_rank(repair_azerty(text)[0] if looks_like_azerty_row(text) else text)
            self._become(replace(self.state, tray=tray))
        else:
            self._become(replace(self.state, scans=(*self.state.scans, text)))
        self._compare()

    def _compare(self) -> None:
        desk, tray, scans = self._bench.desk, self.state.tray, self.state.scans
        self._bench.look(COUNT, lambda: compare_tray(desk, tray, scans), self._compared)

    def _compared(self, count: TrayCount) -> None:
        if not self.state.counting:
            return
        before = self.state.count
        worse = before is not None and _wrong(count) > _wrong(before)
        if before is not None:
            self._bench.sounds.play("warn" if worse else "tick")
        self._become(replace(self.state, count=count))

    def take_back_scan(self) -> bool:
        """Ctrl+Z while counting takes back the last scan; False when there is none."""
        if not (self.state.counting and self.state.scans):
            return False
        self._become(replace(self.state, scans=self.state.scans[:-1]))
        self._compare()
        return True

    def record_count(self, settle: bool) -> None:
        """Record the count; a tray of which nothing was scanned is recorded at the second time of asking."""
        state, desk = self.state, self._bench.desk
        if not state.tray:
            self.told.emit(self._bench.words("stock_desk.count.tray_first"), False)
            return
        expected = state.count.expected if state.count else 0
        if not state.scans and expected and not self._empty_told:
            self._empty_told = True
            self.told.emit(self._bench.words.counted("stock_desk.count.nothing_scanned", expected), False)
            return
        self._bench.do(lambda: count_tray(desk, state.tray, state.scans, settle=settle), self._recorded)

    def _recorded(self, count: TrayCount) -> None:
        figures = {"present": len(count.present), "missing": len(count.missing), "strays": len(count.unexpected)}
        key = "settled" if count.settled else "recorded"
        self.stop_count()
        self.told.emit(self._bench.words(f"stock_desk.count.{key}", tray=count.tray, **figures), True)
        self._bench.sounds.play("tick")
        self._bench.acted.emit()

    def stop_count(self) -> None:
        """Leave the count; what was scanned and not recorded is forgotten."""
        self._become(replace(self.state, counting=False, tray="", scans=(), count=None))
        self.field_wanted.emit("")

    # files

    def open_file(self, path: Path) -> None:
        """Read a file of permits; nothing is written."""
        self._read(partial(stock_lot.preview, self._bench.desk, path), partial(self._previewed, path))

    def receive(self) -> None:
        """Receive the file on show."""
        lot = self.state.lot
        if lot and lot.path:
            self._read(partial(stock_lot.receive, self._bench.desk, lot.path), self._received)

    def _read(self, work: Callable[[], Received | NotRead], done: Callable[[Received | NotRead], None]) -> None:
        if not self.state.busy:
            self._become(replace(self.state, busy=True, held=None, found=(), counting=False))
            self._bench.behind(work, done, self._broke)

    def _previewed(self, path: Path, outcome: Received | NotRead) -> None:
        self._become(replace(self.state, busy=False, tab=Tab.ARRIVALS))
        if isinstance(outcome, NotRead):
            self.told.emit(outcome.sentence, False)
        else:
            self._become(replace(self.state, lot=PendingLot(outcome, path)))

    def _received(self, outcome: Received | NotRead) -> None:
        self._become(replace(self.state, busy=False, lot=None))
        if isinstance(outcome, NotRead):
            self.told.emit(outcome.sentence, False)
            return
        words = self._bench.words
        told = [words("stock_desk.lot.received", added=outcome.added, changed=outcome.changed, same=outcome.unchanged)]
        if outcome.rejected:
            told.append(words.counted("stock_desk.lot.left", len(outcome.rejected)))
        self.told.emit(" ".join(told), not outcome.rejected)
        self._bench.acted.emit()

    def _broke(self, broken: Breakage) -> None:
        self._become(replace(self.state, busy=False, lot=None))
        self.told.emit(broken.sentence, False)

    def open_lot(self, lot_id: str) -> None:
        """A file received before: its rows to correct."""
        files = self.state.look.files if self.state.look else ()
        file = next((one for one in files if one.id == lot_id), None)
        if file:
            self._become(replace(self.state, lot=lot_again(file)))

    # leaving

    def step_back(self) -> bool:
        """One step back; False when there is none."""
        state = self.state
        if state.lot:
            self._become(replace(state, lot=None))
        elif state.counting:
            self.stop_count()
        elif state.held or state.found or state.wanted or state.chosen:
            self._become(replace(state, held=None, found=(), wanted="", chosen="", new_tray=""))
            self.field_wanted.emit("")
        else:
            return False
        return True

    def _become(self, state: StockState) -> None:
        self.state = with_rows(state, self.state)
        self.changed.emit()


def _wrong(count: TrayCount) -> int:
    return len(count.unexpected) + len(count.unread)
