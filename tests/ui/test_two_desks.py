"""Two desks of one site: what one does shows at the other, and what nobody can know is never shown as certain."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.ui.theme import Theme
from tests.ui.two_desks import OpenDesk, two_desks

Desks = tuple[OpenDesk, OpenDesk]


@pytest.fixture
def desks(tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[Desks]:
    with two_desks(tmp_path, theme, qapp, qtbot) as opened:
        yield opened


def test_an_arrival_at_one_desk_shows_at_the_other_within_two_seconds(desks: Desks) -> None:
    one, two = desks
    two.scan("DIALLO")
    two.enter()
    recorded = monotonic()
    one.until(lambda: one.arrived("DIALLO"))
    assert monotonic() - recorded < 2
    one.scan("DIALLO")
    assert one.slug == "already_checked_in"
    assert "Vérifié avec les autres postes" in one.chips
    assert "Mme Roux" in one.chips


def test_a_file_open_at_another_desk_waits(desks: Desks) -> None:
    one, two = desks
    two.scan("DIALLO")
    assert two.slug == "admitted"
    two.until(lambda: not two.reception.online.asking)
    one.scan("DIALLO")
    one.until(lambda: one.slug == "open_elsewhere" or one.reception.online.changed)
    one.enter()
    assert not one.arrived("DIALLO")
