"""Desks and a central to put together in tests: production code over real encrypted files, on a disk of memory.

Time, identities, network and disk are in the hands of the test: a node is killed by copying its files as they lie, and
an older copy of them takes their place as a restored backup would.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from random import Random
from unittest.mock import patch

import sqlalchemy as sa

from counter_app import config, keys
from counter_app.central import tables as central_tables
from counter_app.central.engine import key_path, open_store, writing
from counter_app.central.ledger import Ledger
from counter_app.central.session import Session
from counter_app.central.sites import make_site
from counter_app.domain.rules import SiteRules
from counter_app.paths import migrations
from counter_app.routing import load_directory
from counter_app.store.engine import Store
from counter_app.store.migrate import upgrade
from counter_app.store.statements import driver, rows
from counter_app.sync.desk_ledger import DeskLedger
from counter_app.sync.wire import Answer, Question
from counter_app.usecases.desk import Desk
from counter_app.usecases.settings import open_home
from tests.homes import EIGHT

SITE = "nord"
STORE_KEY = bytes(32)
FILES = ("", "-wal")
MEMORY = Path("/dev/shm")
"""A disk of memory, where there is one: the same code, without the wait."""


def place_of_nodes() -> Path:
    """Where nodes are kept: gone with the test."""
    return Path(tempfile.mkdtemp(prefix="guichet-", dir=MEMORY if MEMORY.is_dir() else None))


@dataclass(slots=True)
class Now:
    """The true time of a simulated site."""

    at: datetime = EIGHT

    def __call__(self) -> datetime:
        return self.at


@contextmanager
def seeded(chance: Random) -> Iterator[None]:
    """Every identity and salt made in the block comes from this chance, so that a run can be run again."""
    with (
        patch.object(secrets, "token_hex", lambda size=32: chance.randbytes(size).hex()),
        patch.object(os, "urandom", chance.randbytes),
    ):
        yield


@cache
def _rules() -> SiteRules:
    return config.rules_with(SITE, config.Settings())


def copy_store(source: Path, target: Path) -> None:
    """A file and its log as they lie: what a power cut, or a copy of the folder, leaves."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for suffix in FILES:
        part = source.with_name(source.name + suffix)
        if part.exists():
            shutil.copyfile(part, target.with_name(target.name + suffix))


@cache
def _empty_desk() -> Path:
    path = place_of_nodes() / "poste.db"
    store = Store(path, STORE_KEY)
    upgrade(store, migrations())
    store.close()
    return path


@cache
def _empty_central() -> Path:
    path = place_of_nodes() / "centrale.db"
    engine = open_store(f"sqlite:///{path}", make=True)
    make_site(engine, SITE, training=True, at=EIGHT)
    engine.dispose()
    return path


