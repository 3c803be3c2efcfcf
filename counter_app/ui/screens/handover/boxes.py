"""Opens the questions of the handover page over it: why, who agrees, who collects, how much, a signature."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from counter_app.domain.handover_draft import Collector, HandoverDraft, Signature
from counter_app.domain.permit import Permit
from counter_app.ui.screens.fields_box import Asked, FieldsBox
from counter_app.ui.screens.handover.questions import AmountBox, CollectorBox, PhoneBox, SignatureBox
from counter_app.ui.screens.slot_fields import check_slot, slot_fields
from counter_app.ui.widgets.reason import Reason, ReasonBox
from counter_app.ui.workbench import Workbench

REASONS: dict[str, tuple[str, ...]] = {
    "not_surrendered": ("lost", "stolen", "given_back", "forgotten"),
    "exempt": ("exempt_status", "exempt_refugee", "exempt_list", "exempt_reissue"),
    "fault": ("field_name", "field_birth", "field_photo", "field_mention"),
    "agree": ("agreed_urgent", "agreed_distance", "agreed_our_mistake", "agreed_prevented"),
    "undo": ("undo_wrong_person", "undo_wrong_permit", "undo_returned", "undo_mistyped"),
    "contest": ("contest_not_received", "contest_other_person", "contest_wrong_permit", "contest_other"),
    "no_signature": (Signature.REFUSED.value, Signature.UNABLE.value, Signature.PAD_FAILURE.value),
}
"""Ready reasons of each question."""
SUPERVISED = frozenset({"agree", "undo"})
RECORDED = frozenset({"contest", "undo"})
"""Questions whose answer is recorded at once; that of the others stands on the page until the act."""


class Boxes:
    """Opens them over the page; an answer comes only when nothing lacks."""

    def __init__(self, bench: Workbench, window: QWidget) -> None:
        self._bench, self._window = bench, window

    def why(self, question: str, answered: Callable[[Reason], None]) -> None:
        """One of the ready reasons of a question, or another in a line; for some, also who agrees."""
        words = self._bench.words
        self._reason(question, [words(f"handover_page.reasons.{one}") for one in REASONS[question]], answered)

    def signature_missing(self, answered: Callable[[Signature], None]) -> None:
        """Why nobody signed: one of three answers, no free one."""
        words = self._bench.words
        kinds = {words(f"handover.signatures.{one}"): Signature(one) for one in REASONS["no_signature"]}
        box = self._reason("no_signature", list(kinds), lambda reason: answered(kinds[reason.text]))
        row = box.free.parentWidget()
        assert row is not None, "a field stands in its row"
        row.hide()

    def _reason(self, question: str, reasons: Sequence[str], answered: Callable[[Reason], None]) -> ReasonBox:
        bench = self._bench
        title = bench.words(f"handover_page.why.{question}")
        supervisor = question in SUPERVISED
        does = "reason.confirm" if question in RECORDED else "handover_page.on_page"
        box = ReasonBox(bench.theme, bench.words, title, reasons, self._window, supervisor=supervisor, does=does)
        box.answered.connect(answered)
        box.open()
        return box

    def collector(self, draft: HandoverDraft, preset: Collector, answered: Callable[[HandoverDraft], None]) -> None:
        """Who collects."""
        box = CollectorBox(self._bench.theme, self._bench.words, draft, preset, self._window)
        box.answered.connect(answered)
        box.open()

    def amounts(self, draft: HandoverDraft, listed: int | None, answered: Callable[[HandoverDraft], None]) -> None:
        """What the stamp shows and what is due, `listed` as long as nobody corrects it."""
        desk = self._bench.desk
        cases = desk.rules.tariff.cases_on(desk.now().date())
        box = AmountBox(self._bench.theme, self._bench.words, draft, listed, cases, self._window)
        box.answered.connect(answered)
        box.open()

    def phone(self, answered: Callable[[str], None]) -> None:
        """Another telephone."""
        box = PhoneBox(self._bench.theme, self._bench.words, self._window)
        box.answered.connect(answered)
        box.open()

    def slot(self, permit: Permit, proposed: datetime | None, answered: Callable[[Mapping[str, str]], None]) -> None:
        """Another day and hour for somebody convened, and why."""
        words = self._bench.words
        why = Asked("reason", words("summons_desk.reason"), text=words("handover_page.reschedule_reason"))
        fields = [*slot_fields(words, proposed, self._bench.desk.rules.zone), why]
        title = words("summons_desk.titles.move", name=permit.name)
        box = FieldsBox(self._bench.theme, words, title, fields, self._window, check=partial(check_slot, words))
        box.name_within()
        box.answered.connect(answered)
        box.open()

    def sign(self, answered: Callable[[str], None]) -> None:
        """A signature on the screen."""
        box = SignatureBox(self._bench.theme, self._bench.words, self._window)
        box.answered.connect(answered)
        box.open()
