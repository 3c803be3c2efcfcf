"""What every law of the rows needs: a file as it was made, acts received in any order, and what a file tells."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from random import Random

import sqlalchemy as sa

from counter_app.domain.acts import Act
from counter_app.store import journal, projections
from counter_app.store.engine import Store
from counter_app.store.tables import PROJECTIONS


class _Forget(Exception):
    """Ends a transaction that must leave nothing."""


@contextmanager
def blank(store: Store) -> Iterator[sa.Connection]:
    """The file as it was made, for the length of the block."""
    with suppress(_Forget), store.writing() as connection:
        yield connection
        raise _Forget


def numbered(acts: list[Act]) -> dict[str, list[Act]]:
    """Each stream contiguous, in the order of its clock, as a desk wrote it."""
    streams: dict[str, list[Act]] = {}
    for act in sorted(acts, key=lambda act: act.order):
        mine = streams.setdefault(act.author.stream, [])
        mine.append(replace(act, seq=len(mine) + 1))
    return streams


def deliver(connection: sa.Connection, streams: dict[str, list[Act]], chance: Random) -> None:
    """Receive the streams as sync would: any stream next, a few acts at a time, each stream in its own order."""
    waiting = {stream: list(acts) for stream, acts in streams.items()}
    while waiting:
        stream = chance.choice(sorted(waiting))
        size = chance.randint(1, len(waiting[stream]))
        some, waiting[stream] = waiting[stream][:size], waiting[stream][size:]
        if not waiting[stream]:
            del waiting[stream]
        journal.append(connection, some, lambda digest: digest)
        again = chance.sample(some, chance.randint(0, len(some)))
        projections.project(connection, some)
        projections.project(connection, again)


def prints(connection: sa.Connection) -> list[tuple[int, str]]:
    return [projections.fingerprint(connection, table) for table in PROJECTIONS]
