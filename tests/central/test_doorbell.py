"""The bell in the service: whoever waits hears of news, whatever the store does meanwhile."""

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from counter_app.central import doorbell
from counter_app.central.doorbell import Doorbell
from counter_app.central.replies import not_answered


class Store:
    """A store whose mark moves, and that does not always answer."""

    def __init__(self) -> None:
        self.mark = 0
        self.away = False
        self.asked = 0

    async def __call__(self, _site: str) -> int:
        self.asked += 1
        if self.away:
            raise not_answered("busy")
        return self.mark


def ran(work: Callable[[Doorbell, Store], Coroutine[None, None, int]], monkeypatch: pytest.MonkeyPatch) -> int:
    """Run a scene with a bell that is watched a hundred times a second."""
    monkeypatch.setattr(doorbell, "EVERY", 0.01)

    async def scene() -> int:
        store = Store()
        bell = Doorbell(store)
        watching = asyncio.create_task(bell.watch())
        try:
            async with asyncio.timeout(10):
                return await work(bell, store)
        finally:
            assert not watching.done()
            watching.cancel()

    return asyncio.run(scene())


def test_what_another_process_pushed_is_heard_after_the_store_was_away(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(bell: Doorbell, store: Store) -> int:
        waiting = asyncio.create_task(bell.beyond("nord", 0, 20))
        while not bell.waiting:
            await asyncio.sleep(0)
        store.away = True
        asked = store.asked
        while store.asked < asked + 3:
            await asyncio.sleep(0.01)
        store.away, store.mark = False, 7
        return await waiting

    assert ran(scene, monkeypatch) == 7


def test_each_site_hears_of_its_own_news_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(bell: Doorbell, store: Store) -> int:
        north = asyncio.create_task(bell.beyond("nord", 0, 0.2))
        other = asyncio.create_task(bell.beyond("loiret", 0, 20))
        while bell.waiting < 2:
            await asyncio.sleep(0)
        await bell.ring("loiret", 5)
        assert await other == 5
        assert bell.waiting == 1
        return await north

    assert ran(scene, monkeypatch) == 0


def test_nobody_asks_the_store_while_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(bell: Doorbell, store: Store) -> int:
        assert await bell.beyond("nord", 1, 5) == 0, "news already: the mark is another"
        asked = store.asked
        await asyncio.sleep(0.1)
        return store.asked - asked

    assert ran(scene, monkeypatch) == 0


def test_a_bell_that_stops_answers_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(bell: Doorbell, store: Store) -> int:
        waiting = [asyncio.create_task(bell.beyond("nord", 0, 50)) for _ in range(20)]
        while bell.waiting < 20:
            await asyncio.sleep(0)
        await bell.close()
        return sum(await asyncio.gather(*waiting))

    assert ran(scene, monkeypatch) == 0
