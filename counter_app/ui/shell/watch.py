"""What the shell shows of the day, looked at again after each act: the last acts, the status bar, the banner."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject

from counter_app.ui.printing_desk import PrintingDesk
from counter_app.ui.shell.idle import Idle
from counter_app.ui.shell.recent import gesture_lines
from counter_app.ui.shell.status import Standing, cells, notices
from counter_app.ui.shell.sync import sync_notices
from counter_app.ui.widgets.banner import Banner
from counter_app.ui.widgets.rail import Rail
from counter_app.ui.widgets.recent import RecentGestures
from counter_app.ui.widgets.status_bar import StatusBar
from counter_app.ui.workbench import Workbench
from counter_app.usecases import freshness, undo
from counter_app.usecases.answers import RecentGesture, UnendedImport
from counter_app.usecases.unended import unended_imports
from counter_app.usecases.work_items import open_count

SHOWN_GESTURES = 12


@dataclass(frozen=True, slots=True)
class Parts:
    """Where it is shown."""

    recent: RecentGestures
    status: StatusBar
    banner: Banner
    rail: Rail


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the journal found."""

    gestures: tuple[RecentGesture, ...] = ()
    imported_at: datetime | None = None
    newest: datetime | None = None
    """Latest hour of this desk's own last acts."""
    unended: tuple[UnendedImport, ...] = ()
    """Imports that began and did not end."""
    conflicts: int = 0
    """Conflicts that wait for an answer."""


class Watch(QObject):
    """Looks off the UI thread; only the newest look counts."""

    def __init__(
        self, bench: Workbench, parts: Parts, printing: PrintingDesk, idle: Idle, problems: tuple[str, ...]
    ) -> None:
        super().__init__(parts.status)
        self._bench, self._parts, self._printing, self._idle = bench, parts, printing, idle
        self._problems, self._seen = problems, Seen()
        printing.changed.connect(self.render)
        bench.acted.connect(self.look)
        bench.exchanges.changed.connect(self.render)
        bench.settings_changed.connect(self.render)
        bench.minutes.turned.connect(self.render)

    def look(self) -> None:
        """Look at the journal now."""
        desk = self._bench.desk

        def looked() -> Seen:
            gestures = tuple(undo.recent(desk, SHOWN_GESTURES))
            imported, newest = freshness.list_imported_at(desk), freshness.newest_moment(desk)
            return Seen(gestures, imported, newest, unended_imports(desk), open_count(desk))

        self._bench.look("recent", looked, self._on_seen)

    def _on_seen(self, seen: Seen) -> None:
        self._seen = seen
        self._parts.rail.set_badge("conflicts", seen.conflicts)
        self.render()

    def render(self) -> None:
        """Say how the desk stands at this moment."""
        bench, desk, words, papers = self._bench, self._bench.desk, self._bench.words, self._printing
        behind = freshness.clock_behind(desk, self._seen.newest)
        sync, at = bench.exchanges.state, desk.now()
        standing = Standing(
            at, self._seen.imported_at, len(papers.waiting), papers.trouble, behind, sync, self._seen.conflicts
        )
        lines = gesture_lines(self._seen.gestures, at, desk.rules.zone, words, self._idle.asleep)
        self._parts.recent.show_lines(lines)
        self._parts.status.show_cells(cells(standing, bench.settings, desk.rules, words))
        in_file = bench.office.home.identity.keys == "file"
        found = notices(desk.training, self._problems, in_file, words, behind, self._seen.unended)
        self._parts.banner.show_notices([*found, *sync_notices(sync, bench.exchanges.endings, at, words)])
