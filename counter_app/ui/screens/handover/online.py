"""The other desks, asked about the permit of the page while this desk's own answer is on show already."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from counter_app.domain.acts import SubjectType
from counter_app.sync.state import Phase
from counter_app.ui.outward import STILL_HERE, Check, Elsewhere
from counter_app.ui.screens.handover.parts import Page
from counter_app.ui.screens.handover.state import HandoverState


class HandoverOnline(QObject):
    """Follows one permit at a time. A card is in one hand: who else has its page open is told, and stops nobody."""

    def __init__(self, page: Page, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._permit = page, ""
        self._check: Check | None = None
        self._here = QTimer(self, interval=STILL_HERE)
        self._here.timeout.connect(self._say_again)
        page.bench.exchanges.received.connect(self._on_received)
        self._line = page.bench.exchanges.state.phase
        page.bench.exchanges.changed.connect(self._on_line)

    def follow(self, state: HandoverState) -> None:
        """The page shows this now."""
        permit = state.permit.id if state.working and state.permit else ""
        if permit == self._permit:
            return
        presence = self._page.bench.presence
        if self._permit:
            presence.leave(SubjectType.PERMIT, self._permit)
            self._here.stop()
        self._permit, self._check = permit, presence.check(SubjectType.PERMIT, permit) if permit else None
        if self._check is not None:
            self._here.start()
            self._check.opened.add_done_callback(self._tell(permit))

    def before_the_act(self) -> Callable[[], object]:
        """What the act calls on the desk's lane: what others recorded is here by then, or nearly."""
        check = self._check
        return check.wait if check else lambda: None

    def _say_again(self) -> None:
        permit, lanes = self._permit, self._page.bench.lanes

        def told(opened: Elsewhere) -> None:
            lanes.tell(lambda: self._on_opened(permit, opened))

        self._page.bench.presence.look(SubjectType.PERMIT, permit, told)

    def _tell(self, permit: str) -> Callable[["Future[Elsewhere]"], None]:
        """From the lane to the window."""
        return lambda found: self._page.bench.lanes.tell(lambda: self._on_opened(permit, found.result()))

    def _on_opened(self, permit: str, opened: Elsewhere) -> None:
        if permit != self._permit:
            return
        words, page = self._page.bench.words, self._page
        marks = tuple(words("confidence.open", desk=one.desk, agent=one.agent) for one in opened or ())
        if marks != page.state.marks:
            page.show_state(replace(page.state, marks=marks))

    def _on_line(self) -> None:
        """The line to the others came, or was cut: an answer given before would be believed for another reason."""
        phase = self._page.bench.exchanges.state.phase
        if phase not in (self._line, Phase.EXCHANGING):
            self._line = phase
            self._page.judge_again()

    def _on_received(self, about: frozenset[tuple[str, str]]) -> None:
        """Another desk did something about this very permit: the page is read again, what was ticked stays."""
        page = self._page
        if self._permit and (SubjectType.PERMIT, self._permit) in about:
            page.again(self._tell_changed)

    def _tell_changed(self) -> None:
        """Said of a page whose lines are still to be done; of a card that left, the answer says it all."""
        page = self._page
        if page.state.working:
            page.bench.told.emit(page.bench.words("confidence.permit_changed"))
