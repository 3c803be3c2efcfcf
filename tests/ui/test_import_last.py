"""The last import can be taken back from its screen; one that stopped is told there and in the window's band."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.ui.screens.lists.page import ImportScreen
from counter_app.ui.screens.lists.steps import Step
from counter_app.ui.shell.status import notices
from counter_app.ui.theme import Theme
from counter_app.ui.workbench import Workbench
from counter_app.usecases import find
from counter_app.usecases.import_list import import_list
from counter_app.usecases.unended import unended_imports
from tests.ui.workbenches import NOW, PEOPLE, Asked, bench_on, list_file, open_desk


class _Killed(BaseException):
    """The power fails."""


def dies(_done: int, _total: int) -> None:
    raise _Killed


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, qapp: QApplication) -> Iterator[tuple[Workbench, Asked]]:
    with bench_on(open_desk(tmp_path), theme, qapp) as bench:
        yield bench


@pytest.fixture
def screen(desk: tuple[Workbench, Asked], qtbot: QtBot) -> ImportScreen:
    made = ImportScreen(desk[0])
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def people(screen: ImportScreen) -> list[str]:
    return [one.name for one in find.day(screen.bench.desk, NOW.date())]


def test_the_last_import_is_taken_back_from_its_screen(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    screen.activated()
    assert not screen.last.isVisible()
    import_list(screen.bench.desk, list_file(tmp_path, *PEOPLE))
    screen.activated()
    qtbot.waitUntil(screen.last.isVisible)
    assert "liste.csv" in screen.last.line.text()
    screen.last.undo.click()
    qtbot.waitUntil(lambda: "Import annulé" in screen.last.result.text)
    qtbot.waitUntil(lambda: not screen.last.undo.isVisible())
    assert people(screen) == []
    assert screen.flow.state.step is Step.FILE


def test_an_import_that_stopped_is_told_until_it_is_resumed(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    path = list_file(tmp_path, *PEOPLE)
    with pytest.raises(_Killed):
        import_list(screen.bench.desk, path, progress=dies)
    screen.activated()
    qtbot.waitUntil(screen.last.isVisible)
    assert "reprenez-le" in screen.last.stopped.text
    stopped = unended_imports(screen.bench.desk)
    (band,) = notices(False, (), False, screen.bench.words, 0, stopped)
    assert "liste.csv" in band.text
    import_list(screen.bench.desk, path)
    screen.activated()
    qtbot.waitUntil(lambda: not screen.last.stopped.isVisible())


def test_many_people_gone_are_said_apart_before_anything_is_written(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    rows = [f"NOM{letter};Prénom;01/02/1980;;24/11/2026;9h30;Dépôt;;" for letter in "ABCDEFGH"]
    first = list_file(tmp_path, *rows, name="matin.csv")
    os.utime(first, (1_700_000_000, 1_700_000_000))
    import_list(screen.bench.desk, first)
    screen.activated(str(list_file(tmp_path, *rows[:4], name="midi.csv")))
    qtbot.waitUntil(lambda: screen.flow.state.step is Step.COLUMNS and screen.flow.idle)
    screen.bar.trigger_main()
    qtbot.waitUntil(lambda: screen.flow.state.step is Step.CONTROL and screen.flow.idle)
    assert screen.control.counts.alarm.isVisible()
    assert "4 personnes ne sont plus sur la liste" in screen.control.counts.alarm.text
    assert "est-ce la bonne liste" in screen.control.counts.alarm.text


def test_many_people_gone_from_the_newest_list_are_told_where_lists_are(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = screen.bench.desk
    one_more = PEOPLE[0].replace("DIALLO", "SOW").replace("5903120821", "5903120899")
    for shift, people in enumerate(((*PEOPLE, one_more), (one_more,))):
        newer = list_file(tmp_path, *people)
        os.utime(newer, (NOW.timestamp() - 60 + shift,) * 2)
        outcome = import_list(desk, newer)
    assert outcome.many_absent
    screen.activated()
    qtbot.waitUntil(screen.last.stopped.isVisible)
    assert "est-ce la bonne liste" in screen.last.stopped.text
