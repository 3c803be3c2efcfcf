"""The encrypted local file: opened with its raw key, checked, and shared by at most one connection a thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from counter_app.domain.refusal import StoreRefused
from counter_app.store.courtesy import Courtesy
from counter_app.store.faults import in_words, refusal_of
from counter_app.store.safety import SOUND_SQLITE, check_local_disk
from counter_app.store.statements import driver

QUIET = "PRAGMA cipher_log_level = NONE"
"""SQLCipher would write its own English lines on standard error: breakages are told in words, see `faults`."""
PRAGMAS = (
    "PRAGMA cipher_memory_security = OFF",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA cache_size = -65536",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA wal_autocheckpoint = 4000",
)
FULL = 2


class Store:
    """A desk's local file. Each thread keeps one connection; writing takes the file's only writer seat at once."""

    def __init__(self, path: Path, key: bytes) -> None:
        check_local_disk(path)
        check_sqlite_version(dbapi2.sqlite_version_info)
        self.path = path
        self._key = key
        self._engine = _engine(path, key)
        self._held = threading.local()
        self.courtesy = Courtesy()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A consistent view of the file for the length of the block. Nothing is written: it ends without a commit."""
        with self._working(), self.courtesy.at_work():
            connection = self._connection()
            under = driver(connection)
            under.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()
                under.rollback()

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One short transaction with the writer's seat taken from the start; all of the block is kept or none."""
        with self._working(), self.courtesy.at_work(), self.courtesy.seat():
            connection = self._connection()
            under = driver(connection)
            under.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.commit()
                under.commit()
            finally:
                connection.rollback()
                under.rollback()

    def tidy_log(self) -> None:
        """Bring what is in the log of writes into the file, without the writer's seat: nobody waits."""
        with self._working():
            driver(self._connection()).execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    @contextmanager
    def _working(self) -> Iterator[None]:
        """Breakages in words; a connection that met one is let go, since SQLCipher then answers nothing but errors."""
        try:
            with in_words(self.path):
                yield
        except StoreRefused:
            self._let_go()
            raise

    def damaged_pages(self) -> int:
        """How many pages of the file are not what this desk wrote, by their seals: every page is read once."""
        with self.reading() as connection:
            return len(connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall())

    def copy_to(self, target: Path) -> None:
        """A sound copy of the file, under the same key, by the backup interface."""
        with self._working():
            source = self._connection().connection.driver_connection
        assert source is not None
        target.touch(mode=0o600)
        copy = dbapi2.connect(str(target))
        try:
            copy.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
            source.backup(copy)
        except dbapi2.Error as error:
            raise refusal_of(getattr(error, "sqlite_errorname", ""), self.path) or error from error
        finally:
            copy.close()

    def close(self) -> None:
        """Let go of this thread's connection and of the file."""
        self._let_go()
        self._engine.dispose()

    def _let_go(self) -> None:
        held: sa.Connection | None = getattr(self._held, "connection", None)
        if held is not None:
            held.close()
            self._held.connection = None

    def _connection(self) -> sa.Connection:
        held: sa.Connection | None = getattr(self._held, "connection", None)
        if held is None:
            held = self._held.connection = self._engine.connect()
        return held


def _engine(path: Path, key: bytes) -> sa.Engine:
    # Not a text: a folder may be named with « ? », « # » or « % ».
    place = sa.URL.create("sqlite", database=str(path))
    engine = sa.create_engine(place, module=dbapi2, poolclass=sa.pool.NullPool, hide_parameters=True)

    @sa.event.listens_for(engine, "connect")
    def _open(connection: dbapi2.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute(QUIET)
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in PRAGMAS:
            connection.execute(pragma).fetchall()
        if connection.execute("PRAGMA synchronous").fetchone()[0] != FULL:
            raise StoreRefused("not_durable", NOT_DURABLE)

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        if not driver(connection).in_transaction:
            connection.exec_driver_sql("BEGIN")

    return engine


NOT_DURABLE = (
    "Le fichier local n’accepte pas l’écriture sûre (synchronous = FULL). Un acte pourrait être perdu "
    "à une coupure de courant. Prévenez le service informatique avant de continuer."
)


def check_sqlite_version(version: tuple[int, ...]) -> None:
    """Refuse an SQLite whose WAL reset can corrupt a file that two connections share (fixed in 3.51.3)."""
    if tuple(version) < SOUND_SQLITE:
        found = ".".join(map(str, version))
        raise StoreRefused(
            "sqlite_too_old",
            f"Ce poste utilise SQLite {found}, qui peut abîmer le fichier local. "
            "Il faut la version 3.51.3 ou plus récente : réinstallez l’application avec ses dépendances.",
        )