@dataclass(slots=True)
class DeskNode:
    """One machine: a file, a key, a clock that may be wrong."""

    name: str
    folder: Path
    now: Callable[[], datetime]
    device: str
    stream: str
    """The stream that its identity names: what a restored home begins from again."""
    chance: Random
    offset: timedelta = timedelta()
    revoked: bool = False
    lives: int = 0
    store: Store = field(init=False)
    ledger: DeskLedger = field(init=False)

    @property
    def secrets(self) -> keys.DeskKeys:
        return keys.DeskKeys(STORE_KEY, sha256(self.device.encode()).digest())

    @property
    def file(self) -> Path:
        return self.folder / str(self.lives) / "poste.db"

    @property
    def desk(self) -> Desk:
        return self.ledger.desk

    def clock(self) -> datetime:
        return self.now() + self.offset

    def begin(self, source: Path | None = None) -> "DeskNode":
        """A new home: an empty file and its first act; or what a copy holds."""
        copy_store(source or _empty_desk(), self.file)
        self.open()
        if source is None:
            open_home(self.desk, "")
        return self

    def open(self) -> None:
        """Start the program on the file as it lies."""
        secret = self.secrets
        self.store = Store(self.file, STORE_KEY)
        desk = Desk(
            store=self.store,
            rules=_rules(),
            stream=self.stream,
            name=self.name,
            agent="A. Petit",
            ticket_letter=self.name[-1],
            training=True,
            clock=self.clock,
            sign=secret.sign,
            check=lambda digest, signature: keys.signed_by(secret.public, digest, signature),
            signed_by=keys.signed_by,
            stamp_key=STORE_KEY,
            directory=partial(load_directory, SITE),
        )
        self.ledger = DeskLedger(desk, lambda: self.chance.randbytes(6).hex())

    def copy(self, target: Path) -> Path:
        """The file as it lies, kept somewhere."""
        copy_store(self.file, target)
        return target

    def start_from(self, source: Path) -> None:
        """The program ends without a word; another one starts on a copy of this file."""
        before, self.lives = self.file, self.lives + 1
        copy_store(source, self.file)
        self.store.close()
        shutil.rmtree(before.parent)
        self.open()

    def kill(self) -> None:
        """The program ends without a word, and starts again on what it left."""
        self.start_from(self.file)

    def clone(self, name: str) -> "DeskNode":
        """A second machine from a copy of this one's disk: same device, same streams."""
        twin = DeskNode(name, self.folder.with_name(name), self.now, self.device, self.stream, self.chance, self.offset)
        self.copy(twin.file)
        twin.open()
        return twin

    @contextmanager
    def full_disk(self, room: int) -> Iterator[None]:
        """A disk with so many pages left, for the length of the block or up to the first refusal."""
        with self.store.reading() as connection:
            (count,) = rows(connection, "PRAGMA page_count")[0]
            driver(connection).execute(f"PRAGMA max_page_count = {count + room}").fetchall()
        try:
            yield
        finally:
            with self.store.reading() as connection:
                driver(connection).execute("PRAGMA max_page_count = 1073741823").fetchall()

    def close(self) -> None:
        self.store.close()


@dataclass(slots=True)
class CentralNode:
    """The central of a site, in this process, over its file."""

    folder: Path
    now: Callable[[], datetime]
    chance: Random
    lives: int = 0
    engine: sa.Engine = field(init=False)
    ledger: Ledger = field(init=False)

    @property
    def file(self) -> Path:
        return self.folder / str(self.lives) / "centrale.db"

    def begin(self, source: Path | None = None) -> "CentralNode":
        """An empty store, or what a copy holds."""
        copy_store(source or _empty_central(), self.file)
        shutil.copyfile(key_path(_empty_central()), key_path(self.file))
        self._open()
        return self

    def _open(self) -> None:
        self.engine = open_store(f"sqlite:///{self.file}")
        self.ledger = Ledger(self.engine, self.now)

    def enrol(self, device: str, desk: str, public_key: str) -> None:
        """The central learns a desk's key."""
        told = {"site": SITE, "device": device, "desk": desk, "letter": desk[-1], "public_key": public_key}
        with writing(self.engine) as connection:
            connection.execute(
                sa.insert(central_tables.device)
                .prefix_with("OR REPLACE")
                .values(**told, enrolled_at="2026", waiting=0, version=1)
            )

    def revoke(self, device: str) -> None:
        """The desk is lost or stolen."""
        table = central_tables.device
        with writing(self.engine) as connection:
            connection.execute(sa.update(table).where(table.c.device == device).values(revoked_at="2026"))

    def forget(self, device: str) -> None:
        """As a copy made before the desk was enrolled would have it."""
        table = central_tables.device
        with writing(self.engine) as connection:
            connection.execute(sa.delete(table).where(table.c.device == device))

    def answer(self, device: str, question: Question, *, revoked: bool = False) -> Answer:
        """What the central says to a desk that has proved who it is."""
        return self.ledger.answer(Session(SITE, device, revoked), question)

    def copy(self, target: Path) -> Path:
        copy_store(self.file, target)
        return target

    def restore(self, source: Path) -> None:
        """An older copy takes the place of the store, under a new generation."""
        before, self.lives = self.file, self.lives + 1
        copy_store(source, self.file)
        shutil.copyfile(key_path(before), key_path(self.file))
        self.engine.dispose()
        shutil.rmtree(before.parent)
        self._open()
        with writing(self.engine) as connection:
            connection.execute(sa.update(central_tables.site).values(generation=self.chance.randbytes(8).hex()))

    def close(self) -> None:
        self.engine.dispose()
