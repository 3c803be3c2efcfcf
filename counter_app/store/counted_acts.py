"""Acts of one day that figures count and that leave no row of their own, found by the hour of the desk's clock."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from counter_app.domain.acts import Act
from counter_app.store.journal import read_act
from counter_app.store.tables import COUNTED, act, apart


def of_days(connection: sa.Connection, first: date, last: date, kinds: Sequence[str] = COUNTED) -> Iterator[Act]:
    """Acts of these kinds whose own hour falls on these days, at the site; those of branches too. Any order."""
    for table in (act, apart):
        query = sa.select(table).where(
            table.c.kind.in_(COUNTED),
            table.c.at >= first.isoformat(),
            table.c.at < (last + timedelta(days=1)).isoformat(),
        )
        yield from (read_act(row) for row in connection.execute(query) if row.kind in kinds)
