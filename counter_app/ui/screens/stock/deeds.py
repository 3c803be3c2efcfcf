"""What each action does with the permit chosen: the question it asks, the use case it runs, the sentence it says."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.custody import SAFE
from counter_app.domain.permit import Permit
from counter_app.domain.person_names import fold
from counter_app.telling.stock import done_told, not_done, unheard_told
from counter_app.ui.screens.choice_row import ChoiceRow
from counter_app.ui.screens.fields_box import Asked, FieldsBox
from counter_app.ui.screens.stock.lists import tray_and_rank
from counter_app.ui.screens.stock.rows import departure_told
from counter_app.ui.widgets.reason import Reason, ReasonBox
from counter_app.ui.workbench import Workbench
from counter_app.usecases import custody, receive_permits, stock
from counter_app.usecases.agreement import OWN_AGREEMENT
from counter_app.usecases.answers import Override
from counter_app.usecases.handover_aftermath import may_be_kept, settle
from counter_app.usecases.handover_answers import HandoverUndone
from counter_app.usecases.stock_answers import StockAnswer, StockRefusal

NONE = "none"
"""No departure is true."""
READY = 4
"""Reasons ready for each question, each with its digit."""


class StockDeeds(QObject):
    """Gestures on permits, one at a time, each an act of the desk."""

    told = Signal(str, bool)
    """What was done, or why not; whether it is good."""
    acted = Signal(object)
    """The permit as it is after a gesture."""

    def __init__(self, bench: Workbench, window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._window = bench, window
        self._asking: dict[str, Callable[[Permit], None]] = {
            "locate": lambda one: self._do("locate", lambda: stock.to_locate(bench.desk, one.id)),
            "found": lambda one: self._do("found", lambda: stock.found(bench.desk, one.id)),
            "release": lambda one: self._do("release", lambda: stock.release(bench.desk, one.id)),
            "hold": partial(self._why, "hold", stock.hold),
            "faulty": partial(self._why, "faulty", stock.faulty),
            "send_back": partial(self._why, "send_back", stock.to_send_back),
            "restock": partial(self._why, "restock", stock.back_in_stock),
            "offer": lambda one: self._offer([one]),
            "take": self._take,
            "settle_dispute": self._settle_dispute,
        }

    def run(self, slug: str, permit: Permit) -> bool:
        """Run a gesture about a permit; False when it is none of these."""
        if slug in self._asking:
            self._asking[slug](permit)
        return slug in self._asking

    def shelve(self, permit: Permit, tray: str, rank: str, found: bool) -> None:
        """Put the permit in its tray; `found` says that somebody was looking for it.

        The rank known in this very tray stays when none is told.
        """
        desk, place = self._bench.desk, permit.place
        rank = rank or (place.rank or "" if place and place.tray == tray else "")
        if found:
            self._do("shelved", lambda: stock.found(desk, permit.id, tray, rank or None))
        else:
            self._do("shelved", lambda: stock.shelve(desk, permit.id, tray, rank or None))

    def take_all(self) -> None:
        """Take everything that is offered to this desk."""
        self._bench.do(lambda: custody.take(self._bench.desk), self._taken_all)

    def receive_card(self) -> None:
        """One card in hand, typed from it."""
        words = self._bench.words
        fields = [
            Asked("card", words("stock_desk.card.number"), words("stock_desk.card.number_hint")),
            Asked("name", words("stock_desk.card.name")),
            Asked("foreign_number", words("stock_desk.card.foreign_number"), needed=False),
            Asked("tray", words("stock_desk.card.tray"), words("stock_desk.card.tray_hint"), needed=False),
        ]
        box = FieldsBox(self._bench.theme, words, words("stock_desk.card.title"), fields, self._window)
        box.answered.connect(self._receive)
        box.open()

    def _receive(self, typed: dict[str, str]) -> None:
        desk = self._bench.desk
        tray, rank = tray_and_rank(typed["tray"])
        self._do(
            "received",
            lambda: receive_permits.receive_card(
                desk, typed["card"], typed["name"], typed["foreign_number"], tray=tray, rank=rank
            ),
        )

    def _why(self, slug: str, deed: Callable[..., StockAnswer], permit: Permit) -> None:
        """Ask for the reason, or the field of the card that is wrong."""
        self._ask_reason(
            slug, permit, lambda reason: self._do(slug, lambda: deed(self._bench.desk, permit.id, reason.text))
        )

    def _ask_reason(self, slug: str, permit: Permit, then: Callable[[Reason], None], supervisor: bool = False) -> None:
        words = self._bench.words
        ready = [words(f"stock_desk.reasons.{slug}_{place}") for place in range(1, READY + 1)]
        title = words(f"stock_desk.titles.{slug}", name=permit.name)
        box = ReasonBox(self._bench.theme, words, title, ready, self._window, supervisor)
        box.name_within()
        box.answered.connect(then)
        box.open()

    def _offer(self, permits: Sequence[Permit]) -> None:
        words = self._bench.words
        field = Asked("to", words("stock_desk.offer_to"), words("stock_desk.offer_hint"))
        title = words("stock_desk.titles.offer", name=permits[0].name)
        box = FieldsBox(self._bench.theme, words, title, [field], self._window)
        box.name_within()
        box.answered.connect(lambda typed: self._offered(permits, typed["to"]))
        box.open()

    def _offered(self, permits: Sequence[Permit], to: str) -> None:
        holder = SAFE if fold(to) in (SAFE, "coffre", "le coffre", "au coffre", "the safe") else to
        desk, ids = self._bench.desk, [one.id for one in permits]
        slug = "offered_safe" if holder == SAFE else "offered"
        self._do(slug, lambda: custody.offer(desk, ids, holder)[0], to=to)

    def _take(self, permit: Permit) -> None:
        """What is offered is taken; what another desk holds needs a supervisor and a reason."""
        desk, held = self._bench.desk, permit.custody
        if held.offered_to(desk.name):
            self._do("taken", lambda: custody.take(desk, [permit.id])[0])
        elif held.offered_to(SAFE):
            self._do("safe", lambda: custody.take(desk, [permit.id], into_safe=True)[0])
        else:
            self._ask_reason("take", permit, partial(self._override, permit), supervisor=True)

    def _override(self, permit: Permit, reason: Reason) -> None:
        desk, agreed = self._bench.desk, reason.approved_by or ""
        self._do("taken", lambda: custody.override(desk, permit.id, reason.text, agreed))

    def _settle_dispute(self, permit: Permit) -> None:
        """A supervisor says which departure is true, that it was taken back, or none of it: the card is looked for."""
        words, zone = self._bench.words, self._bench.desk.rules.zone
        answers = [(mark.act_id, departure_told(mark, zone, words)) for mark in may_be_kept(permit)]
        choice = ChoiceRow(
            self._bench.theme,
            words("stock_desk.settle_which"),
            [*answers, (NONE, words("stock_desk.settle_none"))],
            words("stock_desk.settle_scope"),
        )
        choice.show_value(NONE)
        fields = [
            Asked("reason", words("reason.free"), words("reason.free_hint")),
            Asked("agreed", words("reason.supervisor")),
        ]
        title = words("stock_desk.titles.settle_dispute", name=permit.name)
        box = FieldsBox(self._bench.theme, words, title, fields, self._window, choice)
        box.name_within()
        box.answered.connect(partial(self._settled, permit))
        box.open()

    def _settled(self, permit: Permit, typed: dict[str, str]) -> None:
        desk, kept = self._bench.desk, typed["choice"]
        agreed = Override(typed["reason"], typed["agreed"])
        self._bench.do(lambda: settle(desk, permit.id, None if kept == NONE else kept, agreed), self._was_settled)

    def _was_settled(self, done: HandoverUndone) -> None:
        if done.done and done.permit:
            self._tell("settle_dispute", done.permit)
        else:
            own = done.reason == OWN_AGREEMENT
            self.told.emit(self._bench.words("notes.own_agreement" if own else "stock_desk.not_settled"), False)

    def _do(self, slug: str, deed: Callable[[], StockAnswer], **more: str) -> None:
        self._bench.do(deed, lambda answer: self._done(slug, answer, more))

    def _done(self, slug: str, answer: StockAnswer, more: dict[str, str]) -> None:
        if not answer.done or answer.permit is None:
            soft = answer.refusal is StockRefusal.ALREADY_SO
            self._bench.sounds.verdict("tech" if soft else "warn", f"stock {slug} {answer.raw}")
            self.told.emit(not_done(answer, self._bench.lang), False)
        else:
            self._tell(slug, answer.permit, **more)
            if unheard := unheard_told(answer, self._bench.lang):
                self.told.emit(unheard, False)

    def _tell(self, slug: str, permit: Permit, **more: str) -> None:
        self._bench.sounds.play("tick")
        self.told.emit(done_told(slug, permit, self._bench.lang, **more), True)
        self.acted.emit(permit)
        self._bench.acted.emit()

    def _taken_all(self, answers: list[StockAnswer]) -> None:
        words = self._bench.words
        taken = sum(answer.done for answer in answers)
        for answer in answers:
            if not answer.done:
                self.told.emit(not_done(answer, self._bench.lang), False)
                break
        else:
            self.told.emit(words.counted("stock_desk.taken_all", taken), True)
        self._bench.acted.emit()
