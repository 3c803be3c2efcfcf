"""The act: what lacks, then the summary, then the permit changes hands. Only Ctrl+Enter comes here."""

from dataclasses import replace

from counter_app.telling.handover import handover_text, missing_line
from counter_app.ui.screens.handover.meeting import Meeting
from counter_app.ui.screens.handover.offers import may_be_agreed
from counter_app.ui.screens.handover.online import HandoverOnline
from counter_app.ui.screens.handover.parts import Page, Turn
from counter_app.usecases.answers import Override
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.handover_answers import HandoverAnswer


class Commit:
    """Hands the permit of the page over, once."""

    def __init__(self, page: Page, turn: Turn, meeting: Meeting, online: HandoverOnline) -> None:
        self._page, self._turn, self._meeting, self._online = page, turn, meeting, online

    def commit(self) -> None:
        """What lacks takes the focus; then the summary; then the act."""
        page, state, answer = self._page, self._page.state, self._page.state.answer
        if answer is None or not state.working or self._turn.asking:
            return
        if not state.settled:
            self._turn.commit_wanted = True
        elif state.reviewing:
            self._hand_over()
        elif answer.missing:
            page.say(missing_line(answer, page.bench.lang), good=False)
            page.go_on(None if state.doubted else answer.missing[0])
        elif answer.may_commit or state.agreed:
            page.show_state(replace(state, reviewing=True, told=""))
            page.focus_field()
        elif may_be_agreed(answer):
            page.ask_supervisor()
        else:
            page.say(handover_text(answer, page.bench.desk.rules, page.bench.lang).sentence, good=False)

    def agree(self, override: Override) -> None:
        """A supervisor agreed, for this person only."""
        page = self._page
        page.show_state(replace(page.state, agreed=override, agreed_to=page.state.liftable))
        page.go_on()

    def _hand_over(self) -> None:
        state, bench, number = self._page.state, self._page.bench, self._turn.number
        permit, draft, agreed, desk = state.permit, state.draft, state.agreed, bench.desk
        assert permit is not None, "a page belongs to a permit"
        self._turn.asking = True
        asked = self._online.before_the_act()

        def handed() -> HandoverAnswer:
            asked()
            return hand_over(desk, permit.id, draft, agreed)

        bench.do(handed, lambda told: self._done(number, told), self._page.broke)

    def _done(self, number: int, answer: HandoverAnswer) -> None:
        bench = self._page.bench
        bench.acted.emit()
        if answer.recorded and answer.permit:
            self._meeting.drop(answer.permit.id)
            if answer.receipt:
                bench.paper_wanted.emit(answer.receipt.id)
        if number != self._turn.number:
            return
        self._turn.asking = False
        self._page.tell(answer)
        if answer.recorded:
            bench.scanner.forget_last()
            self._page.focus_field()
