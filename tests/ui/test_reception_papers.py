"""Papers scanned at the reception desk, key by key: their holder is found, their seal is told, nobody is accused."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.seals import seal_check
from counter_app.ui.screens.reception.state import Showing
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.reason import ReasonBox
from counter_app.usecases.import_list import import_list
from tests.sealed import practice_folder, sealed
from tests.ui.reception_desk import HEADINGS, ReceptionDesk, make_home, reception_desk
from tests.ui.workbenches import list_file

PEOPLE = (
    "TESTEUR;Alpha;01/01/1990;5903000001;24/11/2026;9h30;Dépôt de dossier;;;",
    "ERIKSSON;Anna Maria;12/08/1974;;24/11/2026;9h30;Dépôt de dossier;;;",
)
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\rL898902C36UTO7408122F1204159ZE184226B<<<<<10"
GENUINE = sealed("syn-13-2")
BROKEN = GENUINE.replace("TESTEUR", "TESTEUX")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("made"), listed=False)


@pytest.fixture
def desk(made: Path, tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[ReceptionDesk]:
    home = Path(shutil.copytree(made, tmp_path / "poste"))
    with reception_desk(home, theme, qapp, qtbot) as opened:
        import_list(opened.office.desk, list_file(tmp_path, *PEOPLE, headings=HEADINGS))
        opened.office.desk.check_seal = seal_check(practice_folder(home))
        yield opened


def told(desk: ReceptionDesk) -> str:
    return desk.screen.view.panel.accessibleName()


def test_a_genuine_seal_brings_its_holder_and_one_enter_records(desk: ReceptionDesk) -> None:
    desk.scan(GENUINE)
    desk.shows("admitted")
    assert "Cachet 2D-Doc authentique" in told(desk)
    desk.enter()
    assert desk.arrived("TESTEUR")


def test_a_passport_brings_its_holder_by_name_and_birth(desk: ReceptionDesk) -> None:
    desk.scan(PASSPORT)
    desk.shows("admitted")
    assert "ERIKSSON" in told(desk)
    desk.enter()
    assert desk.arrived("ERIKSSON")


def test_the_lines_of_a_paper_never_press_anything(desk: ReceptionDesk) -> None:
    desk.scan(PASSPORT)
    assert not desk.arrived("ERIKSSON")
    assert desk.screen.view.scan.text == ""


def test_a_broken_seal_stops_and_a_supervisor_may_agree(desk: ReceptionDesk) -> None:
    desk.scan(BROKEN)
    desk.shows("seal_broken")
    assert desk.actions == ["tell_supervisor", "scan_again"]
    assert desk.acts() == [("arrival_attempted", "seal_broken")]
    desk.press(Qt.Key.Key_Return)
    box = desk.dialog(ReasonBox)
    box.reject()
    desk.answered()
    assert not desk.arrived("TESTEUR")


def test_a_specimen_answers_nobody(desk: ReceptionDesk) -> None:
    desk.scan(sealed("ants-13-etranger"))
    desk.shows("seal_specimen")
    assert desk.actions[0] == "close"
    desk.enter()
    assert desk.screen.state.showing is Showing.READY


def test_a_paper_that_cannot_be_read_asks_for_another_scan(desk: ReceptionDesk) -> None:
    desk.scan(PASSPORT.replace("7408122", "7408132"))
    desk.shows("unreadable_code")
    assert "BANDE DU DOCUMENT MAL LUE" in told(desk)


def test_a_zone_pasted_in_the_field_is_read_as_if_scanned(desk: ReceptionDesk) -> None:
    QApplication.clipboard().setText(PASSPORT.replace("\r", "\n"))
    desk.screen.field.paste()
    desk.enter()
    desk.shows("admitted")
