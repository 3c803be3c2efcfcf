"""What actions and boxes do to the lines of the page in front: each makes another page."""

from collections.abc import Callable
from dataclasses import replace

from counter_app.domain.handover_draft import Collector, HandoverDraft, Line, OldDocument, Signature
from counter_app.domain.verdict import Verdict
from counter_app.ui.screens.handover.boxes import Boxes
from counter_app.ui.screens.handover.parts import Page
from counter_app.ui.widgets.reason import Reason
from counter_app.usecases.handover_answers import HandoverAnswer
from counter_app.usecases.handover_page import fails


class LineDeeds:
    """Lines done by another way than their button."""

    def __init__(self, page: Page, boxes: Boxes) -> None:
        self._page, self._boxes = page, boxes
        self.actions: dict[str, Callable[[HandoverAnswer], None]] = {
            **dict.fromkeys(("scan_right_sleeve", "found_scan_sleeve"), self._other_sleeve),
            "other_document": self._other_document,
            "exemption": lambda _answer: self._boxes.why("exempt", self._exempt),
            "add_stamp": lambda _answer: page.go_on(Line.STAMP),
            "corrected_amount": lambda _answer: self._amounts(),
            "other_stamp": self._other_stamp,
            "stamp_off": lambda _answer: page.tick(replace(self._draft, stamps=())),
            "choose_reason": self._why_missing,
            "sign_on_paper": lambda _answer: self._sign(Signature.PAPER),
            "no_fault": lambda _answer: page.tick(replace(self._draft, fault="")),
            "both_present": lambda _answer: self._collector(Collector.GUARDIAN),
        }
        self.questions: dict[str, Callable[[], None]] = {
            "not_surrendered": lambda: self.fail(Line.OLD_DOCUMENT, self._why_not_surrendered),
            "no_signature": lambda: self.fail(Line.SIGNATURE, self._why_not_signed),
            "exempt": lambda: self._boxes.why("exempt", self._exempt),
            "amounts": self._amounts,
            "sign": lambda: self._boxes.sign(lambda ink: self._sign(Signature.SCREEN, ink)),
            "collector": lambda: self._collector(self._draft.collector),
            "fault": lambda: self._boxes.why("fault", self._fault),
        }

    @property
    def _draft(self) -> HandoverDraft:
        return self._page.state.draft

    def fail(self, line: Line, then: Callable[[], None] = lambda: None) -> None:
        """The line cannot be done: the verdict says so, and what ends the visit is recorded."""
        bench, draft, permit = self._page.bench, self._draft, self._page.state.permit
        desk = bench.desk
        if permit is None:
            return

        def failed(answer: HandoverAnswer) -> None:
            bench.acted.emit()
            self._page.tell(answer)
            then()

        bench.do(lambda: fails(desk, permit.id, draft, line), failed)

    def _collector(self, preset: Collector) -> None:
        """Who takes the permit away."""
        self._boxes.collector(self._draft, preset, self._page.tick)

    def _why_missing(self, answer: HandoverAnswer) -> None:
        old = answer.verdict is Verdict.OLD_DOCUMENT_MISSING
        (self._why_not_surrendered if old else self._why_not_signed)()

    def _why_not_surrendered(self) -> None:
        def told(reason: Reason) -> None:
            self._page.tick(replace(self._draft, old_document=OldDocument(surrendered=False, reason=reason.text)))

        self._boxes.why("not_surrendered", told)

    def _why_not_signed(self) -> None:
        self._boxes.signature_missing(self._sign)

    def _sign(self, how: Signature, ink: str = "") -> None:
        self._page.tick(replace(self._draft, signature=how, signature_ink=ink))

    def _exempt(self, reason: Reason) -> None:
        self._page.tick(replace(self._draft, exempt=reason.text, stamps=()))

    def _amounts(self) -> None:
        permit = self._page.state.permit
        self._boxes.amounts(self._draft, permit.stamp_amount if permit else None, self._page.tick)

    def _fault(self, reason: Reason) -> None:
        self._page.tick(replace(self._draft, fault=reason.text))

    def _other_sleeve(self, _answer: HandoverAnswer) -> None:
        self._page.tick(replace(self._draft, sleeve=""))
        self._page.say(self._page.bench.words("handover_page.sleeve_wanted"))

    def _other_stamp(self, _answer: HandoverAnswer) -> None:
        self._page.tick(replace(self._draft, stamps=()))
        self._page.go_on(Line.STAMP)

    def _other_document(self, _answer: HandoverAnswer) -> None:
        self._page.tick(self._draft.without_identity())
        self._page.go_on(Line.IDENTITY)
