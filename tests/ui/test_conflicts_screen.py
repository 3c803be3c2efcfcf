"""The inbox of conflicts: both sides in plain sentences, the effect before the answer, a reason before the act."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.listing import ListedStatus
from counter_app.store import convocation_rows
from counter_app.ui.screens.conflicts.inbox import ConflictInbox
from counter_app.ui.screens.conflicts.page import ConflictsScreen
from counter_app.ui.screens.reception.page import Reception
from counter_app.ui.theme import Choice, Theme
from counter_app.ui.widgets.reason import ReasonBox
from counter_app.ui.workbench import Workbench
from counter_app.usecases.check_in import admit
from counter_app.usecases.find import day
from counter_app.usecases.import_list import import_list
from counter_app.usecases.work_items import every_item, open_count
from tests.ui.workbenches import NOW, PEOPLE, Asked, bench_on, list_file, open_desk

K = Qt.Key


@dataclass
class Hand:
    """A person in front of the screen."""

    screen: ConflictsScreen
    bench: Workbench
    asked: Asked
    qtbot: QtBot

    @property
    def inbox(self) -> ConflictInbox:
        return self.screen.inbox

    def quiet(self) -> None:
        self.qtbot.waitUntil(lambda: not self.bench.lanes.busy)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.screen, key)
        self.quiet()

    def texts(self) -> str:
        return "\n".join(label.text() for label in self.inbox.card.findChildren(QLabel) if label.isVisible())

    def answer(self, name: str = "Mme Roux") -> None:
        """Take the first ready reason and name the supervisor."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ReasonBox))
        box = QApplication.activeModalWidget()
        assert isinstance(box, ReasonBox)
        box.ready.choose(0)
        box.supervisor.setText(name)
        QTest.keyClick(box.supervisor, K.Key_Return)
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        self.screen.activateWindow()
        self.quiet()

    def came_twice(self, name: str) -> str:
        """Somebody checked in here at 9:20, and at another desk eight minutes later; the other desk's act."""
        desk = self.bench.desk
        person = next(one for one in day(desk, NOW.date()) if name in one.name)
        admit(desk, person.id)
        away = replace(desk, stream="poste3:a", name="Poste 3", agent="Mme Roux", clock=lambda: NOW.replace(minute=28))
        with away.gesture() as gesture:
            details: dict[str, Json] = {"verdict": "admitted", "minutes": 2}
            return gesture.record(ActKind.CHECKED_IN, Subject(SubjectType.CONVOCATION, person.id), details).act_id


