"""Recovery of a damaged home: the file is set aside, the last sound backup taken up, readable acts carried over."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from shutil import copyfile
from uuid import uuid4

import sqlalchemy as sa

from counter_app import keys
from counter_app.home import Home, write_identity
from counter_app.paths import migrations
from counter_app.store.backup import backups_of
from counter_app.store.engine import Store
from counter_app.store.migrate import bring_up_to_date
from counter_app.store.safety import StoreRefused
from counter_app.store.salvage import salvage
from counter_app.store.tables import act


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a recovery did."""

    set_aside: Path
    acts: int
    salvaged: int
    unreadable: bool
    """Some acts of the damaged file could not be read: it is kept for a closer look."""


def recover(home: Home, now: Callable[[], datetime]) -> Recovered:
    """Set the file aside and go on from the last sound backup, in a new incarnation. Nothing is deleted."""
    secrets = keys.fetch(home.path, home.identity.id, home.identity.keys)
    aside = _set_aside(home, now())
    store = _sound_copy(home, secrets.store, now)
    try:
        taken = salvage(aside, secrets.store, store) if aside.is_file() else None
        with store.reading() as connection:
            count = connection.execute(sa.select(sa.func.count()).select_from(act)).scalar_one()
    finally:
        store.close()
    # What this device wrote after the backup may live elsewhere: going on under the same numbers would fork it.
    write_identity(home.path, replace(home.identity, incarnation=uuid4().hex[:12]))
    return Recovered(aside, count, taken.taken if taken else 0, bool(taken and taken.unreadable))


def _set_aside(home: Home, at: datetime) -> Path:
    folder = home.set_aside / f"{at:%Y%m%d-%H%M%S}"
    folder.mkdir(parents=True, mode=0o700)
    for suffix in ("", "-wal", "-shm"):
        part = home.store.with_name(home.store.name + suffix)
        if part.is_file():
            part.replace(folder / part.name)
    return folder / home.store.name


def _sound_copy(home: Home, key: bytes, now: Callable[[], datetime]) -> Store:
    for copy in backups_of(home.backups):
        copyfile(copy, home.store)
        store = Store(home.store, key)
        try:
            bring_up_to_date(store, migrations(), home.backups, now)
        except StoreRefused:
            store.close()
            home.store.unlink()
            continue
        return store
    store = Store(home.store, key)
    bring_up_to_date(store, migrations(), home.backups, now)
    return store
