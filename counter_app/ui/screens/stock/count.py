"""Counting a tray: its name, then every card in it; what differs is shown before anything is recorded."""

from dataclasses import replace

from counter_app.domain.codes import read_code
from counter_app.domain.keyboard import looks_like_azerty_row, repair_azerty
from counter_app.telling.stock import counted_told
from counter_app.ui.screens.stock.lists import tray_and_rank
from counter_app.ui.screens.stock.parts import Flow
from counter_app.ui.workbench import Workbench
from counter_app.usecases.count_tray import compare_tray, count_tray
from counter_app.usecases.stock_answers import TrayCount

COUNT = "tray"


class StockCount:
    """The part of the stock's flow that counts."""

    def __init__(self, bench: Workbench, flow: Flow) -> None:
        self._bench, self._flow = bench, flow
        self._empty_told = False

    def start(self) -> None:
        """Count a tray: the one of the permit chosen is proposed."""
        chosen = self._flow.state.permit
        self._empty_told = False
        begun = replace(self._flow.state, counting=True, tray="", scans=(), count=None)
        self._flow.become(replace(begun, held=None, found=(), wanted=""))
        self._flow.field_wanted.emit(chosen.place.tray if chosen and chosen.place else "")

    def scanned(self, raw: str) -> None:
        """The tray, then each card in it."""
        text = raw.strip()
        self._flow.field_wanted.emit("")
        if not text:
            return
        if not self._flow.state.tray:
            if read_code(text) is not None:
                self._flow.told.emit(self._bench.words("stock_desk.count.tray_first"), False)
                return
            tray, _rank = tray_and_rank(repair_azerty(text)[0] if looks_like_azerty_row(text) else text)
            self._flow.become(replace(self._flow.state, tray=tray))
        else:
            self._flow.become(replace(self._flow.state, scans=(*self._flow.state.scans, text)))
        self._compare()

    def _compare(self) -> None:
        desk, tray, scans = self._bench.desk, self._flow.state.tray, self._flow.state.scans
        self._bench.look(COUNT, lambda: compare_tray(desk, tray, scans), self._compared)

    def _compared(self, count: TrayCount) -> None:
        if not self._flow.state.counting:
            return
        before = self._flow.state.count
        worse = before is not None and _wrong(count) > _wrong(before)
        if before is not None:
            self._bench.sounds.play("warn" if worse else "tick")
        self._flow.become(replace(self._flow.state, count=count))

    def take_back_scan(self) -> bool:
        """Ctrl+Z while counting takes back the last scan; False when there is none."""
        if not (self._flow.state.counting and self._flow.state.scans):
            return False
        self._flow.become(replace(self._flow.state, scans=self._flow.state.scans[:-1]))
        self._compare()
        return True

    def record(self, settle: bool) -> None:
        """Record the count; a tray of which nothing was scanned is recorded at the second time of asking."""
        state, desk = self._flow.state, self._bench.desk
        if not state.tray:
            self._flow.told.emit(self._bench.words("stock_desk.count.tray_first"), False)
            return
        expected = state.count.expected if state.count else 0
        if not state.scans and expected and not self._empty_told:
            self._empty_told = True
            self._flow.told.emit(self._bench.words.counted("stock_desk.count.nothing_scanned", expected), False)
            return
        self._bench.do(lambda: count_tray(desk, state.tray, state.scans, settle=settle), self._recorded)

    def _recorded(self, count: TrayCount) -> None:
        self.stop()
        self._flow.told.emit(counted_told(count, self._bench.lang), True)
        self._bench.sounds.play("tick")
        self._bench.acted.emit()

    def stop(self) -> None:
        """Leave the count; what was scanned and not recorded is forgotten."""
        self._flow.become(replace(self._flow.state, counting=False, tray="", scans=(), count=None))
        self._flow.field_wanted.emit("")


def _wrong(count: TrayCount) -> int:
    return len(count.unexpected) + len(count.unread)
