"""A file as a new home has it."""

from collections.abc import Iterator

import pytest

from counter_app.paths import migrations
from counter_app.store.engine import Store
from counter_app.store.migrate import upgrade


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One empty file for a module, each of whose tests leaves nothing in it (see `laws.blank`)."""
    store = Store(tmp_path_factory.mktemp("poste") / "guichet.db", bytes(32))
    upgrade(store, migrations())
    yield store
    store.close()
