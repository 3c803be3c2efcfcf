"""What is done when the permit is not handed over now: told on paper, noted, looked for, given another hour."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from counter_app.domain.permit import Permit
from counter_app.telling.summons import refused_words
from counter_app.ui.screens.handover.boxes import Boxes
from counter_app.ui.screens.handover.parts import Page
from counter_app.ui.screens.slot_fields import slot_of
from counter_app.ui.widgets.reason import Reason
from counter_app.usecases import handover_aftermath as aftermath
from counter_app.usecases.answers import Override, Paper
from counter_app.usecases.handover_answers import HandoverAnswer, HandoverUndone
from counter_app.usecases.handover_look import note_attempt
from counter_app.usecases.handover_slip import give_slip, reminder_of
from counter_app.usecases.orient import Oriented
from counter_app.usecases.stock import faulty, to_locate
from counter_app.usecases.stock_papers import bordereau_page
from counter_app.usecases.summon import Summoned, change_phone, move_slot, propose


class EndDeeds:
    """Acts and papers of a visit that ends without the permit, or after it."""

    def __init__(self, page: Page, boxes: Boxes) -> None:
        self._page, self._bench, self._boxes = page, page.bench, boxes
        self.actions: dict[str, Callable[[HandoverAnswer], object]] = {
            "print_slip": self._slip,
            "print_reminder": self._remind,
            "see_slip": self._bordereau,
            "see_custody": self._see_custody,
            "not_found": self._not_found,
            "reschedule": self._reschedule,
            "note_and_close": self._note,
            "report_error": self._report,
            "phone_changed": lambda _answer: self._boxes.phone(self._phone),
            "contest": lambda _answer: self._boxes.why("contest", self._contest),
            "undo_with_supervisor": lambda _answer: self._boxes.why("undo", self._undo),
            "reprint": lambda _answer: self.reprint(),
        }

    def reprint(self) -> bool:
        """The receipt of the handover on show, once more."""
        receipt = self._page.state.answer.receipt if self._page.state.answer else None
        if receipt:
            self._bench.paper_wanted.emit(receipt.id)
        return receipt is not None

    # papers

    def _slip(self, answer: HandoverAnswer) -> None:
        """What the person takes home. The page is left at once: Enter pressed twice is one slip."""
        desk = self._bench.desk
        self._page.leave()
        self._bench.do(lambda: give_slip(desk, answer), self._slip_given)

    def _slip_given(self, oriented: Oriented) -> None:
        self._bench.acted.emit()
        self._bench.paper_wanted.emit(oriented.slip.id)
        self._bench.told.emit(self._bench.words("handover_page.slip_given", number=oriented.slip.number))

    def _remind(self, answer: HandoverAnswer) -> None:
        """When to come back, on paper; the page stays, for somebody who may be served today after all."""
        desk, permit = self._bench.desk, answer.permit
        if permit:
            self._bench.do(lambda: reminder_of(desk, permit), partial(self._printed, "reminder"))

    def _bordereau(self, answer: HandoverAnswer) -> None:
        """Under which slip the card left."""
        desk, number = self._bench.desk, (answer.departure.text("bordereau") if answer.departure else None) or ""
        self._bench.do(lambda: bordereau_page(desk, number), partial(self._printed, "bordereau"))

    def _printed(self, what: str, paper: Paper | None) -> None:
        if paper:
            self._bench.page_wanted.emit(paper)
        self._page.say(self._bench.words(f"handover_page.{what}_{'printed' if paper else 'unknown'}"), bool(paper))

    # facts

    def _not_found(self, answer: HandoverAnswer) -> None:
        """The card is not where it should be: the stock has it to locate."""
        desk, permit = self._bench.desk, answer.permit
        if permit:
            self._end(permit, lambda: to_locate(desk, permit.id), "to_locate_noted")

    def _see_custody(self, answer: HandoverAnswer) -> None:
        """The stock tells who has the card, and takes it over once that desk gave it. The page stays."""
        if answer.permit:
            self._bench.ask("stock", answer.permit.card_number)

    def _report(self, answer: HandoverAnswer) -> None:
        """The card goes back to production: a fact of the stock."""
        desk, permit, field = self._bench.desk, answer.permit, self._page.state.draft.fault
        if permit is None or not field:
            self._page.leave()
        else:
            self._end(permit, lambda: faulty(desk, permit.id, field), "fault_noted", field=field)

    def _end(self, permit: Permit, work: Callable[[], object], told: str, **figures: str) -> None:
        """A fact of the stock, after which this visit is over."""

        def done(_answer: object) -> None:
            self._bench.acted.emit()
            self._page.forget()
            self._bench.told.emit(self._bench.words(f"handover_page.{told}", name=permit.name, **figures))

        self._bench.do(work, done)

    def _note(self, answer: HandoverAnswer) -> None:
        """A document that does not match is kept as an attempt; the lack of one already was."""
        desk, draft, permit = self._bench.desk, self._page.state.draft, answer.permit
        if permit and draft.identity_result is not None:
            self._bench.do(lambda: note_attempt(desk, permit.id, draft), lambda _told: self._bench.acted.emit())
        self._page.forget()

    def _phone(self, phone: str) -> None:
        """The number is changed at once; the message leaves from the screen of people to call."""
        desk, permit = self._bench.desk, self._page.state.permit
        if permit is None:
            return

        def changed(_done: object) -> None:
            self._bench.acted.emit()
            self._page.again()
            self._bench.told.emit(self._bench.words("handover_page.phone_noted", name=permit.name))

        self._bench.do(lambda: change_phone(desk, permit.id, phone), changed)

    # another hour

    def _reschedule(self, answer: HandoverAnswer) -> None:
        """The hour proposed is a free one, as for a summons; the agent may give another."""
        desk, permit = self._bench.desk, answer.permit
        if permit is None:
            return

        def proposed(slot: datetime | None) -> None:
            if self._page.state.permit == permit:
                self._boxes.slot(permit, slot, partial(self._move, permit))

        self._bench.do(lambda: propose(desk, [permit])[0].slot, proposed)

    def _move(self, permit: Permit, typed: Mapping[str, str]) -> None:
        desk = self._bench.desk
        slot, reason = slot_of(typed, desk.rules.zone), typed["reason"]
        self._bench.do(lambda: move_slot(desk, permit.id, slot, reason), self._moved)

    def _moved(self, answer: Summoned) -> None:
        """The page tells of the new day, and Enter prints it."""
        words = self._bench.words
        if not answer.done or answer.permit is None:
            why = refused_words(answer, self._bench.desk.rules, words)
            self._page.say(f"{why[0].upper()}{why[1:]}", good=False)
            return
        self._bench.acted.emit()
        self._page.tick(self._page.state.draft)
        self._bench.told.emit(words("summons_desk.done.moved", name=answer.permit.name))

    # after a handover

    def _contest(self, reason: Reason) -> None:
        self._after(lambda permit: aftermath.contest(self._bench.desk, permit, reason.text), "contested")

    def _undo(self, reason: Reason) -> None:
        agreed = Override(reason.text, reason.approved_by)
        self._after(lambda permit: aftermath.undo_handover(self._bench.desk, permit, agreed), "undone_late")

    def _after(self, work: Callable[[str], HandoverUndone], told: str) -> None:
        permit = self._page.state.permit
        if permit is None:
            return

        def done(answer: HandoverUndone) -> None:
            self._bench.acted.emit()
            key = f"handover_page.{told}" if answer.done else f"handover_page.not_done.{answer.reason}"
            self._page.again()
            self._page.say(self._bench.words(key, name=permit.name))

        self._bench.do(partial(work, permit.id), done)
