"""Care and recovery of a home's file: checked and copied each day; when damaged, set aside and taken up again."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from uuid import uuid4

import sqlalchemy as sa

from counter_app import keys
from counter_app.domain.refusal import StoreRefused
from counter_app.home import Home, write_identity
from counter_app.paths import migrations
from counter_app.store.backup import backup, backups_of
from counter_app.store.engine import Store
from counter_app.store.faults import damaged
from counter_app.store.migrate import bring_up_to_date, revision, upgrade
from counter_app.store.safety import why_not_written
from counter_app.store.salvage import Gap, Salvaged, salvage
from counter_app.store.tables import act

AT_OPENING = 256 << 20
"""Bytes: a larger file would hold the opening for more than a second; the window cares for it in the background."""
NOTE = "dernier-controle.txt"
"""Day of the last care, beside the file: reading it must not need the file."""
PARTS = ("", "-wal", "-shm")
"""A file of SQLite and what stands beside it while it is open, or after a crash."""


def daily_care(home: Home, store: Store, now: Callable[[], datetime]) -> tuple[str, ...]:
    """At the first opening of a day, when the file is small: check and copy it. Sentences for what could not be done.

    Reasons: docs/decisions/care.md. Raises `StoreRefused` (damaged) when a page is not what this desk wrote.
    """
    if home.store.stat().st_size > AT_OPENING or not due(home, now()):
        return ()
    return care(home, store, now())


def due(home: Home, at: datetime) -> bool:
    """Whether the file was not yet cared for today."""
    note = home.path / NOTE
    return not note.is_file() or note.read_text(encoding="ascii", errors="replace").strip() != f"{at:%Y-%m-%d}"


def care(home: Home, store: Store, at: datetime) -> tuple[str, ...]:
    """Check every page, then copy the file. A copy that cannot be made is told and stops nobody."""
    # Twice: another process may have been writing the page that was being read.
    if store.damaged_pages() and store.damaged_pages():
        raise damaged(home.store)
    try:
        backup(store, home.backups / f"poste-{at:%Y%m%d-%H%M%S}.db")
        (home.path / NOTE).write_text(f"{at:%Y-%m-%d}", encoding="ascii")
    except OSError as error:
        return (_not_copied(home, why_not_written(error)),)
    except StoreRefused as refused:
        return (_not_copied(home, refused.sentence),)
    return ()


def _not_copied(home: Home, why: str) -> str:
    return f"La sauvegarde du jour n’a pas pu être écrite dans « {home.backups} » : {why}"


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a recovery did."""

    set_aside: Path
    acts: int
    salvaged: int
    lost: tuple[Gap, ...]
    """Acts that neither the damaged file nor a backup still holds, by place, never by person."""


def recover(home: Home, now: Callable[[], datetime]) -> Recovered:
    """Set the file aside and go on from the last sound backup, in a new incarnation. Nothing is deleted."""
    secrets = keys.fetch(home.path, home.identity.id, home.identity.keys)
    sound = _last_sound_backup(home, secrets.store)
    if sound is None and backups_of(home.backups) and not _opens(home.store, secrets.store):
        raise _key_of_another()
    aside = _set_aside(home, now())
    with closing(_new_store(home, secrets.store, sound, now)) as store:
        taken = _salvaged(aside, secrets.store, store)
        with store.reading() as connection:
            count = connection.execute(sa.select(sa.func.count()).select_from(act)).scalar_one()
    # What this device wrote after the backup may live elsewhere: going on under the same numbers would fork it.
    write_identity(home.path, replace(home.identity, incarnation=uuid4().hex[:12]))
    return Recovered(aside, count, taken.taken, taken.lost)


def _last_sound_backup(home: Home, key: bytes) -> Path | None:
    return next((copy for copy in backups_of(home.backups) if _opens(copy, key, whole=True)), None)


def _opens(file: Path, key: bytes, *, whole: bool = False) -> bool:
    """Whether a file reads with this key, and, when asked, whether each of its pages does. Works on a copy."""
    if not file.is_file():
        return False
    with TemporaryDirectory(dir=file.parent) as folder, closing(Store(_copy(file, Path(folder)), key)) as store:
        try:
            return revision(store) is not None and not (whole and store.damaged_pages())
        except StoreRefused:
            return False


def _copy(file: Path, folder: Path) -> Path:
    for suffix in PARTS:
        part = file.with_name(file.name + suffix)
        if part.is_file():
            copyfile(part, folder / part.name)
    return folder / file.name


def _set_aside(home: Home, at: datetime) -> Path:
    folder = home.set_aside / f"{at:%Y%m%d-%H%M%S}-{uuid4().hex[:4]}"
    folder.mkdir(parents=True, mode=0o700)
    for suffix in PARTS:
        part = home.store.with_name(home.store.name + suffix)
        if part.is_file():
            part.replace(folder / part.name)
    return folder / home.store.name


def _new_store(home: Home, key: bytes, sound: Path | None, now: Callable[[], datetime]) -> Store:
    if sound is not None:
        copyfile(sound, home.store)
    store = Store(home.store, key)
    if sound is None:
        upgrade(store, migrations())
    else:
        bring_up_to_date(store, migrations(), home.backups, now)
    return store


def _salvaged(aside: Path, key: bytes, store: Store) -> Salvaged:
    """Read a copy: opening the file would change what was set aside."""
    if not aside.is_file():
        return Salvaged(0, ())
    with TemporaryDirectory(dir=aside.parent) as folder:
        return salvage(_copy(aside, Path(folder)), key, store)


def _key_of_another() -> StoreRefused:
    return StoreRefused(
        "key_missing",
        "Ni le fichier local ni aucune de ses sauvegardes ne se lit avec la clé de ce poste : c’est sans doute la clé "
        "d’un autre. Rien n’a été changé : remettez la bonne clé, ou prévenez le service informatique.",
    )
