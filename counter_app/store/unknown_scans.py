"""Readings of a desk that knew nobody by them: whoever they speak of stood there."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from counter_app.store.statements import batches, marks, rows

_SCANS = "subject_type = 'scan' AND kind = 'scan_unknown'"
_OF_NUMBERS = (
    f"SELECT json_extract(details, '$.number'), at FROM {{}} WHERE {_SCANS} "
    "AND json_valid(details) AND json_extract(details, '$.number') IN ({})"
)
_OF_PERMITS = (
    "SELECT told.value, at FROM {}, json_each(iif(json_valid(details), details, '{{}}'), '$.permits') AS told "
    f"WHERE {_SCANS} AND told.value IN ({{}})"
)
_NAMED = (
    f"SELECT json_extract(details, '$.name'), at FROM {{}} WHERE {_SCANS} "
    "AND json_valid(details) AND json_extract(details, '$.name') <> ''"
)
_TABLES = ("act", "apart")

Told = tuple[str, datetime]
"""What was read of somebody, and when; what retention erased tells nothing."""


def of_numbers(connection: sa.Connection, numbers: Sequence[str]) -> list[Told]:
    """Each reading of one of these foreign numbers, at any desk."""
    return _of(connection, _OF_NUMBERS, numbers)


def of_permits(connection: sa.Connection, permits: Sequence[str]) -> list[Told]:
    """Each paper read that is of the holder of one of these permits, at any desk."""
    return _of(connection, _OF_PERMITS, permits)


def named(connection: sa.Connection) -> list[Told]:
    """Everybody noted by name alone, at any desk."""
    return [_told(row) for table in _TABLES for row in rows(connection, _NAMED.format(table))]


def _of(connection: sa.Connection, question: str, values: Sequence[str]) -> list[Told]:
    asked = [(question.format(table, marks(some)), some) for some in batches(values) for table in _TABLES]
    return [_told(row) for statement, some in asked for row in rows(connection, statement, some)]


def _told(row: tuple[object, ...]) -> Told:
    return str(row[0]), datetime.fromisoformat(str(row[1]))
