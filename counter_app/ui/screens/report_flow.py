"""The screen of the day's report without its looks: one state, and the work it gives to the lanes."""

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from counter_app.ui.screens.report_state import ReportLook, ReportState, look_of
from counter_app.ui.screens.report_words import changes_told, day_told
from counter_app.ui.tasks import Breakage, Lane
from counter_app.ui.workbench import Workbench
from counter_app.usecases.close_day import Closed, close_day, closings, digest_of
from counter_app.usecases.day_facts import day_figures
from counter_app.usecases.desk import Desk
from counter_app.usecases.figures_told import changes, told
from counter_app.wording.dates import hour

LOOK = "report"


def look_at(desk: Desk, day: date | None) -> ReportLook:
    """The figures of a day (None: today) as they are known now, and its versions."""
    wanted = day or desk.now().date()
    return look_of(day_figures(desk, wanted), tuple(closings(desk, wanted)))


class ReportFlow(QObject):
    """Looks, and signs."""

    changed = Signal()
    told = Signal(str, bool)

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self.state = ReportState()
        self._signing = False

    def refresh(self) -> None:
        """Count again. On the lane of long work: nobody at the desk waits for figures."""
        lanes, desk, day = self._bench.lanes, self._bench.desk, self.state.day
        if not lanes.closing:
            lanes.run_latest(Lane.BACKGROUND, LOOK, lambda: look_at(desk, day), self._looked)

    def _looked(self, look: ReportLook) -> None:
        self._become(replace(self.state, look=look))

    @property
    def day(self) -> date:
        """The day on show."""
        return self.state.day or self._bench.desk.now().date()

    def show_day(self, day: date | None) -> None:
        """Another day; None for today, which follows the calendar."""
        self._become(ReportState(day=day, tables=self.state.tables))
        self.refresh()

    def move(self, days: int) -> None:
        """Days before or after the one on show."""
        day = self.day + timedelta(days=days)
        self.show_day(None if day == self._bench.desk.now().date() else day)

    def choose(self, convocation_id: str) -> None:
        """Another row is current."""
        if convocation_id != self.state.chosen:
            self._become(replace(self.state, chosen=convocation_id))

    def show_tables(self, tables: bool) -> None:
        """Tables in place of charts, or charts again."""
        self._become(replace(self.state, tables=tables))

    # signing

    def review(self) -> bool:
        """Read again what will be signed; False for a day to come, which has nothing to sign."""
        look, words = self.state.look, self._bench.words
        if look is None:
            return False
        day = look.figures.day
        if day > self._bench.desk.now().date():
            self.told.emit(words("report.to_come", day=day_told(day, words)), False)
            return False
        self._become(replace(self.state, day=day, reviewing=True))
        return True

    def stop_review(self) -> bool:
        """Back from the review; False when there was none."""
        was = self.state.reviewing
        day = None if self.state.day == self._bench.desk.now().date() else self.state.day
        self._become(replace(self.state, day=day, reviewing=False))
        return was

    def sign(self, remarks: str) -> None:
        """Sign what was read. Once: a key pressed twice is one signature."""
        look, desk = self.state.look, self._bench.desk
        if look is None or self._signing or not self.state.reviewing:
            return
        self._signing, day = True, look.figures.day
        self._bench.do(lambda: close_day(desk, day, remarks), lambda closed: self._signed(look, closed), self._broke)

    def _signed(self, read: ReportLook, closed: Closed) -> None:
        self._signing = False
        self.stop_review()
        self._bench.sounds.play("tick")
        self.told.emit(self._said(read, closed), True)
        self._bench.acted.emit()

    def _said(self, read: ReportLook, closed: Closed) -> str:
        """That it is signed, and what is in it that was not read."""
        words, closing = self._bench.words, closed.closing
        at = hour(closing.signed_at.astimezone(self._bench.desk.rules.zone), words.lang)
        if not closed.new:
            return words("report.signed_same", version=closing.version, hour=at)
        said, shape = words("report.signed", version=closing.version, hour=at), told(read.figures)
        if digest_of(shape) == closing.digest:
            return said
        moved = changes_told(changes(shape, closing.figures), words)
        return f"{said} {words('report.signed_moved', changes=moved, version=closing.version)}"

    def _broke(self, broken: Breakage) -> None:
        self._signing = False
        self.told.emit(broken.sentence, False)

    def _become(self, state: ReportState) -> None:
        self.state = state
        self.changed.emit()
