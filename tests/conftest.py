"""Homes shared by tests: made once, copied for each test, since a home is only a folder."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

# A keyring of the machine that runs the tests is none of our business.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
os.environ.pop("COUNTER_APP_HOME", None)

import pytest
from hypothesis import settings

from counter_app.app import init_home
from counter_app.config import Settings, write_settings
from counter_app.office import Office
from tests.homes import AtDesk, Clock, Lists, opened

# The same examples on every machine: what lands was seen to pass. `--hypothesis-profile explore` looks for others.
settings.register_profile("house", deadline=None, print_blob=True, derandomize=True)
settings.register_profile("explore", deadline=None, print_blob=True, max_examples=1000)
settings.load_profile("house")


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training home of the Nord, named, never opened: copy it, do not work in it."""
    path = tmp_path_factory.mktemp("made") / "poste"
    init_home(path, "nord", training=True, clock=Clock())
    write_settings(path, Settings(desk="Guichet 3", agent="A. Petit"))
    return path


@pytest.fixture(scope="session")
def made_real_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, for real work."""
    path = tmp_path_factory.mktemp("made") / "vrai"
    init_home(path, "nord", training=False, clock=Clock())
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(made_home: Path, tmp_path: Path) -> Path:
    """A training home to work in."""
    return Path(shutil.copytree(made_home, tmp_path / "poste"))


@pytest.fixture
def real_home(made_real_home: Path, tmp_path: Path) -> Path:
    """A home of real work."""
    return Path(shutil.copytree(made_real_home, tmp_path / "vrai"))


@pytest.fixture
def office(home: Path, clock: Clock) -> Iterator[Office]:
    """A training home, open on an ordinary Monday at eight."""
    with closing(opened(home, clock)) as office:
        yield office


@pytest.fixture
def here(office: Office, clock: Clock, tmp_path: Path) -> AtDesk:
    """A desk at work, with a clock to send and lists to import."""
    return AtDesk(office, clock, Lists(tmp_path / "listes", clock))
