"""Numbers read at a desk that knew nobody of them: whoever bears one of them stood there."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from counter_app.store.statements import batches, marks, rows

_OF_NUMBERS = (
    "SELECT json_extract(details, '$.number'), at FROM {} WHERE subject_type = 'scan' AND kind = 'scan_unknown' "
    "AND json_valid(details) AND json_extract(details, '$.number') IN ({})"
)


def of_numbers(connection: sa.Connection, numbers: Sequence[str]) -> list[tuple[str, datetime]]:
    """Each reading of one of these foreign numbers, at any desk, and when; those that retention erased tell nothing."""
    return [
        (str(number), datetime.fromisoformat(at))
        for some in batches(numbers)
        for table in ("act", "apart")
        for number, at in rows(connection, _OF_NUMBERS.format(table, marks(some)), some)
    ]
