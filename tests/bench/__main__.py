"""`python -m tests.bench [--size 1M] [--only name]`: measure, print a table, write .bench/results.json."""

import argparse
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import backlog, desk_work, exchanges, first_paint, imports, permits, receipts, reports, search, syncs
from tests.bench.figures import Figure, table, write
from tests.bench.homes import FOLDER, open_home
from tests.bench.machine import machine, told
from tests.journeys.xserver import x_server

SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "200k": 200_000, "1M": 1_000_000}
DEFAULT = ["10k", "100k"]
"""Some minutes; a million people take a quarter of an hour and three gigabytes, on request."""
Bench = Callable[[str, int, int], Iterator[Figure]]
"""Name of a size, people in it, turns of each measure."""


def _scans(size: str, count: int, turns: int) -> Iterator[Figure]:
    with closing(open_home(size, count, need=turns)) as home:
        yield from desk_work.scans(home, turns)


def _arrivals(size: str, count: int, turns: int) -> Iterator[Figure]:
    with closing(open_home(size, count, need=turns)) as home:
        yield from desk_work.arrivals(home, turns)


def _search(size: str, count: int, turns: int) -> Iterator[Figure]:
    with closing(open_home(size, count)) as home:
        yield from search.searches(home, max(5, turns // 3))


def _backlog(size: str, count: int, _turns: int) -> Iterator[Figure]:
    with closing(open_home(size, count, need=backlog.MOST)) as home:
        yield from backlog.arrivals_during_an_import(home, min(backlog.WEEK, count))


def _window(size: str, count: int, turns: int) -> Iterator[Figure]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.bench.scan_to_paint import READY, scans_to_paint

    turns = min(turns, 150)
    yield from scans_to_paint(open_home(size, count, need=2 * (turns + READY)), turns)


def _week(size: str, count: int, _turns: int) -> Iterator[Figure]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.bench.week import weeks

    yield from weeks(size, count)


def _start(size: str, count: int, _turns: int) -> Iterator[Figure]:
    home = open_home(size, count)
    home.office.change(desk="Guichet 1", agent="Agent")
    home.close()
    yield from first_paint.starts(home, "offscreen")
    if shutil.which("Xvfb"):
        with TemporaryDirectory() as folder, x_server(Path(folder)) as server:
            yield from first_paint.starts(home, "xcb", server.display)


BENCHES: dict[str, Bench] = {
    "scan": _scans,
    "arrival": _arrivals,
    "permits": permits.permits,
    "report": reports.reports,
    "syncs": lambda size, count, _turns: syncs.syncs(size, count),
    "search": _search,
    "backlog": _backlog,
    "import": lambda size, count, _turns: imports.imports(size, count),
    "window": _window,
    "start": _start,
    "backlog-week": _week,
}
WITHOUT_SIZE: dict[str, Callable[[int], Iterator[Figure]]] = {
    "workbook": lambda _turns: imports.workbooks(),
    "receipt": receipts.receipts,
    "exchange": exchanges.exchanges,
}


def measure(sizes: list[str], only: list[str], turns: int) -> Iterator[Figure]:
    """Every figure asked for; all of them when none is named."""
    for name, bench in BENCHES.items():
        for size in sizes:
            if not only or name in only:
                yield from bench(size, SIZES[size], turns)
    for name, small in WITHOUT_SIZE.items():
        if not only or name in only:
            yield from small(turns)


def main(arguments: list[str] | None = None) -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--size", action="append", choices=SIZES, help="people in the home (10k and 100k)")
    parser.add_argument("--only", action="append", choices=[*BENCHES, *WITHOUT_SIZE], help="may be repeated")
    parser.add_argument("--turns", type=int, default=300, help="turns of each short measure (300)")
    options = parser.parse_args(arguments)
    # Keys of invented homes have no place in the keyring of whoever runs this.
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    begun, figures = machine(), []
    for figure in measure(options.size or DEFAULT, options.only or [], options.turns):
        figures.append(figure)
        print(figure.name, figure.size, flush=True)
    print(table(figures))
    print(told(begun))
    write(figures, begun, FOLDER / "results.json")


if __name__ == "__main__":
    main()
