"""How an import shares the file with the desk: little at once while somebody is served, much when nobody is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from counter_app.imports.appointments import AppointmentFile
from counter_app.imports.listed import ListedAppointment, RejectedRow
from counter_app.usecases.desk import Desk

Progress = Callable[[int, int], None]
"""Rows done, rows in all (0 when not known)."""
FEW, MANY = 25, 500
"""Rows written in one transaction while the desk works, and when it is idle: what one commit makes the desk wait."""
AT_ONCE = 50
"""Rows written before looking whether the desk came."""
READ = 500
"""Rows read at once by a dry run; rows after which the log of the file is tidied."""

Row = ListedAppointment | RejectedRow
Batch = list[Row]


def politely(desk: Desk, file: AppointmentFile) -> Iterator[Row]:
    """The rows, read while the desk does nothing."""
    for row in file:
        desk.store.courtesy.give_way()
        yield row


def batches(rows: Iterator[Row], progress: Progress | None, total: int) -> Iterator[Batch]:
    """The rows of a dry run, some at a time."""
    done = 0
    while batch := list(islice(rows, READ)):
        yield batch
        done += len(batch)
        if progress:
            progress(done, total)


@dataclass(slots=True)
class Pace:
    """How many rows one transaction takes: twice as many each time that the desk did nothing meanwhile."""

    desk: Desk
    done: int = 0
    """Rows on disk."""
    many: int = FEW
    """Rows of the transaction under way."""
    _tidied: int = 0
    _calls: int = -1

    def batch(self) -> int:
        """Rows to write at once in the next transaction, which takes `many` of them."""
        calls = self.desk.store.courtesy.desk_calls
        self.many = FEW if calls != self._calls else min(2 * self.many, MANY)
        self._calls = calls
        return min(self.many, AT_ONCE)

    def kept(self, progress: Progress | None, total: int) -> None:
        """Tell the rows that are on disk; what their transactions left to tidy is not left to the desk."""
        if progress:
            progress(self.done, total)
        if self.done - self._tidied >= READ:
            self.desk.store.tidy_log()
            self._tidied = self.done
