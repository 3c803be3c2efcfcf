"""The window's exchanges with the central: when they run, and what they bring to the screens.

Nothing here works on the desk's lane, and no transaction is open while a network keeps somebody waiting. A desk that
is enrolled nowhere has no exchanges: all of it is quiet.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.sync.backoff import FARTHEST
from counter_app.sync.desk_sync import DeskSync
from counter_app.sync.exchange import Outcome
from counter_app.sync.hurry import Hurried
from counter_app.sync.state import Phase, SyncState
from counter_app.ui.outward import Outward
from counter_app.ui.tasks import Lane, Lanes

SOON = 100
"""Milliseconds after an act of this desk: what is done in one breath leaves together."""
BETWEEN = 200
"""Milliseconds between two waits for the bell, and before an exchange that has to be done again."""
HEARD = 2_000
"""Milliseconds that a signature waits for all that other desks recorded."""
LAST = 2.0
"""Seconds that a window which closes gives to its last acts."""
VERIFY = timedelta(seconds=60)
"""Age of the last verification at which a quiet desk asks again."""
IN_TOUCH = frozenset({Phase.UP_TO_DATE, Phase.BEHIND})
Subjects = frozenset[tuple[str, str]]


class Exchanges(QObject):
    """Runs the exchanges of one window, one at a time."""

    changed = Signal()
    """How the desk stands with its central is no longer what it was."""
    received = Signal(object)
    """What acts of other desks are about: a frozenset of (type, identity)."""
    answered = Signal()
    """An exchange that somebody asked for has ended."""
    taken_out = Signal()
    """The central took this desk out, and holds every act of it: nothing is left to be done here."""

    def __init__(self, sync: DeskSync | None, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._sync: DeskSync | None = None
        self.state = SyncState(Phase.ALONE)
        self._take(sync)
        self.in_touch = False
        """Whether the central answered the last time."""
        self.ringing = False
        """Whether the bell is being waited for."""
        self._exchanging = self._again = self._wanted = False
        self._asked: list[Future[None]] = []
        self._acted, self._next, self._bell = (QTimer(self, singleShot=True) for _timer in range(3))
        self._acted.timeout.connect(self._send)
        self._next.timeout.connect(self._when_due)
        self._bell.timeout.connect(self._ring)

    @property
    def enrolled(self) -> bool:
        """Whether this desk has a central."""
        return self._sync is not None

    @property
    def sync(self) -> DeskSync | None:
        """What speaks to the central from a lane of this window; None at a desk that has none."""
        return self._sync

    @property
    def endings(self) -> tuple[tuple[str, datetime], ...]:
        """When what the exchanges rely on ends."""
        told = (("token", self.state.expires_at),) if self.state.expires_at else ()
        return (self._sync.central.endings() if self._sync else ()) or told

    def _take(self, sync: DeskSync | None) -> None:
        if sync is not None:
            self._sync = replace(sync, central=Outward(self._lanes, sync.central))
            self.state = SyncState(Phase.WAITING)

    def joined(self, sync: DeskSync | None) -> None:
        """The desk has joined a central: the first exchange begins at once, and somebody waits to hear how it went."""
        self._take(sync)
        self.ask()

    def start(self) -> None:
        """Begin: desks that open together do not all speak at once."""
        sync = self._sync
        if sync is None:
            return

        def begun() -> SyncState:
            """Whatever the last window left, nothing was asked yet: « hors ligne » is told once it is known."""
            sync.begin()
            return sync.state(Phase.WAITING)

        self._lanes.run(Lane.SYNC, begun, self._begun)

    def _begun(self, state: SyncState) -> None:
        self._show(state)
        self._wait_for(state)

    def acted(self) -> None:
        """This desk recorded something, perhaps: it leaves at once. When the central did not answer it is counted, and
        the next try comes soon."""
        if self.enrolled:
            self._acted.start(SOON)

    def _send(self) -> None:
        sync, offline = self._sync, self.state.phase is Phase.OFFLINE
        if sync is None or self._lanes.closing:
            return

        def counted() -> SyncState:
            if offline:
                sync.hurry()
            return sync.state(self.state.phase)

        self._lanes.run(Lane.SYNC, counted, self._waiting)

    def _waiting(self, state: SyncState) -> None:
        if not self.in_touch:
            self._show(replace(self.state, waiting=state.waiting, next_try=state.next_try))
            if state.phase is Phase.OFFLINE and state.next_try and not self._exchanging:
                self._wait_for(state)
        elif state.waiting:
            self._show(replace(state, phase=Phase.EXCHANGING))
            self.now()

    def ask(self) -> None:
        """Somebody wants an exchange now, and waits to hear how it went."""
        self._wanted = self.enrolled
        self.now()

    def now(self) -> None:
        """Exchange now, whatever was planned; after the one under way, when there is one."""
        sync = self._sync
        if sync is None or self._lanes.closing:
            return
        if self._exchanging:
            self._again = True
            return
        self._exchanging, self._again = True, False
        asked, self._asked = self._asked, []
        self._next.stop()
        self._lanes.run(
            Lane.SYNC,
            lambda: sync.once(self._progress),
            lambda found: self._exchanged(*found, asked),
            lambda broken: self._broken(asked, broken.sentence),
        )

    def _progress(self, state: SyncState, outcome: Outcome) -> None:
        """From the lane: what came so far."""
        about = outcome.subjects
        self._lanes.tell(lambda: self._came(state, about))

    def _came(self, state: SyncState, about: Subjects) -> None:
        self._show(state)
        if about:
            self.received.emit(about)

    def _exchanged(self, state: SyncState, _outcome: Outcome, asked: list[Future[None]]) -> None:
        self._exchanging, self.in_touch = False, state.phase in IN_TOUCH
        self._show(state)
        self._settle(asked)
        if state.phase is Phase.REVOKED and not state.waiting:
            self.taken_out.emit()
        if self._again:
            self.now()
        elif self.in_touch or state.next_try is None:
            self._next.start(BETWEEN if state.phase is Phase.BEHIND else _ms(VERIFY))
            self._ring()
        else:
            self._wait_for(state)

    def _broken(self, asked: list[Future[None]], sentence: str) -> None:
        """Something here broke: it is told like any breakage, and tried again as if the central had not answered."""
        self._exchanging = self._again = self.in_touch = False
        self._settle(asked)
        self._show(replace(self.state, phase=Phase.OFFLINE, error=sentence))
        self._next.start(_ms(VERIFY))

    def _settle(self, asked: list[Future[None]]) -> None:
        """Whoever waited for this exchange need not wait any more."""
        for one in asked:
            one.set_result(None)
        if self._wanted and not self._again:
            self._wanted = False
            self.answered.emit()

    def _wait_for(self, state: SyncState) -> None:
        """Until the next try; one farther than anything asks for was set by a wrong clock."""
        left = state.next_try - self._now() if state.next_try else timedelta(0)
        self._next.start(_ms(left) if timedelta(0) < left <= FARTHEST else 0)

    def _when_due(self) -> None:
        self.now()

    def _ring(self) -> None:
        """Wait for the bell, once at a time, while the central answers."""
        sync = self._sync
        if sync is None or self.ringing or self._lanes.closing or not self.in_touch:
            return
        self.ringing = True
        self._lanes.run(Lane.BELL, sync.ring, self._rung)

    def _rung(self, news: bool | None) -> None:
        self.ringing = False
        if news is False:
            self._bell.start(BETWEEN)
        else:
            self.now()

    def finish(self, told: Callable[[int], None]) -> None:
        """The window closes: what is still to be sent leaves now, unless the central did not answer the last time.
        `told` how many acts of this desk stay here for now."""
        self._lanes.run(Lane.DESK, lambda: None, lambda _none: self._finish(monotonic() + LAST, told))

    def _finish(self, until: float, told: Callable[[int], None]) -> None:
        sync, in_touch = self._sync, self.in_touch
        assert sync is not None, "only an enrolled desk has something to send"

        def sent() -> int:
            if in_touch and sync.state().waiting:
                replace(sync, central=Hurried(sync.central, monotonic, until)).once()
            return sync.state().waiting

        self._lanes.run(Lane.SYNC, sent, told, lambda _broken: told(self.state.waiting))

    def awaited(self) -> "Future[None]":
        """An exchange begins now; what is answered once it has ended, however it went."""
        asked: Future[None] = Future()
        self._asked.append(asked)
        self.now()
        return asked

    def hear(self, told: Callable[[bool], None]) -> None:
        """Bring here what other desks recorded, then tell whether all of it came in time; at once at a desk that is
        alone, and where the central did not answer the last time."""
        if not self.in_touch:
            told(not self.enrolled)
            return
        late = QTimer(self, singleShot=True, interval=HEARD)

        def ended(heard: bool) -> None:
            late.timeout.disconnect()
            late.stop()
            late.deleteLater()
            told(heard)

        late.timeout.connect(lambda: ended(False))
        late.start()
        self.awaited().add_done_callback(
            lambda _ended: ended(self.state.phase is Phase.UP_TO_DATE) if late.isActive() else None
        )

    def _show(self, state: SyncState) -> None:
        self.state = state
        self.changed.emit()

    def _now(self) -> datetime:
        assert self._sync is not None, "only an enrolled desk waits"
        return self._sync.desk.clock()


def _ms(length: timedelta) -> int:
    return max(0, int(length.total_seconds() * 1000))
