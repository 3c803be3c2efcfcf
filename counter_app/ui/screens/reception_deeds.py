"""What each action of a verdict does at the reception desk. An action that this version cannot do is not offered."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.arrival import IDENTITY_DOCUMENTS
from counter_app.domain.foreign_number import read_number
from counter_app.ui.screens.name_box import NameBox
from counter_app.ui.widgets.reason import Reason, ReasonBox
from counter_app.ui.workbench import Workbench
from counter_app.usecases import check_in, receipts
from counter_app.usecases.answers import ArrivalAnswer, IssuedReceipt, Override, Paper
from counter_app.usecases.papers import reminder_page
from counter_app.usecases.present import choose, present
from counter_app.usecases.verify_number import confirm_number
from counter_app.wording.verdicts import VerdictAction, VerdictText, enter_key

READY_REASONS = ("agreed_by_phone", "transport", "vulnerable", "our_mistake")
PROOF = "proof"
CLOSE = "close"


class Deeds(QObject):
    """Runs actions on the answer in front of the agent."""

    answered = Signal(object)
    """Another answer to show."""
    recorded = Signal(object)
    """An arrival was recorded: the answer that tells it."""
    cleared = Signal()
    correcting = Signal(str)
    """Put this text back in the field."""
    choosing = Signal()
    """Go to the rows, nobody chosen."""

    def __init__(self, bench: Workbench, window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._window = bench, window
        self._answer: ArrivalAnswer | None = None
        self._run: dict[str, Callable[[], None]] = {
            **dict.fromkeys(("record_arrival", "guardian_present", "continue"), self._admit),
            **dict.fromkeys(("ask_approval", "tell_supervisor"), self._agree),
            **dict.fromkeys(("receive", "receive_today", "receive_here"), self._agree),
            **dict.fromkeys((CLOSE, "escape", "other_person", "note_and_close", "scan_again", "type_it"), self._close),
            **dict.fromkeys(("not_the_person", "not_the_same_person"), self._not_the_person),
            **dict.fromkeys(("open_number", "show_where", "search_anyway"), self._open_number),
            "record_anyway": self._anyway,
            "print_reminder": self._remind,
            "reprint": self._reprint,
            PROOF: self._proof,
            "open_new": self._open_new,
            "search_by_name": self._close,
            "provisional_arrival": self._provisional,
            "choose_row": self.choosing.emit,
            "accept_proposal": lambda: self._accept(0),
            "other_reading": lambda: self._accept(1),
            "correct": self._correct,
            "set_reader": lambda: bench.ask("settings"),
        }

    def actions(self, answer: ArrivalAnswer, words: VerdictText) -> list[VerdictAction]:
        """What this desk can do about an answer, the main action first: at least to close it."""
        self._answer = answer
        lang = self._bench.lang
        offered = [action for action in words.other_actions if action.slug in self._run and self._fits(action.slug)]
        if answer.first is not None:
            offered.append(VerdictAction(PROOF, self._bench.words("reception.proof"), "Ctrl+P"))
        if words.enter_action.slug in self._run:
            return [words.enter_action, *offered]
        close = VerdictAction(CLOSE, self._bench.words("actions.close"), enter_key(lang))
        return [close, *(action for action in offered if action.slug != CLOSE)]

    def after_recording(self, answer: ArrivalAnswer) -> list[VerdictAction]:
        """An arrival was recorded: go on to the next person, print again, undo, or attest."""
        self._answer = answer
        words, lang = self._bench.words, self._bench.lang
        return [
            VerdictAction(CLOSE, words("actions.next"), enter_key(lang)),
            VerdictAction("reprint", words("actions.reprint"), "F9"),
            VerdictAction(PROOF, words("reception.proof"), "Ctrl+P"),
        ]

    def _fits(self, slug: str) -> bool:
        answer = self._answer
        assert answer is not None
        if slug == "reprint":
            return answer.receipt is not None
        return slug != "other_reading" or len(read_number(answer.raw).candidates) > 1

    def run(self, slug: str) -> None:
        """Do it."""
        if slug in self._run and self._answer is not None:
            self._run[slug]()

    def forget(self) -> None:
        """Nobody is in front of the agent any more."""
        self._answer = None

    def _admit(self, override: Override | None = None) -> None:
        convocation = self._answer.convocation if self._answer else None
        if convocation:
            desk = self._bench.desk
            self._bench.do(lambda: check_in.admit(desk, convocation.id, override), self._admitted)

    def _admitted(self, answer: ArrivalAnswer) -> None:
        self._bench.acted.emit()
        (self.recorded if answer.recorded else self.answered).emit(answer)

    def _anyway(self) -> None:
        """Late people are expected to be recorded; the others need a reason."""
        if self._answer and self._answer.would_record:
            self._admit()
        else:
            self._ask_why(supervisor=False)

    def _agree(self) -> None:
        self._ask_why(supervisor=True)

    def _ask_why(self, *, supervisor: bool) -> None:
        words = self._bench.words
        reasons = [words(f"reason.{reason}") for reason in READY_REASONS]
        title = words("reason.title")
        box = ReasonBox(self._bench.theme, words, title, reasons, self._window, supervisor=supervisor)
        box.answered.connect(self._agreed)
        box.open()

    def _agreed(self, reason: Reason) -> None:
        self._admit(Override(reason.text, reason.approved_by))

    def _close(self) -> None:
        self.cleared.emit()

    def _not_the_person(self) -> None:
        """Ask which document was shown: its kind is kept, never its number."""
        words = self._bench.words
        kinds = [words(f"reception.document_{kind}") for kind in IDENTITY_DOCUMENTS]
        title = words("reception.not_the_person")
        box = ReasonBox(self._bench.theme, words, title, kinds, self._window)
        box.answered.connect(lambda reason: self._differs(kinds, reason))
        box.open()

    def _differs(self, kinds: Sequence[str], reason: Reason) -> None:
        kind = IDENTITY_DOCUMENTS[kinds.index(reason.text)] if reason.text in kinds else "other"
        convocation = self._answer.convocation if self._answer else None
        if convocation:
            desk = self._bench.desk
            self._bench.do(lambda: check_in.identity_differs(desk, convocation.id, kind), self._show)

    def _open_number(self) -> None:
        if self._answer:
            self._bench.ask("number", self._answer.raw)

    def _remind(self) -> None:
        answer, desk = self._answer, self._bench.desk
        if answer and answer.convocation:
            convocation, verdict = answer.convocation, answer.verdict.value
            self._bench.do(lambda: reminder_page(desk, convocation, verdict), self._page)
            self.cleared.emit()

    def _page(self, paper: Paper) -> None:
        self._bench.page_wanted.emit(paper)

    def _reprint(self) -> None:
        if self._answer and self._answer.receipt:
            self._bench.paper_wanted.emit(self._answer.receipt.id)

    def _proof(self) -> None:
        convocation = self._answer.convocation if self._answer else None
        if convocation:
            desk = self._bench.desk
            self._bench.do(lambda: receipts.proof_of_presence(desk, convocation.id), self._proved)

    def _proved(self, receipt: IssuedReceipt | None) -> None:
        if receipt:
            self._bench.acted.emit()
            self._bench.paper_wanted.emit(receipt.id)

    def _open_new(self) -> None:
        if self._answer and self._answer.matches:
            desk, chosen = self._bench.desk, self._answer.matches[0].id
            self._bench.do(lambda: choose(desk, chosen), self._show)

    def _provisional(self) -> None:
        box = NameBox(self._bench.theme, self._bench.words, self._window)
        box.answered.connect(self._note_provisional)
        box.open()

    def _note_provisional(self, name: str) -> None:
        if self._answer:
            desk, raw = self._bench.desk, self._answer.raw
            self._bench.do(lambda: check_in.note_provisional_arrival(desk, raw, name), lambda _note: self._noted())

    def _noted(self) -> None:
        self._bench.acted.emit()
        self.cleared.emit()

    def _accept(self, place: int) -> None:
        """The agent confirmed one reading of nine digits: look it up, and keep it for the person it finds."""
        if self._answer is None:
            return
        raw, desk = self._answer.raw, self._bench.desk
        number = read_number(raw).candidates[place]

        def confirmed() -> ArrivalAnswer:
            answer = present(desk, number)
            if answer.convocation:
                confirm_number(desk, answer.convocation.id, number, raw)
            return answer

        self._bench.do(confirmed, self._show)

    def _correct(self) -> None:
        if self._answer:
            self.correcting.emit(self._answer.raw.strip())

    def _show(self, answer: ArrivalAnswer) -> None:
        self._bench.acted.emit()
        self.answered.emit(answer)
