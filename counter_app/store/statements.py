"""Statements of the hot paths, on the driver itself: around a lookup of ten microseconds, SQLAlchemy costs thirty.

They run inside the transaction that the connection holds. Everything else goes through SQLAlchemy Core.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlcipher3 import dbapi2

Row = tuple[Any, ...]
T = TypeVar("T")


def driver(connection: sa.Connection) -> dbapi2.Connection:
    """SQLCipher's own connection, under SQLAlchemy's."""
    return connection.connection.driver_connection


def rows(connection: sa.Connection, statement: str, values: Sequence[object] = ()) -> list[Row]:
    """Every row that a question finds."""
    found: list[Row] = driver(connection).execute(statement, values).fetchall()
    return found


def first(connection: sa.Connection, statement: str, values: Sequence[object] = ()) -> Row | None:
    """The first row that a question finds."""
    found: Row | None = driver(connection).execute(statement, values).fetchone()
    return found


def write(connection: sa.Connection, statement: str, many: Sequence[Row]) -> None:
    """Run a statement once for each of these rows of values."""
    if many:
        driver(connection).executemany(statement, many)


def batches(values: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """These values, so many at a time: a statement takes no more than so many."""
    return (values[start : start + size] for start in range(0, len(values), size))


def marks(values: Sequence[object]) -> str:
    """One place for each value, parted by commas."""
    return ", ".join("?" * len(values))
