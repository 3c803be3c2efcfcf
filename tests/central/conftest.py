"""Central stores for tests: the same sentences on an SQLite file and on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.central.ledger import Ledger
from counter_app.central.sites import init, open_central
from tests.central.desks import EIGHT
from tests.homes import Clock


@pytest.fixture(params=["sqlite"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that is still empty."""
    return f"sqlite:///{tmp_path / 'centrale.db'}"


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


@pytest.fixture
def ledger(engine: sa.Engine, central_clock: Clock) -> Ledger:
    return Ledger(engine, central_clock)
