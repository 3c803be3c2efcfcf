"""The window without a screen: one theme per test, and the noise of the offscreen platform left aside."""

import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from counter_app.ui.theme import Choice, Theme
from counter_app.wording.catalogue import Words


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says of every window that it sends no size hints: that is not about us."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(autouse=True)
def no_widget_left(qapp: QApplication) -> Iterator[None]:
    """Outside an event loop Qt never deletes what was told to go: each test would dress all earlier windows."""
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not QApplication.topLevelWidgets(), "a test lets its windows go: each later one would dress them again"


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme at 100 %, applied."""
    made = Theme(qapp)
    made.choose(Choice.LIGHT)
    return made


@pytest.fixture
def words() -> Words:
    """French."""
    return Words("fr")
