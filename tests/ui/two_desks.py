"""Two desks of one site and the central between them, in one process: real files, real ledgers, real windows."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from uuid import uuid4

import sqlalchemy as sa
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app import app, config
from counter_app.central.codes import make_code
from counter_app.central.enrolment import Applicant, Enrolled, enrol
from counter_app.central.ledger import Ledger
from counter_app.central.session import Session
from counter_app.central.sites import init, open_central
from counter_app.office import Office
from counter_app.store import convocation_rows
from counter_app.sync.desk_ledger import DeskLedger
from counter_app.sync.desk_sync import DeskSync
from counter_app.sync.state import Phase
from counter_app.sync.transport import Central, Trouble, TroubleKind
from counter_app.sync.wire import Answer, Question
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens.reception.page import Reception
from counter_app.ui.screens.registry import SCREENS
from counter_app.ui.theme import Theme
from counter_app.ui.workbench import Workbench
from counter_app.usecases.import_list import import_list
from tests.central.local import LocalCentral
from tests.ui.reception_desk import HEADINGS, NOW, PEOPLE
from tests.ui.workbenches import bench_on, list_file

SITE = "nord"


@dataclass(slots=True)
class Ticking:
    """A clock that goes on from 9 h 20, and is sent ahead."""

    ahead: timedelta = timedelta(0)
    _from: float = field(default_factory=monotonic)

    def __call__(self) -> datetime:
        return NOW + self.ahead + timedelta(seconds=monotonic() - self._from)


@dataclass(slots=True)
class Cable:
    """What lies between a desk and its central: it can be pulled out, and be slow."""

    central: Central
    out: bool = False
    slow: Callable[[], object] | None = None

    def ask(self, question: Question, patience: float | None = None) -> Answer | Trouble:
        if self.slow:
            self.slow()
        if self.out:
            return Trouble(TroubleKind.UNREACHABLE, "La liaison avec la base centrale a été coupée.")
        return self.central.ask(question, patience)

    def endings(self) -> tuple[tuple[str, datetime], ...]:
        return self.central.endings()

    def close(self) -> None:
        self.central.close()


@dataclass(slots=True)
class Site:
    """A central and what its desks are made of."""

    folder: Path
    engine: sa.Engine
    clock: Ticking

    def desk(self, name: str, letter: str, agent: str) -> tuple[Office, Cable]:
        """A desk of its own home, enrolled."""
        home = self.folder / name
        app.init_home(home, SITE, training=True, clock=self.clock)
        config.write_settings(home, config.Settings(desk=name, agent=agent, ticket_letter=letter))
        office = app.open_office(home, clock=self.clock, training_clock=True)
        return office, join(office, self.engine, letter, self.clock)


def join(office: Office, engine: sa.Engine, letter: str, clock: Callable[[], datetime]) -> Cable:
    """Enrol a desk at a central of the same process, and give it its exchanges."""
    identity, name = office.home.identity, office.settings.desk
    applicant = Applicant(identity.device, identity.public_key, name, letter, identity.site, identity.training)
    done = enrol(engine, make_code(engine, identity.site, clock()), applicant, clock())
    assert isinstance(done, Enrolled), done
    cable = Cable(LocalCentral(Ledger(engine, clock), Session(identity.site, identity.device)))
    ledger = DeskLedger(office.desk, lambda: uuid4().hex)
    office.sync = DeskSync(office.desk, ledger, cable, lambda: 0.0)
    office.desk.shared = True
    return cable


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    """A site and its central, empty."""
    url, clock = f"sqlite:///{folder / 'centrale.db'}", Ticking()
    init(url, SITE, training=True, clock=clock)
    engine = open_central(url)
    yield Site(folder, engine, clock)
    engine.dispose()


@dataclass(slots=True)
class OpenDesk:
    """One of the windows."""

    window: MainWindow
    bench: Workbench
    cable: Cable
    qtbot: QtBot

    @property
    def office(self) -> Office:
        return self.bench.office

    @property
    def reception(self) -> Reception:
        front = self.window.front
        assert isinstance(front, Reception)
        return front

    @property
    def slug(self) -> str:
        verdict = self.reception.view.panel.verdict
        return verdict.slug if verdict else ""

    @property
    def chips(self) -> str:
        return self.reception.view.panel.accessibleName()

    @property
    def phase(self) -> Phase:
        return self.bench.exchanges.state.phase

    def code(self, name: str) -> str:
        with self.office.desk.looking() as connection:
            one = next(one for one in convocation_rows.every(connection) if one.name.startswith(name))
        return convocation_rows.code_of(one)

    def arrived(self, name: str) -> bool:
        with self.office.desk.looking() as connection:
            return any(one.arrival for one in convocation_rows.every(connection) if one.name.startswith(name))

    def scan(self, name: str) -> None:
        """The person's code reaches the screen, and the desk's own answer stands."""
        self.reception.scanned(self.code(name))
        self.until(lambda: not self.bench.lanes.busy)

    def enter(self) -> None:
        self.reception.confirm()
        self.until(lambda: not self.bench.lanes.busy)

    def until(self, true: Callable[[], bool], within: int = 30_000) -> None:
        self.qtbot.waitUntil(true, timeout=within)

    def in_touch(self) -> None:
        self.until(lambda: self.phase is Phase.UP_TO_DATE)


@contextmanager
def two_desks(folder: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[tuple[OpenDesk, OpenDesk]]:
    """Two windows of one site; the list was imported at the first and is at both."""
    with ExitStack() as stack:
        made = stack.enter_context(site(folder))
        desks: list[OpenDesk] = []
        for name, letter, agent in (("Poste 1", "A", "M. Durand"), ("Poste 2", "B", "Mme Roux")):
            office, cable = made.desk(name, letter, agent)
            if not desks:
                import_list(office.desk, list_file(folder, *PEOPLE, headings=HEADINGS))
            bench, _asked = stack.enter_context(bench_on(office, theme, qapp))
            window = MainWindow(bench, SCREENS)
            # Not the test's: it would be gone before the answers that still come to it.
            stack.callback(window.deleteLater)
            desks.append(OpenDesk(window, bench, cable, qtbot))
            bench.exchanges.start()
            desks[-1].in_touch()
        first, second = desks
        yield first, second
        for desk in desks:
            desk.window.close()
            desk.bench.lanes.close()


__all__ = ["Cable", "OpenDesk", "Site", "Ticking", "join", "site", "two_desks"]
