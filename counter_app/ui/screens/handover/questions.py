"""What the handover page asks in a box: who collects, how much, a signature, another telephone."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from counter_app.domain.handover_draft import Collector, HandoverDraft
from counter_app.domain.phone import read_phone
from counter_app.domain.tax_stamps import Case, StampAmount, read_amount
from counter_app.ui.screens.handover.stamp_cases import CaseChoice, case_doubt
from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.action_bar import label_with_key
from counter_app.ui.widgets.choices import TickBox
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.form import FormRow
from counter_app.ui.widgets.reason import ReadyReasons
from counter_app.ui.widgets.signature_pad import SignaturePad
from counter_app.ui.widgets.typed import fits
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import enter_key

KINDS = (Collector.HOLDER, Collector.GUARDIAN, Collector.PROXY)


class _Box(Dialog):
    """A box with a main answer and a way out."""

    def _buttons(self, words: Words, confirm: str) -> tuple[QPushButton, QPushButton]:
        yes = QPushButton(label_with_key(words(confirm), enter_key(words.lang)))
        yes.setDefault(True)
        mark(yes, role="primary", tall=True)
        yes.clicked.connect(self._confirm)
        no = QPushButton(label_with_key(words("reason.cancel"), words("keys.escape")))
        no.setAutoDefault(False)
        no.clicked.connect(self.reject)
        return yes, no

    def _confirm(self) -> None:
        raise NotImplementedError


class CollectorBox(_Box):
    """Who takes the permit away: the holder, a legal guardian, or somebody else by exception."""

    answered = Signal(object)
    """The HandoverDraft with its collector."""

    def __init__(self, theme: Theme, words: Words, draft: HandoverDraft, collector: Collector, parent: QWidget) -> None:
        super().__init__(theme, words("handover_page.collector"), parent)
        self._words, self._draft = words, draft
        kinds = [words(f"handover.collectors.{one.value}") for one in KINDS]
        self.kind = ReadyReasons(theme, words("handover_page.collector"), kinds)
        self.kind.choose(KINDS.index(collector))
        self.name, self.relation = QLineEdit(draft.collector_name), QLineEdit(draft.collector_relation)
        self._name = FormRow(theme, words("handover_page.collector_name"), self.name)
        self._relation = FormRow(theme, words("handover_page.collector_relation"), self.relation)
        self.certificate = TickBox(theme, words("handover_page.certificate"))
        self.certificate.setChecked(draft.medical_certificate)
        parts = (self.kind, self._name, self._relation, self.certificate)
        self.ask(parts, self._buttons(words, "reason.confirm"))
        self.setMinimumWidth(theme.px(460))
        self.kind.picked.connect(lambda _place: self._on_other())
        self._show_needed()
        first = self.kind.first() if collector is Collector.HOLDER else self.name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _chosen(self) -> Collector:
        return KINDS[self.kind.place]

    def _on_other(self) -> None:
        """Somebody else collects: the name and what was shown were about another person."""
        self.name.clear()
        self.relation.clear()
        self.certificate.setChecked(False)
        self._show_needed()

    def _show_needed(self) -> None:
        somebody = self._chosen is not Collector.HOLDER
        self._name.setVisible(somebody)
        self._relation.setVisible(somebody)
        self.certificate.setVisible(self._chosen is Collector.PROXY)
        self.adjustSize()

    def _confirm(self) -> None:
        kind, name = self._chosen, self.name.text().strip()
        if kind is Collector.HOLDER:
            self._answer(Collector.HOLDER, "", "", certificate=False)
        elif not name:
            self._name.complain(self._words("handover_page.collector_name_needed"))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif all([fits(self._relation, self._words), fits(self._name, self._words)]):
            shown = kind is Collector.PROXY and self.certificate.isChecked()
            self._answer(kind, name, self.relation.text().strip(), certificate=shown)

    def _answer(self, kind: Collector, name: str, relation: str, *, certificate: bool) -> None:
        self.accept()
        self.answered.emit(
            replace(
                self._draft,
                collector=kind,
                collector_name=name,
                collector_relation=relation,
                medical_certificate=certificate,
            )
        )


class AmountBox(_Box):
    """What the stamp shows, and what is due when the list is wrong, with the reason."""

    answered = Signal(object)
    """The HandoverDraft with its amounts."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        draft: HandoverDraft,
        listed: int | None,
        cases: Sequence[Case],
        parent: QWidget,
    ) -> None:
        """`listed`: what the list or the SMS says; `cases`: what each case of the tariff costs today."""
        super().__init__(theme, words("handover_page.amounts_title"), parent)
        due = listed if draft.amount_due is None else draft.amount_due
        self._words, self._draft, self._listed = words, draft, listed
        self.case = CaseChoice(words, cases)
        self.shown = QLineEdit("" if draft.paid is None else str(draft.paid))
        self.expected = QLineEdit("" if due is None else str(due))
        self.reason = QLineEdit(draft.amount_reason)
        hint = words("handover_page.amount_shown_hint") if draft.stamps else words("handover_page.amount_no_stamp")
        self._rows = {
            "shown": FormRow(theme, words("handover_page.amount_shown"), self.shown, hint),
            "case": FormRow(
                theme, words("handover_page.amount_case"), self.case, words("handover_page.amount_case_hint")
            ),
            "expected": FormRow(theme, words("handover_page.amount_due"), self.expected),
            "reason": FormRow(theme, words("handover_page.amount_reason"), self.reason),
        }
        self.ask(tuple(self._rows.values()), self._buttons(words, "reason.confirm"))
        self.setMinimumWidth(theme.px(520))
        self.case.picked.connect(self._propose)
        (self.shown if draft.stamps else self.expected).setFocus(Qt.FocusReason.OtherFocusReason)

    def _propose(self, case: Case | None) -> None:
        """The amount of a case and its name as the reason; where no source says it, the agent reads the SMS."""
        amount = self._listed if case is None else case.total if isinstance(case, StampAmount) else None
        self.expected.setText("" if amount is None else str(amount))
        self.reason.setText(case.label if case else "")
        told = case_doubt(self._words, case)
        row = self._rows["case"]
        if told:
            row.complain(told)
        else:
            row.accept()

    def _confirm(self) -> None:
        shown, expected = read_amount(self.shown.text()), read_amount(self.expected.text())
        corrected = expected not in (None, self._listed)
        if self.shown.text().strip() and shown is None:
            self._complain("shown", self.shown)
        elif self.expected.text().strip() and expected is None:
            self._complain("expected", self.expected)
        elif corrected and not self.reason.text().strip():
            self._complain("reason", self.reason, "fields.reason")
        elif fits(self._rows["reason"], self._words):
            self.accept()
            self.answered.emit(self._answer(shown, expected if corrected else None))

    def _complain(self, row: str, field: QLineEdit, why: str = "handover_page.amount_wrong") -> None:
        self._rows[row].complain(self._words(why))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, shown: int | None, due: int | None) -> HandoverDraft:
        """The amount told is that of all stamps together, so it stands on the first."""
        draft = self._draft
        amounts = [shown, *[None if shown is None else 0] * len(draft.stamps)]
        stamps = tuple(replace(one, amount=amount) for one, amount in zip(draft.stamps, amounts, strict=False))
        reason = "" if due is None else self.reason.text().strip()
        return replace(draft, stamps=stamps, amount_due=due, amount_reason=reason)


