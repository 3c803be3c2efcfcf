"""Papers as people see them, and a print server shared by the tests of a process."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.documents.cups import CupsServer, cups_server


@pytest.fixture(scope="module")
def cups() -> Iterator[CupsServer]:
    """A real CUPS server, in a folder that the printing user may cross (pytest's own folders are closed to it)."""
    folder = Path(tempfile.mkdtemp(prefix="guichet-cups-"))
    folder.chmod(0o755)
    try:
        with cups_server(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder)
