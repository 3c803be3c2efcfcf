"""The tabs of lists: the same keys on every page that has them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.screens.count_tabs import CountTabs


def test_the_keys_of_pages_turn_the_tabs_round_both_ways_and_none_that_is_hidden(qtbot: QtBot) -> None:
    page, field = QWidget(), QLineEdit()
    tabs = CountTabs("Listes", [("here", "Ici"), ("lost", "Perdus"), ("gone", "Partis")], page)
    layout = QVBoxLayout(page)
    layout.addWidget(field)
    layout.addWidget(tabs)
    tabs.turned_from(page)
    tabs.select("here")
    chosen: list[str] = []
    tabs.chosen.connect(chosen.append)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    field.setFocus()
    for key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown):
        QTest.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
    assert chosen == ["gone", "here", "lost"]
    tabs.hide()
    QTest.keyClick(field, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert chosen == ["gone", "here", "lost"]
