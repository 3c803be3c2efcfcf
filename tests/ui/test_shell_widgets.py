"""Rail, status line, banner and last acts: the frame around every screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from counter_app.ui.theme import Choice, Theme
from counter_app.ui.widgets.banner import Banner, Notice
from counter_app.ui.widgets.rail import Rail, RailEntry
from counter_app.ui.widgets.recent import GestureLine, RecentGestures
from counter_app.ui.widgets.status_bar import Cell, StatusBar
from counter_app.wording.catalogue import Words

ENTRIES = [RailEntry("accueil", "Accueil", "scan-barcode", "F2"), RailEntry("import", "Import", "file-input")]
CELLS = [
    Cell("sync", "circle-check", "À jour 9 h 23 · 0 en attente", "À jour"),
    Cell("desk", "monitor", "Poste 2 – Accueil A", "Poste 2"),
    Cell("time", "clock", "mar. 24 nov. 9:24", "9:24"),
]


@pytest.fixture
def rail(qtbot: QtBot, theme: Theme, words: Words) -> Rail:
    made = Rail(theme, words, ENTRIES)
    qtbot.addWidget(made)
    made.select("accueil")
    made.show()
    return made


def test_the_rail_writes_its_keys_and_says_which_screen_was_chosen(rail: Rail) -> None:
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    assert rail.buttons["accueil"].text() == "Accueil\u00a0\u00a0\u00a0F2"
    rail.buttons["import"].click()
    assert chosen == ["import"]
    assert not rail.buttons["accueil"].isChecked()


def test_selecting_by_program_tells_nobody(rail: Rail) -> None:
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    rail.select("import")
    assert chosen == []
    assert rail.buttons["import"].isChecked()


def test_arrows_move_inside_the_rail(rail: Rail) -> None:
    rail.activateWindow()
    rail.buttons["accueil"].setFocus()
    QTest.keyClick(rail.buttons["accueil"], Qt.Key.Key_Down)
    assert rail.buttons["import"].hasFocus()


def test_a_count_is_digits_and_part_of_the_name(rail: Rail) -> None:
    rail.set_badge("import", 3)
    assert rail.buttons["import"].text() == "Import  (3)"
    assert rail.buttons["import"].accessibleName() == "Import, 3 à voir"
    rail.set_badge("import", 0)
    assert rail.buttons["import"].text() == "Import"


def test_a_narrow_rail_shows_icons_and_keeps_names_tooltips_and_counts(rail: Rail) -> None:
    wide = rail.width()
    rail.set_badge("import", 3)
    rail.set_compact(True)
    assert rail.width() < wide
    assert [button.text() for button in rail.buttons.values()] == ["", "3"]
    assert rail.buttons["accueil"].accessibleName() == "Accueil"
    assert rail.buttons["accueil"].toolTip() == "Accueil\u00a0\u00a0\u00a0F2"


@pytest.mark.parametrize("scale", [100, 200])
def test_the_rail_is_wide_enough_for_its_longest_label(rail: Rail, theme: Theme, scale: int) -> None:
    theme.choose(Choice.LIGHT, scale)
    QApplication.processEvents()
    assert all(button.width() >= button.sizeHint().width() for button in rail.buttons.values())


@pytest.fixture
def status(qtbot: QtBot, theme: Theme) -> StatusBar:
    made = StatusBar(theme, "État du poste")
    qtbot.addWidget(made)
    made.resize(1366, 32)
    made.show()
    made.show_cells(CELLS)
    return made


def texts(status: StatusBar) -> list[str]:
    return [button.text() for button in status.findChildren(QPushButton) if button.isVisibleTo(status)]


def test_each_cell_is_a_button_that_says_which(status: StatusBar) -> None:
    pressed: list[str] = []
    status.activated.connect(pressed.append)
    for button in status.findChildren(QPushButton):
        button.click()
    assert pressed == ["sync", "desk", "time"]


def test_cells_say_less_when_room_lacks_but_keep_their_whole_name(status: StatusBar) -> None:
    assert texts(status) == [cell.words for cell in CELLS]
    status.resize(300, 32)
    assert texts(status) == ["À jour", "Poste 2", "9:24"]
    status.resize(140, 32)
    assert texts(status) == ["", "", ""]
    assert [button.accessibleName() for button in status.findChildren(QPushButton)] == [cell.words for cell in CELLS]


def test_changing_words_keeps_buttons_so_that_focus_stays(status: StatusBar) -> None:
    before = status.findChildren(QPushButton)
    status.show_cells([Cell("sync", "cloud-off", "Hors ligne · 3 en attente"), *CELLS[1:]])
    assert status.findChildren(QPushButton) == before
    assert texts(status)[0] == "Hors ligne · 3 en attente"


@pytest.fixture
def banner(qtbot: QtBot, theme: Theme) -> Banner:
    made = Banner(theme, "Avertissement")
    qtbot.addWidget(made)
    return made


def test_only_the_most_serious_notice_is_shown(banner: Banner) -> None:
    banner.show_notices([Notice("storage", "Disque presque plein", rank=3), Notice("clock", "Heure décalée", rank=2)])
    assert banner.isVisible()
    assert banner.accessibleName() == "Avertissement. Heure décalée"
    banner.show_notices([])
    assert not banner.isVisible()


def test_a_training_band_is_hatched(banner: Banner, theme: Theme) -> None:
    banner.resize(600, 40)
    banner.show_notices([Notice("training", "Entraînement", hatched=True)])
    image = banner.grab().toImage()
    edge = {image.pixelColor(x, y).name() for x in range(12) for y in range(30)}
    assert edge == {theme.color("warn").name(), theme.color("on-warn").name()}


@pytest.fixture
def recent(qtbot: QtBot, theme: Theme, words: Words) -> RecentGestures:
    made = RecentGestures(theme, words)
    qtbot.addWidget(made)
    made.resize(288, 500)
    made.show()
    return made


def test_without_acts_the_column_says_so(recent: RecentGestures) -> None:
    assert recent.list.isHidden()
    assert recent.undo.isVisible()


def test_acts_are_lines_with_hour_name_and_word_and_an_undone_one_says_so(recent: RecentGestures) -> None:
    recent.show_lines(
        [
            GestureLine("2", "9 h 21", "BENALI", "arrivé", "ok", "circle-check"),
            GestureLine("1", "9 h 02", "", "liste importée", "tech", "undo-2", "annulé"),
        ]
    )
    shown = [recent.list.item(place).text() for place in range(recent.list.count())]
    assert shown == ["9 h 21 · BENALI · arrivé", "9 h 02 · liste importée (annulé)"]
    assert recent.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "9 h 21, BENALI, arrivé"


def test_a_long_line_is_wrapped_and_its_pill_grows(recent: RecentGestures) -> None:
    short = GestureLine("1", "9 h 21", "LI", "arrivé")
    recent.show_lines([short, GestureLine("2", "9 h 10", "N’GUESSAN Aya Marie-Louise", "orienté vers le portail ANEF")])
    QApplication.processEvents()
    assert (
        recent.list.visualItemRect(recent.list.item(1)).height()
        > recent.list.visualItemRect(recent.list.item(0)).height()
    )


def test_the_undo_button_asks_for_it(recent: RecentGestures, qtbot: QtBot) -> None:
    with qtbot.waitSignal(recent.undo_wanted):
        recent.undo.click()
