"""From the last key of a scan to the painted verdict, and from Enter to the painted arrival, in the real window.

The same window is also asked to answer out of a dict, with nothing read and nothing written: what is left then is Qt.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from time import perf_counter
from unittest.mock import patch

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens.reception import page as reception
from counter_app.ui.screens.reception.page import Reception
from counter_app.ui.screens.registry import SCREENS
from counter_app.ui.theme import Choice, Theme
from counter_app.usecases import check_in
from counter_app.usecases.answers import ArrivalAnswer, Override
from counter_app.usecases.desk import Desk
from counter_app.usecases.present import preview
from tests.bench.by_hand import Expected
from tests.bench.figures import Figure
from tests.bench.homes import BenchHome
from tests.bench.timing import Series, Spread
from tests.ui.keys import person_types, reader_types
from tests.ui.workbenches import bench_on, let_go

DICT = "the same window answering from a dict"
READY = 10
LONGEST = 20
"""Seconds after which an answer is not slow but lost."""


class Painted(QObject):
    """Counts the paints of one widget."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A paint, and nothing else."""
        self.times += event.type() == QEvent.Type.Paint
        return False


def scans_to_paint(home: BenchHome, turns: int) -> Iterator[Figure]:
    """Milliseconds that the agent waits, twice for each person: the verdict, then the arrival."""
    qInstallMessageHandler(lambda *_told: None)  # the offscreen platform says thousands of times what it cannot do
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app)
    theme.choose(Choice.LIGHT)
    home.office.change(desk="Guichet 1", agent="Agent")
    with bench_on(home.office, theme, app) as (bench, _asked):
        window = MainWindow(bench, SCREENS)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        desk = _Window(app, window, home)
        people = home.expected(2 * (turns + READY))
        for place in range(READY):
            desk.ours(people[2 * place])
            desk.from_dict(people[2 * place + 1])
        pairs = range(READY, turns + READY)
        both = [(desk.ours(people[2 * place]), desk.from_dict(people[2 * place + 1])) for place in pairs]
        desk.quiet()
        let_go(window)
    yield from _figures(home, both)


def _figures(home: BenchHome, both: list[tuple[tuple[float, float], tuple[float, float]]]) -> Iterator[Figure]:
    verdicts, arrivals = (Series(tuple(mine[step] for mine, _dict in both)) for step in (0, 1))
    whole, peer = Series(tuple(sum(mine) for mine, _dict in both)), Series(tuple(sum(its) for _mine, its in both))
    yield _waited("scan -> painted verdict", home, verdicts, 150)
    yield _waited("Enter -> painted arrival, committed", home, arrivals, None)
    yield _waited("scan -> painted arrival, committed", home, whole, 50)
    yield Figure("scan -> painted arrival, committed", home.size, whole.per(peer), "x", DICT, at_most=1.35)


def _waited(name: str, home: BenchHome, series: Series, at_most: float | None) -> Figure:
    low, high = min(series.seconds) * 1000, max(series.seconds) * 1000
    seen = Spread(low, series.percentile(99) * 1000, high)
    return Figure(f"{name}, p99", home.size, seen, "ms", f"p50 {series.median * 1000:.3g} ms", at_most=at_most)


class _Window:
    """The window at work, and the same fed from a dict."""

    def __init__(self, app: QApplication, window: MainWindow, home: BenchHome) -> None:
        self._app, self._home = app, home
        self._lanes = window.bench.lanes
        self.quiet()
        assert isinstance(window.front, Reception)
        self._screen = window.front
        self._paints = Painted(window.front.view.panel)
        self._stamps = count(10**7, 10_000)
        self._wakes = QTimer(interval=1000)  # an answer that never comes sends no event that would end the wait
        self._wakes.start()

    def ours(self, someone: Expected) -> tuple[float, float]:
        """Seconds to the verdict and to the arrival of the real thing."""
        self._home.clock.now = someone.slot
        return self._scan_then_enter(someone.code)

    def from_dict(self, someone: Expected) -> tuple[float, float]:
        """The same keys, the same looks, no file."""
        self._home.clock.now = someone.slot
        answer = preview(self._home.desk, someone.code)
        recorded = replace(answer, recorded=True)
        answers: dict[str, ArrivalAnswer] = {someone.code: answer}

        def present(_desk: Desk, raw: str) -> ArrivalAnswer:
            return answers[raw]

        def admitted(_desk: Desk, _id: str, _override: Override | None = None, **_more: bool) -> ArrivalAnswer:
            return recorded

        with patch.object(reception, "present", present), patch.object(check_in, "admit", admitted):
            return self._scan_then_enter(someone.code)

    def _scan_then_enter(self, code: str) -> tuple[float, float]:
        verdict = self._until(partial(reader_types, None, f"{code}\r", next(self._stamps)), self._answered)
        arrival = self._until(partial(person_types, None, "\r", next(self._stamps)), self._recorded)
        self.quiet()
        self._screen.clear()
        self.quiet()
        return verdict, arrival

    def _answered(self) -> bool:
        return self._screen.state.answer is not None

    def _recorded(self) -> bool:
        return self._answered() and self._screen.state.recorded

    def _until(self, keys: Callable[[], object], told: Callable[[], bool]) -> float:
        """Seconds from the keys to the first paint of the panel with the answer told."""
        began = perf_counter()
        keys()
        while not told():
            assert perf_counter() - began < LONGEST, "the window never answered: its log says why"
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        painted = self._paints.times
        while self._paints.times == painted:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        return perf_counter() - began

    def quiet(self) -> None:
        """Let the lanes finish, and the window paint."""
        while self._lanes.busy:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._app.processEvents()
