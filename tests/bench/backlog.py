"""Arrivals recorded while a week of lists comes in on another thread, as the window's two lanes do."""

from collections.abc import Iterator
from pathlib import Path
from secrets import randbits
from threading import Event, Thread
from time import perf_counter

from counter_app.usecases.check_in import check_in
from counter_app.usecases.import_list import import_list
from tests.bench.figures import Figure
from tests.bench.homes import FOLDER, BenchHome
from tests.bench.lists import write_list
from tests.bench.people import PER_DAY
from tests.bench.timing import Series, Spread

WEEK = 5_000
MOST = 400


def arrivals_during_an_import(home: BenchHome, rows: int = WEEK) -> Iterator[Figure]:
    """Each arrival's wait, from its scan to its answer."""
    file = _week(home, rows)
    people = home.expected(MOST)
    home.clock.now = people[0].slot
    done = Event()
    failed: list[BaseException] = []

    def background() -> None:
        try:
            import_list(home.desk, file)
        except BaseException as error:  # noqa: BLE001 - told on the main thread
            failed.append(error)
        finally:
            home.desk.store.close()
            done.set()

    importing = Thread(target=background)
    importing.start()
    seconds = []
    for someone in people:
        if done.wait(0.01):
            break
        home.clock.now = someone.slot
        began = perf_counter()
        assert check_in(home.desk, someone.code).recorded
        seconds.append(perf_counter() - began)
    importing.join()
    if failed:
        raise failed[0]
    waits = Series(tuple(seconds))
    low, high = min(seconds) * 1000, max(seconds) * 1000
    against = f"{len(seconds)} arrivals beside {rows} rows"
    p99 = Spread(low, waits.percentile(99) * 1000, high)
    yield Figure("arrival during an import, p50", home.size, Spread(low, waits.median * 1000, high), "ms", against)
    yield Figure("arrival during an import, p99", home.size, p99, "ms", against, at_most=25)


def _week(home: BenchHome, rows: int) -> Path:
    """A list of some week to come that no earlier run took in."""
    path = FOLDER / "lists" / "week.csv"
    path.unlink(missing_ok=True)
    return write_list(path, rows, seed=randbits(32), start=home.count + 5 * PER_DAY * randbits(10))
