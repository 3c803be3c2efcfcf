"""« Remise » in a low window with large text: what confirms the summary stays in sight, and the summary can be read."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from counter_app.domain.handover_draft import Line
from counter_app.ui.opening import LEAST
from counter_app.ui.theme import Choice, Theme
from tests.ui.handover_desk import HandoverDesk, handover_desk, make_handover_home
from tests.usecases.permits_at_hand import STAMP


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_handover_home(tmp_path_factory.mktemp("made"))


@pytest.fixture
def low(made: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[HandoverDesk]:
    home, theme = Path(shutil.copytree(made, tmp_path / "poste")), Theme(qapp)
    theme.choose(Choice.LIGHT, 200)
    with handover_desk(home, theme, qapp, qtbot) as desk:
        desk.window.setMinimumSize(*LEAST)
        desk.window.resize(*LEAST)
        yield desk
    theme.choose(Choice.LIGHT, 100)


@pytest.fixture(params=[100, 150])
def ordinary(
    request: pytest.FixtureRequest, made: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> Iterator[HandoverDesk]:
    """A laptop's window, with the band of a training home and large text or not."""
    home, theme = Path(shutil.copytree(made, tmp_path / "poste")), Theme(qapp)
    theme.choose(Choice.LIGHT, request.param)
    with handover_desk(home, theme, qapp, qtbot) as desk:
        desk.window.resize(1366, 768)
        yield desk
    theme.choose(Choice.LIGHT, 100)


def in_sight(desk: HandoverDesk, part: QWidget) -> bool:
    """Whether all of a part of the page shows."""
    place = QRect(part.mapTo(desk.window, QPoint()), part.size())
    page = QRect(desk.page.mapTo(desk.window, QPoint()), desk.page.size())
    return part.isVisible() and page.contains(place) and part.visibleRegion().boundingRect() == part.rect()


def reviewed(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.enter()
    desk.enter()
    desk.scan(STAMP)
    desk.enter()
    desk.commit()
    assert desk.page.state.reviewing


def test_what_confirms_a_summary_longer_than_the_window_stays_in_sight(low: HandoverDesk) -> None:
    reviewed(low)
    low.qtbot.waitUntil(lambda: in_sight(low, low.page.view.offers))
    panel, view = low.page.view.panel, low.page.view
    assert panel.height() > view.viewport().height()
    low.qtbot.waitUntil(lambda: panel.mapTo(view.viewport(), QPoint()).y() >= 0)
    before = view.verticalScrollBar().value()
    low.press(Qt.Key.Key_PageDown)
    assert view.verticalScrollBar().value() > before, "the rest is read with the keyboard"
    low.commit()
    assert low.slug == "handed_over"
    low.qtbot.waitUntil(lambda: in_sight(low, low.page.view.offers))


def test_a_summary_that_is_covered_leaves_no_empty_bar(low: HandoverDesk) -> None:
    reviewed(low)
    low.qtbot.waitUntil(low.page.view.foot.isVisible)
    low.page.hide_people(True)
    low.qtbot.waitUntil(lambda: not low.page.view.foot.isVisible())
    low.page.hide_people(False)
    low.qtbot.waitUntil(lambda: in_sight(low, low.page.view.offers))


def test_back_on_the_page_the_actions_are_under_the_answer_again(low: HandoverDesk) -> None:
    reviewed(low)
    low.qtbot.waitUntil(lambda: in_sight(low, low.page.view.offers))
    low.press(Qt.Key.Key_Escape)
    low.press(Qt.Key.Key_Escape)
    low.meet("JOUR Autre")
    view = low.page.view
    low.qtbot.waitUntil(lambda: view.offers.parentWidget() is view.widget())
    low.qtbot.waitUntil(lambda: in_sight(low, view.offers))


@pytest.mark.parametrize("name", ["PRÊT Anne", "JOUR Autre", "SANS Message"])
def test_the_field_the_answer_and_the_act_are_in_sight_while_lines_are_done(ordinary: HandoverDesk, name: str) -> None:
    ordinary.meet(name)
    view = ordinary.page.view
    kept = (view.scan, view.commit, view.missing)
    ordinary.qtbot.waitUntil(lambda: all(in_sight(ordinary, part) for part in (*kept, view.panel)))
    assert view.missing.text.startswith("Il manque")
    ordinary.page.go_on(Line.SIGNATURE)
    view.reveal()
    ordinary.qtbot.waitUntil(lambda: in_sight(ordinary, view.lines.lines[Line.SIGNATURE].controls))
    assert all(in_sight(ordinary, part) for part in kept)


def test_in_a_low_window_the_act_is_in_sight_once_nothing_lacks(low: HandoverDesk) -> None:
    low.meet("PRÊT Anne")
    view = low.page.view
    assert not view.foot.isVisible(), "its room is that of the line that lacks"
    assert view.fault.isVisible()
    low.enter()
    low.enter()
    low.scan(STAMP)
    low.enter()
    low.qtbot.waitUntil(lambda: in_sight(low, view.commit))
    assert view.missing.text.startswith("Rien ne manque")


def test_the_keyboard_stays_in_the_field_while_the_window_becomes_low(ordinary: HandoverDesk) -> None:
    view = ordinary.page.view
    ordinary.types("DUP")
    for size in (LEAST, (1366, 768)):
        ordinary.window.setMinimumSize(*LEAST)
        ordinary.window.resize(*size)
        ordinary.quiet()
        assert view.scan.line.hasFocus()
        assert view.scan.text == "DUP"
        ordinary.qtbot.waitUntil(lambda: in_sight(ordinary, view.scan))


def test_what_not_to_do_is_told_whatever_else_is(low: HandoverDesk) -> None:
    low.meet("PRÊT Anne")
    page = low.page
    page.tick(replace(page.state.draft, sleeve="PGRBBBBBBBBB", amount_due=7, amount_reason="selon le SMS"))
    low.quiet()
    assert low.slug == "wrong_sleeve"
    shown = " ".join(one.text() for one in page.view.panel.findChildren(QLabel) if one.isVisible())
    assert "Ne remettez pas ce titre." in shown
    assert page.view.panel.verdict is not None
    assert page.view.panel.verdict.notes, "even beside a note"


def test_f6_goes_from_the_lines_to_the_verdict_and_back(low: HandoverDesk) -> None:
    low.meet("PRÊT Anne")
    view = low.page.view
    assert view.lines.lines[Line.IDENTITY].holds_focus()
    low.press(Qt.Key.Key_F6)
    assert view.scan.line.hasFocus()
    low.press(Qt.Key.Key_F6)
    assert view.lines.lines[Line.IDENTITY].holds_focus()
    low.page.leave()
    low.meet("JOUR Autre")
    low.press(Qt.Key.Key_F6)
    assert view.lines.lines[Line.IDENTITY].holds_focus()
    low.press(Qt.Key.Key_F6)
    assert low.focused == "Imprimer le rappel, Entrée"
    low.qtbot.waitUntil(lambda: in_sight(low, view.offers))
    low.press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert not low.page.isAncestorOf(focused), "the rest of the window is one key away"
