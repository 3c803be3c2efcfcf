"""Recovery of a home's damaged file: set aside, and taken up again from its copies and from what still reads."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import TemporaryDirectory
from uuid import uuid4

import sqlalchemy as sa

from counter_app import keys
from counter_app.domain.refusal import StoreRefused
from counter_app.home import STORE, Home, write_identity
from counter_app.paths import migrations
from counter_app.store.backup import backups_of
from counter_app.store.engine import Store
from counter_app.store.migrate import bring_up_to_date, revision, upgrade
from counter_app.store.safety import why_not_written
from counter_app.store.salvage import Gap, any_act, salvage
from counter_app.store.tables import act, apart

PARTS = ("", "-wal", "-shm")
"""A file of SQLite and what stands beside it while it is open, or after a crash."""
UNFINISHED = ".en-cours"
"""Ends the name of a folder set aside until the new file has taken its place."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a recovery did."""

    set_aside: Path
    acts: int
    salvaged: int
    lost: tuple[Gap, ...]
    """Acts that neither the damaged file nor a backup still holds, by place, never by person."""
    backup: Path | None
    """The copy that was taken up; None when no sound one was left and the file was made anew."""

    @property
    def lost_acts(self) -> int:
        """How many acts are known to be lost."""
        return sum(max(0, last - first + 1) for _stream, first, last in self.lost)

    @property
    def end_unknown(self) -> bool:
        """Whether acts may have followed the last one that was read."""
        return any(not last for _stream, _first, last in self.lost)


Note = Callable[[Home, Store, Recovered], None]
"""Writes into the new file what was recovered, in the stream of the home it is given."""


def recover(home: Home, now: Callable[[], datetime], note: Note) -> Recovered:
    """Set the file aside and go on from the last sound backup, in a new incarnation. Nothing is deleted.

    Cut short at any point, it leaves the home as it was, or without its file: the next recovery then takes it up again
    from what was set aside. Raises `StoreRefused`, the file back in its place, when it cannot be brought to its end.
    """
    secrets = keys.fetch(home.path, home.identity.id, home.identity.keys)
    try:
        with _workshop(home) as folder:
            sound, spoilt = _copies(home, secrets.store, folder)
            if not sound and spoilt and not any_act((home.store, *spoilt), secrets.store):
                raise _key_of_another()
            plan = _Plan(home, secrets.store, folder / home.store.name, sound, spoilt, now)
            return _taken_up(plan, note)
    except OSError as error:
        raise _not_recovered(home, why_not_written(error)) from error


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a recovery works with."""

    home: Home
    key: bytes
    new: Path
    """The file in the making: it takes its name once it is whole."""
    sound: Path | None
    spoilt: tuple[Path, ...]
    """Copies newer than the sound one, of which some pages may still read."""
    now: Callable[[], datetime]


@contextmanager
def _workshop(home: Home) -> Iterator[Path]:
    """A folder of the home to work in; what a recovery that was cut short left there goes."""
    folder = home.path / "reprise"
    rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)


def _copies(home: Home, key: bytes, folder: Path) -> tuple[Path | None, tuple[Path, ...]]:
    """The newest sound copy, and those that are newer."""
    copies = backups_of(home.backups)
    for place, copy in enumerate(copies):
        if _sound(copy, key, folder):
            return copy, tuple(copies[:place])
    return None, tuple(copies)


def _sound(file: Path, key: bytes, folder: Path) -> bool:
    """Whether a file reads with this key, each of its pages included. Works on a copy."""
    with TemporaryDirectory(dir=folder) as place:
        copy = copyfile(file, Path(place) / file.name)
        try:
            with closing(Store(copy, key)) as store:
                return revision(store) is not None and not store.damaged_pages()
        except StoreRefused:
            return False


def _taken_up(plan: _Plan, note: Note) -> Recovered:
    """Set the file aside, make the new one beside its place, then let it take the name; else all is put back."""
    home, aside = plan.home, _set_aside(plan.home, plan.now())
    # What this device wrote after the backup may live elsewhere: going on under the same numbers would fork it.
    renewed = replace(home.identity, incarnation=uuid4().hex[:12])
    with ExitStack() as otherwise:
        otherwise.callback(_put_back, home, aside)
        done = _made(plan, aside, Home(home.path, renewed), note)
        write_identity(home.path, renewed)
        plan.new.replace(home.store)
        otherwise.pop_all()
    aside.rename(done.set_aside.parent)
    return done


def _made(plan: _Plan, aside: Path, renewed: Home, note: Note) -> Recovered:
    """The new file: the sound copy, what still reads elsewhere, and a word of what is lost."""
    unfinished = (folder / plan.new.name for folder in plan.home.set_aside.glob(f"*{UNFINISHED}"))
    sources = [file for file in (*unfinished, *plan.spoilt) if file.is_file()]
    with closing(_new_store(plan)) as store:
        taken = salvage(sources, plan.key, store, plan.home.identity.stream)
        with store.reading() as connection:
            tables = (sa.select(sa.func.count()).select_from(table) for table in (act, apart))
            count = sum(connection.execute(counted).scalar_one() for counted in tables)
        kept = aside.with_suffix("") / plan.new.name
        done = Recovered(kept, count, taken.taken, taken.lost, plan.sound)
        note(renewed, store, done)
    with plan.new.open("rb+") as file:
        os.fsync(file.fileno())
    return done


def _new_store(plan: _Plan) -> Store:
    if plan.sound is not None:
        copyfile(plan.sound, plan.new)
    store = Store(plan.new, plan.key)
    if plan.sound is None:
        upgrade(store, migrations())
    else:
        bring_up_to_date(store, migrations(), plan.home.backups, plan.now)
    return store


def _set_aside(home: Home, at: datetime) -> Path:
    folder = home.set_aside / f"{at:%Y%m%d-%H%M%S}-{uuid4().hex[:4]}{UNFINISHED}"
    folder.mkdir(parents=True, mode=0o700)
    _move(home.path, folder)
    return folder


def _put_back(home: Home, aside: Path) -> None:
    _move(aside, home.path)
    aside.rmdir()


def _move(source: Path, target: Path) -> None:
    """The file of a home and what stands beside it; a folder may bear its name."""
    for suffix in PARTS:
        part = source / f"{STORE}{suffix}"
        if part.exists():
            part.replace(target / part.name)


def _not_recovered(home: Home, why: str) -> StoreRefused:
    return StoreRefused(
        "not_writable",
        f"La reprise ne peut pas être faite dans « {home.path} » : {why}. Rien n’a été effacé. Rétablissez la place ou "
        "le droit d’écriture, puis relancez « counter-app recover ».",
    )


def _key_of_another() -> StoreRefused:
    return StoreRefused(
        "key_missing",
        "Ni le fichier local ni aucune de ses sauvegardes ne se lit avec la clé de ce poste : c’est sans doute la clé "
        "d’un autre. Rien n’a été changé : remettez la bonne clé, ou prévenez le service informatique.",
    )
