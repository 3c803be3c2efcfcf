"""A day is signed in a window once the other desks were heard, or says that they were not."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.ui.screens.report.flow import ReportFlow
from counter_app.ui.theme import Theme
from counter_app.usecases.close_day import Closing, closings
from tests.ui.two_desks import OpenDesk, two_desks


def signed(desk: OpenDesk) -> tuple[Closing, str]:
    """The version that the window signs now, and what it says."""
    flow, said = ReportFlow(desk.bench, desk.window), list[str]()
    flow.told.connect(lambda words, _good: said.append(words))
    flow.refresh()
    desk.until(lambda: flow.state.look is not None)
    assert flow.review()
    flow.sign("")
    desk.until(lambda: bool(said))
    return closings(desk.office.desk, desk.office.desk.now().date())[-1], said[-1]


def test_a_day_signed_in_a_window_says_whether_the_others_were_heard_just_before(
    tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    with two_desks(tmp_path, theme, qapp, qtbot) as (one, two):
        one.cable.out = True
        version, said = signed(one)
        assert version.provisional
        assert "provisoire" in said
        version, said = signed(two)
        assert not version.provisional
        assert "provisoire" not in said
