"""Gestures of the palette about the person in front: a supervisor's instruction, a relative's number."""

from counter_app.domain.convocation import Convocation
from counter_app.ui.screens.reception.boxes import Boxes
from counter_app.ui.screens.reception.turns import Turns
from counter_app.ui.workbench import Workbench
from counter_app.usecases import check_in
from counter_app.usecases.present import choose


class PersonGestures:
    """The person is judged again after each."""

    def __init__(self, bench: Workbench, turns: Turns, boxes: Boxes) -> None:
        self._bench, self._turns, self._boxes = bench, turns, boxes

    def run(self, name: str, convocation: Convocation) -> None:
        """`instruct` or `number_of_relative`; KeyError for another name."""
        {"instruct": self._instruct, "number_of_relative": self._of_a_relative}[name](convocation)

    def _instruct(self, convocation: Convocation) -> None:
        """« Voir le responsable » from now on; an empty text lifts it."""
        desk, words = self._bench.desk, self._bench.words

        def instructed(text: str) -> None:
            told = words(f"reception.instruction_{'noted' if text else 'lifted'}", name=convocation.name)
            self._bench.do(
                lambda: check_in.instruct(desk, convocation.id, text), lambda _none: self._bench.told.emit(told)
            )
            self._turns.ask(lambda: choose(desk, convocation.id))

        self._boxes.instruction(instructed)

    def _of_a_relative(self, convocation: Convocation) -> None:
        """Booked with somebody else's number: noted, and a supervisor decides."""
        desk = self._bench.desk
        self._turns.ask(lambda: check_in.number_of_a_relative(desk, convocation.id))
