"""The one place where threads meet the window: lanes of work, each one thread, answers delivered on the UI thread.

What crosses a thread is a frozen value. Answers arrive in the order the work was given, lane by lane. Work that was
accepted is always finished, closing included: an act is never lost because the window went away.
"""

import logging
import secrets
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from counter_app.domain.refusal import StoreRefused
from counter_app.store.safety import not_done
from counter_app.ui.sweeper import Sweeper
from counter_app.wording.catalogue import Words

T = TypeVar("T")

SWITCH = 0.0005
"""Seconds after which a lane lets the window answer Qt: ten times sooner than Python would, since one paint calls back
a hundred times."""

log = logging.getLogger(__name__)


class Lane(StrEnum):
    """Desk: gestures, scans, searches, in order. Background: imports, backups. Paper: printing, behind nothing else.

    Towards the central: exchanges on one lane; on another the bell that tells of something new, so that an act of this
    desk leaves while the bell is waited for; on a third who has which file open, so that no backlog delays it.
    """

    DESK = "desk"
    BACKGROUND = "background"
    PAPER = "paper"
    SYNC = "sync"
    BELL = "bell"
    LOOK = "look"


OUTWARD = frozenset({Lane.SYNC, Lane.BELL, Lane.LOOK})
"""Lanes that wait for a network: they keep nobody at the desk waiting."""


@dataclass(frozen=True, slots=True)
class Breakage:
    """Work that broke: a sentence for the agent, and the reference under which the log tells the rest."""

    reference: str
    sentence: str


class LanesClosed(RuntimeError):
    """Work was given after closing."""


class Lanes(QObject):
    """Its threads and the only way to and from them. Make it and use it on the UI thread."""

    broke = Signal(object)
    """A Breakage that nobody else handles."""
    busy_changed = Signal(str, bool)
    """A lane began to work, or has nothing left to do."""

    _arrived = Signal(object)

    def __init__(self, words: Words | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words or Words()
        self._threads = {lane: ThreadPoolExecutor(1, thread_name_prefix=lane.value) for lane in Lane}
        self._waiting = dict.fromkeys(Lane, 0)
        self._newest: dict[str, int] = {}
        self._closing: Future[None] = Future()
        self._closed = False
        self._sweeper = Sweeper(self)
        sys.setswitchinterval(SWITCH)
        self._arrived.connect(lambda call: call(), Qt.ConnectionType.QueuedConnection)

    def speak(self, words: Words) -> None:
        """Language of the sentences about breakages."""
        self._words = words

    def run(
        self,
        lane: Lane,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Breakage], None] | None = None,
    ) -> None:
        """Queue work on a lane; then `done(result)` or `failed(breakage)` on the UI thread, in submission order.

        Without `failed`, a breakage goes to the `broke` signal. Raises LanesClosed after `close`.
        """
        if self._closed:
            raise LanesClosed(f"{lane} lane is closed")
        self._count(lane, 1)
        self._threads[lane].submit(self._work, lane, work, done, failed or self.broke.emit)

    def run_latest(
        self,
        lane: Lane,
        topic: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Breakage], None] | None = None,
    ) -> None:
        """Like `run`, for questions of which only the newest matters, such as a search while typing.

        Older questions of the same topic are not asked when still queued, and their answers are dropped.
        Never use it for acts.
        """
        number = self._newest[topic] = self._newest.get(topic, 0) + 1
        self.run(
            lane,
            lambda: work() if self._newest[topic] == number else None,
            lambda result: done(result) if result is not None and self._newest[topic] == number else None,
            failed,
        )

    def forget(self, topic: str) -> None:
        """Drop whatever `run_latest` still has to answer about a topic."""
        self._newest[topic] = self._newest.get(topic, 0) + 1

    def tell(self, call: Callable[[], None]) -> None:
        """From work on a lane: have a call made on the UI thread, such as the progress of an import."""
        self._arrived.emit(call)

    @property
    def closing(self) -> bool:
        """True once closing began: long work that may stop at a safe place should look at it between pieces."""
        return self._closing.done()

    @property
    def busy(self) -> bool:
        """Whether something of the desk is under way or waits."""
        return any(count for lane, count in self._waiting.items() if lane not in OUTWARD)

    def outside(self, ask: Callable[[], T]) -> T | None:
        """From work on a lane: ask what a network may keep waiting for long. None when the window closes meanwhile:
        the question is left behind, its answer goes nowhere.
        """
        answer: Future[T] = Future()

        def asked() -> None:
            try:
                answer.set_result(ask())
            except BaseException as error:  # noqa: BLE001 - carried to the lane that asked
                answer.set_exception(error)

        threading.Thread(target=asked, name="outside", daemon=True).start()
        either: tuple[Future[Any], ...] = (answer, self._closing)
        wait(either, return_when=FIRST_COMPLETED)
        return answer.result() if answer.done() else None

    def close(self) -> None:
        """Finish all accepted work and what its answers still ask for, then stop the threads. Blocks until done.

        An arrival recorded as the window closes still prints its ticket. What a network keeps waiting is left behind.
        """
        if not self.closing:
            self._closing.set_result(None)
        while any(self._waiting.values()):
            for executor in self._threads.values():
                executor.submit(lambda: None).result()
            QCoreApplication.sendPostedEvents(self)
        self._closed = True
        for executor in self._threads.values():
            executor.shutdown(wait=True)
        self._sweeper.stop()

    def _work(
        self, lane: Lane, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Breakage], None]
    ) -> None:
        answer: Callable[[], None]
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - the edge of the thread: whatever broke must reach the agent
            breakage = self._breakage(lane, error)
            answer = lambda: failed(breakage)  # noqa: E731
        else:
            answer = lambda: done(result)  # noqa: E731
        self._arrived.emit(lambda: self._deliver(lane, answer))

    def _deliver(self, lane: Lane, answer: Callable[[], None]) -> None:
        self._count(lane, -1)
        answer()

    def _count(self, lane: Lane, change: int) -> None:
        before = self._waiting[lane]
        self._waiting[lane] += change
        if bool(before) != bool(self._waiting[lane]):
            self.busy_changed.emit(lane.value, bool(self._waiting[lane]))

    def _breakage(self, lane: Lane, error: BaseException) -> Breakage:
        reference = secrets.token_hex(3).upper()
        log.error("breakage %s on %s lane: %s at %s", reference, lane, type(error).__name__, _where(error))
        return Breakage(reference, self._told(lane, error, reference))

    def _told(self, lane: Lane, error: BaseException, reference: str) -> str:
        """What a refusal or the system says, since the agent can mend that; else that something broke."""
        if isinstance(error, OSError):
            error = not_done(error)
        if isinstance(error, StoreRefused):
            return error.sentence
        return self._words(f"tasks.{lane}_failed", reference=reference)


def _where(error: BaseException) -> str:
    """Files, lines and functions of a breakage. Its message is left out: it may hold a name or a number."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in reversed(frames))
