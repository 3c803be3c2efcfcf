"""A site by hand: real homes with their encrypted files, and a central in this process."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from counter_app.app import init_home
from counter_app.config import Settings, write_settings
from tests.homes import AtDesk, Clock, Lists, opened
from tests.sync.nodes import CentralNode
from tests.sync.site import Site

NAMES = ("Guichet 1", "Guichet 2", "Guichet 3")


@pytest.fixture(scope="session")
def made_homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three training homes of the Nord, never opened: copy them, do not work in them."""
    folder = tmp_path_factory.mktemp("made")
    for name in NAMES:
        init_home(folder / name, "nord", training=True, clock=Clock())
        write_settings(folder / name, Settings(desk=name, agent=f"L. {name[-1]}"))
    return folder


@pytest.fixture
def site(made_homes: Path, tmp_path: Path) -> Iterator[Site]:
    """Three desks at work on an ordinary Monday at eight, known to their central, which holds nothing yet."""
    clock, homes = Clock(), Path(shutil.copytree(made_homes, tmp_path / "postes"))
    central = CentralNode(tmp_path / "centrale", clock, Random(1)).begin()
    with ExitStack() as closing:
        closing.callback(central.close)
        site = Site(central, clock, tmp_path)
        closing.callback(site.close)
        for name in NAMES:
            one = Clock()
            here = AtDesk(opened(homes / name, one), one, Lists(tmp_path / f"listes-{name}", one))
            identity = here.office.home.identity
            central.enrol(identity.device, name, identity.public_key)
            site.desks.append(here)
        yield site
