"""The central store, opened by its address: an SQLite file under its own key, or a PostgreSQL server."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from counter_app.central.faults import bad_url, in_words, key_missing, no_folder, not_a_central, server_too_old
from counter_app.domain.refusal import StoreRefused
from counter_app.store.engine import check_sqlite_version
from counter_app.store.opened import FULL, NOT_DURABLE, PRAGMAS, QUIET
from counter_app.store.safety import check_local_disk, not_done

SQLITE, POSTGRESQL = "sqlite", "postgresql+psycopg"
OLDEST_SERVER = 15
"""Oldest major version of PostgreSQL that is still maintained and tried."""
_SERVER = {"connect_timeout": "10", "application_name": "guichet"}


def open_store(url: str | sa.URL, *, make: bool = False) -> sa.Engine:
    """The store at an address, `sqlite:///path` or `postgresql+psycopg://user:password@host/base`.

    `make`: an SQLite file is made when there is none. Raises `StoreRefused` for any address that does not lead to a
    store in working order; the password is in no sentence.
    """
    address = _address(url)
    engine = _file(address, make=make) if address.drivername == SQLITE else _server(address)
    try:
        with in_words(engine), engine.connect() as connection:
            _check_server(connection)
    except StoreRefused:
        engine.dispose()
        raise
    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One consistent view of the store for the length of the block; nothing is written."""
    level = (
        {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    )
    with in_words(engine), engine.connect().execution_options(**level) as connection:
        yield connection


@contextmanager
def writing(engine: sa.Engine, *, durable: bool = True) -> Iterator[sa.Connection]:
    """One transaction, durable when the block ends; all of it is kept or none.

    `durable` is for what is told again a moment later: a server that loses its current may forget it.
    """
    with in_words(engine), engine.connect().execution_options(writing=True) as connection, connection.begin():
        if not durable and connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
        yield connection


def file_of(engine: sa.Engine) -> Path | None:
    """The file of a store; None for a server."""
    return Path(engine.url.database) if engine.dialect.name == "sqlite" and engine.url.database else None


def _address(url: str | sa.URL) -> sa.URL:
    try:
        address = sa.make_url(url.strip() if isinstance(url, str) else url)
    except (sa.exc.ArgumentError, ValueError):
        raise bad_url() from None
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername=POSTGRESQL)
    if address.drivername not in (SQLITE, POSTGRESQL) or not address.database or address.database == ":memory:":
        raise bad_url()
    if address.drivername == SQLITE and (address.host or address.query):
        raise bad_url()
    if address.drivername == POSTGRESQL and "@" in f"{address.host}{address.database}":
        # An @ of the password that was not escaped: what follows it is told as a server, or a base.
        raise bad_url()
    if any("\0" in (part or "") for part in (address.username, address.password, address.host, address.database)):
        raise bad_url()
    return address


def _file(address: sa.URL, *, make: bool) -> sa.Engine:
    check_sqlite_version(dbapi2.sqlite_version_info)
    path = Path(address.database or "").expanduser().absolute()
    try:
        check_local_disk(path)
    except StoreRefused as refused:
        raise StoreRefused(refused.code, refused.sentence.replace("--home", "--store")) from None
    key = _key(path, make=make)
    engine = sa.create_engine(
        sa.URL.create(SQLITE, database=str(path)),
        module=dbapi2,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
        pool_size=8,
        max_overflow=-1,
    )
    _open_with(engine, key)
    return engine


def _open_with(engine: sa.Engine, key: bytes) -> None:
    """Every connection reads by the key and keeps what it writes; a transaction that writes says so as it begins."""

    @sa.event.listens_for(engine, "connect")
    def _ready(connection: dbapi2.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute(QUIET)
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in PRAGMAS:
            connection.execute(pragma).fetchall()
        if connection.execute("PRAGMA synchronous").fetchone()[0] != FULL:
            raise StoreRefused("not_durable", NOT_DURABLE)

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _server(address: sa.URL) -> sa.Engine:
    known = {name: value for name, value in _SERVER.items() if name not in address.query}
    try:
        return sa.create_engine(
            address.update_query_dict(known), hide_parameters=True, pool_pre_ping=True, pool_size=8, max_overflow=24
        )
    except (sa.exc.ArgumentError, ValueError, TypeError):
        raise bad_url() from None


def key_path(path: Path) -> Path:
    """Where the raw key of a central file lies: beside it, for this account only."""
    return path.with_name(f"{path.name}.key")


def _key(path: Path, *, make: bool) -> bytes:
    """The key of a file, made with it. Refuses a file without its key, and a file that is not there."""
    place = key_path(path)
    try:
        there = path.exists()
        if make and not there and not place.exists():
            _check_place(path)
            _make_key(place)
        if not there and not make:
            raise StoreRefused(
                "no_central",
                f"Aucune base centrale dans « {path} ». Créez-la : counter-app central init --store sqlite:///{path} "
                "--site nord (ou loiret, puy-de-dome ; --training pour s’exercer).",
            )
        if there and not place.exists() and not _may_be_encrypted(path):
            raise not_a_central(path)
        key = bytes.fromhex(place.read_text(encoding="ascii"))
    except FileNotFoundError:
        raise key_missing(place) from None
    except (ValueError, UnicodeDecodeError):
        raise key_missing(place) from None
    except OSError as error:
        raise not_done(error) from error
    if len(key) != 32:
        raise key_missing(place)
    return key


def _may_be_encrypted(path: Path) -> bool:
    """Whether a file looks like noise, as each page of SQLCipher does: 4096 such bytes hold nearly all 256 values."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return len(set(file.read(4096))) > 200


def _check_place(path: Path) -> None:
    """Only the last folder is made: a longer way that does not exist is a slip of the keyboard."""
    if not path.parent.parent.is_dir():
        raise no_folder(path.parent)


def _make_key(place: Path) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_bytes(32).hex())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise not_done(error) from error


def _check_server(connection: sa.Connection) -> None:
    """Touch the store: a key that does not fit, a damaged file or a server too old is told before any work."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").fetchall()
        return
    check_version(connection.dialect.server_version_info or (0,))


def check_version(found: Sequence[int | str]) -> None:
    """Refuse a PostgreSQL older than `OLDEST_SERVER`."""
    if int(found[0]) < OLDEST_SERVER:
        raise server_too_old(".".join(map(str, found)))
