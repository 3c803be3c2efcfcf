"""What the palette finds beside screens and keys: settings, gestures about a person, arrivals to confirm."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.ui.screens.reception.line_box import LineBox
from counter_app.ui.screens.settings.page import SettingsScreen
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.palette import CommandPalette
from counter_app.ui.widgets.reason import ReasonBox
from counter_app.usecases.awaiting import awaiting
from counter_app.usecases.check_in import note_provisional_arrival
from counter_app.usecases.find import LONGEST
from tests.ui.keys import person_types
from tests.ui.reception_desk import NOW, ReceptionDesk, make_home, reception_desk


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[ReceptionDesk]:
    with reception_desk(make_home(tmp_path), theme, qapp, qtbot) as made:
        yield made


def choose(desk: ReceptionDesk, words: str) -> None:
    """Ctrl+K, some words, Enter."""
    desk.ctrl(Qt.Key.Key_K)
    palette = desk.dialog(CommandPalette)
    person_types(palette.line, words)
    assert palette.list.count() >= 1
    person_types(palette.line, "\r")


@pytest.mark.parametrize(
    "words", ["texte", "theme", "langue", "son", "imprimante", "lecteur", "agent", "sauvegarde", "messagerie"]
)
def test_settings_are_found_by_their_words(desk: ReceptionDesk, words: str) -> None:
    choose(desk, words)
    desk.answered()
    assert isinstance(desk.window.front, SettingsScreen)
    assert desk.window.front.isAncestorOf(QApplication.focusWidget() or desk.window)


def test_an_instruction_is_given_to_the_person_on_show_and_lifted_with_nothing(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    choose(desk, "consigne")
    box = desk.dialog(LineBox)
    person_types(box.line, "Passeport\r")
    desk.answered()
    desk.shows("see_supervisor")
    choose(desk, "consigne")
    person_types(desk.dialog(LineBox).line, "\r")
    desk.answered()
    desk.shows("admitted")


def test_the_number_of_a_relative_is_noted_for_the_person_on_show(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    choose(desk, "proche")
    desk.answered()
    desk.shows("number_of_another_person")
    assert ("arrival_attempted", "number_of_another_person") in desk.acts()


def test_a_gesture_about_nobody_says_what_to_do_first(desk: ReceptionDesk) -> None:
    choose(desk, "consigne")
    desk.answered()
    assert desk.window.message.text() == "Cherchez ou scannez d’abord la personne."


def test_an_arrival_to_confirm_is_among_the_last_acts_and_found_again_by_its_name(desk: ReceptionDesk) -> None:
    note_provisional_arrival(desk.office.desk, "", "Diallo")
    desk.bench.acted.emit()
    desk.quiet()
    assert "Diallo · à confirmer" in desk.window.work.recent.list.item(0).text()
    choose(desk, "confirmer")
    desk.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    person_types(desk.dialog(CommandPalette).line, "\r")
    desk.answered()
    desk.qtbot.waitUntil(lambda: bool(desk.screen.state.hits))
    assert desk.screen.field.text() == "Diallo"


def test_without_any_the_window_says_so(desk: ReceptionDesk) -> None:
    choose(desk, "confirmer")
    desk.answered()
    assert "Aucune arrivée à confirmer" in desk.window.message.text()


def test_a_search_without_anybody_says_so_and_what_to_do_next(desk: ReceptionDesk) -> None:
    desk.types("zzyx")
    desk.quiet()
    assert "zzyx" in desk.screen.view.panel.accessibleName()
    assert "F8" in desk.screen.view.panel.accessibleName()
    assert desk.screen.view.table.isHidden()
    for _letter in "zzyx":
        desk.press(Qt.Key.Key_Backspace)
    desk.types("di")
    desk.quiet()
    assert not desk.screen.view.table.isHidden()


def test_a_text_of_thousands_of_letters_is_kept_cut_for_the_search_and_told(desk: ReceptionDesk) -> None:
    pasted = "zzyx " * 4000
    QApplication.clipboard().setText(pasted)
    desk.ctrl(Qt.Key.Key_V)
    assert desk.screen.field.text() == pasted
    assert str(LONGEST) in desk.screen.view.scan.message.text
    desk.enter()
    desk.shows("unknown")


def test_help_tells_only_the_keys_of_what_is_offered(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.press(Qt.Key.Key_F1)
    keys = desk.window.work.help.page_keys
    assert keys == desk.screen.view.offers.keys()
    assert "Entrée" in keys


@pytest.mark.parametrize(("words", "told"), [("confirmée", "arrivée confirmée"), ("suite", "sans suite")])
def test_an_arrival_to_confirm_is_settled_from_the_palette(desk: ReceptionDesk, words: str, told: str) -> None:
    note_provisional_arrival(desk.office.desk, "", "Diallo")
    choose(desk, "confirmer")
    person_types(desk.dialog(CommandPalette).line, f"{words}\r")
    desk.answered()
    assert told in desk.window.message.text()
    assert awaiting(desk.office.desk) == []


def test_a_gesture_of_another_day_is_taken_back_once_a_supervisor_agreed(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.enter()
    desk.clock(NOW + timedelta(days=1))
    desk.ctrl(Qt.Key.Key_Z)
    box = desk.dialog(ReasonBox)
    assert "accord du responsable" in desk.window.message.text()
    person_types(box.free, "Mauvaise personne")
    box.supervisor.setText("Mme Leroy")
    person_types(box.supervisor, "\r")
    desk.answered()
    assert not desk.arrived("DIALLO")
