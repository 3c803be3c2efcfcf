"""The encrypted local file: opened with its raw key, checked, and shared by at most one connection a thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from counter_app.domain.refusal import StoreRefused
from counter_app.store.courtesy import Courtesy
from counter_app.store.faults import gone, in_words, refusal_of
from counter_app.store.lock import held, is_held
from counter_app.store.opened import open_file
from counter_app.store.safety import SOUND_SQLITE, check_local_disk, hindrance
from counter_app.store.standing import Identity, Standing, identity
from counter_app.store.statements import driver


class Store:
    """A desk's local file. Each thread keeps one connection; writing takes the file's only writer seat at once."""

    def __init__(self, path: Path, key: bytes, refuge: Path | None = None, *, alone: bool = False) -> None:
        """`refuge`: folder where the acts of a file that loses its name under us are copied.

        `alone`: this program works in one thread, and may hold the file for itself where it could not be read else.
        """
        check_local_disk(path)
        check_sqlite_version(dbapi2.sqlite_version_info)
        self.path = path
        self._key, self._refuge = key, refuge
        self._file: Identity | None = None
        self._guard, self._open = threading.Lock(), 0
        self._standing: Standing | None = None
        self._engine = _engine(path, key, alone=alone)
        self._held = threading.local()
        self.courtesy = Courtesy()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A consistent view of the file for the length of the block. Nothing is written: it ends without a commit."""
        with self._working(), self.courtesy.at_work():
            connection = self._connection()
            self._check_standing()
            under = driver(connection)
            under.execute("BEGIN")
            try:
                yield connection
            finally:
                _end(connection)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One short transaction with the writer's seat taken from the start; all of the block is kept or none."""
        with self._working(writing=True), self.courtesy.at_work(), self.courtesy.seat():
            connection = self._connection()
            under = driver(connection)
            under.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                self._check_standing()
                under.commit()
                self._check_standing(written=True)
            finally:
                _end(connection)

    @contextmanager
    def long_work(self) -> Iterator[None]:
        """Work of many transactions: it comes after the desk's, and other programs see that it is under way."""
        with self.courtesy.in_the_background(), held(self._long_work):
            yield

    @property
    def long_work_under_way(self) -> bool:
        """Whether this program or another one is at such a work."""
        return self.courtesy.under_way > 0 or is_held(self._long_work)

    @property
    def _long_work(self) -> Path:
        return self.path.with_name("travail-long.lock")

    def tidy_log(self) -> None:
        """Bring what is in the log of writes into the file, without the writer's seat: nobody waits."""
        with self._working():
            driver(self._connection()).execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def frames(self) -> int:
        """How many frames of the log of writes SQLite holds to be sound."""
        with self._working():
            return int(driver(self._connection()).execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1])

    @contextmanager
    def _working(self, *, writing: bool = False) -> Iterator[None]:
        """Breakages in words; a connection that met one is let go, since SQLCipher then answers nothing but errors."""
        try:
            with in_words(self.path, writing=writing):
                yield
        except StoreRefused:
            self._let_go()
            raise

    def _check_standing(self, *, written: bool = False) -> None:
        """Refuse to go on with a file that was deleted, moved or replaced; what it held is copied while it is open."""
        if self._standing is not None and not self._standing.holds():
            driver(self._held.connection).rollback()
            raise gone(self.path, self._saved(), unsure=written)

    def _saved(self) -> Path | None:
        if self._refuge is None or self._file is None:
            return None
        target = self._refuge / f"retrouve-{self._file[1]}.db"
        with suppress(OSError, StoreRefused):
            self._refuge.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._copy(driver(self._held.connection), target)
            return target
        return None

    def damaged_pages(self) -> int:
        """How many pages of the file are not what this desk wrote, by their seals: every page is read once."""
        with self.reading() as connection:
            return len(connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall())

    def copy_to(self, target: Path) -> None:
        """A sound copy of the file, under the same key, by the backup interface."""
        with self._working():
            source = driver(self._connection())
            self._check_standing()
        self._copy(source, target)

    def _copy(self, source: dbapi2.Connection, target: Path) -> None:
        target.touch(mode=0o600)
        copy = dbapi2.connect(str(target))
        try:
            copy.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
            source.backup(copy)
        except dbapi2.Error as error:
            # The backup interface names no error: the disk itself is asked.
            name = getattr(error, "sqlite_errorname", "") or ("SQLITE_IOERR" if hindrance(target.parent) else "")
            raise refusal_of(name, target, writing=False) or error from error
        finally:
            copy.close()

    def close(self) -> None:
        """Let go of this thread's connection and of the file."""
        self._let_go()
        self._engine.dispose()

    def _let_go(self) -> None:
        held: sa.Connection | None = getattr(self._held, "connection", None)
        if held is not None:
            self._held.connection = None
            held.close()
            with self._guard:
                self._open -= 1
                self._standing = self._standing if self._open else None

    def _connection(self) -> sa.Connection:
        held: sa.Connection | None = getattr(self._held, "connection", None)
        if held is None:
            with self._guard:
                held = self._held.connection = self._connect()
                self._open += 1
        return held

    def _connect(self) -> sa.Connection:
        """Never a file that SQLite would make anew, nor another log than the one that our other threads write."""
        lost = self._standing is not None and not self._standing.holds()
        if lost or (self._file is not None and identity(self.path) != self._file):
            raise gone(self.path)
        connection = self._engine.connect()
        self._standing = self._standing or Standing(self.path)
        self._file = self._standing.file
        return connection


def _end(connection: sa.Connection) -> None:
    """End the transaction; SQLAlchemy's own, begun where its statements ran, writes nothing by itself."""
    if connection.in_transaction():
        connection.rollback()
    driver(connection).rollback()


def _engine(path: Path, key: bytes, *, alone: bool) -> sa.Engine:
    opening = partial(open_file, path, key, alone=alone)
    engine = sa.create_engine(
        "sqlite://", module=dbapi2, creator=opening, poolclass=sa.pool.NullPool, hide_parameters=True
    )

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        if not driver(connection).in_transaction:
            connection.exec_driver_sql("BEGIN")

    return engine


def check_sqlite_version(version: tuple[int, ...]) -> None:
    """Refuse an SQLite whose WAL reset can corrupt a file that two connections share (fixed in 3.51.3)."""
    if tuple(version) < SOUND_SQLITE:
        found = ".".join(map(str, version))
        raise StoreRefused(
            "sqlite_too_old",
            f"Ce poste utilise SQLite {found}, qui peut abîmer le fichier local. "
            "Il faut la version 3.51.3 ou plus récente : réinstallez l’application avec ses dépendances.",
        )
