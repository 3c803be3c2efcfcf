"""« Sans rendez-vous »: six keys for a slip, one question at a time, a language for one person only."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens.orient.page import OrientScreen
from counter_app.ui.screens.registry import SCREENS
from counter_app.ui.theme import Choice, Theme
from counter_app.ui.widgets.verdict_panel import State
from counter_app.ui.workbench import Workbench
from counter_app.usecases.answers import RecentGesture
from counter_app.usecases.queue import queue
from counter_app.usecases.queue_answers import QueueDay
from counter_app.usecases.undo import recent, undo
from tests.ui.keys import person_types
from tests.ui.workbenches import Asked, bench_on, open_desk, scan_into

ENTER, ALT, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, qapp: QApplication) -> Iterator[tuple[Workbench, Asked]]:
    with bench_on(open_desk(tmp_path, "nord"), theme, qapp) as bench:
        yield bench


@pytest.fixture
def bench(desk: tuple[Workbench, Asked]) -> Workbench:
    return desk[0]


@pytest.fixture
def screen(bench: Workbench, qtbot: QtBot) -> OrientScreen:
    made = OrientScreen(bench)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.activated()
    scan_into(made, bench)
    return made


@pytest.fixture
def papers(bench: Workbench) -> list[str]:
    wanted: list[str] = []
    bench.paper_wanted.connect(wanted.append)
    return wanted


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, held)


def find(screen: OrientScreen, letters: str, qtbot: QtBot) -> None:
    person_types(screen.fields.motive, letters)
    qtbot.waitUntil(lambda: bool(screen.view.table.rows()))


def answered(screen: OrientScreen, qtbot: QtBot, state: State = State.VERDICT) -> None:
    qtbot.waitUntil(lambda: screen.view.panel.state is state and screen.view.panel.isVisible())


def slug(screen: OrientScreen) -> str:
    verdict = screen.view.panel.verdict
    return verdict.slug if verdict else ""


def last(bench: Workbench) -> RecentGesture:
    return recent(bench.desk)[0]


def test_three_letters_and_two_enters_record_and_print(
    screen: OrientScreen, desk: tuple[Workbench, Asked], papers: list[str], qtbot: QtBot
) -> None:
    bench, asked = desk
    find(screen, "rec", qtbot)
    press(ENTER)
    answered(screen, qtbot)
    assert slug(screen) == "recepisse_online"
    press(ENTER)
    answered(screen, qtbot, State.DONE)
    assert (last(bench).kind, last(bench).channel) == ("oriented", "demarches_simplifiees")
    assert len(papers) == 1
    assert len(asked.acts) == 1
    assert asked.sounds
    press(ENTER)
    assert screen.fields.motive.text() == ""
    assert not screen.view.panel.isVisible()


def test_an_enter_pressed_twice_is_one_orientation(screen: OrientScreen, bench: Workbench, qtbot: QtBot) -> None:
    find(screen, "rec", qtbot)
    press(ENTER)
    answered(screen, qtbot)
    press(ENTER)
    press(ENTER)
    answered(screen, qtbot, State.DONE)
    assert len(recent(bench.desk)) == 1


@pytest.mark.parametrize("keys", ["11", "&&"])
def test_answers_are_given_by_their_digits_with_or_without_shift(screen: OrientScreen, qtbot: QtBot, keys: str) -> None:
    press(Qt.Key.Key_Down)
    for key in keys:
        person_types(None, key)
    answered(screen, qtbot)
    assert slug(screen) == "recepisse_online"
    assert QApplication.focusWidget() is screen.fields.motive


def test_alt_left_goes_back_to_the_question_before(screen: OrientScreen) -> None:
    first = screen.question.title.text()
    press(Qt.Key.Key_Down)
    person_types(None, "2")
    assert screen.question.title.text() != first
    press(Qt.Key.Key_Left, ALT)
    assert screen.question.title.text() == first


def test_enter_gives_the_answer_that_has_the_focus(screen: OrientScreen) -> None:
    first = screen.question.title.text()
    press(Qt.Key.Key_Down)
    press(ENTER)
    assert screen.question.title.text() != first


def test_the_language_is_for_one_person_only(screen: OrientScreen, bench: Workbench, qtbot: QtBot) -> None:
    usual = screen.fields.chosen_language()
    find(screen, "asile", qtbot)
    press(Qt.Key.Key_L, CTRL)
    chosen = screen.fields.chosen_language()
    assert chosen != usual
    press(ENTER)
    answered(screen, qtbot)
    press(ENTER)
    answered(screen, qtbot, State.DONE)
    assert screen.fields.chosen_language() == chosen
    press(ENTER)
    assert screen.fields.chosen_language() == usual


def test_who_cannot_use_the_network_is_told_of_help_and_rights(
    screen: OrientScreen, bench: Workbench, qtbot: QtBot
) -> None:
    find(screen, "rec", qtbot)
    press(ENTER)
    answered(screen, qtbot)
    press(Qt.Key.Key_D, CTRL)
    assert "R.431-2" in screen.view.lines.text()
    press(Qt.Key.Key_D, CTRL)
    assert "R.431-2" not in screen.view.lines.text()


def test_a_telephone_call_needs_no_network(screen: OrientScreen, qtbot: QtBot) -> None:
    find(screen, "asile premi", qtbot)
    press(ENTER)
    answered(screen, qtbot)
    assert slug(screen) == "asylum_spada_first"
    assert screen.bar.button("cannot_online") is None


def test_letters_that_name_nothing_lead_to_the_supervisor(screen: OrientScreen, qtbot: QtBot) -> None:
    find(screen, "zzzz", qtbot)
    press(ENTER)
    answered(screen, qtbot)
    assert slug(screen) == "supervisor"
    assert screen.bar.actions_shown[0].slug == "print_slip"
    assert screen.help_topic == "screen.sans_rdv"


def test_other_letters_take_the_answer_away(screen: OrientScreen, qtbot: QtBot) -> None:
    find(screen, "rec", qtbot)
    press(ENTER)
    answered(screen, qtbot)
    person_types(screen.fields.motive, "e")
    assert not screen.view.panel.isVisible()


def test_the_date_of_the_document_says_when_to_act(screen: OrientScreen, qtbot: QtBot) -> None:
    find(screen, "rec", qtbot)
    press(ENTER)
    answered(screen, qtbot)
    line = screen.view.expiry.line
    line.setText("31/3")
    QTest.keyClick(line, ENTER)
    assert screen.view.expiry.message.text
    line.setText("31/03/2027")
    QTest.keyClick(line, ENTER)
    qtbot.waitUntil(lambda: "28/02/2027" in (screen.view.panel.verdict.sentence if screen.view.panel.verdict else ""))


def test_escape_goes_back_step_by_step(screen: OrientScreen, qtbot: QtBot) -> None:
    find(screen, "rec", qtbot)
    press(ENTER)
    answered(screen, qtbot)
    assert screen.step_back()
    assert screen.view.table.isVisible()
    assert screen.step_back()
    assert screen.fields.motive.text() == ""
    assert not screen.step_back()


def test_a_slip_taken_back_says_so_and_f9_prints_it_again(
    screen: OrientScreen, bench: Workbench, papers: list[str], qtbot: QtBot
) -> None:
    find(screen, "rec", qtbot)
    press(ENTER)
    answered(screen, qtbot)
    press(ENTER)
    answered(screen, qtbot, State.DONE)
    assert screen.print_again()
    assert papers[0] == papers[1]
    taken = undo(bench.desk).gesture
    assert taken
    screen.undone(taken.subject_id)
    assert "annulée" in screen.view.panel.accessibleName()


def test_notices_that_disagree_are_on_screen(screen: OrientScreen, qtbot: QtBot) -> None:
    find(screen, "premiere demande vie", qtbot)
    press(ENTER)
    answered(screen, qtbot)
    assert slug(screen) == "by_email"
    assert "Article non officiel" in screen.view.lines.text()


def test_everything_that_takes_focus_has_a_name(screen: OrientScreen, qtbot: QtBot) -> None:
    find(screen, "rec", qtbot)
    found = [
        one for one in screen.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible()
    ]
    assert [type(one).__name__ for one in found if not one.accessibleName()] == []
    assert all(min(one.width(), one.height()) >= 24 for one in screen.findChildren(QPushButton) if one.isVisible())


@pytest.mark.parametrize("words", ["rec", "premiere demande vie", "employ", "asile premi", "zzzz"])
def test_at_200_percent_in_a_small_window_the_answer_and_its_first_action_are_seen(
    bench: Workbench, qtbot: QtBot, words: str
) -> None:
    bench.theme.choose(Choice.LIGHT, 200)
    window = MainWindow(bench, SCREENS)
    qtbot.addWidget(window)
    window.resize(960, 540)
    window.show()
    window.activateWindow()
    window.open("orient")
    front = window.front
    assert isinstance(front, OrientScreen)
    find(front, words, qtbot)
    front.confirm()
    answered(front, qtbot)
    view = front.view
    assert not view.overflows()
    room = QRect(QPoint(0, 0), view.viewport().size())

    def seen() -> bool:
        top = view.panel.mapTo(view.viewport(), QPoint(0, 0)).y()
        main = view.bar.button("print_slip")
        assert main is not None
        place = main.mapTo(view.viewport(), QPoint(0, main.height() // 2))
        return top >= -8 and room.contains(place)

    qtbot.waitUntil(seen)


def test_f7_opens_it_from_anywhere_and_the_reception_leads_there(bench: Workbench, qtbot: QtBot) -> None:
    window = MainWindow(bench, SCREENS)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.resize(1366, 768)
    window.open("reception")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    press(Qt.Key.Key_F7)
    assert isinstance(window.front, OrientScreen)
    assert "F7" in window.rail.buttons["orient"].text()


def test_the_slip_reaches_the_printer_of_tickets_and_the_last_acts(bench: Workbench, qtbot: QtBot) -> None:
    window = MainWindow(bench, SCREENS)
    qtbot.addWidget(window)
    window.show()
    window.open("orient")
    front = window.front
    assert isinstance(front, OrientScreen)
    find(front, "rec", qtbot)
    front.confirm()
    answered(front, qtbot)
    front.confirm()
    answered(front, qtbot, State.DONE)
    papers = bench.office.home.papers
    qtbot.waitUntil(lambda: any(papers.glob("F-59-*-001-1.pdf")))
    told = window.work.recent.list
    qtbot.waitUntil(lambda: told.count() > 0 and "orienté" in told.item(0).text())
    window.bench.undo_wanted.emit()
    qtbot.waitUntil(lambda: "fiche d’orientation" in window.message.text())
    qtbot.waitUntil(lambda: "annulée" in front.view.panel.accessibleName())


def test_ctrl_enter_puts_the_person_in_the_queue_with_a_ticket_and_no_slip(
    screen: OrientScreen, bench: Workbench, papers: list[str], qtbot: QtBot
) -> None:
    said: list[str] = []
    bench.told.connect(said.append)
    find(screen, "recep", qtbot)
    press(ENTER)
    answered(screen, qtbot)
    press(ENTER, CTRL)
    qtbot.waitUntil(lambda: bool(said))
    day = queue(bench.desk)
    assert isinstance(day, QueueDay)
    (waiting,) = day.waiting
    assert said == [f"Mis en file\u00a0: numéro {waiting.visit.number}."]
    assert len(papers) == 1
    assert screen.fields.motive.text() == ""
    assert waiting.visit.told("motive")


def test_a_slip_that_could_not_be_recorded_is_told_by_the_window_and_may_be_asked_again(
    screen: OrientScreen, bench: Workbench, papers: list[str], qtbot: QtBot
) -> None:
    def no_clock() -> datetime:
        raise OSError(5, "no clock")

    find(screen, "recep", qtbot)
    press(ENTER)
    answered(screen, qtbot)
    clock, bench.office.desk.clock = bench.office.desk.clock, no_clock
    with qtbot.waitSignal(bench.lanes.broke):
        press(ENTER)
    bench.office.desk.clock = clock
    assert papers == []
    press(ENTER)
    answered(screen, qtbot, State.DONE)
    assert len(papers) == 1
