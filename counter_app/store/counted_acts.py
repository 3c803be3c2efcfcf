"""Acts of one day that figures count and that leave no row of their own, found by the hour of the desk's clock."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from counter_app.domain.acts import Act
from counter_app.store.journal import read_act
from counter_app.store.tables import COUNTED, act, apart


def of_days(connection: sa.Connection, first: date, last: date | None, kinds: Sequence[str]) -> Iterator[Act]:
    """Acts of these counted kinds whose own hour falls on these days, at the site; those of branches too. Any order.

    Without a last day: all those since the first.
    """
    for table in (act, apart):
        # The first condition alone lets SQLite use the index of these acts.
        query = sa.select(table).where(
            table.c.kind.in_(COUNTED), table.c.kind.in_(kinds), table.c.at >= first.isoformat()
        )
        if last is not None:
            query = query.where(table.c.at < (last + timedelta(days=1)).isoformat())
        yield from map(read_act, connection.execute(query))
