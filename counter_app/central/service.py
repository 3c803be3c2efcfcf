"""The HTTPS service: the ledger's answers for desks that show their token, and the enrolment of those that have none.

Nothing is decided here: a body becomes a question (`sync.codec`), the ledger answers it in a thread, the answer becomes
a body. What is here is what the open network needs: limits, patience, and words for everything turned down.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from urllib.parse import unquote

import sqlalchemy as sa
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp

from counter_app.central import metrics as figures
from counter_app.central.bodies import SHORT, Bodies, Sent, decoded
from counter_app.central.door import Door, of_http
from counter_app.central.doorbell import Doorbell
from counter_app.central.entrance import Misses, enrolled, renewed
from counter_app.central.ledger import Ledger
from counter_app.central.metrics import Metrics
from counter_app.central.openapi import components, describe
from counter_app.central.replies import JSON, NotAnswered, not_answered, reply
from counter_app.central.session import Session
from counter_app.central.sites import site_names
from counter_app.central.tokens import authenticate
from counter_app.domain.acts import canonical
from counter_app.domain.refusal import StoreRefused
from counter_app.sync.codec import encode, pack
from counter_app.sync.enrolment import Enrol, Enrolled, Renew, Renewed
from counter_app.sync.wire import (
    DESK,
    LETTER,
    MOST_BYTES,
    VERSION,
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

AT_ONCE = 8
"""Calls of the store at one moment: more of them would only wait for one another there."""
IN_LINE = 256
"""Requests that may wait for their turn; whoever comes then is asked to come back."""
MOST_ASKED = 1024 * 1024
"""Bytes of any question but a push: what holds no acts is short."""
LONGEST_WAIT = 55.0
"""Seconds: proxies cut what is silent for a minute."""
QUESTIONS: dict[type[Question], type[Answer]] = {
    Hello: HelloAnswer,
    Push: PushAnswer,
    Pull: PullAnswer,
    Probe: ProbeAnswer,
    Look: LookAnswer,
    Wait: WaitAnswer,
}

T = TypeVar("T")


class Service:
    """What the routes share."""

    def __init__(self, engine: sa.Engine, roots: Callable[[], str], clock: Callable[[], datetime]) -> None:
        self.engine, self.roots, self.clock = engine, roots, clock
        self.ledger = Ledger(engine, clock)
        self.metrics = Metrics()
        self.bodies = Bodies()
        self.bell = Doorbell(lambda site: self.in_turn(lambda: self.ledger.mark(site)))
        self._misses = Misses()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._in_line = 0

    async def in_turn(self, work: Callable[[], T]) -> T:
        """Call the store in a thread, when its turn comes. Raises NotAnswered when too many wait already."""
        if self._in_line >= IN_LINE:
            raise not_answered("busy")
        self._in_line += 1
        try:
            async with self._turns:
                return await run_in_threadpool(work)
        except StoreRefused as refused:
            raise NotAnswered(503, refused.code, refused.sentence, retry_after=5) from refused
        finally:
            self._in_line -= 1

    async def session(self, request: Request) -> tuple[Session, str]:
        """The desk that asks, and its token. Raises NotAnswered when it is not known."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or token.count(".") != 2 or len(token) > 512:
            raise not_answered("token")
        session = await self.in_turn(lambda: authenticate(self.engine, token, self.clock()))
        if session is None:
            raise not_answered("token")
        request.scope.setdefault("state", {})["device"] = session.device
        desk = unquote(request.headers.get(DESK, ""))
        return replace(session, letter=request.headers.get(LETTER, ""), desk=desk), token

    async def ask(self, request: Request, kind: type[Question]) -> Response:
        """Answer one question of a desk."""
        session, _token = await self.session(request)
        async with self.bodies.of(request, MOST_BYTES if kind is Push else MOST_ASKED) as sent:
            with self.metrics.seconds.labels(request.url.path).time():
                answer, packed = await self.in_turn(lambda: self._answer(session, kind, sent))
        if isinstance(answer, PushAnswer):
            self.metrics.pushed(answer)
            await self.bell.ring(session.site, answer.mark)
        return _response(packed)

    def _answer(self, session: Session, kind: type[Question], sent: Sent) -> tuple[Answer, tuple[bytes, str]]:
        """In a thread: reading and writing long bodies takes as long as the store does."""
        question = decoded(kind, sent)
        if isinstance(question, Hello) and question.device != session.device:
            raise not_answered("device")
        answer = self.ledger.answer(session, question)
        return answer, pack(answer) if sent.takes_gzip else (encode(answer), "")

    async def wait(self, request: Request) -> Response:
        """Answer when there is news."""
        session, _token = await self.session(request)
        async with self.bodies.of(request, SHORT) as sent:
            asked = decoded(Wait, sent)
        with self.metrics.waiting.track_inprogress():
            mark = await self.bell.beyond(session.site, asked.mark, min(max(asked.seconds, 0), LONGEST_WAIT))
        return _response(pack(WaitAnswer(mark)))

    async def enrol(self, request: Request) -> Response:
        """Let a desk join by its code."""
        async with self.bodies.of(request, SHORT) as sent:
            asked = decoded(Enrol, sent)
        self._misses.check(self.clock())
        try:
            answer = await self.in_turn(lambda: enrolled(self.engine, self.roots(), asked, self.clock()))
        except NotAnswered:
            self._misses.note(self.clock())
            raise
        return _response(pack(answer))

    async def renew(self, request: Request) -> Response:
        """Give a desk another token before its own ends."""
        session, token = await self.session(request)
        async with self.bodies.of(request, SHORT) as sent:
            asked = decoded(Renew, sent)
        answer = await self.in_turn(lambda: renewed(self.engine, self.roots(), session, token, asked, self.clock()))
        return _response(pack(answer))

    async def health(self) -> Response:
        """Whether the store answers; 503 in words when it does not."""
        sites = await self.in_turn(lambda: site_names(self.engine))
        return Response(canonical({"ok": True, "sites": len(sites), "version": VERSION}), media_type=JSON)


