"""A real service over TLS on the loopback, in a thread of the tests, and desks that speak to it."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import httpx
import sqlalchemy as sa

from counter_app.central.authority import Authority, make_authority
from counter_app.central.serving import Certificates, Serving, bound, serving
from counter_app.central.session import Session
from counter_app.central.sites import init, open_central
from counter_app.central.tables import device
from counter_app.central.tokens import new_token
from counter_app.sync.https import HttpsCentral
from counter_app.sync.transport import Trouble
from counter_app.sync.trust import trusting
from counter_app.sync.wire import Answer, Question
from tests.homes import Clock as StoppedClock

Clock = Callable[[], datetime]


@dataclass(slots=True)
class Live:
    """A service that answers."""

    url: str
    engine: sa.Engine
    authority: Authority
    clock: Clock
    server: Serving

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def token(self, session: Session) -> str:
        """A token for a desk that the store knows, as if it had just been renewed."""
        token = new_token(session.site, session.device, self.clock())
        here = (device.c.site == session.site, device.c.device == session.device)
        with self.engine.begin() as connection:
            connection.execute(sa.update(device).where(*here).values(**token.kept()))
        return token.text

    def client(self, session: Session) -> HttpsCentral:
        """The way of a desk to this service."""
        return HttpsCentral(self.url, self.authority.roots, monotonic, self.token(session))

    def raw(self) -> httpx.Client:
        """Anybody who trusts the authority."""
        return httpx.Client(base_url=self.url, verify=trusting(self.authority.roots), trust_env=False)

    def tls(self) -> ssl.SSLContext:
        return trusting(self.authority.roots)

    def connected(self) -> ssl.SSLSocket:
        """A bare connection, to say anything on."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        return self.tls().wrap_socket(plain, server_hostname="localhost")

    @contextmanager
    def later(self, seconds: float, work: Callable[[], object]) -> Iterator[None]:
        """Do something while the block waits."""
        timer = threading.Timer(seconds, work)
        timer.start()
        try:
            yield
        finally:
            timer.join()


@contextmanager
def live(engine: sa.Engine, folder: Path, clock: Clock) -> Iterator[Live]:
    """A service for the length of the block; stopped by its own flag, and it has to have stopped."""
    authority = make_authority(folder, "nord", (), datetime.now(UTC))
    ready = threading.Event()
    with bound("127.0.0.1", 0) as listening:
        server = serving(engine, Certificates(authority, lambda: datetime.now(UTC)), clock, ready.set)
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            assert ready.wait(20), "the service did not start"
            port = listening.getsockname()[1]
            yield Live(f"https://127.0.0.1:{port}", engine, authority, clock, server)
        finally:
            server.should_exit = True
            thread.join(20)
            assert not thread.is_alive(), "the service did not stop"


@contextmanager
def training_central(folder: Path, site: str) -> Iterator[Live]:
    """The central of a training site, served over HTTPS as long as the block lasts; its clock stands."""
    now, url = StoppedClock(datetime.now(UTC)), f"sqlite:///{folder / 'centrale.db'}"
    init(url, site, training=True, clock=now)
    engine = open_central(url)
    with live(engine, folder / "autorite", now) as served:
        yield served
    engine.dispose()


@dataclass(slots=True)
class OverHttps:
    """A ledger asked over the network: the conformance suite runs on it as on the ledger itself."""

    service: Live
    ways: dict[Session, HttpsCentral] = field(default_factory=dict)

    def answer(self, session: Session, question: Question) -> Answer:
        """The answer, and nothing but an answer."""
        way = self.ways.get(session)
        if way is None:
            way = self.ways[session] = self.service.client(session)
        told = way.ask(question)
        assert not isinstance(told, Trouble), told
        return told

    def close(self) -> None:
        for way in self.ways.values():
            way.close()
