"""How work of many transactions shares the file with the desk: little at once while somebody is served, much else."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from counter_app.usecases.desk import Desk

AT_ONCE = 50
"""What is written before looking whether the desk came."""
QUIET = 12
"""Transactions in a row without the desk, some seconds, after which nobody is there: it is looked for less often."""
TIDY = 500
"""What is written before the log of the file is tidied: a checkpoint is never left to the desk."""

T = TypeVar("T")


@dataclass(slots=True)
class Pace:
    """How much one transaction takes: twice as much each time that the desk did nothing meanwhile."""

    desk: Desk
    few: int
    most: int
    done: int = 0
    """What is on disk."""
    _many: int = 0
    _taken: int = 0
    _still: int = 0
    _tidied: int = 0
    _calls: int = -1

    def first(self, rows: Iterator[T]) -> list[T]:
        """What the next transaction begins with, taken before it is open; empty at the end."""
        calls = self.desk.store.courtesy.desk_calls
        self._still = self._still + 1 if calls == self._calls else 0
        self._calls, self._taken = calls, 0
        self._many = min(2 * self._many, self.most) if self._still else self.few
        return list(islice(rows, self._many if self._still > QUIET else min(self._many, AT_ONCE)))

    def transaction(self, first: list[T], rows: Iterator[T]) -> Iterator[list[T]]:
        """What one transaction takes, part by part: less when the desk comes meanwhile."""
        some = first
        while some:
            yield some
            self._taken += len(some)
            full = self._taken >= self._many or self.desk.store.courtesy.wanted
            some = [] if full else list(islice(rows, len(first)))

    def kept(self) -> None:
        """The transaction is on disk; what it left to tidy is tidied outside of any."""
        self.done += self._taken
        if self.done - self._tidied >= TIDY:
            self.desk.store.tidy_log()
            self._tidied = self.done