def service(engine: sa.Engine, roots: Callable[[], str], clock: Callable[[], datetime]) -> tuple[ASGIApp, Service]:
    """The application to serve, and what stops it. `roots`: both root certificates in PEM, as they are now."""
    shared = Service(engine, roots, clock)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        watching = asyncio.create_task(shared.bell.watch())
        yield
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching

    app = FastAPI(
        title="Guichet, base centrale",
        version=str(VERSION),
        lifespan=lifespan,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers={HTTPException: _turned_down, NotAnswered: _not_answered, Exception: _broken},
    )
    _ask_routes(app, shared)
    _other_routes(app, shared)
    document = app.openapi()
    document["components"] = components((*QUESTIONS, *QUESTIONS.values(), Enrol, Enrolled, Renew, Renewed))
    routes = frozenset(document["paths"])
    return Door(app, shared.metrics, routes), shared


def _ask_routes(app: FastAPI, shared: Service) -> None:
    for kind, answer in QUESTIONS.items():
        path = f"/v1/{kind.__name__.lower()}"
        extra, responses = describe(kind, answer)
        answering = shared.wait if kind is Wait else _asking(shared, kind)
        app.post(path, openapi_extra=extra, responses=responses, response_class=Response)(answering)


def _asking(shared: Service, kind: type[Question]) -> Callable[[Request], Awaitable[Response]]:
    async def ask(request: Request) -> Response:
        return await shared.ask(request, kind)

    ask.__doc__ = kind.__doc__
    return ask


def _other_routes(app: FastAPI, shared: Service) -> None:
    extra, responses = describe(Enrol, Enrolled, token=False)
    app.post("/v1/enrol", openapi_extra=extra, responses=responses, response_class=Response)(shared.enrol)
    extra, responses = describe(Renew, Renewed)
    app.post("/v1/renew", openapi_extra=extra, responses=responses, response_class=Response)(shared.renew)

    @app.get("/v1/roots", response_class=PlainTextResponse)
    async def roots() -> Response:
        """Both root certificates in PEM: public, and worth nothing until the enrolment code vouches for the first."""
        return PlainTextResponse(shared.roots(), media_type="application/x-pem-file")

    @app.get("/metrics", response_class=PlainTextResponse)
    async def metrics() -> Response:
        """Figures for Prometheus: no desk, no person."""
        return Response(shared.metrics.text(), media_type=figures.FORMAT)

    app.get("/health", response_class=Response)(shared.health)


async def _turned_down(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException), "registered for it alone"
    return reply(of_http(error))


async def _not_answered(_request: Request, error: Exception) -> Response:
    assert isinstance(error, NotAnswered), "registered for it alone"
    return reply(error)


async def _broken(_request: Request, _error: Exception) -> Response:
    return reply(not_answered("breakage"))


def _response(packed: tuple[bytes, str]) -> Response:
    body, encoding = packed
    return Response(body, headers={"Content-Encoding": encoding} if encoding else {}, media_type=JSON)
