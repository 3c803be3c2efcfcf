"""The choice of a case of the tariff of stamps, with what it costs today."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from counter_app.domain.tax_stamps import Case, Confidence, StampAmount
from counter_app.wording.catalogue import Words


class CaseChoice(QComboBox):
    """No case is chosen beforehand: the amount of the list or of the SMS comes first."""

    picked = Signal(object)
    """The Case that the agent chose; None to go back to the amount of the list or of the SMS."""

    def __init__(self, words: Words, cases: Sequence[Case]) -> None:
        super().__init__()
        self._cases = tuple(cases)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.addItem(words("handover_page.amount_case_none"))
        self.addItems([_said(words, case) for case in cases])
        self.activated.connect(self._on_activated)

    def _on_activated(self, place: int) -> None:
        self.picked.emit(self._cases[place - 1] if place > 0 else None)


def case_doubt(words: Words, case: Case | None) -> str:
    """What is not sure about the amount of a case, empty when a solid source says it."""
    if case is None:
        return ""
    if not isinstance(case, StampAmount):
        return words("handover_page.amount_case_unconfirmed")
    return "" if case.confidence is Confidence.HIGH else words("handover_page.amount_case_doubtful", note=case.note)


def _said(words: Words, case: Case) -> str:
    if isinstance(case, StampAmount):
        return words("handover_page.amount_case_line", label=case.label, amount=case.total)
    return words("handover_page.amount_case_line_unconfirmed", label=case.label)
