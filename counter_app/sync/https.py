"""The desk's way to its central over HTTPS: two pinned roots, one kept connection, and values for all that can happen.

A proxy that answers in the central's place, a page, a cut, a body that swells: none of it raises, none of it is taken
for an answer. Every question may be asked again without harm, so an uncertain one is.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakSet

import httpcore
import httpx

from counter_app.domain.french import typeset
from counter_app.sync.codec import GZIP, WireProblem, decode, pack
from counter_app.sync.enrolment import Renew, Renewed, Turned
from counter_app.sync.names import found_in_time
from counter_app.sync.outcomes import unreachable
from counter_app.sync.transport import Trouble, TroubleKind
from counter_app.sync.trust import trusting
from counter_app.sync.wire import (
    MOST_BYTES,
    Answer,
    Hello,
    HelloAnswer,
    Look,
    LookAnswer,
    Probe,
    ProbeAnswer,
    Pull,
    PullAnswer,
    Push,
    PushAnswer,
    Question,
    Wait,
    WaitAnswer,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

CONNECT, READ, WHOLE = 5.0, 30.0, 120.0
"""Seconds to connect, without a byte, and for a whole answer."""
MOST = 4
"""Connections at once: an exchange, the bell, a look at a file, and one to spare."""
NOT_KNOWN = frozenset({"token", "device"})
"""Words by which the central says that it does not know this desk."""
_ANSWERS: dict[type[Question], type[Answer]] = {
    Hello: HelloAnswer,
    Push: PushAnswer,
    Pull: PullAnswer,
    Probe: ProbeAnswer,
    Look: LookAnswer,
    Wait: WaitAnswer,
}
_CERTIFICATE = {9: "certificate_dates", 10: "certificate_dates", 62: "certificate_name", 64: "certificate_name"}
"""By the error numbers of OpenSSL (x509_vfy.h)."""

A = TypeVar("A", bound="DataclassInstance")
Told = Callable[[], dict[str, str]]


@dataclass(frozen=True, slots=True)
class _Request:
    """What is sent."""

    url: str
    body: bytes
    headers: dict[str, str]
    patience: float


class HttpsCentral:
    """A central asked over a kept connection; one more while somebody waits for the bell. Threads may share it."""

    def __init__(self, url: str, roots: str, ticks: Callable[[], float], token: str = "", told: Told = dict) -> None:
        """`roots`: PEM, trusted and nothing else. `ticks`: seconds of a stopwatch. `told`: headers of
        each hello, what the desk is called now. Raises ssl.SSLError on bad roots."""
        self._url, self._ticks, self._token, self._told = url.rstrip("/"), ticks, token, told
        context = trusting(roots)
        self._roots = [at for one in context.get_ca_certs() if (at := _moment(one.get("notAfter")))]
        self._certificate: datetime | None = None
        self._client = open_client(context)
        self._open: WeakSet[ssl.SSLSocket] = WeakSet()
        self._lock = threading.Lock()
        self._closed = False

    def ask(self, question: Question, patience: float | None = None) -> Answer | Trouble:
        """The answer to a question; `patience`: seconds without a byte after which it is given up, of which the look-up
        of the central's name takes its part."""
        if patience is not None and not self._open:
            begun = self._ticks()
            if not self._found_in_time(patience):
                return unreachable("timeout")
            patience = max(patience - (self._ticks() - begun), 0.001)
        waited = question.seconds if isinstance(question, Wait) else 0
        path = f"/v1/{type(question).__name__.lower()}"
        return self.post(path, question, _ANSWERS[type(question)], (READ if patience is None else patience) + waited)

    def _found_in_time(self, seconds: float) -> bool:
        with suppress(httpx.InvalidURL):
            return found_in_time(httpx.URL(self._url).host, seconds)
        return True

    def renew(self, asked: Renew) -> Renewed | Trouble:
        """Another token; it is used from now on."""
        found = self.post("/v1/renew", asked, Renewed)
        if isinstance(found, Renewed):
            self._token = found.token
        return found

    def post(self, path: str, message: "DataclassInstance", kind: type[A], patience: float = READ) -> A | Trouble:
        """Send a message, twice when a kept connection turns out to have been closed."""
        body, encoding = pack(message)
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": GZIP}
        headers |= {"Content-Encoding": encoding} if encoding else {}
        headers |= {"Authorization": f"Bearer {self._token}"} if self._token else {}
        headers |= self._told() if isinstance(message, Hello) else {}
        request = _Request(self._url + path, body, headers, min(patience, WHOLE))
        try:
            try:
                return self._once(request, kind)
            except httpx.RemoteProtocolError:
                return self._once(request, kind)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError, RuntimeError) as error:
            return Trouble(TroubleKind.CLOSED, "") if self._closed else unreachable(reason_of(error))

    def endings(self) -> tuple[tuple[str, datetime], ...]:
        """When what this connection relies on ends: for `outcomes.endings`."""
        certificate = (("certificate", self._certificate),) if self._certificate else ()
        return (*certificate, *(("root", at) for at in self._roots))

    def close(self) -> None:
        """Let go of every connection: whoever waits for an answer gets a trouble at once."""
        with self._lock:
            self._closed = True
            opened = list(self._open)
        for connection in opened:
            _shut(connection)
        self._client.close()

    def _once(self, request: _Request, kind: type[A]) -> A | Trouble:
        begun = self._ticks()
        with self._client.stream(
            "POST",
            request.url,
            content=request.body,
            headers=request.headers,
            timeout=httpx.Timeout(request.patience, connect=min(CONNECT, request.patience)),
            extensions={"trace": self._note},
        ) as response:
            body = bytearray()
            for piece in response.iter_raw():
                body += piece
                if len(body) > MOST_BYTES or self._ticks() - begun > WHOLE:
                    return later(response, "too long")
            return read(response, bytes(body), kind)

    def _note(self, event: str, told: Mapping[str, object]) -> None:
        """Keep each connection that was secured, to be closed from outside, and when its certificate ends."""
        stream = told.get("return_value")
        if event != "connection.start_tls.complete" or not isinstance(stream, httpcore.NetworkStream):
            return
        secured = stream.get_extra_info("socket")
        if isinstance(secured, ssl.SSLSocket):
            self._certificate = certificate_end(stream, secured)
            with self._lock:
                self._open.add(secured)
                closed = self._closed
            if closed:
                _shut(secured)


