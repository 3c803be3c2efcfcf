"""A week of thirty desks comes at once to a desk that was off, through PostgreSQL and HTTPS, while people are received.

The service is a program of its own, as it is on a site. The desk is a real window; the same week is then taken by a
desk where nobody is, which has to end with the same rows.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, thread_time

import sqlalchemy as sa
from PySide6.QtCore import QEventLoop, QObject, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from counter_app import membership
from counter_app.central.ledger import Ledger
from counter_app.central.session import Session
from counter_app.home import read_home
from counter_app.sync.desk_sync import DeskSync
from counter_app.sync.state import Phase
from counter_app.sync.wire import Push, PushAnswer, PushStatus
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens.registry import SCREENS
from counter_app.ui.tasks import Lane
from counter_app.ui.theme import Choice, Theme
from counter_app.ui.workbench import Workbench
from counter_app.usecases.check_in import check_in
from tests.bench.by_hand import Expected
from tests.bench.exchanges import a_central, address, by_hand, joined, now
from tests.bench.figures import Figure
from tests.bench.homes import FOLDER, SITE, BenchHome, fill, new_home, open_at
from tests.bench.people import PER_DAY, people
from tests.bench.timing import Series, Spread
from tests.bench.week_acts import EARLY, OF_ONE, Writer, in_one_week, pages, week_of
from tests.central.served import Served
from tests.sync.invariants import prints
from tests.ui.workbenches import bench_on, let_go

DESKS = 30
OWN = 1_500
"""People convened after the week, who are received while it comes."""
ALONE = 60
EVERY = 250
"""Milliseconds from one arrival to the next: far quicker than people come, to have many while the week comes."""
BEAT = 5
"""Milliseconds between two beats of the window."""
TURNS = 30


def weeks(size: str, count: int) -> Iterator[Figure]:
    """What thirty desks record about a third as many people as the size says: ten thousand acts each at 100k."""
    qInstallMessageHandler(lambda *_told: None)
    acts = 3 * count
    with TemporaryDirectory() as folder, a_central(Path(folder)) as central:
        rate = _pushed(central.engine, acts)
        open_, quiet = (_enrolled(central, name) for name in ("1", "2"))
        beside = _in_a_window(open_)
        alone = _caught_up(quiet)
        seen = _seen_elsewhere(open_, quiet)
        same = prints(open_.desk) == prints(quiet.desk)
    assert same, "both desks show the same"
    yield Figure("a week pushed by 30 desks", size, Spread(rate, rate, rate), "acts/s", f"{acts} acts")
    yield from beside.figures(size, acts)
    yield from _alone(size, quiet, acts, alone)
    yield _series("act seen at another desk, p95", size, seen, 95, 2_000)


def _pushed(engine: sa.Engine, acts: int) -> float:
    """Acts a second, sent by every desk in turn."""
    writers, ledger, seconds, sent = (
        [Writer(f"Guichet {place + 10}") for place in range(DESKS)],
        Ledger(engine, now),
        0.0,
        0,
    )
    convened = in_one_week(people(acts // OF_ONE), acts // OF_ONE)
    for writer, mine in zip(writers, week_of(writers, convened, EARLY), strict=True):
        joined(engine, writer)
        began = perf_counter()
        for page in pages(mine):
            answer = ledger.answer(Session(SITE, writer.device), Push(page))
            assert isinstance(answer, PushAnswer), answer
            assert all(run.status is PushStatus.ACCEPTED for run in answer.runs), answer
        seconds += perf_counter() - began
        sent += len(mine)
    return sent / seconds


def _enrolled(central: Served, name: str) -> BenchHome:
    """A desk that has nothing but the list of the days to come, and has joined the central."""
    home = new_home(FOLDER / "homes" / f"semaine-{name}")
    home.office.change(desk=f"Guichet {name}", agent="A. Petit")
    home.clock.now = EARLY + timedelta(days=7)
    if name == "1":
        fill(home.desk, list(people(OWN, seed=9, start=5 * PER_DAY)))
    path = home.office.home.path
    home.close()
    membership.enrol(read_home(path), central.code(), address(central), monotonic)
    opened = open_at(path, name, OWN)
    opened.clock.now = EARLY + timedelta(days=7)
    return opened


@dataclass(slots=True)
class Beside:
    """What the window and the people at the desk saw."""

    seconds: float
    alone: Series
    arrivals: Series
    calm: Series
    beats: Series

    def figures(self, size: str, acts: int) -> Iterator[Figure]:
        """The waits, in milliseconds, and the stalls of the window."""
        rate = acts / self.seconds
        yield Figure("a week taken, window open", size, Spread(rate, rate, rate), "acts/s", f"in {self.seconds:.0f} s")
        yield _series("arrival alone, p99", size, self.alone, 99, None)
        yield _series("arrival beside a week, p50", size, self.arrivals, 50, None)
        yield _series("arrival beside a week, p99", size, self.arrivals, 99, 25)
        yield _series("window without a beat, nothing coming, longest", size, self.calm, 100, None)
        yield _series("window without a beat beside a week, p99", size, self.beats, 99, None)
        yield _series("window without a beat beside a week, longest", size, self.beats, 100, 100)
        yield _series("the same, own time of the window, longest", size, self.beats.alone, 100, None)


def _series(name: str, size: str, series: Series, percent: float, at_most: float | None) -> Figure:
    low, high = min(series.seconds) * 1000, max(series.seconds) * 1000
    told = f"p50 {series.median * 1000:.3g} ms, {len(series.seconds)} of them"
    return Figure(name, size, Spread(low, series.percentile(percent) * 1000, high), "ms", told, at_most=at_most)


@dataclass(slots=True)
class _Reception:
    """A window that beats, and arrivals recorded on its desk lane, one after the other."""

    bench: Workbench
    home: BenchHome
    waiting: Iterator[Expected]
    beats: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    """Seconds of processor that the window had between two beats: what it did itself, whatever else ran."""
    arrivals: list[float] = field(default_factory=list)
    _last: float = 0.0
    _had: float = 0.0

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """The heart beats and people come, for the length of the block."""
        self.beats, self.own, self.arrivals = [], [], []
        self._last, self._had = perf_counter(), thread_time()
        timers = [QTimer(interval=BEAT), QTimer(interval=EVERY)]
        for timer, tick in zip(timers, (self._beat, self._comes), strict=True):
            timer.timeout.connect(tick)
            timer.start()
        yield
        for timer in timers:
            timer.stop()

    def series(self) -> Series:
        """The beats."""
        return Series(tuple(self.beats), tuple(self.own))

    def _beat(self) -> None:
        told, had = perf_counter(), thread_time()
        self.beats.append(told - self._last)
        self.own.append(had - self._had)
        self._last, self._had = told, had

    def _comes(self) -> None:
        someone = next(self.waiting, None)
        if someone is not None:
            self.bench.lanes.run(Lane.DESK, lambda: self._checked_in(someone), self.arrivals.append)

    def _checked_in(self, someone: Expected) -> float:
        self.home.clock.now = someone.slot
        began = perf_counter()
        assert check_in(self.home.desk, someone.code).recorded
        self.bench.acted.emit()
        return perf_counter() - began


def _in_a_window(home: BenchHome) -> Beside:
    """The week comes while a window is open and people arrive."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app)
    theme.choose(Choice.LIGHT)
    waiting = iter(home.expected(OWN))
    path = home.office.home.path
    with bench_on(home.office, theme, app) as (bench, _asked):
        window = MainWindow(bench, SCREENS)
        window.resize(1366, 768)
        window.show()
        work = _Reception(bench, home, waiting)
        with work.at_work():
            _until(app, window, lambda: len(work.arrivals) >= ALONE)
        alone, calm = Series(tuple(work.arrivals)), work.series()
        began = perf_counter()
        with work.at_work():
            bench.exchanges.now()
            _until(app, window, lambda: bench.exchanges.state.phase is Phase.UP_TO_DATE)
        seconds = perf_counter() - began
        let_go(window)
    reopened = open_at(path, home.size, OWN)
    reopened.clock.now = home.clock.now
    home.office, home.clock = reopened.office, reopened.clock
    _through(home.office.sync)
    return Beside(seconds, alone, Series(tuple(work.arrivals)), calm, work.series())


