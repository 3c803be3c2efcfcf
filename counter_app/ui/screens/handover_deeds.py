"""What each action of a verdict does at the handover window. An action that this version cannot do is not offered."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from counter_app.domain.handover import SUPERVISOR_MAY_LIFT
from counter_app.domain.handover_draft import Collector, HandoverDraft, Line, OldDocument, Signature
from counter_app.domain.verdict import Verdict
from counter_app.telling_handover import handover_text
from counter_app.ui.screens.handover_boxes import Boxes
from counter_app.ui.screens.handover_state import HandoverState
from counter_app.ui.screens.handover_words import due
from counter_app.ui.widgets.reason import Reason
from counter_app.ui.workbench import Workbench
from counter_app.usecases import handover_aftermath as aftermath
from counter_app.usecases.answers import Override
from counter_app.usecases.handover_answers import HandoverAnswer, HandoverUndone
from counter_app.usecases.handover_look import note_attempt
from counter_app.usecases.handover_page import fails
from counter_app.usecases.stock import faulty
from counter_app.usecases.summon import change_phone
from counter_app.wording.verdicts import VerdictAction, enter_key

AGREE = ("hand_over_today", "exceptional_handover", "special_case", "tell_supervisor", "ask_approval")
"""Actions that ask a supervisor."""
UNDO_LATE = "undo_with_supervisor"
GO_ON = ("start_handover", "continue")


class Page(Protocol):
    """What deeds ask of the page."""

    @property
    def state(self) -> HandoverState: ...

    def tick(self, draft: HandoverDraft) -> None: ...

    def leave(self) -> None: ...

    def forget(self) -> None: ...

    def go_on(self, line: Line | None = None) -> None: ...

    def tell(self, answer: HandoverAnswer) -> None: ...

    def say(self, sentence: str) -> None: ...

    def agree(self, override: Override) -> None: ...

    def meet(self, raw: str) -> None: ...

    def again(self) -> None: ...


class Deeds:
    """Runs actions on the permit in front of the agent."""

    def __init__(self, bench: Workbench, page: Page, window: QWidget) -> None:
        self._bench, self._page, self._boxes = bench, page, Boxes(bench, window)
        self._deeds: dict[str, Callable[[HandoverAnswer], None]] = {
            **dict.fromkeys(GO_ON, lambda _answer: page.go_on()),
            **dict.fromkeys(AGREE, lambda _answer: self.ask_supervisor()),
            **dict.fromkeys(("close", "next", "resume_later"), lambda _answer: page.leave()),
            **dict.fromkeys(("scan_right_sleeve", "found_scan_sleeve"), self._other_sleeve),
            "print_slip": self._slip,
            "note_and_close": self._note,
            "other_document": self._other_document,
            "exemption": lambda _answer: self.ask("exempt"),
            "add_stamp": lambda _answer: page.go_on(Line.STAMP),
            "corrected_amount": lambda _answer: self.ask("amounts"),
            "other_stamp": self._other_stamp,
            "choose_reason": self._why_missing,
            "sign_on_paper": self._on_paper,
            "report_error": self._report,
            "no_fault": lambda _answer: page.tick(replace(page.state.draft, fault="")),
            "both_present": lambda _answer: self.collector(Collector.GUARDIAN),
            "undo": lambda _answer: bench.undo_wanted.emit(),
            "reprint": self._reprint,
            "phone_changed": lambda _answer: self._boxes.phone(self._phone),
            "contest": lambda _answer: self._boxes.why("contest", self._contest),
            UNDO_LATE: lambda _answer: self._boxes.why("undo", self._undo),
            "choose_row": lambda _answer: page.go_on(),
            "set_reader": lambda _answer: bench.ask("settings"),
            "scan_again": lambda _answer: page.leave(),
        }
        self._questions: dict[str, Callable[[], None]] = {
            "not_surrendered": lambda: self._fail(Line.OLD_DOCUMENT, self._why_not_surrendered),
            "no_signature": lambda: self._fail(Line.SIGNATURE, self._why_not_signed),
            "exempt": lambda: self._boxes.why("exempt", self._exempt),
            "amounts": self._amounts,
            "sign": lambda: self._boxes.sign(self._signed),
            "collector": lambda: self.collector(self._draft.collector),
            "fault": lambda: self._boxes.why("fault", self._fault),
        }

    @property
    def _draft(self) -> HandoverDraft:
        return self._page.state.draft

    @property
    def _answer(self) -> HandoverAnswer | None:
        return self._page.state.answer

    def offers(self, state: HandoverState) -> tuple[VerdictAction, ...]:
        """What the verdict on show offers and this desk can do, the main action first."""
        answer, words = state.answer, self._bench.words
        if answer is None:
            return ()
        if state.reviewing:
            return (
                VerdictAction("commit", words("handover_page.confirm"), words("handover_page.commit_key")),
                VerdictAction("correct", words("handover_page.correct"), words("keys.escape")),
            )
        text = handover_text(answer, self._bench.desk.rules, self._bench.lang)
        if text.enter_action.slug in GO_ON and state.working:
            return ()
        wanted = [text.enter_action, *text.other_actions, *self._own(answer, state)]
        known = [one for one in wanted if one.slug in self._deeds and self._fits(one.slug, answer)]
        if text.enter_action not in known:
            close = VerdictAction("close", words("actions.close"), enter_key(self._bench.lang))
            known = [close, *(one for one in known if one.slug != "close")]
        return tuple({one.slug: one for one in known}.values())

    def _own(self, answer: HandoverAnswer, state: HandoverState) -> list[VerdictAction]:
        """Actions that no verdict names by itself."""
        words, own = self._bench.words, []
        text = handover_text(answer, self._bench.desk.rules, self._bench.lang)
        asks = any(one.slug in AGREE for one in (text.enter_action, *text.other_actions))
        if state.working and answer.verdict in SUPERVISOR_MAY_LIFT and not asks:
            own.append(VerdictAction("ask_approval", words("actions.ask_approval"), ""))
        if answer.verdict is Verdict.ALREADY_HANDED_OVER:
            own.append(VerdictAction(UNDO_LATE, words("handover_page.undo_late"), ""))
        if state.draft.fault:
            own.append(VerdictAction("no_fault", words("handover_page.no_fault"), words("keys.escape")))
        return own

    def _fits(self, slug: str, answer: HandoverAnswer) -> bool:
        if slug == "reprint":
            return answer.receipt is not None
        if slug in ("report_error", "contest", UNDO_LATE):
            return answer.permit is not None
        return True

    def run(self, slug: str) -> None:
        """Do it."""
        answer = self._answer
        if answer is not None and slug in self._deeds:
            self._deeds[slug](answer)

    def ask(self, question: str) -> None:
        """Open the box of a question of the page."""
        if self._page.state.working:
            self._questions[question]()

    def ask_supervisor(self) -> None:
        """Who agrees to go beyond what stands against the handover, and why."""
        self._boxes.why("agree", lambda reason: self._page.agree(Override(reason.text, reason.approved_by)))

    def collector(self, preset: Collector) -> None:
        """Who takes the permit away."""
        self._boxes.collector(self._draft, preset, self._page.tick)

    def fail(self, line: Line) -> None:
        """The line cannot be done: the verdict says so, and what ends the visit is recorded."""
        self._fail(line, lambda: None)

    def reprint(self) -> bool:
        """The receipt of the handover on show, once more."""
        receipt = self._answer.receipt if self._answer else None
        if receipt:
            self._bench.paper_wanted.emit(receipt.id)
        return receipt is not None

    def _reprint(self, _answer: HandoverAnswer) -> None:
        self.reprint()

    def _fail(self, line: Line, then: Callable[[], None]) -> None:
        desk, draft, permit = self._bench.desk, self._draft, self._page.state.permit
        if permit is None:
            return

        def failed(answer: HandoverAnswer) -> None:
            self._bench.acted.emit()
            self._page.tell(answer)
            then()

        self._bench.do(lambda: fails(desk, permit.id, draft, line), failed)

    def _why_missing(self, answer: HandoverAnswer) -> None:
        old = answer.verdict is Verdict.OLD_DOCUMENT_MISSING
        (self._why_not_surrendered if old else self._why_not_signed)()

    def _why_not_surrendered(self) -> None:
        def told(reason: Reason) -> None:
            self._page.tick(replace(self._draft, old_document=OldDocument(surrendered=False, reason=reason.text)))

        self._boxes.why("not_surrendered", told)

    def _why_not_signed(self) -> None:
        self._boxes.signature_missing(
            lambda how: self._page.tick(replace(self._draft, signature=how, signature_ink=""))
        )

    def _on_paper(self, _answer: HandoverAnswer) -> None:
        self._page.tick(replace(self._draft, signature=Signature.PAPER, signature_ink=""))

    def _signed(self, ink: str) -> None:
        self._page.tick(replace(self._draft, signature=Signature.SCREEN, signature_ink=ink))

    def _exempt(self, reason: Reason) -> None:
        self._page.tick(replace(self._draft, exempt=reason.text))

    def _amounts(self) -> None:
        answer = self._answer
        self._boxes.amounts(self._draft, due(answer) if answer else None, self._page.tick)

    def _fault(self, reason: Reason) -> None:
        self._page.tick(replace(self._draft, fault=reason.text))

    def _other_stamp(self, _answer: HandoverAnswer) -> None:
        self._page.tick(replace(self._draft, stamps=()))
        self._page.go_on(Line.STAMP)

    def _other_sleeve(self, _answer: HandoverAnswer) -> None:
        self._page.tick(replace(self._draft, sleeve=""))

    def _other_document(self, _answer: HandoverAnswer) -> None:
        self._page.tick(self._draft.without_identity())
        self._page.go_on(Line.IDENTITY)

    def _slip(self, _answer: HandoverAnswer) -> None:
        """What the person takes home is told in their language, on the screen of those without an appointment."""
        self._bench.ask("orient", self._bench.words("handover_page.slip_search"))

    def _note(self, answer: HandoverAnswer) -> None:
        """A document that does not match is kept as an attempt; the lack of one already was."""
        desk, draft, permit = self._bench.desk, self._draft, answer.permit
        if permit and draft.identity_result is not None:
            self._bench.do(lambda: note_attempt(desk, permit.id, draft), lambda _told: self._bench.acted.emit())
        self._page.forget()

    def _report(self, answer: HandoverAnswer) -> None:
        """The card goes back to production: a fact of the stock."""
        desk, permit, field = self._bench.desk, answer.permit, self._draft.fault
        if permit is None or not field:
            self._page.leave()
            return
        told = self._bench.words("handover_page.fault_noted", field=field, name=permit.name)

        def reported(_done: object) -> None:
            self._bench.acted.emit()
            self._page.forget()
            self._bench.told.emit(told)

        self._bench.do(lambda: faulty(desk, permit.id, field), reported)

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
