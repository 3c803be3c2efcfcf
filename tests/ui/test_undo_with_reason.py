"""Ctrl+Z in the window about what somebody outside relies on: why is asked, and nothing falls before it is told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.ui.theme import Theme
from counter_app.ui.widgets.reason import ReasonBox
from counter_app.usecases.bordereaux import Leaving, find_bordereau, remove
from counter_app.usecases.stock import faulty
from counter_app.usecases.stock_answers import SlipKind
from tests.ui.keys import person_types
from tests.ui.reception_desk import ReceptionDesk, make_home, reception_desk
from tests.usecases.permits_at_hand import permit_of, receive

K = Qt.Key


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[ReceptionDesk]:
    with reception_desk(make_home(tmp_path), theme, qapp, qtbot) as made:
        yield made


def left(desk: ReceptionDesk) -> tuple[str, str]:
    """A permit sent back, and the number of its bordereau."""
    identity = receive(desk.office.desk)
    slip = remove(desk.office.desk, SlipKind.SEND_BACK, [Leaving(identity)], "non retiré").bordereau
    assert slip is not None
    return identity, slip.number


def test_a_bordereau_is_voided_by_ctrl_z_once_the_reason_is_told(desk: ReceptionDesk) -> None:
    identity, number = left(desk)
    desk.ctrl(K.Key_Z)
    box = desk.dialog(ReasonBox)
    assert not permit_of(desk.office.desk, identity).in_stock
    assert not box.supervisor.isVisible()
    person_types(box.free, "mauvaise pile")
    person_types(box.free, "\r")
    desk.answered()
    assert permit_of(desk.office.desk, identity).in_stock
    slip = find_bordereau(desk.office.desk, number)
    assert slip is not None
    assert slip.voided_reason == "mauvaise pile"


def test_a_fault_noted_a_minute_ago_is_taken_back_by_ctrl_z_once_the_supervisor_agreed(desk: ReceptionDesk) -> None:
    here = desk.office.desk
    identity = receive(here)
    faulty(here, identity, "prénom")
    desk.clock(here.now() + timedelta(seconds=61))
    desk.ctrl(K.Key_Z)
    box = desk.dialog(ReasonBox)
    assert permit_of(here, identity).fault == "prénom"
    assert box.supervisor.isVisible()
    person_types(box.free, "lu de travers")
    person_types(box.supervisor, "Mme Roux")
    person_types(box.supervisor, "\r")
    desk.answered()
    assert permit_of(here, identity).fault is None
    assert permit_of(here, identity).marks[-1].text("approved_by") == "Mme Roux"


def test_without_a_reason_a_bordereau_stands(desk: ReceptionDesk) -> None:
    identity, _number = left(desk)
    desk.ctrl(K.Key_Z)
    desk.dialog(ReasonBox).reject()
    desk.answered()
    assert not permit_of(desk.office.desk, identity).in_stock
