"""Central stores for tests: the same sentences on an SQLite file and on a real PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.central.ledger import Ledger
from counter_app.central.sites import init, open_central
from tests.central.desks import EIGHT
from tests.central.live import OverHttps, live
from tests.central.postgres import any_server, new_base
from tests.homes import Clock


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of a PostgreSQL server."""
    with any_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store that is still empty."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'centrale.db'}"
        return
    with new_base(request.getfixturevalue("postgres")) as url:
        yield url


@pytest.fixture
def central_clock() -> Clock:
    return Clock(EIGHT)


@pytest.fixture
def engine(store_url: str, central_clock: Clock) -> Iterator[sa.Engine]:
    """A central store with the real site of the Nord."""
    init(store_url, "nord", training=False, clock=central_clock)
    engine = open_central(store_url)
    yield engine
    engine.dispose()


@pytest.fixture(params=["here", "https"])
def ledger(
    request: pytest.FixtureRequest, engine: sa.Engine, central_clock: Clock, tmp_path: Path
) -> Iterator[Ledger | OverHttps]:
    """A ledger asked in this process, and the same one asked over HTTPS."""
    if request.param == "here":
        yield Ledger(engine, central_clock)
        return
    with live(engine, tmp_path / "autorite", central_clock) as service, closing(OverHttps(service)) as ledger:
        yield ledger


@pytest.fixture
def inside(engine: sa.Engine, central_clock: Clock) -> Ledger:
    """A ledger asked in this process alone, for what no message can say."""
    return Ledger(engine, central_clock)
