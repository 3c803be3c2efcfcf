"""The lines of the page in front: each gesture and each scan makes another page, which is judged again."""

from dataclasses import replace
from functools import partial

from counter_app.domain.handover_draft import HandoverDraft, StampShown
from counter_app.domain.tax_stamps import StampFault, StampReading
from counter_app.domain.verdict import Family
from counter_app.ui.screens.handover.parts import LINE, TOPIC, Page, Turn
from counter_app.ui.screens.handover.scans import Ticked, tick_of
from counter_app.ui.screens.handover.words import tells_doubt
from counter_app.usecases.hand_over import stamp_shown
from counter_app.usecases.handover_answers import HandoverAnswer
from counter_app.usecases.handover_look import judge, note_attempt
from counter_app.usecases.handover_page import told_no


class Ticking:
    """What the agent does to the page, and what the reader does."""

    def __init__(self, page: Page, turn: Turn) -> None:
        self._page, self._turn = page, turn

    def tick(self, draft: HandoverDraft) -> None:
        """The page changed: judge it again."""
        page, permit = self._page, self._page.state.permit
        if permit is None or not page.state.working:
            return
        page.show_state(page.state.ticked(draft))
        desk, permit_id, ticked = page.bench.desk, permit.id, page.state.draft
        page.bench.look(TOPIC, lambda: judge(desk, permit_id, ticked), self._judged)

    def judge_again(self) -> None:
        """The page stayed the same, what is known of the others did not: the keyboard stays where it is."""
        page, permit = self._page, self._page.state.permit
        if permit is None or not page.state.working:
            return
        desk, permit_id, draft = page.bench.desk, permit.id, page.state.draft
        page.bench.look(LINE, lambda: judge(desk, permit_id, draft), self._judged_again)

    def _judged_again(self, answer: HandoverAnswer) -> None:
        page = self._page
        if self._of_this_page(answer) and not page.state.reviewing:
            page.show_state(page.state.judged(answer))

    def _of_this_page(self, answer: HandoverAnswer) -> bool:
        permit = self._page.state.permit
        if permit is None or answer.permit is None or answer.permit.id != permit.id:
            return False
        return self._page.state.working and answer.draft == self._page.state.draft

    def _judged(self, answer: HandoverAnswer) -> None:
        page = self._page
        before = page.state.answer
        if not self._of_this_page(answer):
            return
        page.show_state(page.state.judged(answer))
        if told_no(answer, before):
            self._note(answer)
        page.sound(answer)
        page.go_on()
        if self._turn.commit_wanted:
            self._turn.commit_wanted = False
            page.commit()

    def _note(self, answer: HandoverAnswer) -> None:
        """Another person's sleeve, a stamp spent already: kept as attempts."""
        bench, permit, draft = self._page.bench, answer.permit, answer.draft
        desk = bench.desk
        assert permit is not None, "a page belongs to a permit"
        bench.do(lambda: note_attempt(desk, permit.id, draft), lambda _told: bench.acted.emit())

    def stamp(self, typed: str) -> None:
        """A stamp, sixteen digits; what is no stamp is told and stays in the field."""
        desk, number = self._page.bench.desk, self._turn.number
        self._page.bench.do(lambda: stamp_shown(desk, typed), lambda read: self._stamped(number, *read))

    def _stamped(self, number: int, reading: StampReading, shown: StampShown | None) -> None:
        page = self._page
        if number != self._turn.number or not page.state.working:
            return
        if shown is None:
            key = "stamp_letters" if reading.fault is StampFault.LETTERS else "stamp_digits"
            page.say(page.bench.words(f"handover_page.{key}", n=reading.read), good=False)
            return
        page.view.lines.stamp.clear()
        self.tick(replace(page.state.draft, stamps=(*page.state.draft.stamps, shown), exempt=""))

    def scan(self, raw: str) -> None:
        """A scan while a page is open: the line it belongs to, else somebody else."""
        page, permit, draft = self._page, self._page.state.permit, self._page.state.draft
        assert permit is not None, "lines belong to a permit"
        self._turn.asking = True
        heard = partial(self._scanned, self._turn.number, raw, draft)
        page.bench.do(partial(tick_of, page.bench.desk, raw, permit, draft, page.bench.lang), heard, page.broke)

    def _scanned(self, number: int, raw: str, before: HandoverDraft, ticked: Ticked) -> None:
        page = self._page
        if number != self._turn.number:
            return
        if before != page.state.draft and page.state.working:  # read again: a line done meanwhile would be lost
            self.scan(raw)
            return
        self._turn.asking = False
        if ticked.other:
            page.view.scan.make_ready()
            page.meet(ticked.other)
            return
        if ticked.paper:
            page.show_state(replace(page.state, paper=ticked.paper))
            page.view.lines.show_document(ticked.draft.identity_document)
        if ticked.draft != page.state.draft:
            self.tick(ticked.draft)
        self._tell(ticked)

    def _tell(self, ticked: Ticked) -> None:
        """Why nothing was ticked; what a document leaves in doubt stands as the answer, until the agent says more."""
        page = self._page
        if ticked.doubt:
            page.show_state(replace(page.state, doubt=ticked.doubt))
        if told := ticked.doubt or ticked.sentence:
            page.bench.sounds.verdict(Family.WARN.value, f"handover {told}")
            if not (ticked.doubt and tells_doubt(page.state)):
                page.say(told, good=False)
            page.focus_field()
