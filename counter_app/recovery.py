"""Care and recovery of a home's file: checked and copied each day; when damaged, set aside and taken up again."""

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
from counter_app.store.backup import backup, backups_of
from counter_app.store.engine import Store
from counter_app.store.faults import damaged
from counter_app.store.migrate import bring_up_to_date, revision, upgrade
from counter_app.store.safety import why_not_written
from counter_app.store.salvage import Gap, any_act, salvage
from counter_app.store.tables import act

AT_OPENING = 256 << 20
"""Bytes: a larger file would hold the opening for more than a second; the window cares for it in the background."""
NOTE = "dernier-controle.txt"
"""Day of the last care, beside the file: reading it must not need the file."""
PAUSE = 600.0
"""Seconds of work that may be without a copy: what a disk that dies whole costs at most."""
COPIED_AT_ONCE = 64 << 20
"""Bytes copied in a moment; a larger file is copied less often."""
PARTS = ("", "-wal", "-shm")
"""A file of SQLite and what stands beside it while it is open, or after a crash."""
UNFINISHED = ".en-cours"
"""Ends the name of a folder set aside until the new file has taken its place."""


def daily_care(home: Home, store: Store, now: Callable[[], datetime]) -> tuple[str, ...]:
    """At the first opening of a day, when the file is small: check and copy it. Sentences for what could not be done.

    Reasons: docs/decisions/care.md. Raises `StoreRefused` (damaged) when a page is not what this desk wrote.
    """
    if home.store.stat().st_size > AT_OPENING:
        return ()
    return care(home, store, now()) if due(home, now()) else copy_if_behind(home, store, now())


def due(home: Home, at: datetime) -> bool:
    """Whether the file was not yet cared for today."""
    note = home.path / NOTE
    return not note.is_file() or note.read_text(encoding="ascii", errors="replace").strip() != f"{at:%Y-%m-%d}"


def care(home: Home, store: Store, at: datetime) -> tuple[str, ...]:
    """Check every page, then copy the file. A copy that cannot be made is told and stops nobody."""
    # Twice: another process may have been writing the page that was being read.
    if store.damaged_pages() and store.damaged_pages():
        raise damaged(home.store)
    told = _copy(home, store, at)
    if told:
        return told
    try:
        (home.path / NOTE).write_text(f"{at:%Y-%m-%d}", encoding="ascii")
    except OSError as error:
        return (_not_copied(home, why_not_written(error)),)
    return ()


def copy_if_behind(home: Home, store: Store, at: datetime, *, closing: bool = False) -> tuple[str, ...]:
    """Copy the file when minutes of work have no copy yet, or any work at all when the desk closes."""
    pause = PAUSE * max(1.0, home.store.stat().st_size / COPIED_AT_ONCE)
    late = _without_copy(home)
    return _copy(home, store, at) if late > (0 if closing else pause) else ()


def _without_copy(home: Home) -> float:
    """Seconds from the newest copy to the last thing written; the disk's own times, whatever clock the desk follows."""
    parts = (home.store, home.store.with_name(f"{home.store.name}-wal"))
    written = max((part.stat().st_mtime for part in parts if part.is_file()), default=0.0)
    copies = backups_of(home.backups)
    return written - copies[0].stat().st_mtime if copies else written


def _copy(home: Home, store: Store, at: datetime) -> tuple[str, ...]:
    try:
        backup(store, home.backups / f"poste-{at:%Y%m%d-%H%M%S}.db")
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
            count = connection.execute(sa.select(sa.func.count()).select_from(act)).scalar_one()
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
