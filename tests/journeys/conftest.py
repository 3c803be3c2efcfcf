"""One X server for all journeys, and the Monday's home: made once, copied for each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.app import init_home
from counter_app.config import Settings, write_settings
from tests.journeys.agent import counter_app
from tests.journeys.monday import AT, write_list
from tests.journeys.xserver import XServer, x_server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[XServer]:
    """A screen of 1366×768 and a French keyboard."""
    with x_server(tmp_path_factory.mktemp("x")) as server:
        yield server


@pytest.fixture(scope="session")
def made_monday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training home with the Monday's list."""
    folder = tmp_path_factory.mktemp("monday")
    home = folder / "poste"
    init_home(home, "nord", training=True)
    write_settings(home, Settings(desk="Poste 2", agent="M. Durand", theme="light"))
    listing = write_list(folder / "participations.xls")
    outcome = counter_app(home, "import", str(listing), at=AT)
    assert (outcome["added"], outcome["rejected"]) == (240, [])
    return home


@pytest.fixture
def monday(made_monday: Path, tmp_path: Path) -> Path:
    """The home, to work in."""
    return Path(shutil.copytree(made_monday, tmp_path / "poste"))
