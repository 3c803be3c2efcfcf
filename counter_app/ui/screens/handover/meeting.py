"""Who is at the window: met by what was scanned or typed, left, met again. A page begun is kept for them."""

from collections.abc import Callable
from dataclasses import replace

from counter_app.domain.handover_draft import NOTHING_DONE, HandoverDraft
from counter_app.ui.screens.handover.parts import TOPIC, Page, Turn
from counter_app.ui.screens.handover.scans import doubt_of
from counter_app.ui.screens.handover.state import Kept, Showing
from counter_app.usecases.handover_look import Begun, look
from counter_app.usecases.handover_page import Met, is_card_itself, meet, with_identity


class Meeting:
    """One person after the other."""

    def __init__(self, page: Page, turn: Turn) -> None:
        self._page, self._turn, self._kept = page, turn, Kept()

    def meet(self, raw: str) -> None:
        """Who is it? The page of the person before is kept."""
        desk = self._page.bench.desk
        self._ask(lambda begun: meet(desk, raw, begun))

    def _ask(self, who: Callable[[Begun], Met], then: Callable[[], None] = lambda: None) -> None:
        page = self._page
        page.nobody(Showing.READING)
        number, begun = self._turn.number, self._kept.begun
        self._turn.asking = True

        def met(found: Met) -> None:
            self._met(number, found)
            then()

        page.bench.do(lambda: who(begun), met, page.broke)

    def _met(self, number: int, met: Met) -> None:
        page = self._page
        page.bench.acted.emit()
        if number != self._turn.number:
            return
        self._turn.asking = False
        page.view.scan.make_ready()
        page.show_state(page.state.telling(met.answer))
        page.sound(met.answer)
        if page.state.working:
            self._begin(met)

    def _begin(self, met: Met) -> None:
        """The page of a permit of the stock: as it was left, else a new one; what was scanned ticks its line."""
        page, answer, permit = self._page, met.answer, met.answer.permit
        assert permit is not None, "a page belongs to a permit"
        kept, doubt = self._kept.take(permit.id, answer.at)
        draft = kept or replace(answer.draft, started_at=answer.at)
        if answer.draft.sleeve:
            draft = replace(draft, sleeve=answer.draft.sleeve)
        if met.paper and is_card_itself(met.paper, permit):
            draft = replace(draft, sleeve=permit.card_number)
        elif met.paper:
            draft = with_identity(draft, met.paper, permit)
            page.show_state(replace(page.state, paper=met.paper))
        page.view.lines.begin(draft)
        page.tick(draft)
        if met.paper and draft.to_compare:
            doubt = doubt_of(met.paper, page.bench.lang)
        if doubt and draft.identity_result is None:
            page.show_state(replace(page.state, doubt=doubt))
        if kept and replace(kept, started_at=None) != NOTHING_DONE:
            page.say(page.bench.words("handover_page.resumed"))

    def forget(self) -> None:
        """Nobody at the window, and nothing of this page is kept: the person went away with a no."""
        self.leave()
        left = self._page.state.left
        if left and left.permit:
            self.drop(left.permit.id)

    def again(self, then: Callable[[], None] = lambda: None) -> None:
        """Ask about the same permit once more: something about it changed; what was done of the page stays. Nobody
        presented anything: no attempt is kept."""
        permit = self._page.state.permit
        if permit:
            self._kept.keep(self._page.state)
            self._page.show_state(replace(self._page.state, answer=None))
            desk = self._page.bench.desk
            self._ask(lambda begun: Met(look(desk, permit.id, begun=begun)), then)

    def leave(self) -> None:
        """Nobody at the window; the page is kept."""
        self._page.bench.scanner.forget_last()
        self._page.view.scan.make_ready()
        self._page.nobody(Showing.READY)

    def nobody(self, showing: Showing) -> None:
        """Nobody at the window; the page of the person before is kept."""
        page = self._page
        self._kept.keep(page.state)
        self._turn.next()
        page.bench.lanes.forget(TOPIC)
        page.show_state(page.state.nobody(showing))

    def drop(self, permit_id: str) -> None:
        """Nothing of a page is kept."""
        self._kept.drop(permit_id)

    def put_back(self, permit_id: str, draft: HandoverDraft) -> None:
        """The page of a handover that was taken back, empty: it may have been the wrong person's. When it was begun is
        kept, as they were inside."""
        self._kept.put(permit_id, replace(NOTHING_DONE, started_at=draft.started_at))
