"""From the first paint to a window that works, and again when the language changes."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from counter_app import app
from counter_app.domain.acts import Subject, SubjectType
from counter_app.domain.refusal import StoreRefused
from counter_app.home import exists
from counter_app.office import Office
from counter_app.store import convocation_rows
from counter_app.sync.state import Phase
from counter_app.ui.opening import Doors, Opening
from counter_app.ui.screens.reception.page import Reception
from tests.central.local import LocalCentral
from tests.ui.keys import person_types, reader_types
from tests.ui.reception_desk import NOW, make_home
from tests.ui.two_desks import Cable, site


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("made"))


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "poste"))


@contextmanager
def opening_of(home: Path, qapp: QApplication, open_it: Callable[[], Office]) -> Iterator[Opening]:
    """What the composition root does, without its event loop."""
    doors = Doors(lambda: exists(home), lambda: [], lambda _site, _training: "", open_it, lambda _office: ())
    opening = Opening(qapp, home, doors)
    try:
        yield opening
    finally:
        opening.lanes.close()
        qapp.removeEventFilter(opening.scanner)
        opening.scanner.setParent(None)
        opening.splash.close()
        opening.splash.deleteLater()
        if opening.window is not None:
            opening.window.close()
            opening.window.deleteLater()
            opening.bench.office.close()


def reception(opening: Opening) -> Reception:
    assert opening.window is not None
    front = opening.window.front
    assert isinstance(front, Reception)
    return front


def code(office: Office, name: str) -> str:
    with office.desk.looking() as connection:
        one = next(one for one in convocation_rows.every(connection) if one.name.startswith(name))
    return convocation_rows.code_of(one)


def receives(opening: Opening, name: str, qtbot: QtBot) -> None:
    """Scan, see, Enter: an arrival is recorded."""
    desk = reception(opening)
    with qtbot.waitActive(desk.window()):
        desk.window().activateWindow()
    reader_types(desk.field, code(opening.bench.office, name) + "\r")
    qtbot.waitUntil(lambda: desk.view.panel.verdict is not None)
    person_types(desk.field, "\r")
    qtbot.waitUntil(lambda: desk.state.recorded)


def test_the_window_takes_the_place_of_the_first_paint(home: Path, qapp: QApplication, qtbot: QtBot) -> None:
    with opening_of(home, qapp, lambda: app.open_office(home, at=NOW)) as opening:
        assert opening.splash.isVisible()
        qtbot.waitUntil(lambda: opening.window is not None)
        assert not opening.splash.isVisible()
        receives(opening, "DIALLO", qtbot)


def test_a_scan_before_there_is_a_field_is_answered_once_the_window_is_there(
    home: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    with opening_of(home, qapp, lambda: app.open_office(home, at=NOW)) as opening:
        reader_types(opening.splash, f"{_code_in(home, 'DIALLO')}\r")
        qtbot.waitUntil(lambda: opening.window is not None)
        panel = reception(opening).view.panel
        qtbot.waitUntil(lambda: panel.verdict is not None)


def test_a_name_typed_before_there_is_a_field_stands_in_it(home: Path, qapp: QApplication, qtbot: QtBot) -> None:
    with opening_of(home, qapp, lambda: app.open_office(home, at=NOW)) as opening:
        person_types(opening.splash, "diallo")
        qtbot.waitUntil(lambda: opening.window is not None)
        assert reception(opening).field.text() == "diallo"


def _code_in(home: Path, name: str) -> str:
    office = app.open_office(home, at=NOW)
    try:
        return code(office, name)
    finally:
        office.close()


def test_another_language_makes_the_window_again_and_work_goes_on(home: Path, qapp: QApplication, qtbot: QtBot) -> None:
    with opening_of(home, qapp, lambda: app.open_office(home, at=NOW)) as opening:
        qtbot.waitUntil(lambda: opening.window is not None)
        before = opening.window
        opening.bench.change_settings(language="en")
        qtbot.waitUntil(lambda: opening.window is not before)
        qtbot.waitUntil(lambda: not opening.lanes.busy)
        assert "Expected" in reception(opening).view.tabs.findChildren(QPushButton)[0].text()
        receives(opening, "DIALLO", qtbot)


def test_looks_chosen_after_another_language_leave_the_former_window_alone(
    home: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    with opening_of(home, qapp, lambda: app.open_office(home, at=NOW)) as opening:
        qtbot.waitUntil(lambda: opening.window is not None)
        before = opening.window
        opening.bench.change_settings(language="en")
        qtbot.waitUntil(lambda: opening.window is not before and not isValid(before))
        opening.bench.change_settings(theme="dark")
        qtbot.waitUntil(lambda: opening.theme.name == "dark")


def test_other_looks_change_the_same_window(home: Path, qapp: QApplication, qtbot: QtBot) -> None:
    with opening_of(home, qapp, lambda: app.open_office(home, at=NOW)) as opening:
        qtbot.waitUntil(lambda: opening.window is not None)
        before = opening.window
        opening.bench.change_settings(theme="dark", scale=125)
        qtbot.waitUntil(lambda: opening.theme.name == "dark")
        assert opening.window is before
        assert opening.theme.scale == 125


def test_a_home_that_cannot_open_says_why_and_everything_ends(home: Path, qapp: QApplication, qtbot: QtBot) -> None:
    def refused() -> Office:
        raise StoreRefused("newer", "Ce poste a été ouvert par une version plus récente.")

    with opening_of(home, qapp, refused) as opening:
        qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert box.text() == "Ce poste a été ouvert par une version plus récente."
        box.accept()
        qtbot.waitUntil(lambda: not opening.splash.isVisible())
        assert opening.lanes.closing


def test_a_window_whose_file_went_says_so_and_goes_on_once_it_is_back(
    home: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    with opening_of(home, qapp, lambda: app.open_office(home, at=NOW)) as opening:
        qtbot.waitUntil(lambda: opening.window is not None)
        window, desk = opening.window, reception(opening)
        assert window is not None
        scanned = code(opening.bench.office, "DIALLO")
        file = opening.bench.office.home.store
        away = file.rename(file.with_suffix(".ailleurs"))
        with qtbot.waitActive(window):
            window.activateWindow()
        reader_types(desk.field, scanned + "\r")
        qtbot.waitUntil(lambda: "n’est pas enregistré" in window.message.text())
        assert not desk.state.recorded
        assert not file.exists()
        away.rename(file)
        qtbot.waitUntil(lambda: not opening.lanes.busy)
        opening.scanner.forget_last()
        receives(opening, "DIALLO", qtbot)
        copies = list(opening.bench.office.home.backups.glob("retrouve-*.db"))
    assert len(copies) == 1


def test_a_window_on_a_full_disk_says_so_and_goes_on_once_there_is_room(
    home: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    with opening_of(home, qapp, lambda: app.open_office(home, at=NOW)) as opening:
        qtbot.waitUntil(lambda: opening.window is not None)
        window, desk = opening.window, reception(opening)
        assert window is not None
        office = opening.bench.office

        def no_room() -> None:
            with office.desk.looking() as connection:
                pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
                connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            with office.desk.gesture() as gesture:
                for _many in range(200):
                    gesture.record("scan_unknown", Subject(SubjectType.SCAN, "x" * 99), {"length": 1})

        opening.bench.do(no_room, lambda _none: None)
        qtbot.waitUntil(lambda: "est plein" in window.message.text())
        assert str(home).split("/")[-1] in window.message.text()
        receives(opening, "DIALLO", qtbot)
        assert desk.state.recorded


def test_a_window_whose_desk_is_taken_out_closes_once_everything_was_sent(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    with site(tmp_path) as made:
        office, cable = made.desk("Poste 1", "A", "M. Durand")
        with opening_of(office.home.path, qapp, lambda: office) as opening:
            qtbot.waitUntil(lambda: opening.window is not None)
            window, exchanges = opening.window, opening.bench.exchanges
            assert window is not None
            qtbot.waitUntil(lambda: exchanges.state.phase is Phase.UP_TO_DATE)
            office.change(volume=40)
            assert isinstance(cable.central, LocalCentral)
            cable.central.session = replace(cable.central.session, revoked=True)
            exchanges.ask()
            qtbot.waitUntil(lambda: not window.isVisible())
            assert office.sync is not None
            assert office.sync.revoked
            assert not exchanges.state.waiting


@contextmanager
def enrolled(folder: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[tuple[Opening, Cable]]:
    """The window of a desk that is in touch with its central."""
    with site(folder) as made:
        office, cable = made.desk("Poste 1", "A", "M. Durand")
        with opening_of(office.home.path, qapp, lambda: office) as opening:
            qtbot.waitUntil(lambda: opening.window is not None)
            qtbot.waitUntil(lambda: opening.bench.exchanges.state.phase is Phase.UP_TO_DATE)
            yield opening, cable


def record(opening: Opening) -> None:
    """An act of the last moment, queued behind everything else."""
    desk = opening.bench.desk

    def done() -> None:
        with desk.gesture() as gesture:
            gesture.record("scan_unknown", Subject(SubjectType.SCAN, "x"), {"length": 1})

    opening.bench.do(done, lambda _none: None)


def waiting(opening: Opening) -> int:
    sync = opening.bench.office.sync
    assert sync is not None
    return sync.state().waiting


def test_an_act_of_the_last_moment_leaves_before_the_window_does(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    with enrolled(tmp_path, qapp, qtbot) as (opening, _cable):
        window = opening.window
        assert window is not None
        record(opening)
        window.close()
        assert "derniers actes" in window.message.text()
        assert not window.work.isEnabled()
        qtbot.waitUntil(lambda: not window.isVisible())
        assert waiting(opening) == 0


def test_a_window_that_closes_without_a_central_says_how_many_acts_stay_and_closes_at_once_when_asked_again(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    with enrolled(tmp_path, qapp, qtbot) as (opening, cable):
        window = opening.window
        assert window is not None
        cable.out = True
        record(opening)
        window.close()
        qtbot.waitUntil(lambda: "1 acte" in window.message.text())
        assert "prochaine ouverture" in window.message.text()
        window.close()
        assert not window.isVisible()
        assert waiting(opening) == 1


def test_a_central_that_keeps_silent_holds_a_window_two_seconds_at_most(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    with enrolled(tmp_path, qapp, qtbot) as (opening, cable):
        window, silent = opening.window, Event()
        assert window is not None
        cable.slow = silent.wait
        record(opening)
        began = monotonic()
        window.close()
        qtbot.waitUntil(lambda: "prochaine ouverture" in window.message.text())
        assert monotonic() - began < 10
        window.close()
        assert not window.isVisible()
        silent.set()
