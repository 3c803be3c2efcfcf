"""The shell around the screens: its keys, its panes, its status, what gives way when room lacks, what it covers."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from counter_app import app, config
from counter_app.config import Settings, load_rules
from counter_app.imports.refusals import unreadable
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens.first_run.page import FirstRun
from counter_app.ui.screens.registry import SCREENS
from counter_app.ui.shell.idle import Idle
from counter_app.ui.shell.status import Standing, cells, notices
from counter_app.ui.theme import Choice, Theme
from counter_app.ui.widgets.palette import CommandPalette
from counter_app.wording.catalogue import Words
from tests.ui.keys import person_types
from tests.ui.reception_desk import NOW, ReceptionDesk, make_home, reception_desk
from tests.ui.workbenches import bench_on, open_desk

ESCAPE = Qt.Key.Key_Escape
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("made"))


@pytest.fixture
def desk(made: Path, tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[ReceptionDesk]:
    home = Path(shutil.copytree(made, tmp_path / "poste"))
    with reception_desk(home, theme, qapp, qtbot) as opened:
        yield opened


def press(window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, held)


def cell(standing: Standing, name: str, settings: Settings | None = None) -> str:
    """Words of one cell of the status bar."""
    shown = cells(standing, settings or Settings(desk="Poste 2", agent="M. Durand"), load_rules("nord"), Words("fr"))
    return next(one.words for one in shown if one.id == name)


def at(hour: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-24T{hour}").replace(tzinfo=NOW.tzinfo)


# screens


def test_the_title_of_the_window_never_holds_a_name(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.shows("admitted")
    assert desk.window.windowTitle() == "Guichet"


def test_a_desk_without_a_name_is_asked_for_it_first(
    tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    home = tmp_path / "poste"
    app.init_home(home, "nord", training=True, clock=lambda: NOW)
    with bench_on(app.open_office(home, at=NOW), theme, qapp) as (bench, _asked):
        window = MainWindow(bench, SCREENS)
        qtbot.addWidget(window)
        assert window.front.name == "first_run"
        for screen in ("reception", "number", "import", "stock"):
            window.open(screen)
            assert window.front.name == "first_run", "no act is signed by nobody"
        window.open("settings")
        assert window.front.name == "settings"
        bench.change_settings(desk="Poste 2", agent="M. Durand")
        qtbot.waitUntil(lambda: bench.settings.complete)
        window.open("reception")
        assert window.front.name == "reception"


def test_two_names_and_enter_lead_to_the_reception_desk(
    tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    home = tmp_path / "poste"
    app.init_home(home, "nord", training=True, clock=lambda: NOW)
    with bench_on(app.open_office(home, at=NOW), theme, qapp) as (bench, _asked):
        window = MainWindow(bench, SCREENS)
        qtbot.addWidget(window)
        first = window.front
        assert isinstance(first, FirstRun)
        first.desk.setText("Poste 2")
        first.agent.setText("M. Durand")
        first.offers.trigger_main()
        qtbot.waitUntil(lambda: window.front.name == "reception")
        qtbot.waitUntil(lambda: not bench.lanes.busy)


def test_only_screens_that_exist_are_in_the_rail(
    tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    with bench_on(open_desk(tmp_path), theme, qapp) as (bench, _asked):
        window = MainWindow(bench, {name: SCREENS[name] for name in ("reception", "number")})
        qtbot.addWidget(window)
        assert list(window.rail.buttons) == ["reception", "number"]
        window.open("handover")
        assert window.front.name == "reception"


def test_a_screen_is_made_the_first_time_it_is_opened_and_kept(desk: ReceptionDesk) -> None:
    window = desk.window
    assert window.work.stack.count() == 1
    press(window, Qt.Key.Key_F8)
    number = window.front
    assert (number.name, window.work.stack.count()) == ("number", 2)
    press(window, Qt.Key.Key_F2)
    press(window, Qt.Key.Key_F8)
    assert window.front is number


def test_the_key_of_each_screen_is_written_on_its_button(desk: ReceptionDesk) -> None:
    assert "F2" in desk.window.rail.buttons["reception"].text()
    assert "F8" in desk.window.rail.buttons["number"].text()


def test_escape_twice_leads_home_with_the_cursor_in_the_field(desk: ReceptionDesk) -> None:
    desk.window.open("settings")
    press(desk.window, ESCAPE)
    press(desk.window, ESCAPE)
    assert desk.window.front.name == "reception"
    assert desk.window.focusWidget() is desk.screen.field


def test_a_scan_on_any_screen_is_answered_at_the_reception(desk: ReceptionDesk) -> None:
    desk.window.open("import")
    desk.window.bench.scanner.scanned.emit(desk.code("DIALLO"))
    desk.quiet_lanes()
    desk.shows("admitted")


# help, palette, panes


def test_help_tells_of_the_verdict_on_show_and_escape_closes_it(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("PARTI"))
    desk.shows("cancelled")
    press(desk.window, Qt.Key.Key_F1)
    assert desk.window.work.help.isVisible()
    assert "C11" in desk.window.work.help.title.text()
    press(desk.window, ESCAPE)
    assert desk.window.work.help.isHidden()
    desk.shows("cancelled")


def test_help_follows_the_screen(desk: ReceptionDesk) -> None:
    press(desk.window, Qt.Key.Key_F1)
    before = desk.window.work.help.title.text()
    desk.window.open("number")
    assert desk.window.work.help.title.text() != before


def test_in_a_narrow_window_help_has_the_whole_room_until_a_scan(desk: ReceptionDesk) -> None:
    desk.window.resize(960, 540)
    press(desk.window, Qt.Key.Key_F1)
    assert desk.window.work.stack.isHidden()
    desk.scan(desk.code("DIALLO"))
    assert desk.window.work.help.isHidden()
    desk.shows("admitted")


def test_the_palette_names_every_command_with_its_key(desk: ReceptionDesk) -> None:
    press(desk.window, Qt.Key.Key_K, CTRL)
    palette = desk.dialog(CommandPalette)
    person_types(palette.line, "numero")
    press(desk.window, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: desk.window.front.name == "number")


def test_panes_are_visited_in_turn_and_back(desk: ReceptionDesk) -> None:
    window = desk.window
    visited = []
    for _turn in range(4):
        press(window, Qt.Key.Key_F6)
        visited.append(holder(window))
    assert visited == [window.work.recent, window.status, window.rail, window.work.stack]
    assert window.focusWidget() is desk.screen.field
    press(window, Qt.Key.Key_F6, SHIFT)
    assert holder(window) is window.rail


def holder(window: MainWindow) -> QWidget | None:
    """The pane that has the focus."""
    panes = (window.work.stack, window.work.recent, window.status, window.rail)
    focused = window.focusWidget()
    return next((pane for pane in panes if focused and pane.isAncestorOf(focused)), None)


def test_full_screen_and_back(desk: ReceptionDesk) -> None:
    press(desk.window, Qt.Key.Key_F11)
    assert desk.window.isFullScreen()
    press(desk.window, Qt.Key.Key_F11)
    assert not desk.window.isFullScreen()


# status and banner


def test_the_status_bar_says_how_fresh_the_list_is() -> None:
    assert cell(Standing(at("09:24")), "list") == "Aucune liste du jour\u00a0: importez-la"
    assert cell(Standing(at("09:24"), at("08:02")), "list") == "Liste de 8\u00a0h\u00a002"
    yesterday = cell(Standing(at("09:24"), at("08:02") - timedelta(days=1)), "list")
    assert yesterday == "Liste de 8\u00a0h\u00a002 le\u00a023/11"


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        ("08:30", "Remise fermée · 9\u00a0h"),
        ("09:24", "Remise ouverte · reste 2\u00a0h\u00a036"),
        ("11:52", "Remise\u00a0: ferme dans 8\u00a0min"),
        ("11:56", "Remise\u00a0: ferme dans 4\u00a0min"),
        ("12:00", "Remise fermée · 25/11, 9\u00a0h"),
    ],
)
def test_the_status_bar_counts_the_handover_window_down(hour: str, words: str) -> None:
    assert cell(Standing(at(hour)), "handover") == words


def test_the_status_bar_says_where_papers_go() -> None:
    assert cell(Standing(at("09:24")), "printer") == "Papiers dans un dossier, sans imprimante"
    named = Settings(ticket_printer="tickets-accueil")
    assert cell(Standing(at("09:24")), "printer", named) == "Papiers\u00a0: tickets-accueil"
    stopped = Standing(at("09:24"), printer_trouble="Plus de papier sur tickets-accueil.")
    assert cell(stopped, "printer", named) == "Plus de papier sur tickets-accueil."


def test_a_clock_behind_its_own_acts_is_told_in_the_banner_before_anything_else_and_in_the_status_bar() -> None:
    found = min(notices(True, (), True, Words("fr"), clock_behind=12), key=lambda notice: notice.rank)
    assert (found.id, found.family) == ("clock", "warn")
    assert "12\u00a0min" in found.text
    assert "12\u00a0min" in found.short
    assert cell(Standing(at("09:24"), clock_behind=12), "clock") == "9\u00a0h\u00a024 · écart 12\u00a0min"


def test_the_status_bar_says_what_waits_and_by_which_key() -> None:
    assert cell(Standing(at("09:24"), waiting_papers=1), "printer") == "1 papier attend · F9"
    assert "2" in cell(Standing(at("09:24"), waiting_papers=2), "printer")


def test_a_desk_or_agent_without_a_name_is_told_in_the_status_bar() -> None:
    assert cell(Standing(at("09:24")), "desk", Settings()) == "Poste sans nom"
    assert cell(Standing(at("09:24")), "agent", Settings()) == "Agent sans nom"


def test_training_is_said_before_anything_else() -> None:
    found = notices(True, ("réglage inconnu",), True, Words("fr"))
    first = min(found, key=lambda notice: notice.rank)
    assert (first.id, first.hatched) == ("training", True)


def test_a_key_kept_in_a_file_is_told_at_a_real_desk() -> None:
    assert [notice.id for notice in notices(False, (), True, Words("fr"))] == ["keyring"]
    assert notices(False, (), False, Words("fr")) == []


def test_settings_that_could_not_be_kept_are_told_even_in_training(
    tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    with bench_on(open_desk(tmp_path), theme, qapp) as (bench, _asked):
        window = MainWindow(bench, SCREENS, ("Réglage « theme » : « rose » n’est pas prévu.",))
        qtbot.addWidget(window)
        assert "rose" in window.message.text()
        assert window.banner.notice is not None
        assert window.banner.notice.id == "training"


def test_a_cell_opens_its_screen(desk: ReceptionDesk) -> None:
    desk.window.status.activated.emit("list")
    assert desk.window.front.name == "import"
    desk.window.status.activated.emit("clock")
    assert desk.window.front.name == "reception"


# room


def test_what_gives_way_in_the_smallest_window(desk: ReceptionDesk) -> None:
    window, stack, recent = desk.window, desk.window.work.stack, desk.window.work.recent
    window.resize(960, 540)
    desk.qtbot.waitUntil(lambda: window.rail.compact and recent.y() >= stack.geometry().bottom())
    window.resize(1366, 768)
    desk.qtbot.waitUntil(lambda: not window.rail.compact and recent.x() >= stack.geometry().right())


def test_large_text_folds_what_a_narrow_window_folds(desk: ReceptionDesk, theme: Theme) -> None:
    theme.choose(Choice.LIGHT, 200)
    desk.scan(desk.code("DIALLO"))
    desk.shows("admitted")
    assert desk.window.rail.compact
    assert desk.window.work.recent.isHidden()
    panel = desk.screen.view.panel
    layout = panel.layout()
    assert layout is not None
    assert panel.height() >= layout.totalHeightForWidth(panel.width())


# least data


def test_after_a_minute_without_use_data_are_covered_and_a_letter_goes_to_the_field(desk: ReceptionDesk) -> None:
    idle = Idle(desk.window, after=1)
    desk.qtbot.waitUntil(lambda: idle.asleep)
    idle.setParent(None)
    desk.window.idle.cover()
    assert "masquées" in desk.window.message.text()
    person_types(desk.screen.field, "d")
    assert not desk.window.idle.asleep
    assert desk.screen.field.text() == "d"


def test_the_key_that_wakes_the_screen_presses_nothing(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.shows("admitted")
    asleep = []
    for key, held in ((Qt.Key.Key_H, CTRL | SHIFT), (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier)):
        press(desk.window, key, held)
        asleep.append(desk.window.idle.asleep)
    assert asleep == [True, False]
    assert desk.window.front.name == "reception"
    desk.shows("admitted")


def test_a_window_that_nobody_sees_takes_no_key_of_another_one(desk: ReceptionDesk) -> None:
    closed = QWidget()
    desk.qtbot.addWidget(closed)
    idle = Idle(closed)
    closed.show()
    closed.close()
    idle.cover()
    press(desk.window, Qt.Key.Key_F8)
    assert desk.window.front.name == "number"


def test_a_mouse_that_moves_keeps_the_screen_as_it_is_but_does_not_wake_it(desk: ReceptionDesk) -> None:
    asleep = []
    desk.window.idle.cover()
    for use in (QTest.mouseMove, lambda widget: QTest.mouseClick(widget, Qt.MouseButton.LeftButton)):
        use(desk.window.status)
        asleep.append(desk.window.idle.asleep)
    assert asleep == [True, False]


# settings


def test_a_desk_that_changes_its_name_changes_its_status_at_once(desk: ReceptionDesk) -> None:
    desk.bench.change_settings(desk="Poste 7")
    desk.quiet_lanes()
    assert config.read_settings(desk.office.home.path).settings.desk == "Poste 7"
    assert "Poste 7" in [button.text() for button in desk.window.status.findChildren(QPushButton)]


def test_a_list_of_permits_is_sent_to_the_tab_that_takes_it() -> None:
    """The refusal of the import names the rail and the tab by their own words."""
    words = Words("fr")
    path = f"«\u00a0{words('rail.stock')} ▸ {words('stock_desk.tabs.arrivals')}\u00a0»"
    assert path in unreadable("permits_list").sentence
