"""Arrivals recorded while a week of lists comes in on another thread, as the window's two lanes do."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from secrets import randbits
from threading import Event, Thread
from time import perf_counter

from counter_app.ui.tasks import SWITCH
from counter_app.usecases.check_in import check_in
from counter_app.usecases.import_list import import_list
from tests.bench.by_hand import Expected
from tests.bench.figures import Figure
from tests.bench.homes import FOLDER, BenchHome
from tests.bench.lists import write_list
from tests.bench.people import PER_DAY
from tests.bench.timing import Series, Spread

WEEK = 5_000
ALONE, MOST = 100, 600
EVERY = 0.02
"""Seconds from one arrival to the next: far quicker than people come, to have many while the list comes in."""


def arrivals_during_an_import(home: BenchHome, rows: int = WEEK) -> Iterator[Figure]:
    """Each arrival's wait, from its scan to its answer, alone and beside the import."""
    file = _week(home, rows)
    people = home.expected(MOST)
    home.clock.now = people[0].slot
    alone = _arrivals(home, people[:ALONE], lambda: Event().wait(EVERY))
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
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    importing.start()
    beside = _arrivals(home, people[ALONE:], lambda: done.wait(EVERY))
    importing.join()
    sys.setswitchinterval(usual)
    if failed:
        raise failed[0]
    against = f"{len(beside.seconds)} arrivals beside {rows} rows"
    yield _waited("arrival alone, p99", home, alone, 99, f"{ALONE} arrivals")
    yield _waited("arrival during an import, p50", home, beside, 50, against)
    yield _waited("arrival during an import, p99", home, beside, 99, against, at_most=25)
    yield Figure("arrival during an import", home.size, beside.per(alone), "x", "arrivals alone in the same run")


def _arrivals(home: BenchHome, people: Sequence[Expected], wait: Callable[[], bool]) -> Series:
    """One after the other, until nobody is left or waiting says that the import is over."""
    seconds = []
    for someone in people:
        if wait():
            break
        home.clock.now = someone.slot
        began = perf_counter()
        assert check_in(home.desk, someone.code).recorded
        seconds.append(perf_counter() - began)
    return Series(tuple(seconds))


def _waited(
    name: str, home: BenchHome, series: Series, percent: int, against: str, at_most: float | None = None
) -> Figure:
    low, high = min(series.seconds) * 1000, max(series.seconds) * 1000
    seen = Spread(low, series.percentile(percent) * 1000, high)
    return Figure(name, home.size, seen, "ms", against, at_most=at_most)


def _week(home: BenchHome, rows: int) -> Path:
    """A list of some week to come that no earlier run took in."""
    path = FOLDER / "lists" / "week.csv"
    path.unlink(missing_ok=True)
    return write_list(path, rows, seed=randbits(32), start=home.count + 5 * PER_DAY * randbits(10))