class SignatureBox(_Box):
    """A place to sign, large enough for a finger."""

    answered = Signal(str)
    """The strokes, as an SVG path."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(theme, words("handover_page.sign_title"), parent)
        self._words = words
        self.pad = SignaturePad(theme, words("handover_page.sign_title"), words("handover_page.sign_hint"))
        self.row = FormRow(theme, words("handover_page.sign_title"), self.pad)
        erase = QPushButton(words("handover_page.sign_again"))
        erase.setAutoDefault(False)
        erase.clicked.connect(self.pad.clear)
        self.ask((self.row,), (*self._buttons(words, "handover_page.sign_done"), erase))

    def _confirm(self) -> None:
        if self.pad.signed:
            self.accept()
            self.answered.emit(self.pad.path())
        else:
            self.row.complain(self._words("handover_page.sign_nothing"))


class PhoneBox(_Box):
    """The telephone that messages go to from now on."""

    answered = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(theme, words("actions.phone_changed"), parent)
        self._words = words
        self.phone = QLineEdit()
        self.row = FormRow(theme, words("handover_page.phone"), self.phone, words("handover_page.phone_hint"))
        self.ask((self.row,), self._buttons(words, "reason.confirm"))
        self.setMinimumWidth(theme.px(420))
        self.phone.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        if read_phone(self.phone.text()) is None:
            self.row.complain(self._words("handover_page.phone_wrong"))
        else:
            self.accept()
            self.answered.emit(self.phone.text())
