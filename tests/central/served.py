"""A central as an administrator runs it: a real PostgreSQL and `counter-app central serve`, each killed at will."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from counter_app.central.authority import open_authority
from counter_app.central.codes import make_code
from counter_app.central.folder import take_back
from counter_app.central.sites import open_central
from counter_app.domain.enrolment_code import grouped, make_enrolment_code
from tests.central.postgres import Postgres, own_server

SITE = "nord"


@dataclass(slots=True)
class Served:
    """Both processes."""

    postgres: Postgres
    folder: Path
    """Of its certificates."""
    port: int
    base: str = "postgres"
    service: "subprocess.Popen[bytes] | None" = None
    engine: sa.Engine = field(init=False)
    """The tests' own way to the base."""

    @property
    def store(self) -> str:
        return self.postgres.url.set(database=self.base).render_as_string(hide_password=False)

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def begin(self) -> None:
        """A new central, served."""
        self.verb("init", "--site", SITE, "--training")
        self.engine = open_central(self.store)
        self.start()

    def let_go(self) -> None:
        """Close the tests' own way to the base."""
        if hasattr(self, "engine"):
            self.engine.dispose()

    def code(self) -> str:
        """What a desk types to join."""
        secret = make_code(self.engine, SITE, datetime.now(UTC), timedelta(hours=1))
        return grouped(make_enrolment_code(secret, open_authority(self.folder).root_der))

    def start(self) -> None:
        """Serve, and wait until it answers."""
        order = self._order("serve", "--host", "127.0.0.1", "--port", str(self.port))
        with (self.folder.parent / "service.log").open("ab") as log:
            self.service = subprocess.Popen(order, stdout=subprocess.PIPE, stderr=log)
        assert self.service.stdout is not None
        said = b""
        for line in self.service.stdout:
            said += line
            if line.startswith(b"}"):
                return
        raise AssertionError(f"the service did not start: {said!r}")

    def whole_again(self) -> None:
        """Start what was killed."""
        if self.postgres.process is not None and self.postgres.process.poll() is not None:
            self.postgres.start()
        if self.service is None:
            self.start()

    @contextmanager
    def moved_to(self, base: str, copy: Path) -> Iterator[None]:
        """For the length of the block, another base that a copy was put back in is served in its place."""
        before, self.base = self.base, str(sa.make_url(base).database)
        self.stop()
        self.let_go()
        take_back(copy, self.store, self.folder, datetime.now(UTC))
        self.engine = open_central(self.store)
        self.start()
        try:
            yield
        finally:
            self.stop()
            self.let_go()
            self.base = before
            self.engine = open_central(self.store)
            self.start()

    def kill(self) -> None:
        """`kill -9` of the service."""
        self._end(subprocess.Popen.kill)

    def stop(self) -> None:
        """As the system stops it."""
        self._end(subprocess.Popen.terminate)

    def _end(self, how: object) -> None:
        if self.service is not None:
            with self.service as ending:
                how(ending)  # type: ignore[operator]
            self.service = None

    def verb(self, *words: str) -> dict[str, object]:
        """A verb of the central; its answer."""
        done = subprocess.run(self._order(*words), capture_output=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        answer: dict[str, object] = json.loads(done.stdout)
        return answer

    def _order(self, verb: str, *words: str) -> list[str]:
        store = ("--store", self.store, "--folder", str(self.folder))
        return [sys.executable, "-m", "counter_app", "--json", "central", verb, *store, *words]


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """A central for the length of the block."""
    with own_server() as postgres:
        central = Served(postgres, folder / "autorite", free_port())
        try:
            central.begin()
            yield central
        finally:
            central.stop()
            central.let_go()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
