"""The first run: two names are asked, the looks change at once, nothing written is lost, and it can wait."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app import app, config
from counter_app.documents.print_answers import QueueState, Reason, waiting
from counter_app.ui.screens.first_run.page import FirstRun
from counter_app.ui.screens.settings.reader import CHECK_CODE
from counter_app.ui.theme import Theme
from counter_app.ui.workbench import Workbench
from tests.ui.keys import person_types, reader_types
from tests.ui.workbenches import NOW, Asked, bench_on, scan_into


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, qapp: QApplication) -> Iterator[tuple[Workbench, Asked]]:
    home = tmp_path / "poste"
    app.init_home(home, "nord", training=True, clock=lambda: NOW)
    with bench_on(app.open_office(home, at=NOW), theme, qapp) as bench:
        yield bench


@pytest.fixture
def screen(desk: tuple[Workbench, Asked], qtbot: QtBot) -> FirstRun:
    made = FirstRun(desk[0])
    qtbot.addWidget(made)
    made.resize(900, 640)
    made.show()
    qtbot.waitExposed(made)
    made.activated()
    return made


def kept(screen: FirstRun, qtbot: QtBot, **values: object) -> None:
    """These settings hold, now and after closing."""
    home = screen.bench.office.home.path

    def hold() -> bool:
        written = config.read_settings(home).settings
        return all(getattr(written, name) == value for name, value in values.items())

    qtbot.waitUntil(hold)


def write_names(screen: FirstRun) -> None:
    person_types(screen.desk, "Poste 2")
    person_types(screen.agent, "M. Durand")


def test_the_first_name_has_the_cursor_and_is_empty(screen: FirstRun) -> None:
    assert screen.desk.hasFocus()
    assert screen.desk.text() == screen.agent.text() == ""


def test_two_names_and_enter_begin_the_work(screen: FirstRun, desk: tuple[Workbench, Asked], qtbot: QtBot) -> None:
    person_types(screen.desk, "  Poste   2 ")
    QTest.keyClick(screen.desk, Qt.Key.Key_Return)
    assert screen.agent.hasFocus()
    person_types(screen.agent, "M. Durand")
    QTest.keyClick(screen.agent, Qt.Key.Key_Return)
    kept(screen, qtbot, desk="Poste 2", agent="M. Durand")
    qtbot.waitUntil(lambda: desk[1].screens == [("reception", "")])


def test_a_name_that_lacks_is_asked_for_and_the_other_one_stays(
    screen: FirstRun, desk: tuple[Workbench, Asked]
) -> None:
    person_types(screen.agent, "M. Durand")
    screen.offers.trigger_main()
    assert "Nom du poste" in screen.rows["desk"].message.text
    assert screen.desk.hasFocus()
    assert screen.agent.text() == "M. Durand"
    assert desk[1].screens == []


def test_names_cannot_wait_an_act_is_signed(screen: FirstRun, desk: tuple[Workbench, Asked]) -> None:
    assert not screen.step_back()
    assert [action.slug for action in screen.offers.actions_shown] == ["begin"]
    assert desk[1].screens == []


def test_the_text_size_is_kept_as_soon_as_it_is_chosen(screen: FirstRun, qtbot: QtBot) -> None:
    screen.display.scale.buttons["150"].click()
    kept(screen, qtbot, scale=150)


def test_a_change_of_language_keeps_the_names_already_written(screen: FirstRun, qtbot: QtBot) -> None:
    person_types(screen.desk, "Poste 2")
    screen.display.language.buttons["en"].click()
    kept(screen, qtbot, language="en", desk="Poste 2", agent="")


def test_a_scan_tries_the_reader_and_asks_nothing_of_the_desk(
    screen: FirstRun, desk: tuple[Workbench, Asked], qtbot: QtBot
) -> None:
    scan_into(screen, desk[0])
    write_names(screen)
    reader_types(screen.desk, f"{CHECK_CODE}\r")
    qtbot.waitUntil(lambda: "12 signes" in screen.reader.result.text)
    assert screen.desk.text() == "Poste 2"
    assert desk[1].screens == []


def test_tickets_go_to_a_folder_until_a_printer_is_chosen(screen: FirstRun, qtbot: QtBot) -> None:
    assert screen.printer.box.currentData() == ""
    screen.printer.show_queues((QueueState("TM-T20", None),))
    screen.printer.box.setCurrentIndex(1)
    screen.printer.box.activated.emit(1)
    kept(screen, qtbot, ticket_printer="TM-T20")
    assert "TM-T20" in screen.printer.result.text


def test_a_printer_that_cannot_print_says_why(screen: FirstRun, qtbot: QtBot) -> None:
    stopped = QueueState("TM-T20", waiting(Reason.OUT_OF_PAPER, "TM-T20"))
    screen.printer.show_queues((stopped,))
    screen.printer.box.setCurrentIndex(1)
    screen.printer.box.activated.emit(1)
    assert "Plus de papier" in screen.printer.result.text
    kept(screen, qtbot, ticket_printer="TM-T20")


def test_a_chosen_printer_that_is_off_stays_chosen(screen: FirstRun, qtbot: QtBot) -> None:
    screen.printer.show_queues((QueueState("TM-T20", None),))
    screen.printer.box.setCurrentIndex(1)
    screen.printer.box.activated.emit(1)
    screen.printer.show_queues(())
    assert screen.printer.box.currentData() == "TM-T20"
    assert "n’est pas sur ce poste" in screen.printer.result.text
    kept(screen, qtbot, ticket_printer="TM-T20")
