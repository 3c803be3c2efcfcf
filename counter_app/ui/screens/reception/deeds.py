"""What each action of a verdict does at the reception desk."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from counter_app.domain.foreign_number import read_number
from counter_app.domain.verdict import Verdict
from counter_app.ui.screens.reception.boxes import Boxes
from counter_app.ui.screens.reception.offers import (
    CLOSE,
    HAND_OVER,
    ORIENT,
    PROOF,
    SENT_ON,
    collecting,
    motive_of,
    offers_of,
    slip_motive,
)
from counter_app.ui.screens.reception.online import Online
from counter_app.ui.screens.reception.papers import Papers
from counter_app.ui.screens.reception.person import PersonGestures
from counter_app.ui.screens.reception.turns import Turns
from counter_app.ui.widgets.reason import Reason
from counter_app.ui.workbench import Workbench
from counter_app.usecases import check_in
from counter_app.usecases.answers import ArrivalAnswer, Override
from counter_app.usecases.present import choose, opened_elsewhere, present
from counter_app.usecases.verify_number import confirm_number
from counter_app.wording.verdicts import VerdictAction

ONLY_CLOSE = (CLOSE, "read_only", "escape", "other_person", "note_and_close", "scan_again", "type_it", "search_by_name")
AGREED = ("ask_approval", "tell_supervisor", "receive", "receive_today", "receive_here", "take_over")
KEYS: dict[str, tuple[str, ...]] = {
    "Ctrl+I": ("not_the_person", "not_the_same_person"),
    "Ctrl+Return": (*AGREED, "record_anyway", "new_visit"),
    "Ctrl+P": (PROOF,),
}
"""Keys beside Enter, and the actions they stand for; F9 belongs to the window."""


class Deeds(QObject):
    """Runs actions on the answer in front of the agent, one at a time."""

    cleared = Signal()
    correcting = Signal(str)
    """Put this text back in the field."""
    choosing = Signal()
    """Go to the rows, nobody chosen."""

    def __init__(self, bench: Workbench, turns: Turns, online: Online, window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._turns, self._boxes = bench, turns, Boxes(bench, window)
        self._online = online
        self._person = PersonGestures(bench, turns, self._boxes)
        self.papers = Papers(bench)
        self._answer: ArrivalAnswer | None = None
        self.offers: tuple[VerdictAction, ...] = ()
        """What this desk can do about the answer, the main action first."""
        self._deeds: dict[str, Callable[[ArrivalAnswer], None]] = {
            **dict.fromkeys(("record_arrival", "guardian_present", "continue"), self._record),
            **dict.fromkeys(AGREED, self._agree),
            "warn": self._warn,
            "synchronise": lambda _answer: bench.exchanges.ask(),
            **dict.fromkeys(ONLY_CLOSE, lambda _answer: self.cleared.emit()),
            **dict.fromkeys(("not_the_person", "not_the_same_person"), self._not_the_person),
            **dict.fromkeys(
                ("open_number", "show_where", "search_anyway"), lambda answer: bench.ask("number", answer.raw)
            ),
            ORIENT: self._orient,
            **dict.fromkeys(("record_anyway", "new_visit"), self._anyway),
            **dict.fromkeys(("print_reminder", "print_map"), self._remind),
            **dict.fromkeys(("print_slip", "rebook"), self._send_on),
            "reprint": self.papers.reprint,
            PROOF: self.papers.proof,
            "open_new": self._open_new,
            "provisional_arrival": self._provisional,
            "choose_row": lambda _answer: self.choosing.emit(),
            "accept_proposal": lambda answer: self._accept(answer, 0),
            "other_reading": lambda answer: self._accept(answer, 1),
            "correct": lambda answer: self.correcting.emit(answer.raw.strip()),
            HAND_OVER: self._hand_over,
            "set_reader": lambda _answer: bench.ask("settings"),
            "see_both_facts": self._see_both_facts,
        }

        for key, slugs in KEYS.items():
            QShortcut(QKeySequence(key), window, partial(self.run_first, slugs))

    def meet(self, answer: ArrivalAnswer) -> None:
        """Somebody is in front of the agent: work out what can be done about them."""
        self._answer = answer
        bench = self._bench
        self.offers = tuple(offers_of(answer, self._deeds, bench.desk.rules, bench.words))

    def forget(self) -> None:
        """Nobody is in front of the agent any more."""
        self._answer, self.offers = None, ()

    def run(self, slug: str) -> None:
        """Do it; nothing while another deed about this person is under way, such as an Enter pressed twice."""
        if slug not in self._deeds or self._answer is None or self._turns.asking:
            return
        if self._online.changed and slug not in ONLY_CLOSE:
            self._read_again(self._answer)
        else:
            self._deeds[slug](self._answer)

    def _read_again(self, answer: ArrivalAnswer) -> None:
        """Another desk changed something after this answer was painted: it is shown before anything is done."""
        desk, online, chosen = self._bench.desk, self._online, answer.convocation
        assert chosen is not None, "only somebody known changes elsewhere"
        known = online.elsewhere

        def read() -> ArrivalAnswer:
            now = choose(desk, chosen.id)
            return opened_elsewhere(now, known) if known else now

        self._turns.ask(read)

    def run_first(self, slugs: Sequence[str]) -> bool:
        """Do the first of these that is on offer; False when none is."""
        slug = next((slug for slug in slugs if self.offers_deed(slug)), "")
        if slug:
            self.run(slug)
        return bool(slug)

    def about(self, name: str) -> bool:
        """A gesture of the palette about the person on show; False when nobody is."""
        answer = self._answer
        if answer is None or answer.convocation is None:
            return False
        self._person.run(name, answer.convocation)
        return True

    def offers_deed(self, slug: str) -> bool:
        """Whether an action is on offer."""
        return any(action.slug == slug for action in self.offers)

    def collecting(self) -> str:
        """The code of the person in front, when they come to collect a permit; empty otherwise."""
        return collecting(self._answer)

    def asked_for(self) -> str:
        """What the person in front asks for, when it is known and they are sent on; empty otherwise."""
        bench = self._bench
        return motive_of(self._answer, bench.desk.directory(), bench.words) if self._answer else ""

    def _hand_over(self, _answer: ArrivalAnswer) -> None:
        self._bench.ask("handover", self.collecting())

    def _orient(self, answer: ArrivalAnswer) -> None:
        """Somebody who is sent on gets a slip: what they ask for is known already, or is asked there."""
        motive = self.asked_for()
        if answer.verdict in SENT_ON:
            self.cleared.emit()
        self._bench.ask("orient", motive)

    def _warn(self, answer: ArrivalAnswer) -> None:
        """Who has the file open: our desk shows on their screen too, the agent tells them."""
        if answer.elsewhere:
            one = answer.elsewhere
            self._bench.told.emit(self._bench.words("confidence.warn", agent=one.agent, desk=one.desk))

    def _see_both_facts(self, answer: ArrivalAnswer) -> None:
        self._bench.ask("conflicts", answer.convocation.id if answer.convocation else "")

    def _record(self, answer: ArrivalAnswer) -> None:
        """What the verdict allows is recorded at once; else a supervisor has to agree."""
        if answer.would_record:
            self._admit(answer)
        else:
            self._agree(answer)

    def _anyway(self, answer: ArrivalAnswer) -> None:
        """Late people are expected to be recorded; the others need a reason."""
        if answer.would_record:
            self._admit(answer)
        else:
            self._ask_why(answer, supervisor=False)

    def _agree(self, answer: ArrivalAnswer) -> None:
        self._ask_why(answer, supervisor=True)

    def _ask_why(self, answer: ArrivalAnswer, *, supervisor: bool) -> None:
        def agreed(reason: Reason) -> None:
            self._admit(answer, Override(reason.text, reason.approved_by))

        self._boxes.why(agreed, supervisor=supervisor)

    def _admit(self, answer: ArrivalAnswer, override: Override | None = None) -> None:
        desk, convocation = self._bench.desk, answer.convocation
        if convocation:
            broken, asked = answer.verdict is Verdict.SEAL_BROKEN, self._online.before_the_act()
            self._turns.ask(
                lambda: check_in.admit(desk, convocation.id, override, seal_broken=broken, elsewhere=asked())
            )

    def _not_the_person(self, answer: ArrivalAnswer) -> None:
        desk, convocation = self._bench.desk, answer.convocation
        if convocation:
            self._boxes.document(
                lambda kind: self._turns.ask(lambda: check_in.identity_differs(desk, convocation.id, kind))
            )

    def _remind(self, answer: ArrivalAnswer) -> None:
        if self.papers.remind(answer):
            self.cleared.emit()

    def _send_on(self, answer: ArrivalAnswer) -> None:
        """No desk writes in the tool that books: the slip says where a new appointment is asked for."""
        self.papers.slip(slip_motive(answer))
        self.cleared.emit()

    def _open_new(self, answer: ArrivalAnswer) -> None:
        if answer.matches:
            desk, chosen = self._bench.desk, answer.matches[0].id
            self._turns.ask(lambda: choose(desk, chosen))

    def _provisional(self, answer: ArrivalAnswer) -> None:
        self._boxes.name(lambda name: self._note_provisional(answer.raw, name))

    def _note_provisional(self, raw: str, name: str) -> None:
        desk = self._bench.desk

        def noted(_note: str) -> None:
            self._bench.acted.emit()
            self.cleared.emit()
            self._bench.told.emit(self._bench.words("reception.provisional_noted", name=name))

        self._bench.do(lambda: check_in.note_provisional_arrival(desk, raw, name), noted)

    def _accept(self, answer: ArrivalAnswer, place: int) -> None:
        """The agent confirmed one reading of nine digits: look it up, and keep it for the person it finds."""
        desk, raw = self._bench.desk, answer.raw
        number = read_number(raw).candidates[place]

        def confirmed() -> ArrivalAnswer:
            found = present(desk, number)
            if found.convocation:
                confirm_number(desk, found.convocation.id, number, raw)
            return found

        self._turns.ask(confirmed)