def _until(app: QApplication, _owner: QObject, over: Callable[[], bool]) -> None:
    while not over():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _through(sync: DeskSync | None) -> None:
    assert sync is not None, "it is enrolled"
    for _ in range(10):
        if sync.once()[1].verified:
            return
    raise AssertionError("the desk and its central never hold the same")


def _caught_up(home: BenchHome) -> float:
    """Seconds until a desk where nobody is holds the week."""
    began = perf_counter()
    _through(home.office.sync)
    return perf_counter() - began


def _alone(size: str, home: BenchHome, acts: int, seconds: float) -> Iterator[Figure]:
    file, key, rate = home.file, home.key, acts / seconds
    home.close()
    raw = by_hand(file, key).clock
    yield Figure("a week taken, nobody there", size, Spread(rate, rate, rate), "acts/s", f"in {seconds:.0f} s")
    yield Figure("a week taken, speed", size, Spread(raw / seconds, raw / seconds, raw / seconds), "x", "rows by hand")


def _seen_elsewhere(here: BenchHome, there: BenchHome) -> Series:
    """Seconds from a commit at a desk to its rows at another one that waits for the bell; the window's own wait of a
    tenth of a second before it sends comes on top."""
    ours, theirs = here.office.sync, there.office.sync
    assert ours is not None and theirs is not None, "both are enrolled"
    seconds = []
    for someone in here.expected(TURNS):
        here.clock.now = there.clock.now = someone.slot
        _through(theirs)
        began = perf_counter()
        assert check_in(here.desk, someone.code).recorded
        ours.once()
        theirs.ring(5)
        theirs.once()
        seconds.append(perf_counter() - began)
    for sync in (ours, theirs):
        _through(sync)
    return Series(tuple(seconds))
