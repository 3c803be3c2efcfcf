"""A door on a training home with a morning's list; doors of desks that have joined one central."""

import gc
import warnings
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from counter_app import app, membership
from counter_app.central.codes import make_code
from counter_app.cli import online, sending
from counter_app.config import Settings, write_settings
from counter_app.domain.enrolment_code import grouped, make_enrolment_code
from tests.central.live import Live, training_central
from tests.cli.cli import Door, Join
from tests.homes import Clock, Lists, person


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    return Lists(tmp_path / "listes", Clock())


@pytest.fixture
def liste(lists: Lists) -> Path:
    """Three people and a row to repair."""
    return lists.participations(
        person("SOW Aïssata", rdv_id="1"),
        person("DIALLO Mariama", "5987654321", hour="09h20", rdv_id="2"),
        person("KONÉ Ali", "5900000001", hour="09h30", statut="Annulé", rdv_id="3"),
        person("BA Awa", "5900000002", hour="25h", rdv_id="4"),
    )


@pytest.fixture
def door(home: Path, capsys: pytest.CaptureFixture[str]) -> Door:
    """A door on an empty training home."""
    return Door(home, capsys)


@pytest.fixture
def loaded(door: Door, liste: Path) -> Door:
    """A door on a home that knows the morning's list."""
    assert door.at("08:00", "import", liste).code == 0
    return door


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Live]:
    with training_central(tmp_path, "nord") as served:
        yield served


@pytest.fixture
def joined(service: Live, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Join]:
    def join(name: str, letter: str) -> Door:
        home = app.init_home(tmp_path / name, "nord", training=True, clock=Clock())
        write_settings(home.path, Settings(desk=name, agent="A. Petit", ticket_letter=letter))
        secret = make_code(service.engine, "nord", service.clock(), timedelta(hours=1))
        typed = grouped(make_enrolment_code(secret, service.authority.root_der))
        membership.enrol(home, typed, service.url, monotonic)
        return Door(home.path, capsys)

    yield join
    # Python itself may leave to the collector a line reset as it is wrapped: no later test is blamed for it.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Desks that see each other: a machine with much else to do is no central that keeps silent."""
    for module in (online, sending):
        monkeypatch.setattr(module, "LIMIT", 30.0)
    monkeypatch.setattr(online, "WHOLE", 30.0)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that give no time to what they recorded: it waits at the desk for `sync`."""
    monkeypatch.setattr(sending, "LIMIT", 0.0)
