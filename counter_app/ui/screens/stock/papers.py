"""Papers asked for at the stock: bordereaux, labels of sleeves, labels of trays."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.permit import PermitState
from counter_app.ui.screens.fields_box import Asked, FieldsBox
from counter_app.ui.screens.stock.flow import StockFlow
from counter_app.ui.screens.stock.lists import Tab
from counter_app.ui.screens.stock.slip import StockSlip
from counter_app.ui.workbench import Workbench
from counter_app.usecases.stock_papers import label_page, tray_page


class StockPapers(QObject):
    """What is printed of the stock, for what is chosen or on show."""

    told = Signal(str, bool)

    def __init__(self, bench: Workbench, flow: StockFlow, window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._flow, self._window = bench, flow, window
        self.slip = StockSlip(bench, window)
        self.slip.told.connect(self.told)

    def ask_slip(self) -> None:
        """The permit chosen leaves; with none, all those noted to send back."""
        state = self._flow.state
        chosen = [state.permit] if state.permit else []
        if not chosen and state.tab is Tab.BACK and state.shelves:
            chosen = [one for one in state.shelves.lists[Tab.BACK] if one.state is PermitState.TO_SEND_BACK]
        if chosen:
            self.slip.ask(chosen)
        else:
            self._choose_first()

    def print_labels(self) -> None:
        """The label of the permit chosen; with none, of all those to shelve."""
        state, desk = self._flow.state, self._bench.desk
        permits = [state.permit] if state.permit else list(state.shown) if state.tab is Tab.SHELVE else []
        if permits:
            self._bench.behind(lambda: label_page(desk, permits), self._bench.page_wanted.emit)
        else:
            self._choose_first()

    def ask_trays(self) -> None:
        """Which trays get a label: those in use are proposed, new ones may be added."""
        words, look = self._bench.words, self._flow.state.look
        field = Asked(
            "trays",
            words("stock_desk.tray_labels.field"),
            words("stock_desk.tray_labels.hint"),
            ", ".join(sorted(look.trays) if look else ()),
        )
        box = FieldsBox(self._bench.theme, words, words("stock_desk.tray_labels.title"), [field], self._window)
        box.answered.connect(lambda typed: self._print_trays(typed["trays"]))
        box.open()

    def _print_trays(self, text: str) -> None:
        desk, trays = self._bench.desk, [tray for tray in text.split(",") if tray.strip()]
        if trays:
            self._bench.behind(lambda: tray_page(desk, trays), self._bench.page_wanted.emit)

    def _choose_first(self) -> None:
        self.told.emit(self._bench.words("stock_desk.choose_first"), False)
