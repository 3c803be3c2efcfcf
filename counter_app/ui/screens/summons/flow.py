"""The screen of summonses without its looks: one state, and the work it gives to the lanes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from counter_app.documents.paper_texts import languages
from counter_app.domain.permit import Permit
from counter_app.telling.stock import held_told, not_done
from counter_app.ui.screens.summons.sending import SummonsSending
from counter_app.ui.screens.summons.state import SummonsLook, SummonsState, Tab, look_at_summonses
from counter_app.ui.workbench import Workbench
from counter_app.usecases import summon
from counter_app.usecases.desk import Desk
from counter_app.usecases.look_at_stock import find
from counter_app.usecases.stock_answers import StockAnswer
from counter_app.usecases.summon import Choice, Missed, Summoned
from counter_app.usecases.summons_messages import message_of, missed_message
from counter_app.wording.catalogue import Words

LOOK, PREVIEW = "summonses", "summons preview"


class SummonsFlow(QObject):
    """Accepts hours, sends messages, follows those who did not come."""

    changed = Signal()
    told = Signal(str, bool)
    row_wanted = Signal(str)
    """Identity of the permit whose row should be current."""

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self.sending = SummonsSending(bench, self)
        self.sending.told.connect(self.told)
        self.sending.doubted.connect(self._forget_addresses)
        self.state = SummonsState()

    # looking

    def refresh(self) -> None:
        """Ask again who waits, and propose hours."""
        desk, slots, addresses = self._bench.desk, dict(self.state.slots), dict(self.state.addresses)
        self._bench.look(LOOK, lambda: look_at_summonses(desk, slots, addresses), self._looked)

    def _looked(self, look: SummonsLook) -> None:
        self._become(replace(self.state, look=look))
        self._preview()

    def open_tab(self, tab: str) -> None:
        """Another list, or the same again: its table says whom it is about."""
        self._become(replace(self.state, tab=Tab(tab), preview=""))
        self._preview()

    def choose(self, permit_id: str) -> None:
        """Another person is current: the message to them is shown."""
        if permit_id != self.state.chosen:
            self._become(replace(self.state, chosen=permit_id, preview=""))
            self._preview()

    def scanned(self, raw: str) -> None:
        """A sleeve: its row, in whichever list it is."""
        desk = self._bench.desk
        self._bench.do(lambda: find(desk, raw), self._found)

    def _found(self, answer: StockAnswer) -> None:
        if answer.permit is None:
            self.told.emit(not_done(answer, self._bench.lang), False)
            return
        permit_id = answer.permit.id
        for tab in (self.state.tab, *Tab):
            if any(one.id == permit_id for one in replace(self.state, tab=tab).permits):
                self._bench.sounds.play("tick")
                self._become(replace(self.state, tab=tab))
                self.row_wanted.emit(permit_id)
                return
        self.told.emit(self._bench.words("summons_desk.in_no_list", name=answer.permit.name), False)

    def _preview(self) -> None:
        state, desk = self.state, self._bench.desk
        permit, slot = state.permit, state.slot_of(state.permit) if state.permit else None
        if permit and slot:
            self._bench.look(PREVIEW, partial(_written, desk, state, permit, slot), partial(self._previewed, permit.id))

    def _previewed(self, permit_id: str, text: str) -> None:
        if self.state.chosen == permit_id:
            shown = text or self._bench.words("summons_desk.letter_told")
            self._become(replace(self.state, preview=shown))

    # changing what is proposed

    def next_language(self) -> None:
        """The next language for the person chosen."""
        permit = self.state.permit
        if permit and self.state.tab is Tab.WAITING:
            codes = [one.code for one in languages()]
            code = codes[(codes.index(self.state.language_of(permit)) + 1) % len(codes)]
            self._become(replace(self.state, languages={**self.state.languages, permit.id: code}))
            self._preview()

    def give_hour(self, permit: Permit, slot: datetime, reason: str) -> None:
        """Another hour: of a proposal, on the page alone; of a summons, by an act with its reason."""
        if self.state.tab is Tab.WAITING:
            self._become(replace(self.state, slots={**self.state.slots, permit.id: slot}))
            self.refresh()
            return
        desk = self._bench.desk
        self._bench.do(lambda: summon.move_slot(desk, permit.id, slot, reason), partial(self.sending.tell_one, "moved"))

    def change_phone(self, permit: Permit, raw: str) -> None:
        """The number that messages go to from now on."""
        desk = self._bench.desk
        self._bench.do(lambda: summon.change_phone(desk, permit.id, raw), partial(self.sending.tell_one, "phone"))

    def give_address(self, permit: Permit, address: str) -> None:
        """An e-mail address for this message: kept nowhere."""
        self._become(replace(self.state, addresses={**self.state.addresses, permit.id: address}))
        self.refresh()

    def _forget_addresses(self, permit_ids: frozenset[str]) -> None:
        """A message that may have left leaves again only when its address is given again."""
        kept = {one: address for one, address in self.state.addresses.items() if one not in permit_ids}
        self._become(replace(self.state, addresses=kept))

    # recording

    def accept(self, only: str = "") -> None:
        """Record the hours on show: of one person, or of everybody who has one."""
        look = self.state.look
        proposals = [one for one in look.proposals if only in ("", one.permit.id)] if look else []
        choices = [Choice(one.permit.id, one.slot, self.state.language_of(one.permit)) for one in proposals if one.slot]
        desk = self._bench.desk
        if choices:
            self._bench.do(lambda: summon.summon(desk, choices), self._accepted)
        else:
            over = bool(proposals) and all(one.over for one in proposals)
            self.told.emit(self._bench.words(f"summons_desk.{'why.validity_over' if over else 'no_hour_left'}"), False)

    def _accepted(self, done: Sequence[Summoned]) -> None:
        words = self._bench.words
        accepted = {one.permit.id for one in done if one.done and one.permit}
        slots = {permit_id: slot for permit_id, slot in self.state.slots.items() if permit_id not in accepted}
        self._become(replace(self.state, slots=slots))
        told = [words.counted("summons_desk.accepted", len(accepted))]
        for reason, count in Counter(one.reason for one in done if not one.done).items():
            told.append(f"{count} : {words(f'summons_desk.why.{reason}')}")
        self._bench.sounds.play("tick" if len(accepted) == len(done) else "warn")
        self.told.emit(" ".join(told), len(accepted) == len(done))
        self._bench.acted.emit()

    def note_missed(self) -> None:
        """Note the hours that passed without anybody."""
        desk = self._bench.desk
        self._bench.do(lambda: summon.note_missed(desk), self._noted)

    def _noted(self, noted: Sequence[Missed]) -> None:
        self.told.emit(self._bench.words.counted("summons_desk.were_noted", len(noted)), True)
        self._bench.acted.emit()

    def _become(self, state: SummonsState) -> None:
        self.state = state
        self.changed.emit()


def _written(desk: Desk, state: SummonsState, permit: Permit, slot: datetime) -> str:
    """The words of the message, empty when nothing reaches the person."""
    address = state.addresses.get(permit.id, "")
    if state.tab is Tab.NOT_ABSENT:
        told = Words("fr")(f"summons_desk.apart.{state.why_apart(permit)}")
        return f"{told[0].upper()}{told[1:]}."
    if state.in_doubt:
        return Words("fr")("summons_desk.maybe_sent_told")
    if state.tab is not Tab.WAITING and (why := state.held(permit)):
        return held_told(why)
    ready = state.look.ready.messages if state.look else ()
    if state.tab is Tab.TO_SEND:
        message = next((one for mine, one in ready if mine.id == permit.id), None)
    elif state.tab is Tab.MISSED:
        message = missed_message(desk, permit, slot, address)
    else:
        message = message_of(desk, permit, slot, state.language_of(permit), address)
    if message is None:
        return ""
    words = Words("fr")
    marks = [words.counted("summons_desk.segments", message.segments)] if not address else []
    marks += [] if message.checked else [words("summons_desk.not_read_over")]
    return "\n\n".join((message.body, " · ".join(marks))) if marks else message.body
