"""Python's garbage is swept on the UI thread, and never holds the window up for long."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from counter_app.ui.sweeper import Sweeper


@pytest.fixture
def oldest_is_due() -> Iterator[None]:
    """As it is after a minute of work."""
    usual = gc.get_threshold()
    gc.set_threshold(*usual[:2], 0)
    gc.collect(1)
    yield
    gc.set_threshold(*usual)


@pytest.mark.usefixtures("oldest_is_due")
def test_what_the_window_is_made_of_is_not_looked_through_again_and_again(qtbot: QtBot) -> None:
    window = QObject()
    sweeper = Sweeper(window)

    qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)
    sweeper.stop()

    assert gc.get_freeze_count() == 0
    assert gc.isenabled()


@pytest.mark.usefixtures("oldest_is_due")
def test_garbage_made_later_is_still_collected(qtbot: QtBot) -> None:
    window = QObject()
    sweeper = Sweeper(window)
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)
    circle: list[object] = []
    circle.append(circle)
    place = id(circle)
    gc.collect(1)
    del circle

    qtbot.waitUntil(lambda: all(id(one) != place for one in gc.get_objects()))
    sweeper.stop()
