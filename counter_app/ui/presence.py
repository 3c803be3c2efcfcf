"""Which files are open here and elsewhere: the other desks are told, and asked before an act."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from time import monotonic

from counter_app.ui.exchanges import Exchanges
from counter_app.ui.outward import LIMIT, Check, Elsewhere
from counter_app.ui.tasks import Breakage, Lane, Lanes


class Presence:
    """The open files of one window. At a desk without a central nobody is told, and nobody asked."""

    def __init__(self, exchanges: Exchanges, lanes: Lanes) -> None:
        self._exchanges, self._lanes = exchanges, lanes
        self._looks: deque[float] = deque()

    def check(self, subject_type: str, subject_id: str) -> Check | None:
        """A file is opened: who else has it, and what is new. None when there is nobody to ask, or no answer came the
        last time."""
        if not self._exchanges.in_touch or (self._looks and monotonic() - self._looks[0] > LIMIT):
            return None
        check = Check(self._exchanges.awaited())
        self.look(subject_type, subject_id, check.opened.set_result)
        return check

    def opened_by(self, subject_type: str, subject_id: str) -> Elsewhere:
        """From the desk's lane: say that a file is opened; who else has it, what they recorded being here by then."""
        made: Future[Check | None] = Future()
        self._lanes.tell(lambda: made.set_result(self.check(subject_type, subject_id)))
        try:
            check = made.result(LIMIT)
        except TimeoutError:
            return None
        return check.wait() if check else None

    def look(self, subject_type: str, subject_id: str, told: Callable[[Elsewhere], None]) -> None:
        """Say that a file is open here; `told` on the lane, so that an act can wait for it there."""
        self._look(subject_type, subject_id, told, leaving=False)

    def leave(self, subject_type: str, subject_id: str) -> None:
        """Say that it no longer is. Unsaid, the central forgets it by itself."""
        if self._exchanges.in_touch:
            self._look(subject_type, subject_id, lambda _opened: None, leaving=True)

    def _look(self, subject_type: str, subject_id: str, told: Callable[[Elsewhere], None], *, leaving: bool) -> None:
        sync = self._exchanges.sync
        if sync is None or self._lanes.closing:
            return
        self._looks.append(monotonic())

        def looked() -> None:
            told(sync.look(subject_type, subject_id, leaving=leaving))

        self._lanes.run(Lane.LOOK, looked, self._looked, self._look_broke)

    def _looked(self, _none: None) -> None:
        self._looks.popleft()

    def _look_broke(self, broken: Breakage) -> None:
        self._looks.popleft()
        self._lanes.broke.emit(broken)
