"""A computer without a home: a site is chosen by a person, never by where the focus stands."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.new_home import NewHome
from counter_app.ui.theme import Theme
from counter_app.wording.catalogue import Words

SITES = (("nord", "Préfecture du Nord"), ("loiret", "Préfecture du Loiret"))


class Asking:
    """The question on screen, and the homes it made."""

    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.made: list[tuple[str, bool]] = []
        self._parent = QWidget()
        self.box = NewHome(theme, Words("fr"), SITES, self._make, self._parent)
        qtbot.addWidget(self._parent)
        self.box.show()

    def _make(self, site: str, training: bool) -> str:
        self.made.append((site, training))
        return ""

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.box.focusWidget() or self.box, key)


@pytest.fixture
def asking(theme: Theme, qtbot: QtBot) -> Asking:
    return Asking(theme, qtbot)


def test_enter_with_nothing_ticked_makes_no_desk_and_says_what_lacks(asking: Asking) -> None:
    asking.press(Qt.Key.Key_Return)
    assert asking.made == []
    assert asking.box.isVisible()
    assert asking.box.message.text == "Choisissez une préfecture"


def test_space_ticks_a_site_and_enter_makes_its_desk(asking: Asking) -> None:
    asking.press(Qt.Key.Key_Space)
    asking.press(Qt.Key.Key_Return)
    assert asking.made == [("nord", False)]
    assert not asking.box.isVisible()


def test_an_arrow_then_space_choose_the_other_site(asking: Asking) -> None:
    asking.press(Qt.Key.Key_Down)
    asking.press(Qt.Key.Key_Space)
    asking.press(Qt.Key.Key_Return)
    assert asking.made == [("loiret", False)]
