"""What is done with a number once it is answered: copied, taken to the reception desk, kept for somebody."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from counter_app.domain.convocation import Convocation
from counter_app.ui.screens.number.state import NumberState
from counter_app.ui.workbench import Workbench
from counter_app.usecases.verify_number import confirm_number
from counter_app.wording.numbers import grouped

Say = Callable[[str], None]


class NumberDeeds:
    """`tell` shows a line under the answer; `ask_again` asks the lists again under such a line."""

    def __init__(self, bench: Workbench, tell: Say, ask_again: Say) -> None:
        self._bench, self._tell, self._ask_again = bench, tell, ask_again

    def copy(self, state: NumberState) -> None:
        """The ten digits, to be pasted elsewhere."""
        number, words = state.number, self._bench.words
        if number:
            QGuiApplication.clipboard().setText(number)
        self._tell(words("number.copied", number=grouped(number)) if number else words("number.nothing_to_copy"))

    def record(self, state: NumberState, current: Convocation | None) -> None:
        """The arrival is recorded at the reception desk, by the number of the person chosen."""
        if state.number:
            self._bench.ask("reception", (current.foreign_number if current else None) or state.number)

    def confirm(self, state: NumberState) -> None:
        """Keep the ten digits for the person whose list holds only what was read."""
        looked, number = state.looked, state.number
        if looked is None or looked.waiting is None or number is None:
            return
        one, desk = looked.waiting, self._bench.desk
        as_read = one.best("number_as_read") or looked.asked.raw
        told = self._bench.words("number.confirmed", number=grouped(number), name=one.name)
        self._bench.do(lambda: confirm_number(desk, one.id, number, as_read), lambda _none: self._confirmed(told))

    def _confirmed(self, told: str) -> None:
        self._bench.acted.emit()
        self._ask_again(told)
