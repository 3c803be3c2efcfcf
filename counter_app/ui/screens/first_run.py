"""The first run: whose desk is this, who signs, and how should it look. Everything can be changed later."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from counter_app.ui.screens.page_parts import Card, Page, line_of, side_by_side
from counter_app.ui.screens.screen import Screen
from counter_app.ui.screens.settings_display import DisplayCard
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.form import FormRow, plain
from counter_app.ui.workbench import Workbench
from counter_app.wording.verdicts import VerdictAction, enter_key

BEGIN, LATER = "begin", "later"


class FirstRun(Screen):
    """One page: two names, and the looks with their effect at once."""

    name: ClassVar[str] = "first_run"
    topic: ClassVar[str] = "screen.premiere_fois"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        words = bench.words
        self.desk, self.agent = QLineEdit(bench.settings.desk), QLineEdit(bench.settings.agent)
        self.rows = {
            "desk": FormRow(bench.theme, words("first_run.desk"), self.desk, words("first_run.desk_hint")),
            "agent": FormRow(bench.theme, words("first_run.agent"), self.agent, words("first_run.agent_hint")),
        }
        self.display = DisplayCard(words)
        self.display.show_settings(bench.settings)
        self.display.changed.connect(self._on_looks)
        self.offers = ActionBar(words("first_run.actions"))
        self.offers.show_actions(
            (
                VerdictAction(BEGIN, words("first_run.begin"), enter_key(bench.lang)),
                VerdictAction(LATER, words("first_run.later"), words("keys.escape")),
            )
        )
        self.offers.triggered.connect(self._on_action)
        self._lay_out()

    def _lay_out(self) -> None:
        words, theme = self.bench.words, self.bench.theme
        card = Card(words("first_run.names"))
        for field in (self.desk, self.agent):
            field.setMaximumWidth(theme.px(420))
            field.returnPressed.connect(self._on_enter)
        card.add(*self.rows.values())
        page = Page(words("first_run.title"))
        page.add(line_of(words("first_run.text"), "body"), card, self.display, side_by_side([self.offers]))
        page.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(page)

    def activated(self, text: str = "") -> None:
        """Begin with the first name that lacks."""
        (self.agent if self.desk.text() else self.desk).setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        """Keep it for later: the status bar goes on saying what lacks."""
        self._leave()
        return True

    def _on_enter(self) -> None:
        if self.desk.hasFocus() and not self.agent.text().strip():
            self.agent.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._begin()

    def _on_action(self, slug: str) -> None:
        self._begin() if slug == BEGIN else self._leave()

    def _begin(self) -> None:
        names = {"desk": " ".join(self.desk.text().split()), "agent": " ".join(self.agent.text().split())}
        lacking = [name for name, value in names.items() if not value]
        for name, row in self.rows.items():
            label = plain(row.label.text())
            row.complain(self.bench.words("fields.required", label=label)) if name in lacking else row.accept()
        if lacking:
            self.rows[lacking[0]].field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.bench.change_settings(**names)
        self._leave()

    def _leave(self) -> None:
        self.bench.ask("reception")

    def _on_looks(self, values: dict[str, object]) -> None:
        self.bench.change_settings(**values)
