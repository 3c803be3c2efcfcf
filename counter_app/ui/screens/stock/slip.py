"""Permits leave under a bordereau: which way, why, to whom, and the number of the parcel when one is posted."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.permit import Permit
from counter_app.telling.stock import convened_told, not_done
from counter_app.ui.screens.choice_row import ChoiceRow
from counter_app.ui.screens.fields_box import Asked, FieldsBox
from counter_app.ui.workbench import Workbench
from counter_app.usecases.bordereaux import Leaving, remove
from counter_app.usecases.stock_answers import Bordereau, SlipAnswer, SlipKind
from counter_app.usecases.stock_papers import bordereau_page

FIELDS = {
    SlipKind.SEND_BACK: ("reason", "recipient"),
    SlipKind.POST: ("tracking", "recipient"),
    SlipKind.DESTROY: ("reason",),
}
"""What each way out asks; the recipient may stay empty."""


class StockSlip(QObject):
    """One bordereau at a time; nothing leaves when one of its permits may not."""

    told = Signal(str, bool)
    made = Signal(object)
    """The Bordereau."""

    def __init__(self, bench: Workbench, window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._window = bench, window

    def ask(self, permits: Sequence[Permit]) -> None:
        """Ask which way these permits leave; several are never posted under one parcel number."""
        words = self._bench.words
        kinds = [kind for kind in FIELDS if kind is not SlipKind.POST or len(permits) == 1]
        choice = ChoiceRow(
            self._bench.theme,
            words.counted("stock_desk.slip.which", len(permits)),
            [(kind.value, words(f"stock_desk.slip.{kind.value}")) for kind in kinds],
            words("stock_desk.slip.scope"),
        )
        fields = [
            Asked("reason", words("stock_desk.slip.reason"), words("stock_desk.slip.reason_hint")),
            Asked("tracking", words("stock_desk.slip.tracking")),
            Asked("recipient", words("stock_desk.slip.recipient"), needed=False),
        ]
        box = FieldsBox(self._bench.theme, words, words("stock_desk.slip.title"), fields, self._window, choice)
        choice.show_value(SlipKind.SEND_BACK.value)
        box.ask_for(FIELDS[SlipKind.SEND_BACK], ("recipient",))
        choice.chosen.connect(lambda value: box.ask_for(FIELDS[SlipKind(value)], ("recipient",)))
        box.answered.connect(partial(self._make, [one.id for one in permits]))
        box.open()

    def _make(self, ids: Sequence[str], typed: dict[str, str]) -> None:
        kind, desk = SlipKind(typed["choice"]), self._bench.desk
        leaving = [Leaving(one, typed["tracking"]) for one in ids]
        self._bench.do(lambda: remove(desk, kind, leaving, typed["reason"], typed["recipient"]), self._done)

    def _done(self, answer: SlipAnswer) -> None:
        words, slip = self._bench.words, answer.bordereau
        if slip is None:
            self._bench.sounds.verdict("warn", "stock slip")
            problems = [_whose(one.permit, not_done(one, words.lang)) for one in answer.problems]
            self.told.emit(" ".join((words("stock_desk.slip.not_made"), *dict.fromkeys(problems))), False)
            return
        self._bench.sounds.play("tick")
        convened = convened_told(answer, self._bench.desk.rules, words.lang)
        self.told.emit(" ".join(filter(None, (_told(slip, self._bench), convened))), not convened)
        self._print(slip)
        self.made.emit(slip)
        self._bench.acted.emit()

    def _print(self, slip: Bordereau) -> None:
        """The paper that both sides sign leaves with the cards."""
        bench = self._bench
        bench.do(lambda: bordereau_page(bench.desk, slip.id), bench.page_wanted.emit)


def _whose(permit: Permit | None, sentence: str) -> str:
    return f"{permit.name} · {permit.card_number} : {sentence}" if permit else sentence


def _told(slip: Bordereau, bench: Workbench) -> str:
    count = bench.words.counted("stock.permits", len(slip.lines))
    kind = bench.words(f"stock_desk.slip.{slip.kind.value}_done")
    return bench.words("stock_desk.slip.made", number=slip.number, count=count, kind=kind)
