"""A door on a training home with a morning's list."""

from pathlib import Path

import pytest

from tests.cli.cli import Door
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
