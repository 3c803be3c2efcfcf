"""Where each stream of the journal stands, and which one this desk writes now."""

from dataclasses import dataclass

import sqlalchemy as sa

from counter_app.domain.acts import GENESIS
from counter_app.store.statements import first

_CLOCK = "SELECT max((SELECT coalesce(max(clock), 0) FROM head), (SELECT coalesce(max(clock), 0) FROM branch))"
_SUCCESSOR = "SELECT next FROM successor WHERE stream = ?"
_HEAD = f"SELECT seq, digest, ({_CLOCK}), ({_SUCCESSOR}) FROM head WHERE stream = ?"


@dataclass(slots=True)
class Head:
    """Where a stream stands: its last position and link, and the highest clock this file has seen."""

    seq: int
    digest: str
    clock: int


def read_head(connection: sa.Connection, stream: str) -> Head:
    """Position from which the stream goes on."""
    row = first(connection, _HEAD, (stream, stream))
    return Head(*row[:3]) if row else Head(0, GENESIS, *(first(connection, _CLOCK) or (0,)))


def current_head(connection: sa.Connection, stream: str) -> tuple[str, Head]:
    """The stream that this desk writes now, and where it goes on.

    It is another one than `stream` once it was seen that a copy of the file went on with that one.
    """
    row = first(connection, _HEAD, (stream, stream))
    following = row[3] if row else _successor(connection, stream)
    if following is not None:
        return current_head(connection, following)
    return stream, (Head(*row[:3]) if row else read_head(connection, stream))


def current_stream(connection: sa.Connection, stream: str) -> str:
    """The stream that this desk writes now (see `current_head`)."""
    while (following := _successor(connection, stream)) is not None:
        stream = following
    return stream


def _successor(connection: sa.Connection, stream: str) -> str | None:
    row = first(connection, _SUCCESSOR, (stream,))
    return str(row[0]) if row else None
