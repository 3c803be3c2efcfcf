"""uvicorn, as the service needs it: TLS 1.3 alone, silent connections are closed, a stop loses nothing."""

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import h11
import sqlalchemy as sa
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from counter_app.central.authority import Authority, open_authority, renew
from counter_app.central.replies import JSON, not_answered
from counter_app.central.service import Service, service
from counter_app.domain.refusal import StoreRefused
from counter_app.sync.codec import encode
from counter_app.sync.enrolment import Turned

HEADERS_WITHIN = 15.0
"""Seconds in which a connection has to say what it wants: one that speaks a letter a minute does not hold its place."""
MOST_CONNECTIONS = 4_000
STOP_WITHIN = 20
"""Seconds left to requests at a stop."""
FAREWELL = 1.0
"""Seconds left, at a stop, to a connection that asks nothing: TLS waits for a word of the other side, which may never
come: a desk between two exchanges reads nothing."""
KEPT = 75
"""Seconds that a connection is kept between two questions."""
RENEWAL = 36_000
"""Ticks of a tenth of a second between two looks at the certificate."""
LOG = logging.getLogger("guichet.central")


class Guarded(H11Protocol):
    """A connection that may neither linger before its request nor be told anything but JSON."""

    _speaking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to count its time; turn away at once what is too many."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
            return
        self._speaking = self.loop.call_later(HEADERS_WITHIN, transport.abort)

    def data_received(self, data: bytes) -> None:
        """Stop the count once a request is whole; begin it again with the next one."""
        super().data_received(data)
        idle = self.cycle is None or self.cycle.response_complete
        if not idle:
            self._heard()
        elif self._speaking is None and not self.transport.is_closing():
            self._speaking = self.loop.call_later(HEADERS_WITHIN, self.transport.abort)

    def shutdown(self) -> None:
        """Close at a stop: at once where nothing is asked, else after the answer."""
        super().shutdown()
        if self.transport.is_closing():
            self.loop.call_later(FAREWELL, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the count."""
        self._heard()
        super().connection_lost(exc)

    def _heard(self) -> None:
        if self._speaking is not None:
            self._speaking.cancel()
            self._speaking = None

    def send_400_response(self, msg: str) -> None:
        """What is not HTTP is answered in words too, and nothing of it is repeated."""
        self.logger.debug(msg)
        told = not_answered("http")
        headers = [("content-type", JSON), ("connection", "close")]
        body = encode(Turned(told.code, told.sentence))
        with suppress(h11.LocalProtocolError):
            for event in (h11.Response(status_code=400, headers=headers), h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


class Certificates:
    """What the server shows, renewed in time and while it serves."""

    def __init__(self, authority: Authority, clock: Callable[[], datetime]) -> None:
        self.authority, self._clock = authority, clock
        self.look()
        self.context = self.authority.context()

    def look(self) -> bool:
        """Renew the certificate when it is due, by this service or another one beside it; whether it changed."""
        found = open_authority(self.authority.folder)
        if found.due(self._clock()):
            found = renew(found, (), self._clock())
        changed = found != self.authority
        self.authority = found
        return changed

    def follow(self) -> None:
        """Show the newest certificate from the next connection on; what is wrong is noted, and shown by `status`."""
        try:
            if self.look():
                self.authority.load_into(self.context)
        except (StoreRefused, ssl.SSLError):
            LOG.exception("the certificate was not renewed")


class Serving(uvicorn.Server):
    """A server that looks after its certificate and, told to stop, first answers those who wait for news."""

    def __init__(
        self, config: uvicorn.Config, shared: Service, certificates: Certificates, told: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._shared, self._certificates, self._told = shared, certificates, told

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say that it serves, once it does."""
        await super().startup(sockets)
        self._told()

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second."""
        if counter % RENEWAL == 0:
            self._certificates.follow()
            self._shared.metrics.certificates(self._certificates.authority)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let nobody wait, then stop as usual; a stop that was asked for is no death by a signal."""
        await self._shared.bell.close()
        await super().shutdown(sockets)
        self._captured_signals.clear()


def serve(
    engine: sa.Engine,
    authority: Authority,
    clock: Callable[[], datetime],
    address: tuple[str, int],
    told: Callable[[int], None],
) -> None:
    """Serve until SIGTERM or Ctrl+C; `told` learns the port once the service answers. Port 0: any that is free.

    Raises StoreRefused when the address cannot be taken.
    """
    with bound(*address) as listening:
        port = listening.getsockname()[1]
        serving(engine, Certificates(authority, clock), clock, lambda: told(port)).run([listening])


def serving(
    engine: sa.Engine, certificates: Certificates, clock: Callable[[], datetime], told: Callable[[], None]
) -> Serving:
    """A server ready to run on a socket; `told` is called once it answers."""
    app, shared = service(engine, lambda: certificates.authority.roots, clock)
    config = uvicorn.Config(
        app,
        http=Guarded,
        ws="none",
        loop="asyncio",
        lifespan="on",
        ssl_context_factory=lambda _config, _usual: certificates.context,
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=KEPT,
        timeout_graceful_shutdown=STOP_WITHIN,
    )
    return Serving(config, shared, certificates, told)


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises StoreRefused when the address cannot be taken."""
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=512
        )
    except (OSError, OverflowError) as error:
        raise StoreRefused(
            "port_taken",
            f"Le service ne peut pas écouter à l’adresse « {host} », port {port} : elle n’est pas de cette machine, ou "
            "le port sert déjà. Choisissez-en un autre (options --host et --port ; --port 0 en prend un libre).",
        ) from error
