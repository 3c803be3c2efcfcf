"""The first run: whose desk is this, how should it look, do its reader and printer answer. Acts wait for two names."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.ui.screens.first_run.printer import TicketPrinterCard
from counter_app.ui.screens.page_parts import Card, Page, line_of
from counter_app.ui.screens.screen import Screen
from counter_app.ui.screens.settings.display import DisplayCard
from counter_app.ui.screens.settings.reader import ReaderCard
from counter_app.ui.screens.settings_work import command_page, printers, setup_page
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.form import FormRow, plain
from counter_app.ui.workbench import Workbench
from counter_app.wording.verdicts import VerdictAction, enter_key

BEGIN = "begin"


class FirstRun(Screen):
    """One page: two names, the looks with their effect at once, the reader and the printer of tickets."""

    name: ClassVar[str] = "first_run"
    topic: ClassVar[str] = "screen.premiere_fois"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        words, self._begun = bench.words, False
        self.desk, self.agent = QLineEdit(bench.settings.desk), QLineEdit(bench.settings.agent)
        self.rows = {
            "desk": FormRow(bench.theme, words("first_run.desk"), self.desk, words("first_run.desk_hint")),
            "agent": FormRow(bench.theme, words("first_run.agent"), self.agent, words("first_run.agent_hint")),
        }
        self.display = DisplayCard(bench.theme, words)
        self.display.show_settings(bench.settings)
        self.display.changed.connect(self._on_looks)
        self.reader = ReaderCard(bench.theme, words)
        self.reader.sheet_wanted.connect(self._print_sheet)
        self.printer = TicketPrinterCard(bench.theme, words, bench.settings.ticket_printer)
        self.printer.chosen.connect(lambda queue: bench.change_settings(ticket_printer=queue))
        self.offers = ActionBar(words("first_run.actions"))
        self.offers.show_actions((VerdictAction(BEGIN, words("first_run.begin"), enter_key(bench.lang)),))
        self.offers.triggered.connect(self._begin)
        bench.settings_changed.connect(self._leave_when_named)
        self._lay_out()

    def _lay_out(self) -> None:
        words, theme = self.bench.words, self.bench.theme
        card = Card(words("first_run.names"))
        for field in (self.desk, self.agent):
            field.setMaximumWidth(theme.px(420))
        self.desk.returnPressed.connect(self._on_desk_named)
        self.agent.returnPressed.connect(self._begin)
        card.add(*self.rows.values())
        page = Page(words("first_run.title"))
        page.add(line_of(words("first_run.text"), "body"), card, self.display, self.reader, self.printer)
        page.column.addStretch(1)
        bar = QWidget()
        line = QVBoxLayout(bar)
        line.setContentsMargins(16, 8, 16, 8)
        line.addWidget(self.offers)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page, 1)
        column.addWidget(bar)

    def activated(self, text: str = "") -> None:
        """Begin with the first name that lacks; look for printers, watch the reader."""
        self.reader.keys.watch(True)
        self.bench.behind(printers, self.printer.show_queues)
        (self.agent if self.desk.text() else self.desk).setFocus(Qt.FocusReason.OtherFocusReason)

    def reading(self) -> None:
        """A scan is coming in: it tries the reader."""

    def scanned(self, raw: str) -> None:
        """The reader card tells how it was read; nobody is answered before the desk has a name."""

    def hideEvent(self, _event: QHideEvent) -> None:
        """Another screen is in front: the reader is no longer watched."""
        self.reader.keys.watch(False)

    def _on_desk_named(self) -> None:
        """Enter goes on to what lacks."""
        if self.agent.text().strip():
            self._begin()
        else:
            self.agent.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self) -> None:
        names = self._names()
        lacking = [name for name, value in names.items() if not value]
        for name, row in self.rows.items():
            label = plain(row.label.text())
            row.complain(self.bench.words("fields.required", label=label)) if name in lacking else row.accept()
        if lacking:
            self.rows[lacking[0]].field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._begun = True
        self.bench.change_settings(**names)

    def _names(self) -> dict[str, str]:
        return {"desk": " ".join(self.desk.text().split()), "agent": " ".join(self.agent.text().split())}

    def _leave_when_named(self) -> None:
        """Once the names are kept, and not before: acts are signed with them."""
        if self._begun and self.bench.settings.complete:
            self._begun = False
            self.bench.ask("reception")

    def _on_looks(self, values: dict[str, object]) -> None:
        """At once; another language makes the window again, so names already written are kept with it."""
        names = self._names() if "language" in values else {}
        self.bench.change_settings(**values, **{name: value for name, value in names.items() if value})

    def _print_sheet(self, sheet: str) -> None:
        desk, words = self.bench.desk, self.bench.words
        make = partial(command_page, desk, words) if sheet == "command_card" else partial(setup_page, desk)
        self.bench.behind(make, self.bench.page_wanted.emit)
