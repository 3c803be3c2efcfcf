"""What the parts of the stock's flow ask of it: the moment on show, another one, a sentence told."""

from typing import Protocol

from PySide6.QtCore import SignalInstance

from counter_app.ui.screens.stock.state import StockState


class Flow(Protocol):
    """The flow of the stock's screen."""

    state: StockState

    @property
    def told(self) -> SignalInstance: ...

    @property
    def field_wanted(self) -> SignalInstance: ...

    def become(self, state: StockState) -> None: ...
