"""The one question of the first run about printers: where tickets come out. The rest is in the settings."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from counter_app.documents.print_answers import QueueState
from counter_app.ui.screens.page_parts import Card, Result
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.form import FormRow
from counter_app.wording.catalogue import Words


class TicketPrinterCard(Card):
    """A list of the printers of this computer; the first line is none of them."""

    chosen = Signal(str)
    """Name of a queue; empty for the papers folder."""

    def __init__(self, theme: Theme, words: Words, held: str) -> None:
        super().__init__(words("settings.printers"))
        self._words, self._held = words, held
        self.box = QComboBox()
        self.box.setMaximumWidth(theme.px(420))
        self.result = Result(theme)
        self.add(
            FormRow(theme, words("settings.ticket_printer"), self.box, words("first_run.printer_hint")), self.result
        )
        self.box.activated.connect(self._on_chosen)
        self._queues: dict[str, QueueState] = {}
        self.show_queues(())

    def show_queues(self, queues: Sequence[QueueState]) -> None:
        """Show the printers found; the one that holds stays chosen, even when it is off."""
        self._queues = {queue.name: queue for queue in queues}
        self.box.clear()
        self.box.addItem(self._words("settings.papers_folder"), "")
        for name in dict.fromkeys((*self._queues, *filter(None, [self._held]))):
            self.box.addItem(name, name)
        self.box.setCurrentIndex(self.box.findData(self._held))
        self._tell()

    def _on_chosen(self, _index: int) -> None:
        self._held = str(self.box.currentData())
        self._tell()
        self.chosen.emit(self._held)

    def _tell(self) -> None:
        queue = self._queues.get(self._held)
        if not self._held:
            self.result.show_quietly(self._words("settings.to_folder"))
        elif queue is None:
            self.result.show_quietly(self._words("settings.printer_gone", name=self._held), good=False)
        else:
            ready = self._words("settings.printer_ready", name=self._held)
            self.result.show_quietly(queue.blocked.sentence if queue.blocked else ready, good=queue.blocked is None)
