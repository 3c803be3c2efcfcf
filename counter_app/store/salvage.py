"""Acts read out of a damaged file: whatever still verifies is carried into a sound one."""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import sqlalchemy as sa

from counter_app.domain.acts import Act, digest_of_act, digest_of_details
from counter_app.store import projections
from counter_app.store.engine import Store
from counter_app.store.journal import COLUMNS, read_act
from counter_app.store.safety import StoreRefused
from counter_app.store.tables import act as acts
from counter_app.store.tables import head


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many acts a sound file took from a damaged one, and whether some could not be read."""

    taken: int
    unreadable: bool


def salvage(damaged: Path, key: bytes, sound: Store) -> Salvaged:
    """Copy every act of the damaged file that reads and verifies, and that the sound file lacks."""
    rows, unreadable = _readable(damaged, key)
    with sound.writing() as connection:
        known = set(connection.execute(sa.select(acts.c.act_id)).scalars())
        missing = [row for row in rows if row["act_id"] not in known]
        if missing:
            _insert(connection, missing)
    return Salvaged(len(missing), unreadable)


Row = dict[str, object]


def _readable(path: Path, key: bytes) -> tuple[list[Row], bool]:
    """Acts in order until the file no longer reads; from both ends, since damage sits somewhere between."""
    store, found, broken = Store(path, key), {}, False
    try:
        for order in (acts.c.act_id.asc(), acts.c.act_id.desc()):
            try:
                with store.reading() as connection:
                    for row in connection.execute(sa.select(acts).order_by(order).execution_options(yield_per=50)):
                        if _sound(row):
                            found[row.act_id] = dict(row._mapping)
            except (sa.exc.DatabaseError, StoreRefused):
                broken = True
    finally:
        store.close()
    return list(found.values()), broken


def _sound(row: sa.Row[tuple[object, ...]]) -> bool:
    details = row.details is None or digest_of_details(row.salt, row.details) == row.details_digest
    return bool(details and digest_of_act(read_act(row), row.details_digest) == row.digest)


def _insert(connection: sa.Connection, rows: list[Row]) -> None:
    marks = ", ".join("?" * len(COLUMNS))
    values = [tuple(row[name] for name in COLUMNS) for row in rows]
    connection.exec_driver_sql(f"INSERT INTO act ({', '.join(COLUMNS)}) VALUES ({marks})", values)
    for stream, mine in groupby(sorted(rows, key=_place), key=lambda row: str(row["stream"])):
        last = list(mine)[-1]
        connection.execute(head.delete().where(head.c.stream == stream))
        connection.execute(head.insert().values({name: last[name] for name in ("stream", "seq", "digest", "clock")}))
    projections.project(connection, _acts(connection, [str(row["act_id"]) for row in rows]))


def _place(row: Row) -> tuple[str, int]:
    return str(row["stream"]), int(str(row["seq"]))


def _acts(connection: sa.Connection, ids: list[str]) -> list[Act]:
    found: list[Act] = []
    for start in range(0, len(ids), 500):
        found += map(read_act, connection.execute(sa.select(acts).where(acts.c.act_id.in_(ids[start : start + 500]))))
    return found