@pytest.fixture
def hand(tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[Hand]:
    with bench_on(open_desk(tmp_path), theme, qapp) as (bench, asked):
        import_list(bench.desk, list_file(tmp_path, *PEOPLE))
        screen = ConflictsScreen(bench)
        qtbot.addWidget(screen)
        screen.resize(1000, 700)
        screen.show()
        qtbot.waitExposed(screen)
        screen.activateWindow()
        made = Hand(screen, bench, asked, qtbot)
        yield made
        made.quiet()


def kinds(hand: Hand) -> list[str]:
    return [one.kind for one in hand.inbox.flow.state.conflicts]


def opened(hand: Hand, *names: str) -> list[str]:
    acts = [hand.came_twice(name) for name in names]
    hand.screen.activated()
    hand.quiet()
    return acts


def test_without_conflicts_the_screen_says_that_all_agrees(hand: Hand) -> None:
    opened(hand)
    assert hand.inbox.count.text().startswith("Aucun conflit")
    assert not hand.inbox.card.isVisible()


def test_both_sides_and_what_each_answer_changes_are_read_before_choosing(hand: Hand) -> None:
    opened(hand, "DIALLO")
    conflict = hand.inbox.flow.state.conflicts[0]
    assert conflict.kind == "double_check_in"
    told = hand.texts()
    assert "DIALLO Mariama" in told
    assert "Poste 3, 9\u00a0h\u00a028, Mme Roux" in told
    assert "Poste 2, 9\u00a0h\u00a020, M. Durand" in told
    assert f"ticket {conflict.facts[-1].ticket or conflict.facts[0].ticket}" in told
    assert told.count("Effet\u00a0:") == 4
    assert "Poste 3" in hand.inbox.card.accessibleName()


def test_an_arrow_keeps_a_side_once_a_reason_and_a_supervisor_are_given(hand: Hand) -> None:
    opened(hand, "DIALLO")
    conflict = hand.inbox.flow.state.conflicts[0]
    hand.press(K.Key_Right)
    assert open_count(hand.bench.desk) >= 1
    hand.answer()
    (settled,) = [one for one in every_item(hand.bench.desk) if not one.open]
    assert settled.settlement is not None
    assert settled.settlement.settled is not None
    assert settled.settlement.settled.kept == conflict.facts[-1].act_id
    assert settled.settlement.settled.reason == "Vu avec les agents"
    assert hand.inbox.result.text.startswith("Réponse enregistrée. La personne restera en file")
    assert hand.asked.acts
    assert "double_check_in" not in kinds(hand)


def test_the_other_arrow_keeps_the_other_side_and_down_says_that_both_are_true(hand: Hand) -> None:
    opened(hand, "DIALLO", "BENALI")
    first, second = [one for one in hand.inbox.flow.state.conflicts if one.kind == "double_check_in"]
    hand.inbox.flow.open(hand.inbox.flow.state.conflicts.index(first))
    hand.press(K.Key_Left)
    hand.answer()
    hand.inbox.flow.open(kinds(hand).index("double_check_in"))
    hand.press(K.Key_Down)
    hand.answer()
    answers = {one.id: one.settlement for one in every_item(hand.bench.desk) if not one.open}
    told = [(one.settled.decision, one.settled.kept) for one in answers.values() if one and one.settled]
    assert set(told) == {("keep", first.facts[0].act_id), ("both", None)}
    assert set(answers) == {first.id, second.id}


def test_nothing_is_recorded_when_the_question_is_left_or_the_name_is_missing(hand: Hand) -> None:
    opened(hand, "DIALLO")
    before = open_count(hand.bench.desk)
    hand.press(K.Key_Left)
    box = QApplication.activeModalWidget()
    assert isinstance(box, ReasonBox)
    box.ready.choose(0)
    QTest.keyClick(box.free, K.Key_Return)
    assert QApplication.activeModalWidget() is box
    QTest.keyClick(box, K.Key_Escape)
    hand.quiet()
    assert open_count(hand.bench.desk) == before


def test_an_item_handed_to_the_supervisor_stays_with_the_name(hand: Hand) -> None:
    opened(hand, "DIALLO")
    before = open_count(hand.bench.desk)
    hand.inbox.card.buttons["supervisor"].click()
    hand.answer("M. Petit")
    assert open_count(hand.bench.desk) == before
    assert "Confié à M. Petit" in hand.texts()


def test_page_down_opens_the_next_conflict_and_the_list_follows(hand: Hand) -> None:
    opened(hand, "DIALLO", "BENALI")
    assert hand.inbox.list.isVisible()
    assert hand.inbox.flow.state.place == 0
    hand.press(K.Key_PageDown)
    assert (hand.inbox.flow.state.place, hand.inbox.list.currentRow()) == (1, 1)
    hand.press(K.Key_PageUp)
    assert hand.inbox.flow.state.place == 0
    hand.inbox.list.setCurrentRow(1)
    assert hand.inbox.flow.state.place == 1


def test_what_arrives_meanwhile_is_shown_without_losing_the_open_conflict(hand: Hand) -> None:
    opened(hand, "DIALLO")
    open_one = hand.inbox.flow.state.current
    hand.came_twice("BENALI")
    hand.bench.exchanges.received.emit(frozenset())
    hand.quiet()
    assert kinds(hand).count("double_check_in") == 2
    assert open_one is not None
    assert hand.inbox.flow.state.current is not None
    assert hand.inbox.flow.state.current.id == open_one.id


def test_somebody_asked_for_is_the_one_that_is_open(hand: Hand) -> None:
    opened(hand, "DIALLO", "BENALI")
    last = hand.inbox.flow.state.conflicts[-1]
    hand.screen.activated(last.subject.id)
    hand.quiet()
    assert hand.inbox.flow.state.current == last
    hand.screen.activated("personne")
    hand.quiet()
    assert hand.inbox.flow.state.current == last


def test_the_verdict_of_somebody_in_conflict_leads_to_both_facts(hand: Hand, qtbot: QtBot) -> None:
    desk = hand.bench.desk
    person = next(one for one in day(desk, NOW.date()) if "PETROV" in one.name)
    ended = replace(person.listing, source="autre", status=ListedStatus.CANCELLED)
    with desk.gesture() as gesture:
        subject = Subject(SubjectType.CONVOCATION, person.id)
        gesture.record(ActKind.CONVOCATION_LISTED, subject, ended.to_json())
    reception = Reception(hand.bench)
    qtbot.addWidget(reception)
    reception.show()
    reception.activated(convocation_rows.code_of(person))
    hand.quiet()
    qtbot.waitUntil(lambda: reception.deeds.offers_deed("see_both_facts"))
    reception.deeds.run("see_both_facts")
    assert ("conflicts", person.id) in hand.asked.screens


@pytest.mark.parametrize("size", [(960, 540), (1366, 768)])
def test_nothing_is_cut_nor_out_of_reach_sideways_with_text_at_200(
    hand: Hand, theme: Theme, size: tuple[int, int]
) -> None:
    opened(hand, "DIALLO", "BENALI")
    theme.choose(Choice.LIGHT, 200)
    hand.screen.resize(*size)
    hand.qtbot.waitUntil(lambda: hand.inbox.card.width() > size[0] // 2)
    QApplication.processEvents()
    assert not hand.screen.page.overflows()
    labels = [label for label in hand.inbox.card.findChildren(QLabel) if label.isVisible() and label.text()]
    assert [label.text() for label in labels if label.heightForWidth(label.width()) > label.height() + 1] == []


def test_every_button_has_a_name_that_tells_its_effect(hand: Hand) -> None:
    opened(hand, "DIALLO")
    buttons = hand.inbox.card.findChildren(QPushButton)
    assert len(buttons) == 4
    assert all("personne restera" in one.accessibleName() or "reste ouvert" in one.accessibleName() for one in buttons)
    assert hand.inbox.findChildren(QLineEdit) == []


def test_people_are_covered_with_the_rest(hand: Hand) -> None:
    opened(hand, "DIALLO")
    hand.screen.hide_people(hidden=True)
    assert not hand.inbox.card.isVisible()
