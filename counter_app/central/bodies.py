"""Bodies of requests, read within limits: how long, how slow, and how many at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from starlette.requests import ClientDisconnect, Request

from counter_app.central.replies import JSON, NotAnswered, not_answered
from counter_app.sync.codec import GZIP, WireProblem, decode
from counter_app.sync.wire import MOST_BYTES

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

M = TypeVar("M", bound="DataclassInstance")

SLOWEST = 180.0
"""Seconds that a body may take to arrive: a day's acts over a bad line, compressed."""
SLOWEST_SHORT = 15.0
MOST_AT_ONCE = 256 * 1024 * 1024
"""Bytes of bodies held in memory at one moment; whoever comes then is asked to come back."""
SHORT = 64 * 1024
"""A body of those who have no token yet."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request carried."""

    body: bytes
    encoding: str
    takes_gzip: bool
    """Whether the answer may be compressed."""


class Bodies:
    """Reads bodies, and counts what it holds."""

    def __init__(self) -> None:
        self._held = 0

    @asynccontextmanager
    async def of(self, request: Request, most: int = MOST_BYTES) -> AsyncIterator[Sent]:
        """The body of a request, for the length of the block. Raises NotAnswered before reading what is too long."""
        announced = _announced(request, most)
        # Short bodies are counted nowhere: whoever has no token yet must not be able to hold up those who have one.
        counted = announced if most > SHORT else 0
        if self._held + counted > MOST_AT_ONCE:
            raise not_answered("busy")
        self._held += counted
        try:
            body = await _read(request, most)
            takes = GZIP in request.headers.get("accept-encoding", "")
            yield Sent(body, request.headers.get("content-encoding", ""), takes)
        finally:
            self._held -= counted


def _announced(request: Request, most: int) -> int:
    """The length that a request announces; the longest allowed when it does not say."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise not_answered("content_type")
    length = request.headers.get("content-length")
    if length is None:
        return most
    # The HTTP library has seen to it that it is a number.
    if int(length) > most:
        raise not_answered("too_large")
    return int(length)


async def _read(request: Request, most: int) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(SLOWEST if most > SHORT else SLOWEST_SHORT):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise not_answered("too_large")
    except TimeoutError:
        raise not_answered("slow") from None
    except ClientDisconnect:
        raise not_answered("http") from None
    return bytes(body)


def decoded(kind: type[M], sent: Sent) -> M:
    """The message of a request. Raises NotAnswered, in words, when it is another one."""
    try:
        return decode(kind, sent.body, sent.encoding)
    except WireProblem as problem:
        raise NotAnswered(400, problem.word, problem.sentence) from problem
