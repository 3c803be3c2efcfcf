"""How an import shares the file with the desk: little at once while somebody is served, much when nobody is."""

from collections.abc import Callable, Iterator
from itertools import islice

from counter_app.imports.appointments import AppointmentFile
from counter_app.imports.listed import ListedAppointment, RejectedRow
from counter_app.usecases.desk import Desk

Progress = Callable[[int, int], None]
"""Rows done, rows in all (0 when not known)."""
FEW, MANY = 25, 500
"""Rows written in one transaction while the desk works, and when it is idle: what one commit makes the desk wait."""
READ = 500
"""Rows read at once by a dry run."""

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
