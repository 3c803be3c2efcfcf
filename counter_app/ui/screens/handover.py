"""« Remise » (F4): the right permit to the right person, once. Order is free; each scan ticks its own line."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from counter_app.domain.handover import SUPERVISOR_MAY_LIFT
from counter_app.domain.handover_draft import HandoverDraft, Line, StampShown
from counter_app.domain.tax_stamps import StampFault, StampReading
from counter_app.domain.verdict import Family
from counter_app.telling_handover import handover_text, missing_line
from counter_app.ui.screens.handover_deeds import Deeds
from counter_app.ui.screens.handover_scans import Ticked, doubt_of, tick_of
from counter_app.ui.screens.handover_state import HandoverState, Kept, Showing
from counter_app.ui.screens.handover_typing import TOPIC, Typing
from counter_app.ui.screens.handover_view import HandoverView
from counter_app.ui.screens.screen import Screen
from counter_app.ui.tasks import Breakage
from counter_app.ui.widgets.announce import Announce, announce
from counter_app.ui.workbench import Workbench
from counter_app.usecases.answers import Override
from counter_app.usecases.hand_over import hand_over, stamp_shown
from counter_app.usecases.handover_answers import HandoverAnswer
from counter_app.usecases.handover_look import judge, note_attempt
from counter_app.usecases.handover_page import Met, is_card_itself, meet, told_no, with_identity


class HandoverScreen(Screen):
    """One person at a time; the page of somebody left half-way is kept for when they come back."""

    name: ClassVar[str] = "handover"
    topic: ClassVar[str] = "screen.remise"
    takes_sleeves: ClassVar[bool] = True

    def __init__(self, bench: Workbench, say: Announce = announce) -> None:
        super().__init__(bench)
        self.state = HandoverState()
        self._kept = Kept()
        self._turn = 0
        self._asking = self._commit_wanted = False
        self._heard = ""
        self.view = HandoverView(bench, say)
        self.deeds = Deeds(bench, self, self)
        self._typing = Typing(bench, self.view, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._connect()
        self._render()

    def _connect(self) -> None:
        view, lines = self.view, self.view.lines
        view.scan.undo_wanted.connect(self.bench.undo_wanted)
        view.table.opened.connect(self.meet)
        view.offers.triggered.connect(self._run)
        view.commit.clicked.connect(lambda _checked: self.commit())
        view.fault.clicked.connect(lambda _checked: self.deeds.ask("fault"))
        lines.ticked.connect(self.tick)
        lines.asked.connect(self.deeds.ask)
        lines.failed.connect(self.deeds.fail)
        lines.stamped.connect(self._stamp)
        lines.left_above.connect(self._focus_field)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self, self.commit)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)

    # what the shell asks

    @property
    def field(self) -> QLineEdit | None:
        """Typing from anywhere goes to the one field at the top."""
        return self.view.scan.line

    @property
    def help_topic(self) -> str:
        """The page of the verdict on show, else that of the screen."""
        verdict = self.view.panel.verdict
        return verdict.code if verdict and not self.state.working else self.topic

    @property
    def help_keys(self) -> str | None:
        """While the verdict leaves nothing but its actions, their keys."""
        return self.view.offers.keys() if self.help_topic != self.topic else None

    def activated(self, text: str = "") -> None:
        """Ready to scan, or to answer a text that another screen handed over; a page begun stays."""
        self.view.show_window()
        if text:
            self.meet(text)
        else:
            self.go_on() if self.state.working else self._focus_field()

    def reading(self) -> None:
        """A scan comes in. While somebody's lines are being done it is theirs; else what is shown goes at once."""
        if not self.state.working:
            self.nobody(Showing.READING)

    def scanned(self, raw: str) -> None:
        """A line of the page, or somebody else."""
        if self.state.working:
            self._scan_for(raw)
        else:
            self.meet(raw)

    def repeated(self) -> None:
        """The same code again: its answer comes back."""
        if not self.state.working and self.state.left:
            self.show_state(self.state.telling(self.state.left))

    def confirm(self) -> None:
        """The card's CONFIRMER: what Enter would do: the line that lacks, else go on; never the legal act."""
        state = self.state
        if state.working and state.missing and not state.reviewing and not self._blocked and not state.doubted:
            self.view.lines.do(state.missing[0])
        else:
            self._typing.enter()

    def step_back(self) -> bool:
        """Escape: from the summary to the page, from the page to nobody; the page is kept."""
        state = self.state
        if state.reviewing:
            self.show_state(replace(state, reviewing=False))
            self.go_on()
        elif state.draft.fault and state.working:
            self.tick(replace(state.draft, fault=""))
        elif state.showing is Showing.READY and not self.view.scan.text:
            return False
        else:
            self.leave()
        return True

    def print_again(self) -> bool:
        """F9: the receipt of the handover on show."""
        return self.deeds.reprint()

    def undone(self, convocation_id: str) -> None:
        """A handover was taken back: its permit is here again."""
        state = self.state
        if state.permit and state.permit.id == convocation_id:
            if state.recorded:
                self._kept.put(convocation_id, state.draft)
            self.again()

    def hide_people(self, hidden: bool) -> None:
        """Cover names, dates and the page."""
        self.show_state(replace(self.state, hidden=hidden))

    # who is at the window

    def meet(self, raw: str) -> None:
        """Who is it? The page of the person before is kept."""
        self.nobody(Showing.READING)
        turn, desk = self._turn, self.bench.desk
        self._asking = True
        self.bench.do(lambda: meet(desk, raw), lambda met: self._met(turn, met), self._broke)

    def _met(self, turn: int, met: Met) -> None:
        self.bench.acted.emit()
        if turn != self._turn:
            return
        self._asking = False
        self.view.scan.make_ready()
        self.show_state(self.state.telling(met.answer))
        self._sound(met.answer)
        if self.state.working:
            self._begin(met)

    def _begin(self, met: Met) -> None:
        """The page of a permit of the stock: as it was left, else a new one; what was scanned ticks its line."""
        answer, permit = met.answer, met.answer.permit
        assert permit is not None, "a page belongs to a permit"
        kept = self._kept.take(permit.id, answer.at)
        draft = kept or replace(answer.draft, started_at=answer.at)
        if answer.draft.sleeve:
            draft = replace(draft, sleeve=answer.draft.sleeve)
        if met.paper and is_card_itself(met.paper, permit):
            draft = replace(draft, sleeve=permit.card_number)
        elif met.paper:
            draft = with_identity(draft, met.paper, permit)
            self.show_state(replace(self.state, paper=met.paper))
        self.view.lines.begin(draft)
        self.tick(draft)
        if met.paper and draft.to_compare:
            self.show_state(replace(self.state, doubt=doubt_of(met.paper, self.bench.lang)))
        if kept:
            self.say(self.bench.words("handover_page.resumed"))

    def forget(self) -> None:
        """Nobody at the window, and nothing of this page is kept: the person went away with a no."""
        self.leave()
        if self.state.left and self.state.left.permit:
            self._kept.drop(self.state.left.permit.id)

    def again(self) -> None:
        """Ask about the same permit once more: something about it changed."""
        if self.state.permit:
            permit = self.state.permit.id
            self.show_state(replace(self.state, answer=None))
            self.meet(permit)

    def leave(self) -> None:
        """Nobody at the window; the page is kept."""
        self.bench.scanner.forget_last()
        self.view.scan.make_ready()
        self.nobody(Showing.READY)

    def nobody(self, showing: Showing = Showing.READY) -> None:
        """Nobody at the window; the page of the person before is kept."""
        self._kept.keep(self.state)
        self._turn += 1
        self._asking = self._commit_wanted = False
        self.bench.lanes.forget(TOPIC)
        self._heard = ""
        self.show_state(self.state.nobody(showing))

    # the page

    def tick(self, draft: HandoverDraft) -> None:
        """The page changed: judge it again."""
        permit = self.state.permit
        if permit is None or not self.state.working:
            return
        self.show_state(self.state.ticked(draft))
        desk, permit_id = self.bench.desk, permit.id
        self.bench.look(TOPIC, lambda: judge(desk, permit_id, draft), self._judged)

    def _judged(self, answer: HandoverAnswer) -> None:
        before, permit = self.state.answer, self.state.permit
        if permit is None or answer.permit is None or answer.permit.id != permit.id or answer.draft != self.state.draft:
            return
        self.show_state(self.state.judged(answer))
        if told_no(answer, before):
            self._note(answer)
        self._sound(answer)
        self.go_on()
        if self._commit_wanted:
            self._commit_wanted = False
            self.commit()

    def _note(self, answer: HandoverAnswer) -> None:
        """Another person's sleeve, a stamp spent already: kept as attempts."""
        desk, permit, draft = self.bench.desk, answer.permit, answer.draft
        assert permit is not None, "a page belongs to a permit"
        self.bench.do(lambda: note_attempt(desk, permit.id, draft), lambda _told: self.bench.acted.emit())

    def _stamp(self, typed: str) -> None:
        """A stamp, sixteen digits; what is no stamp is told and stays in the field."""
        desk, turn = self.bench.desk, self._turn
        self.bench.do(lambda: stamp_shown(desk, typed), lambda read: self._stamped(turn, *read))

    def _stamped(self, turn: int, reading: StampReading, shown: StampShown | None) -> None:
        if turn != self._turn or not self.state.working:
            return
        if shown is None:
            key = "stamp_letters" if reading.fault is StampFault.LETTERS else "stamp_digits"
            self.say(self.bench.words(f"handover_page.{key}", n=reading.read), good=False)
            return
        self.view.lines.stamp.clear()
        self.tick(replace(self.state.draft, stamps=(*self.state.draft.stamps, shown), exempt=""))

    def _scan_for(self, raw: str) -> None:
        """A scan while a page is open: the line it belongs to, else somebody else."""
        permit, draft, self._asking = self.state.permit, self.state.draft, True
        assert permit is not None, "lines belong to a permit"
        heard = partial(self._scanned, self._turn, raw, draft)
        self.bench.do(partial(tick_of, self.bench.desk, raw, permit, draft), heard, self._broke)

    def _scanned(self, turn: int, raw: str, before: HandoverDraft, ticked: Ticked) -> None:
        if turn != self._turn:
            return
        if before != self.state.draft and self.state.working:  # read again: a line done meanwhile would be lost
            self._scan_for(raw)
            return
        self._asking = False
        if ticked.other:
            self.view.scan.make_ready()
            self.meet(ticked.other)
            return
        if ticked.paper:
            self.show_state(replace(self.state, paper=ticked.paper))
            self.view.lines.show_document(ticked.draft.identity_document)
        if ticked.draft != self.state.draft:
            self.tick(ticked.draft)
        if ticked.doubt:
            self.show_state(replace(self.state, doubt=ticked.doubt))
        if told := ticked.doubt or ticked.sentence:
            self.bench.sounds.verdict(Family.WARN.value, f"handover {told}")
            self.say(told, good=False)
            self._focus_field()

    def go_on(self, line: Line | None = None) -> None:
        """Go to a line, or to the next one that Enter does; to the field when something stands against it."""
        answer = self.state.answer
        if line is not None and self.state.working:
            self.view.lines.focus(line)
        elif self.state.doubted:
            if not self.view.lines.lines[Line.IDENTITY].holds_focus():
                self._focus_field()
        elif answer and self.state.working and not self.state.reviewing and answer.missing and not self._blocked:
            self.view.lines.focus(answer.missing[0])
        elif self.state.choosing:
            self.view.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._focus_field()

    @property
    def _blocked(self) -> bool:
        """Whether what stands against the handover has to be answered before its lines."""
        return bool(self.deeds.offers(self.state)) and self.state.agreed is None

    # the act

    def commit(self) -> None:
        """Ctrl+Enter: what lacks takes the focus; then the summary; then the act."""
        state, answer = self.state, self.state.answer
        if answer is None or not state.working or self._asking:
            return
        if not state.settled:
            self._commit_wanted = True
        elif state.reviewing:
            self._hand_over()
        elif answer.missing:
            self.say(missing_line(answer, self.bench.lang), good=False)
            self.go_on() if state.doubted else self.view.lines.focus(answer.missing[0])
        elif answer.may_commit or state.agreed:
            self.show_state(replace(state, reviewing=True, told=""))
            self._focus_field()
        elif answer.verdict in SUPERVISOR_MAY_LIFT:
            self.deeds.ask_supervisor()
        else:
            self.say(handover_text(answer, self.bench.desk.rules, self.bench.lang).sentence, good=False)

    def agree(self, override: Override) -> None:
        """A supervisor agreed, for this person only."""
        self.show_state(replace(self.state, agreed=override, agreed_to=self.state.liftable))
        self.go_on()

    def _hand_over(self) -> None:
        permit, draft, agreed, turn = self.state.permit, self.state.draft, self.state.agreed, self._turn
        assert permit is not None, "a page belongs to a permit"
        desk = self.bench.desk
        self._asking = True
        self.bench.do(
            lambda: hand_over(desk, permit.id, draft, agreed), lambda told: self._done(turn, told), self._broke
        )

    def _done(self, turn: int, answer: HandoverAnswer) -> None:
        self.bench.acted.emit()
        if answer.recorded and answer.permit:
            self._kept.drop(answer.permit.id)
            if answer.receipt:
                self.bench.paper_wanted.emit(answer.receipt.id)
        if turn != self._turn:
            return
        self._asking = False
        self.tell(answer)
        if answer.recorded:
            self.bench.scanner.forget_last()
            self._focus_field()

    def tell(self, answer: HandoverAnswer) -> None:
        """An answer about the page in front: of a line that fails, of a handover."""
        self.show_state(replace(self.state, showing=Showing.ANSWER, answer=answer, reviewing=False, told=""))
        self._sound(answer)
        self.go_on()

    def _broke(self, broken: Breakage) -> None:
        self._asking = False
        if self.state.showing is Showing.READING:
            self.nobody(Showing.READY)
        self.bench.lanes.broke.emit(broken)

    def _run(self, slug: str) -> None:
        deeds: dict[str, Callable[[], object]] = {"commit": self.commit, "correct": self.step_back}
        deeds[slug]() if slug in deeds else self.deeds.run(slug)

    # showing

    def say(self, sentence: str, good: bool = True) -> None:
        """A sentence under the lines, said once."""
        self.show_state(replace(self.state, told=sentence))
        if not good:
            self.view.missing.show_quietly(sentence, False)

    def _focus_field(self) -> None:
        self.view.scan.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sound(self, answer: HandoverAnswer) -> None:
        """Once for each verdict of a person; a line done is not heard."""
        about = f"{answer.verdict.value} {answer.permit.id if answer.permit else answer.raw}"
        if about != self._heard:
            self.bench.sounds.verdict(answer.family.value, about)
        self._heard = about

    def show_state(self, state: HandoverState) -> None:
        """Another state, shown."""
        self.state = state
        self._render()

    def _render(self) -> None:
        self.view.show_state(self.state, self.deeds.offers(self.state))
