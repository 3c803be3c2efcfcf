"""Who waits for news of a site: rung by a push in this process, and by the ledger's mark for those of other processes.

It lives in the event loop alone; the ledger is asked in the background, once a second and only while somebody waits.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import sqlalchemy as sa

from counter_app.central.replies import NotAnswered

EVERY = 1.0
"""Seconds between two looks at the marks of the sites."""


class Doorbell:
    """One for a service. `mark` reads a site's mark without stopping the loop."""

    def __init__(self, mark: Callable[[str], Awaitable[int]]) -> None:
        self._mark = mark
        self._known: dict[str, int] = {}
        self._waiting: dict[str, int] = {}
        self._rung = asyncio.Condition()
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many desks wait."""
        return sum(self._waiting.values())

    async def beyond(self, site: str, mark: int, seconds: float) -> int:
        """The mark of a site as soon as it is another than `mark`, or after `seconds`."""
        self._waiting[site] = self._waiting.get(site, 0) + 1
        try:
            await self._look(site)
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds), self._rung:
                    await self._rung.wait_for(lambda: self._closed or self._known[site] != mark)
            return self._known[site]
        finally:
            self._leave(site)

    async def ring(self, site: str, mark: int) -> None:
        """A push came to a mark."""
        if site in self._waiting:
            async with self._rung:
                self._known[site] = mark
                self._rung.notify_all()

    async def watch(self) -> None:
        """Look at the marks of the sites that somebody waits for, until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            for site in list(self._waiting):
                # A store that does not answer now is asked again in a second.
                with suppress(NotAnswered, sa.exc.SQLAlchemyError):
                    await self._look(site)

    async def close(self) -> None:
        """Answer everybody now: the service stops."""
        async with self._rung:
            self._closed = True
            self._rung.notify_all()

    async def _look(self, site: str) -> None:
        await self.ring(site, await self._mark(site))

    def _leave(self, site: str) -> None:
        left = self._waiting[site] - 1
        if left:
            self._waiting[site] = left
        else:
            del self._waiting[site], self._known[site]
