"""« Remise » (F4): the right permit to the right person, once. Order is free; each scan ticks its own line."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from counter_app.domain.handover_draft import HandoverDraft, Line, is_sleeve, same_sleeve
from counter_app.ui.screens.handover.commit import Commit
from counter_app.ui.screens.handover.countdown import Countdown
from counter_app.ui.screens.handover.deeds import Deeds
from counter_app.ui.screens.handover.lines import EYE_KEY
from counter_app.ui.screens.handover.meeting import Meeting
from counter_app.ui.screens.handover.online import HandoverOnline
from counter_app.ui.screens.handover.parts import Turn
from counter_app.ui.screens.handover.state import HandoverState, Showing
from counter_app.ui.screens.handover.ticking import Ticking
from counter_app.ui.screens.handover.typing import Typing
from counter_app.ui.screens.handover.view import HandoverView
from counter_app.ui.screens.screen import Screen, on_key
from counter_app.ui.tasks import Breakage
from counter_app.ui.widgets.announce import Announce, announce
from counter_app.ui.workbench import Workbench
from counter_app.usecases.answers import Override
from counter_app.usecases.handover_answers import HandoverAnswer


class HandoverScreen(Screen):
    """One person at a time; the page of somebody left half-way is kept for when they come back."""

    name: ClassVar[str] = "handover"
    topic: ClassVar[str] = "screen.remise"
    takes_sleeves: ClassVar[bool] = True

    def __init__(self, bench: Workbench, say: Announce = announce) -> None:
        super().__init__(bench)
        self.state = HandoverState()
        self._turn, self._heard, self._unseen = Turn(), "", False
        self.view = HandoverView(bench, say)
        self.deeds = Deeds(self, self)
        self._meeting = Meeting(self, self._turn)
        self._ticking = Ticking(self, self._turn)
        self._online, self._countdown = HandoverOnline(self, self), Countdown(self, self)
        self._commit = Commit(self, self._turn, self._meeting, self._online)
        self._typing = Typing(self)
        self.view.fill(self)
        self._connect()
        self.show_state(self.state)

    def _connect(self) -> None:
        view, lines = self.view, self.view.lines
        view.scan.undo_wanted.connect(self.bench.undo_wanted)
        view.table.opened.connect(self.meet)
        view.offers.triggered.connect(self.deeds.run)
        view.commit.clicked.connect(lambda _checked: self.commit())
        view.fault.clicked.connect(lambda _checked: self.deeds.ask("fault"))
        lines.ticked.connect(self.tick)
        lines.asked.connect(self.deeds.ask)
        lines.failed.connect(self.deeds.fail)
        lines.stamped.connect(self._ticking.stamp)
        lines.left_above.connect(self.focus_field)
        lines.held_back.connect(lambda: self.say(self.state.why_doubted(self.bench.words), good=False))
        on_key(self, EYE_KEY, lines.by_eye)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            on_key(self, key, self.commit)

    # what the shell asks

    @property
    def field(self) -> QLineEdit | None:
        """Typing from anywhere goes to the one field at the top."""
        return self.view.scan.line

    def next_part(self) -> bool:
        """F6: from the lines to the verdict, and back."""
        return self._typing.next_part()

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
            self.go_on() if self.state.working else self.focus_field()

    def reading(self) -> None:
        """A scan comes in. While somebody's lines are being done it is theirs; else what is shown goes at once."""
        if not self.state.working:
            self.nobody(Showing.READING)

    def scanned(self, raw: str) -> None:
        """A line of the page, or somebody else. A page that was covered since is of somebody who may have gone: the
        sleeve of another permit is then no mistake, and the page is kept."""
        unseen, self._unseen = self._unseen, False
        permit = self.state.permit
        if self.state.working and permit and unseen and is_sleeve(raw) and not same_sleeve(permit, raw):
            self.meet(raw)
            self.bench.told.emit(self.bench.words("handover_page.aside"))
        elif self.state.working:
            self._ticking.scan(raw)
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
        elif state.showing is Showing.READY and not self.view.scan.text:
            return False
        else:
            self.leave()
        return True

    def print_again(self) -> bool:
        """F9: the paper of what is on show."""
        return self.deeds.print_again()

    def undone(self, convocation_id: str) -> None:
        """A handover was taken back: its permit is here again."""
        state = self.state
        if state.permit and state.permit.id == convocation_id:
            if state.recorded:
                self._meeting.put_back(convocation_id, state.draft)
            self.again()

    def hide_people(self, hidden: bool) -> None:
        """Cover names, dates and the page."""
        self._unseen |= hidden
        self.show_state(replace(self.state, hidden=hidden))

    # the person, the page, the act

    def meet(self, raw: str) -> None:
        """Who is it?"""
        self._meeting.meet(raw)

    def again(self, then: Callable[[], None] = lambda: None) -> None:
        """Something about the permit changed."""
        self._meeting.again(then)

    def leave(self) -> None:
        """Nobody at the window; the page is kept."""
        self._meeting.leave()

    def forget(self) -> None:
        """Nobody at the window, and nothing of the page is kept."""
        self._meeting.forget()

    def nobody(self, showing: Showing = Showing.READY) -> None:
        """Nobody at the window; the next verdict is heard, whatever it is."""
        self._heard = ""
        self._meeting.nobody(showing)

    def tick(self, draft: HandoverDraft) -> None:
        """The page changed."""
        self._ticking.tick(draft)

    def judge_again(self) -> None:
        """What is known of the others changed."""
        self._ticking.judge_again()

    def agree(self, override: Override) -> None:
        """A supervisor agreed."""
        self._commit.agree(override)

    def ask_supervisor(self) -> None:
        """Somebody has to agree."""
        self.deeds.ask_supervisor()

    def commit(self) -> None:
        """Ctrl+Enter."""
        self._commit.commit()

    def go_on(self, line: Line | None = None) -> None:
        """Go to a line, or to the next one that Enter does; to the field when something stands against it."""
        answer = self.state.answer
        if line is not None and self.state.working:
            self.view.lines.focus(line)
        elif self.state.doubted:
            if not self.view.lines.lines[self.state.doubted].holds_focus():
                self.focus_field()
        elif answer and self.state.working and not self.state.reviewing and answer.missing and not self._blocked:
            self.view.lines.focus(answer.missing[0])
        elif self.state.choosing:
            self.view.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_field()

    @property
    def _blocked(self) -> bool:
        """Whether what stands against the handover has to be answered before its lines."""
        return bool(self.deeds.offers(self.state)) and self.state.agreed is None

    def tell(self, answer: HandoverAnswer) -> None:
        """An answer about the page in front: of a line that fails, of a handover."""
        self.show_state(replace(self.state, showing=Showing.ANSWER, answer=answer, reviewing=False, told=""))
        self.sound(answer)
        self.go_on()

    def broke(self, broken: Breakage) -> None:
        """Nothing was answered."""
        self._turn.asking = False
        if self.state.showing is Showing.READING:
            self.nobody(Showing.READY)
        self.bench.lanes.broke.emit(broken)

    # showing

    def say(self, sentence: str, good: bool = True) -> None:
        """A sentence under the lines, said once."""
        self.show_state(replace(self.state, told=sentence))
        if not good:
            self.view.missing.show_quietly(sentence, False)

    def focus_field(self) -> None:
        """The one field has the keyboard."""
        self.view.scan.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def sound(self, answer: HandoverAnswer) -> None:
        """Once for each verdict of a person; a line done is not heard."""
        about = f"{answer.verdict.value} {answer.permit.id if answer.permit else answer.raw}"
        if about != self._heard:
            self.bench.sounds.verdict(answer.family.value, about)
        self._heard = about

    def show_state(self, state: HandoverState) -> None:
        """Another state, shown."""
        self.state = state
        self.view.show_state(state, self.deeds.offers(state))
        self._online.follow(state)
        self._countdown.follow(state)
