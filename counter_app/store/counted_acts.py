"""Acts of some days that figures count and that leave no row of their own, found by the hour of the desk's clock."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from counter_app.domain.handover_attempts import CUSTODY_ELSEWHERE
from counter_app.store.partial_indexes import COUNTED
from counter_app.store.statements import first, rows


class CountedActs(NamedTuple):
    """Acts of one kind and day that say the same."""

    day: str
    kind: str
    word: str
    """The channel of an orientation, the verdict of an answer that stopped somebody (`counted_as`); empty when nothing
    says it."""
    near_miss: bool
    """The sleeve of somebody else was stopped."""
    desk: str
    """The desk that signed them."""
    acts: int


_LISTED = ", ".join(f"'{kind}'" for kind in COUNTED)
_NAME = "CASE kind WHEN 'oriented' THEN '$.channel' ELSE '$.verdict' END"
_WORD = (
    f"CASE json_extract(details, '$.{CUSTODY_ELSEWHERE}') WHEN 1 THEN '{CUSTODY_ELSEWHERE}' "
    f"ELSE CAST(json_extract(details, {_NAME}) AS TEXT) END"
)
_UNDONE = (
    "SELECT coalesce(json_extract(details, '$.act'), '') FROM {table} "
    f"WHERE kind IN ({_LISTED}) AND at >= ? AND kind = 'orientation_undone'"
)
_COUNTS = (
    f"SELECT substr(at, 1, 10), kind, coalesce({_WORD}, ''), coalesce(json_extract(details, '$.near_miss') = 1, 0), "
    f"desk, count(*) FROM {{table}} WHERE kind IN ({_LISTED}) AND at >= ? AND at < ? "
    "AND kind IN ('oriented', 'arrival_attempted', 'handover_attempted', 'arrival_undone') "
    f"AND act_id NOT IN ({_UNDONE.format(table='act')} UNION ALL {_UNDONE.format(table='apart')}) "
    "GROUP BY 1, 2, 3, 4, 5"
)
"""The first list of kinds is that of the index of these acts. An orientation taken back, even later, is not counted."""


_FIRST_DAYS = "SELECT (SELECT substr(at, 1, 10) FROM act ORDER BY act_id LIMIT 1), (SELECT min(day) FROM convocation)"
"""Identities of acts sort by time (UUID version 7)."""


def first_day(connection: sa.Connection) -> date | None:
    """The first day that this file knows of: that of its first act, or of the first appointment of its lists."""
    found = first(connection, _FIRST_DAYS) or ()
    return min((date.fromisoformat(day) for day in found if day), default=None)


def of_days(connection: sa.Connection, since: date, last: date) -> Iterator[CountedActs]:
    """Acts whose own hour falls on these days, at the site; those of branches too."""
    start, until = since.isoformat(), (last + timedelta(days=1)).isoformat()
    for table in ("act", "apart"):
        found = rows(connection, _COUNTS.format(table=table), (start, until, start, start))
        yield from map(CountedActs._make, found)
