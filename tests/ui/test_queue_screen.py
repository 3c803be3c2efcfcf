"""The waiting room on screen: one key does the next sensible thing, and nobody goes out of sight."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from counter_app.domain.visit import Priority
from counter_app.domain.visit_story import Stage
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens.queue.page import QueueScreen
from counter_app.ui.screens.queue.state import Tab
from counter_app.ui.screens.registry import SCREENS
from counter_app.ui.theme import Choice, Theme
from counter_app.ui.widgets.choice_box import ChoiceBox
from counter_app.ui.widgets.reason import ReasonBox
from counter_app.ui.workbench import Workbench
from counter_app.usecases.calling import call_next, leave, present
from counter_app.usecases.check_in import admit
from counter_app.usecases.find import day as people_of
from counter_app.usecases.import_list import import_list
from counter_app.usecases.let_in import let_in
from counter_app.usecases.orient import Demand
from tests.homes import another_desk, opened
from tests.journeys.room import cut_words
from tests.ui.colour import contrast
from tests.ui.workbenches import NOW, PEOPLE, bench_on, list_file, open_desk
from tests.usecases.test_queue_apart import hears, told_by

K = Qt.Key


@dataclass
class Room:
    """A person at the screen of the waiting room, where three people wait."""

    screen: QueueScreen
    bench: Workbench
    qtbot: QtBot

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.screen, key, held)
        self.quiet()

    def next(self) -> None:
        """F5, as the window gives it to the screen in front."""
        self.screen.key_again()
        self.quiet()

    def next_of(self, screen: QueueScreen) -> None:
        """F5 to another screen than the one of this room."""
        screen.key_again()
        self.quiet()

    def quiet(self) -> None:
        self.qtbot.waitUntil(lambda: not self.bench.lanes.busy)

    def waiting(self) -> list[str]:
        self.open_tab(Tab.WAITING)
        return [row.cells[0] for row in self.screen.table.rows()]

    def open_tab(self, tab: Tab) -> None:
        self.screen.view.tabs.buttons[tab.value].click()
        self.quiet()

    def offered(self) -> list[str]:
        return [action.slug for action in self.screen.bar.actions_shown]

    def choices(self) -> list[str]:
        """What the question in front offers."""
        return [button.text() for button in self.box().findChildren(QRadioButton)]

    def box(self) -> ChoiceBox:
        box = QApplication.activeModalWidget()
        assert isinstance(box, ChoiceBox)
        return box

    def later(self, seconds: int) -> None:
        now = self.bench.desk.clock()
        self.bench.desk.clock = lambda: now + timedelta(seconds=seconds)

    @property
    def told(self) -> str:
        return self.screen.result.text


@pytest.fixture
def room(tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[Room]:
    with bench_on(open_desk(tmp_path, "nord"), theme, qapp) as (bench, _asked):
        for _ in range(3):
            let_in(bench.desk, Demand())
        bench.desk.clock = lambda: NOW + timedelta(minutes=12)
        screen = QueueScreen(bench)
        qtbot.addWidget(screen)
        screen.resize(1000, 700)
        screen.show()
        qtbot.waitExposed(screen)
        screen.activateWindow()
        screen.activated()
        made = Room(screen, bench, qtbot)
        made.quiet()
        yield made


def test_a_call_that_could_not_be_recorded_is_told_by_the_window_and_may_be_made_again(room: Room) -> None:
    def no_clock() -> datetime:
        raise OSError(5, "no clock")

    clock, room.bench.desk.clock = room.bench.desk.clock, no_clock
    with room.qtbot.waitSignal(room.bench.lanes.broke):
        room.screen.key_again()
    room.bench.desk.clock = clock
    room.next()
    assert room.offered()[0] == "present"


def test_f5_calls_then_notes_the_presence_then_finishes(room: Room) -> None:
    numbers = room.waiting()
    offered = []
    for _ in range(3):
        offered.append(room.offered()[0])
        room.next()
    assert offered == ["call_next", "present", "finish"]
    assert room.waiting() == numbers[1:]
    assert room.screen.flow.state.mine is None
    assert numbers[0] in room.told


def test_the_key_is_written_on_the_button_of_what_it_does(room: Room) -> None:
    button = room.screen.bar.button("call_next")
    assert button is not None
    assert "F5" in button.text()
    room.next()
    assert "F5" in str(room.screen.bar.button("present") and room.screen.bar.button("present").text())  # type: ignore[union-attr]


def test_absent_calls_again_and_at_the_third_call_asks_for_the_same_key_twice(room: Room) -> None:
    room.next()
    room.press(K.Key_Delete)
    assert "60\u00a0s" in room.told
    for _ in range(2):
        room.later(60)
        room.press(K.Key_Delete)
    room.later(60)
    room.press(K.Key_Delete)
    assert room.screen.flow.state.stage is Stage.CALLED
    room.press(K.Key_Delete)
    assert room.screen.flow.state.mine is None
    assert room.screen.view.tabs.buttons["absent"].text().endswith("(1)")


def test_enter_on_a_row_asks_why_it_is_called_out_of_turn(room: Room) -> None:
    second = room.waiting()[1]
    room.screen.table.choose(1)
    room.quiet()
    room.press(K.Key_Return)
    box = QApplication.activeModalWidget()
    assert isinstance(box, ReasonBox)
    box.ready.choose(0)
    box._confirm()
    room.quiet()
    assert room.screen.flow.state.mine is not None
    assert room.screen.flow.state.mine.visit.number == second


def test_the_first_row_is_called_without_a_reason(room: Room) -> None:
    first = room.waiting()[0]
    room.screen.table.choose(0)
    room.quiet()
    room.press(K.Key_Return)
    assert room.screen.flow.state.mine is not None
    assert room.screen.flow.state.mine.visit.number == first


def test_another_outcome_is_chosen_by_its_digit(room: Room) -> None:
    room.next()
    room.next()
    room.press(K.Key_O, Qt.KeyboardModifier.ControlModifier)
    box = QApplication.activeModalWidget()
    assert isinstance(box, ChoiceBox)
    QTest.keyClick(box.ready.first(), K.Key_1)
    box._confirm()
    room.quiet()
    room.open_tab(Tab.FINISHED)
    assert room.screen.table.rows()[0].cells[-1] == "reporté"


def test_somebody_put_aside_is_seen_and_taken_back(room: Room) -> None:
    numbers = room.waiting()
    room.next()
    room.press(K.Key_D, Qt.KeyboardModifier.ControlModifier)
    box = QApplication.activeModalWidget()
    assert isinstance(box, ReasonBox)
    box.ready.choose(0)
    box._confirm()
    room.quiet()
    room.open_tab(Tab.SERVING)
    room.screen.table.choose(0)
    room.quiet()
    assert [action.key for action in room.screen.row_bar.actions_shown] == ["Entrée", ""]
    room.screen.row_bar.trigger_main()
    room.quiet()
    assert room.waiting() == numbers


def test_who_is_called_here_and_by_a_desk_apart_is_told_so_above_the_lists_and_in_them(
    room: Room, real_home: Path
) -> None:
    with closing(opened(real_home, room.bench.desk.clock)) as office:
        office.desk.name = "Guichet 9"
        hears(office.desk, told_by(room.bench.desk))
        room.next()
        assert call_next(office.desk).done
        hears(room.bench.desk, told_by(office.desk))
    room.screen.flow.refresh()
    room.quiet()
    assert "appelé par plusieurs postes" in room.screen.view.told.text()
    assert "Guichet 9" in room.screen.view.told.text()
    room.open_tab(Tab.CALLED)
    assert "Guichet 9" in room.screen.table.rows()[0].cells[-1]


def test_the_order_of_calls_is_told_over_those_who_wait_alone(room: Room) -> None:
    rule = room.screen.view.rule
    assert rule.text().startswith("Priorités d’abord")
    room.next()
    room.open_tab(Tab.CALLED)
    assert not rule.isVisible(), "nobody is called from this list"
    room.open_tab(Tab.ABSENT)
    assert rule.isVisible()
    assert rule.text() == "Aucun absent."


def test_who_was_called_by_another_desk_is_not_called_here(room: Room) -> None:
    numbers = room.waiting()
    call_next(another_desk(room.bench.desk))
    room.next()
    assert room.screen.flow.state.mine is not None
    assert room.screen.flow.state.mine.visit.number == numbers[1]


@pytest.mark.parametrize("tab", [Tab.CALLED, Tab.SERVING])
def test_who_is_called_at_a_desk_that_does_not_answer_any_more_is_called_here_with_a_reason(
    room: Room, tab: Tab
) -> None:
    other = another_desk(room.bench.desk)
    called = call_next(other).line
    assert called
    if tab is Tab.SERVING:
        present(other, called.visit.id)
    room.screen.flow.refresh()
    room.quiet()
    room.open_tab(tab)
    room.screen.table.choose(0)
    room.quiet()
    assert [action.slug for action in room.screen.row_bar.actions_shown] == ["call_this"]
    room.press(K.Key_Return)
    box = QApplication.activeModalWidget()
    assert isinstance(box, ReasonBox)
    box.ready.choose(0)
    box._confirm()
    room.quiet()
    assert room.screen.flow.state.mine is not None
    assert room.screen.flow.state.mine.visit.id == called.visit.id
    room.open_tab(Tab.CALLED)
    room.screen.table.choose(0)
    room.quiet()
    assert not room.screen.row_bar.actions_shown, "one's own is above the lists"


def test_somebody_received_goes_on_to_another_service_in_the_same_visit(room: Room) -> None:
    for _ in range(3):
        room.next()
    room.open_tab(Tab.FINISHED)
    room.screen.table.choose(0)
    room.quiet()
    assert [action.slug for action in room.screen.row_bar.actions_shown] == ["another"]
    room.press(K.Key_Return)
    box = QApplication.activeModalWidget()
    assert isinstance(box, ChoiceBox)
    box.chosen.emit("remise")
    box.close()
    room.quiet()
    room.open_tab(Tab.WAITING)
    (moved,) = [line for line in room.screen.flow.state.lines if line.visit.service == "remise"]
    assert [one.outcome for one in moved.visit.services] == ["received"], "the first service is kept"


def test_the_present_service_is_not_among_those_to_send_somebody_to(room: Room) -> None:
    room.next()
    room.next()
    room.press(K.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert room.choices() == ["1  Remise des titres"]


def test_another_service_begins_at_this_desk_by_its_key_and_its_digit(room: Room) -> None:
    room.next()
    assert "begin" not in room.offered(), "called, not here yet"
    room.next()
    button = room.screen.bar.button("begin")
    assert button is not None
    assert "Ctrl+N" in button.text()
    room.press(K.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert room.choices() == ["1  Remise des titres"]
    box = room.box()
    assert [one.text() for one in box.findChildren(QPushButton) if "reçu" in one.text()], "what Enter also records"
    QTest.keyClick(box.ready.first(), K.Key_1)
    QTest.keyClick(box.ready.first(), K.Key_Return)
    room.quiet()
    mine = room.screen.flow.state.mine
    assert mine is not None
    assert [(one.service, one.outcome) for one in mine.visit.services] == [("accueil", "received"), ("remise", None)]
    assert mine.visit.stage is Stage.SERVING
    assert mine.visit.number in room.told
    assert room.offered()[0] == "finish"


def test_somebody_who_left_and_is_here_again_is_put_back_in_the_queue(room: Room) -> None:
    first = room.screen.flow.state.lines[0].visit
    leave(room.bench.desk, first.id)
    room.screen.flow.refresh()
    room.quiet()
    room.open_tab(Tab.FINISHED)
    room.screen.table.choose(0)
    room.quiet()
    assert [action.slug for action in room.screen.row_bar.actions_shown] == ["take_back"]
    room.press(K.Key_Return)
    assert first.number in room.waiting()


def test_who_is_at_the_desk_at_midnight_stays_above_the_lists_and_f5_asks_what_became_of_them(room: Room) -> None:
    first = room.waiting()[0]
    room.next()
    room.next()
    room.bench.desk.clock = lambda: datetime(2026, 11, 25, 0, 5, tzinfo=NOW.tzinfo)
    room.screen.activated()
    room.quiet()
    assert first in room.screen.view.mine.title.text()
    assert "visite du mardi 24 novembre 2026" in room.screen.view.told.text()
    assert room.offered() == ["settle", "call_next"]
    room.open_tab(Tab.SERVING)
    assert [row.cells[0] for row in room.screen.table.rows()] == [first]
    room.next()
    box = QApplication.activeModalWidget()
    assert isinstance(box, ChoiceBox)
    assert box.ready.place < 0, "a key pressed by habit says nothing"
    QTest.keyClick(box.ready.first(), K.Key_1)
    box._confirm()
    room.quiet()
    assert room.screen.flow.state.mine is None
    assert room.told == f"{first} (visite du mardi 24 novembre 2026)\u00a0: reçu."


@pytest.mark.parametrize(("digit", "stage"), [(K.Key_1, Stage.SERVING), (K.Key_2, None)])
def test_who_was_called_before_midnight_came_or_went(room: Room, digit: Qt.Key, stage: Stage | None) -> None:
    room.next()
    room.bench.desk.clock = lambda: datetime(2026, 11, 25, 0, 5, tzinfo=NOW.tzinfo)
    room.screen.activated()
    room.quiet()
    room.open_tab(Tab.CALLED)
    room.screen.table.choose(0)
    room.quiet()
    assert [action.slug for action in room.screen.row_bar.actions_shown] == ["settle_row"]
    room.press(K.Key_Return)
    box = QApplication.activeModalWidget()
    assert isinstance(box, ChoiceBox)
    QTest.keyClick(box.ready.first(), digit)
    box._confirm()
    room.quiet()
    assert room.screen.flow.state.stage is stage


def test_who_was_put_aside_and_forgotten_is_finished_the_next_day(room: Room) -> None:
    first = room.waiting()[0]
    room.next()
    room.next()
    room.screen.flow.park("")
    room.quiet()
    room.bench.desk.clock = lambda: datetime(2026, 11, 25, 9, 0, tzinfo=NOW.tzinfo)
    room.screen.activated()
    room.quiet()
    assert room.offered() == ["call_next"], "the key of the morning calls"
    room.open_tab(Tab.SERVING)
    room.screen.table.choose(0)
    room.quiet()
    assert [action.slug for action in room.screen.row_bar.actions_shown] == ["settle_row"]
    room.press(K.Key_Return)
    box = QApplication.activeModalWidget()
    assert isinstance(box, ChoiceBox)
    QTest.keyClick(box.ready.first(), K.Key_1)
    box._confirm()
    room.quiet()
    assert room.told == f"{first} (visite du mardi 24 novembre 2026)\u00a0: reçu."


def test_an_empty_room_says_so_and_keeps_the_key(room: Room) -> None:
    room.bench.desk.clock = lambda: datetime(2026, 11, 25, 9, 0, tzinfo=NOW.tzinfo)
    room.screen.activated()
    room.quiet()
    assert room.waiting() == []
    room.next()
    assert room.told == "Personne n’attend."


def test_the_load_is_a_word_and_a_bar(room: Room) -> None:
    assert "3 personnes attendent" in room.screen.view.load.text()
    assert room.screen.view.bar_of_load.value() > 0


def test_the_bar_of_the_load_stays_on_a_low_screen_at_twice_the_size(room: Room) -> None:
    room.bench.theme.choose(Choice.DARK, 200)
    room.screen.resize(960, 540)
    assert room.screen.view.bar_of_load.isVisibleTo(room.screen)


@pytest.mark.parametrize("look", [Choice.LIGHT, Choice.DARK, Choice.CONTRAST])
def test_the_bar_of_the_load_is_seen_against_its_ground(room: Room, look: Choice) -> None:
    room.bench.theme.choose(look)
    bar = room.screen.view.bar_of_load
    bar.resize(200, 12)
    ends = []
    for value in (100, 0):
        bar.setValue(value)
        ends.append(bar.grab().toImage().pixelColor(100, 6).name())
    assert contrast(*ends) >= 3, "WCAG 2.2, 1.4.11"


def test_f5_opens_the_queue_from_anywhere_and_the_second_f5_calls(room: Room, qtbot: QtBot) -> None:
    window = MainWindow(room.bench, SCREENS)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    room.quiet()
    fronts, mine = [], []
    for _ in range(2):
        QTest.keyClick(window, K.Key_F5)
        room.quiet()
        fronts.append(window.front.name)
        assert isinstance(window.front, QueueScreen)
        mine.append(window.front.flow.state.mine is not None)
    assert (fronts, mine) == (["queue", "queue"], [False, True])
    window.close()


def test_the_keyboard_stays_on_the_page_when_the_list_goes_away_and_comes_back_with_it(room: Room) -> None:
    """At midnight nobody of the day before waits: the keyboard does not go to the next thing of the window."""
    room.screen.table.setFocus()
    room.later(24 * 60 * 60)
    room.bench.acted.emit()
    room.quiet()
    tab = room.screen.view.tabs.buttons[Tab.WAITING.value]
    room.qtbot.waitUntil(lambda: not room.screen.table.isVisible())
    assert room.screen.focusWidget() is tab
    let_in(room.bench.desk, Demand())
    room.bench.acted.emit()
    room.quiet()
    assert room.screen.focusWidget() is room.screen.table


def test_in_a_low_window_who_is_called_and_what_became_of_it_come_into_sight(room: Room) -> None:
    room.screen.resize(700, 300)
    for _ in range(4):
        QApplication.processEvents()
    bar = room.screen.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    room.next()
    view = room.screen.view
    room.qtbot.waitUntil(
        lambda: all(
            one.visibleRegion().boundingRect() == one.rect() for one in (view.mine.title, view.bar, view.result)
        )
    )


@pytest.fixture
def window(room: Room, qtbot: QtBot) -> Iterator[MainWindow]:
    """The whole window, the queue in front."""
    window = MainWindow(room.bench, SCREENS)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.open("queue")
    room.quiet()
    yield window
    window.close()


def test_f6_reaches_the_list_from_the_rail_and_from_the_page_then_enter_calls(window: MainWindow, room: Room) -> None:
    screen = window.front
    assert isinstance(screen, QueueScreen)
    assert screen.table.hasFocus(), "the list has the keyboard as soon as it is there"
    for away in (window.rail.findChildren(QPushButton)[2], screen.view.tabs.buttons["waiting"]):
        away.setFocus()
        room.press(K.Key_F6)
        assert screen.table.hasFocus(), away.text()
    room.press(K.Key_F6)
    focused = QApplication.focusWidget()
    assert focused
    assert not screen.isAncestorOf(focused), "then the next part of the window"
    screen.table.setFocus()
    for key in (K.Key_Down, K.Key_Return):
        room.press(key)
    mine = screen.flow.state.mine
    assert mine is not None
    assert mine.visit.number == "B 001"


def test_the_list_keeps_the_keyboard_while_f5_calls_notes_and_finishes(window: MainWindow, room: Room) -> None:
    screen = window.front
    assert isinstance(screen, QueueScreen)
    screen.view.tabs.buttons["waiting"].setFocus()
    for _ in range(3):
        room.press(K.Key_F5)
    room.press(K.Key_F6)
    assert screen.table.hasFocus()


def test_the_keyboard_comes_back_where_it_was_when_covered_people_are_shown_again(
    window: MainWindow, room: Room
) -> None:
    screen = window.front
    assert isinstance(screen, QueueScreen)
    for place in (screen.table, screen.view.tabs.buttons["called"]):
        place.setFocus()
        window.idle.cover()
        assert not place.isVisible()
        room.press(K.Key_Delete)
        assert place.hasFocus()


def test_keys_written_on_the_page_work_from_every_part_of_the_window_but_not_under_a_dialog(
    window: MainWindow, room: Room
) -> None:
    screen = window.front
    assert isinstance(screen, QueueScreen)
    room.next_of(screen)
    window.status.findChildren(QPushButton)[0].setFocus()
    room.press(K.Key_D, Qt.KeyboardModifier.ControlModifier)
    box = QApplication.activeModalWidget()
    assert isinstance(box, ReasonBox)
    room.press(K.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.activeModalWidget() is box
    box.reject()
    room.quiet()
    window.open("report")
    room.quiet()
    window.rail.findChildren(QPushButton)[0].setFocus()
    room.press(K.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.activeModalWidget() is None, "a screen behind hears nothing"


def test_the_list_tells_the_motive_and_the_service_of_who_told_none(window: MainWindow, room: Room) -> None:
    let_in(room.bench.desk, Demand("nationality"))
    screen = window.front
    assert isinstance(screen, QueueScreen)
    screen.flow.refresh()
    room.quiet()
    told = {row.cells[0]: row.cells[5] for row in screen.table.rows()}
    assert told["B 004"] == room.bench.desk.directory().motives["nationality"].names["fr"]
    assert told["B 001"] == "Accueil et dépôt"


def test_why_somebody_passes_first_is_read_whole_at_the_least_size_of_screens(window: MainWindow, room: Room) -> None:
    for priority in Priority:
        let_in(room.bench.desk, Demand(), priority)
    screen = window.front
    assert isinstance(screen, QueueScreen)
    screen.flow.refresh()
    room.quiet()
    table, last = screen.table, len(screen.table.rows()[0].cells) - 1
    room_for_words = table.columnWidth(last) - table.iconSize().width() - 12
    said = [row.cells[last] for row in table.rows() if row.icon == "accessibility"]
    assert said == [room.bench.words(f"queue.priorities.{one}") for one in Priority]
    for one in said:
        wrapped = table.fontMetrics().boundingRect(0, 0, room_for_words, 999, int(Qt.TextFlag.TextWordWrap), one)
        assert wrapped.height() <= table.verticalHeader().defaultSectionSize(), one
        assert wrapped.width() <= room_for_words, one


LONG_MOTIVES = ("Renouvellement de titre de séjour", "Première demande de titre", "Naturalisation : entretien")


def test_long_motives_are_read_whole_on_the_screens_of_desks_where_all_wait(room: Room, tmp_path: Path) -> None:
    people = (
        row.replace("Dépôt de dossier", motive).replace("Remise de titre", motive)
        for row, motive in zip(PEOPLE, LONG_MOTIVES, strict=True)
    )
    import_list(room.bench.desk, list_file(tmp_path, *people))
    for one in people_of(room.bench.desk, NOW.date()):
        assert admit(room.bench.desk, one.id).recorded, one.name
    room.screen.resize(800, 640)
    room.screen.flow.refresh()
    room.quiet()
    QApplication.processEvents()
    assert {row.cells[5] for row in room.screen.table.rows()} >= set(LONG_MOTIVES)
    assert not room.screen.table.isColumnHidden(5)
    assert cut_words(room.screen) == []
