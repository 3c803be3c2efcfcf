"""The outermost layer of the service: every request is counted and noted, and no traceback leaves."""

import asyncio
import logging

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from counter_app.central.metrics import Metrics
from counter_app.central.replies import NotAnswered, not_answered, reply

LOG = logging.getLogger("guichet.central")
ELSEWHERE = "elsewhere"
"""Every address that is none of ours, in figures and in the log: addresses may hold anything."""
LONGEST = 360.0
"""Seconds that a request may take, its answer read: whoever does not read it is left."""
_CODES = {404: "not_found", 405: "method"}
_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
)


class Door:
    """Wraps the application. The log holds a route, a status and the desk's device; no subject, no token."""

    def __init__(self, app: ASGIApp, metrics: Metrics, routes: frozenset[str]) -> None:
        self._app, self._metrics, self._routes = app, metrics, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, whatever happens behind."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        try:
            async with asyncio.timeout(LONGEST):
                await self._app(scope, receive, sent)
        except Exception:
            # The last door: the framework has answered in words (`breakage`); the words of the breakage stay here.
            LOG.exception("a request broke")
            if not status:
                await reply(not_answered("breakage"))(scope, receive, sent)
        if status == 503:
            self._metrics.busy.inc()
        route = scope["path"] if scope["path"] in self._routes else ELSEWHERE
        self._metrics.requests.labels(route, status).inc()
        LOG.info("%s %s %s", route, status, scope.get("state", {}).get("device", "-"))


def of_http(error: HTTPException) -> NotAnswered:
    """What the framework turned down by itself, in our words."""
    return not_answered(_CODES.get(error.status_code, "http"))