def open_client(context: ssl.SSLContext) -> httpx.Client:
    """A client that follows nothing, believes no variable of the system, and keeps one connection, or two."""
    limits = httpx.Limits(max_connections=MOST, max_keepalive_connections=2, keepalive_expiry=60)
    return httpx.Client(verify=context, trust_env=False, follow_redirects=False, limits=limits)


def read(response: httpx.Response, body: bytes, kind: type[A]) -> A | Trouble:
    """What an HTTP answer says, whoever wrote it."""
    encoding = response.headers.get("content-encoding", "")
    try:
        if response.status_code == httpx.codes.OK:
            return decode(kind, body, encoding)
        told = decode(Turned, body, encoding)
    except WireProblem as problem:
        return later(response, problem.word)
    if told.code in NOT_KNOWN and response.status_code in (401, 403):
        return Trouble(TroubleKind.UNAUTHORISED, told.sentence, word=told.code)
    return later(response, told.code, told.sentence)


def later(response: httpx.Response, word: str, sentence: str = "") -> Trouble:
    """Not an answer: what was seen, and when to come back."""
    asked = response.headers.get("retry-after", "")
    seconds = float(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    usual = (
        "Ce qui répond à l’adresse de la base centrale n’est pas elle, ou n’est pas en état de répondre (réponse "
        f"{response.status_code}). Rien n’est perdu : le poste réessaie de lui-même."
    )
    return Trouble(TroubleKind.LATER, typeset(sentence or usual), seconds, word)


def reason_of(error: Exception) -> str:
    """Why a question did not arrive, in one word of `outcomes`."""
    causes = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and isinstance(cause, Exception):
        causes.append(cause)
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _CERTIFICATE.get(cause.verify_code, "certificate")
    return next((reason for kind, reason in _KINDS if any(isinstance(one, kind) for one in causes)), "network")


_KINDS: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLError, "tls"),
    (socket.gaierror, "name"),
    (ConnectionRefusedError, "refused"),
    (httpx.TimeoutException, "timeout"),
    (httpx.InvalidURL, "address"),
    (httpx.UnsupportedProtocol, "address"),
    (httpx.ReadError, "cut"),
    (httpx.WriteError, "cut"),
    (httpx.RemoteProtocolError, "cut"),
)


def _moment(not_after: object) -> datetime | None:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(not_after), UTC) if isinstance(not_after, str) else None


def _shut(connection: ssl.SSLSocket) -> None:
    """Wake up whoever reads: closing alone would not."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def certificate_end(stream: httpcore.NetworkStream, secured: ssl.SSLSocket) -> datetime | None:
    """When the certificate of a connection ends. One that was reset before it was secured has none, and nobody else
    knows of it yet: it is closed here. Raises OSError then."""
    try:
        return _moment((secured.getpeercert() or {}).get("notAfter"))
    except OSError:
        stream.close()
        raise
