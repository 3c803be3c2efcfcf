"""The papers of the person in front: ticket, reminder, orientation slip, DUPLICATA, proof of presence."""

from counter_app.ui.workbench import Workbench
from counter_app.usecases import receipts
from counter_app.usecases.answers import ArrivalAnswer, IssuedReceipt
from counter_app.usecases.orient import Demand, Oriented, orient
from counter_app.usecases.papers import reminder_page


class Papers:
    """Has them drawn on the desk's lane; the window prints them."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    def hand_ticket(self, answer: ArrivalAnswer) -> None:
        """The ticket of an arrival just recorded, when this desk prints at each arrival."""
        if answer.recorded and answer.receipt and self._bench.settings.auto_print:
            self._bench.paper_wanted.emit(answer.receipt.id)

    def remind(self, answer: ArrivalAnswer) -> bool:
        """The reminder of an appointment; False when nobody is known."""
        desk, convocation, verdict = self._bench.desk, answer.convocation, answer.verdict.value
        if convocation:
            self._bench.do(lambda: reminder_page(desk, convocation, verdict), self._bench.page_wanted.emit)
        return convocation is not None

    def slip(self, motive: str) -> None:
        """The slip of a motive that is known already, in the desk's language: recorded as an orientation."""
        desk = self._bench.desk
        self._bench.do(lambda: orient(desk, Demand(motive)), self._sent_on)

    def _sent_on(self, done: Oriented) -> None:
        self._bench.acted.emit()
        self._bench.paper_wanted.emit(done.slip.id)

    def reprint(self, answer: ArrivalAnswer) -> None:
        """The paper again, marked DUPLICATA."""
        if answer.receipt:
            self._bench.paper_wanted.emit(answer.receipt.id)

    def proof(self, answer: ArrivalAnswer) -> None:
        """A proof of presence."""
        desk, convocation = self._bench.desk, answer.convocation
        if convocation:
            self._bench.do(lambda: receipts.proof_of_presence(desk, convocation.id), self._proved)

    def _proved(self, receipt: IssuedReceipt | None) -> None:
        if receipt:
            self._bench.acted.emit()
            self._bench.paper_wanted.emit(receipt.id)
