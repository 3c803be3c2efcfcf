"""Two real windows, each on its own screen, and a real service between them: what one agent does, the other sees."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

import pytest

from counter_app import membership
from counter_app.app import init_home
from counter_app.central.codes import make_code
from counter_app.config import Settings, write_settings
from counter_app.domain.enrolment_code import grouped, make_enrolment_code
from counter_app.home import read_home
from tests.central.live import Live, training_central
from tests.journeys.agent import Agent, counter_app, second_door, window_on
from tests.journeys.monday import AT
from tests.journeys.xserver import XServer, x_server

pytestmark = pytest.mark.xdist_group("window")

MOMENT = datetime.fromisoformat(AT).replace(tzinfo=ZoneInfo("Europe/Paris"))
SOON = 2.0
"""Seconds within which an arrival shows at another desk."""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Live]:
    with training_central(tmp_path, "nord") as served:
        yield served


@pytest.fixture
def other_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[XServer]:
    """The screen of the other desk."""
    with x_server(tmp_path_factory.mktemp("x")) as server:
        yield server


def enrolled(home: Path, service: Live) -> Path:
    """The home, once it has joined and exchanged."""
    secret = make_code(service.engine, "nord", service.clock(), timedelta(hours=1))
    membership.enrol(
        read_home(home), grouped(make_enrolment_code(secret, service.authority.root_der)), service.url, monotonic
    )
    assert counter_app(home, "sync", "--once", at=AT)["phase"] == "up_to_date"
    return home


@contextmanager
def at_work(server: XServer, home: Path, log: Path) -> Iterator[Agent]:
    """An agent at a window that speaks with its central."""
    with window_on(server, home, AT, log) as window, second_door(home, MOMENT) as door:
        agent = Agent(window, door)
        agent.press("ctrl+shift+s")
        yield agent


def test_a_file_open_at_one_desk_waits_at_the_other_and_the_arrival_is_seen_there(
    server: XServer, other_server: XServer, made_monday: Path, service: Live, tmp_path: Path
) -> None:
    first = enrolled(Path(shutil.copytree(made_monday, tmp_path / "poste-2")), service)
    second = tmp_path / "poste-3"
    init_home(second, "nord", training=True)
    write_settings(second, Settings(desk="Poste 3", agent="Mme Roux", ticket_letter="C", theme="light"))
    enrolled(second, service)
    people = counter_app(second, "convocations", "--day", AT[:10], at=AT)["convocations"]
    code = next(one["code"] for one in people if one["status"] == "expected" and one["slot"][11:16] >= "09:00")
    with (
        at_work(server, first, tmp_path / "poste-2.log") as one,
        at_work(other_server, second, tmp_path / "poste-3.log") as two,
    ):
        for agent in (one, two):
            agent.window.until(lambda agent=agent: listening(agent), "a window in touch")  # type: ignore[misc]
        two.shows("ok", lambda: two.scan(code))
        one.shows("tech", lambda: one.scan(code))
        two.press("Return")
        two.window.until(lambda: two.door.arrived(code), "the arrival, where it was recorded")
        began = monotonic()
        one.window.until(lambda: one.door.arrived(code), "the arrival, at the other desk")
        assert monotonic() - began < SOON
        one.press("Escape")
        one.sees_no_answer()
        one.shows("warn", lambda: one.scan(code))
        one.window.server.picture().save(tmp_path / "one.png")


def listening(agent: Agent) -> bool:
    """Whether the window exchanged with the central since it was opened."""
    sync = agent.door.office.sync
    assert sync is not None
    verified = sync.state().verified_at
    return verified is not None and verified > MOMENT
