"""Who goes first at one file: the desk before work in the background, and writers of one program in line.

SQLite makes a writer that finds the seat taken sleep and try again: behind an import it would starve. Here writers of
the same program wait in line, and work in the background pauses between its transactions while the desk works.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_PAUSE = 0.1
"""Seconds that work in the background waits at most before it goes on: it is never starved either."""


class Courtesy:
    """Shared by the threads that work on one file."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._line: deque[threading.Event] = deque()
        self._seated: int | None = None
        self._here = threading.local()
        self._at_work = 0
        self._quiet = threading.Event()
        self._quiet.set()
        self.desk_calls = 0
        """How often the desk came so far."""
        self.under_way = 0
        """How much work is under way in the background."""

    @property
    def wanted(self) -> bool:
        """Whether the desk is at work, or somebody waits for the writer's seat."""
        return bool(self._at_work or self._line)

    @contextmanager
    def in_the_background(self) -> Iterator[None]:
        """What this thread does in the block comes after the desk's work."""
        self._here.behind = True
        with self._guard:
            self.under_way += 1
        try:
            yield
        finally:
            self._here.behind = False
            with self._guard:
                self.under_way -= 1

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """A call on the file; work in the background is not counted."""
        if getattr(self._here, "behind", False):
            yield
            return
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def give_way(self) -> None:
        """Wait until the desk has nothing under way, a moment at most; whoever holds the seat goes on."""
        if not self._at_work or self._seated == threading.get_ident():
            return
        with self._guard:
            if self._at_work:
                self._quiet.clear()
        self._quiet.wait(LONGEST_PAUSE)

    @contextmanager
    def seat(self) -> Iterator[None]:
        """The writer's seat of this program: first come, first served. A thread that holds it must not ask again."""
        turn = self._queue()
        if turn:
            turn.wait()
        self._seated = threading.get_ident()
        try:
            yield
        finally:
            self._leave()

    def _count(self, change: int) -> None:
        with self._guard:
            self._at_work += change
            self.desk_calls += change > 0
            if not self._at_work and not self._quiet.is_set():
                self._quiet.set()

    def _queue(self) -> threading.Event | None:
        """None when the seat is free and now taken; else what opens when it is handed over."""
        assert self._seated != threading.get_ident(), "one transaction at a time"
        with self._guard:
            if self._seated is None:
                self._seated = threading.get_ident()
                return None
            turn = threading.Event()
            self._line.append(turn)
            return turn

    def _leave(self) -> None:
        with self._guard:
            if self._line:
                self._line.popleft().set()
                self._seated = 0
            else:
                self._seated = None
