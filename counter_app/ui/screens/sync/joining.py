"""The card by which a desk that works alone joins its central: a code, an address, and the answer in words."""

from time import monotonic

from PySide6.QtWidgets import QLineEdit

from counter_app.domain.enrolment_code import EnrolmentCode, grouped, read_enrolment_code
from counter_app.membership import Membership, enrol
from counter_app.ui.screens.page_parts import Card, Result, button, line_of, side_by_side
from counter_app.ui.tasks import Breakage
from counter_app.ui.widgets.form import FormRow
from counter_app.ui.workbench import Workbench


class JoinCard(Card):
    """What was typed stays until the desk has joined: a code that did not serve is still good."""

    def __init__(self, bench: Workbench) -> None:
        words, theme = bench.words, bench.theme
        super().__init__(words("sync.join_title"))
        self._bench = bench
        self.code, self.url = QLineEdit(), QLineEdit()
        rows = (
            FormRow(theme, words("sync.join_code"), self.code, words("sync.join_code_hint")),
            FormRow(theme, words("sync.join_url"), self.url, words("sync.join_url_hint")),
        )
        self.button = button(words("sync.join"), self._join)
        self.result = Result(theme)
        self.add(line_of(words("sync.join_about"), "caption"), *rows, side_by_side([self.button]), self.result)
        self._fields = (self.code, self.url, self.button)
        for field in (self.code, self.url):
            field.setMaximumWidth(theme.px(420))
            field.returnPressed.connect(self._join)

    def take(self, raw: str) -> bool:
        """Put a scanned code in its place; False when it is none, or when nothing is to be joined here."""
        if self.isHidden() or not self.code.isEnabled() or not isinstance(read_enrolment_code(raw), EnrolmentCode):
            return False
        self.code.setText(grouped("".join(raw.split()).upper()))
        self.url.setFocus()
        return True

    def _join(self) -> None:
        """Behind: a network may keep everybody waiting."""
        home, code, url = self._bench.office.home, self.code.text(), self.url.text().strip()
        self._let(False)
        self.result.show_quietly(self._bench.words("sync.joining"), good=None)
        self._bench.behind(lambda: enrol(home, code, url, monotonic), self._joined, self._not_joined)

    def _joined(self, joined: Membership) -> None:
        """The exchanges begin at once, where the gestures are made: no act is under way meanwhile."""
        office = self._bench.office
        self.code.clear()
        letter = self._bench.desk.ticket_letter
        self.result.show_result(self._bench.words("sync.joined", url=joined.url, letter=letter))
        self._bench.told.emit(self.result.text)
        self._bench.do(office.joined, self._bench.exchanges.joined)

    def _not_joined(self, broken: Breakage) -> None:
        self._let(True)
        self.result.show_result(broken.sentence, good=False)

    def _let(self, enabled: bool) -> None:
        for field in self._fields:
            field.setEnabled(enabled)
