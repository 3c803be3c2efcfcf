"""People in rows: one sentence each, the current person kept, nothing measured row by row."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QHeaderView
from pytestqt.qtbot import QtBot

from counter_app.domain.convocation import ConvocationStatus
from counter_app.ui.theme import Choice, Theme
from counter_app.ui.widgets.column_shares import PADDING, shares
from counter_app.ui.widgets.people_table import STATUS_LOOKS, PeopleModel, PeopleTable, PersonRow
from tests.ui.showcase import COLUMNS, rows


@pytest.fixture
def table(qtbot: QtBot, theme: Theme) -> PeopleTable:
    made = PeopleTable(theme, "Attendus maintenant", COLUMNS)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show_rows(rows())
    made.show()
    return made


def test_the_model_keeps_the_rules_of_qt(qtbot: QtBot, theme: Theme) -> None:
    model = PeopleModel(theme, COLUMNS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(rows())
    model.show([])
    assert tester.model() is model


def test_the_first_column_says_the_whole_row_in_one_sentence(table: PeopleTable) -> None:
    model = table.model()
    said = Qt.ItemDataRole.AccessibleTextRole
    assert model.data(model.index(1, 0), said) == "9 h 30, DIALLO Mariama, dépôt, attendu"
    assert model.headerData(1, Qt.Orientation.Horizontal, said) == "Nom"


def test_nothing_is_chosen_unless_asked_for(table: PeopleTable) -> None:
    assert table.current_id() == ""
    table.show_rows(rows(), preselect=True)
    assert table.current_id() == "0"


def test_the_current_person_stays_current_when_the_list_changes(table: PeopleTable) -> None:
    table.move_by(2)
    table.show_rows(list(reversed(rows())), preselect=True)
    assert table.current_id() == "1"


def test_moving_stays_inside_the_list(table: PeopleTable) -> None:
    table.move_by(-5)
    assert table.current_id() == "0"
    table.move_by(50)
    assert table.current_id() == "2"


def test_moving_in_an_empty_list_does_nothing(table: PeopleTable) -> None:
    table.show_rows([], preselect=True)
    table.move_by(1)
    assert table.current_id() == ""


def test_a_pair_of_homonyms_is_left_without_a_choice(table: PeopleTable) -> None:
    table.show_rows(rows(), preselect=True)
    table.choose_none()
    assert table.current_id() == ""


def test_enter_opens_the_row_and_goes_no_further(table: PeopleTable) -> None:
    opened: list[str] = []
    table.opened.connect(opened.append)
    QTest.keyClick(table, Qt.Key.Key_Return)
    table.move_by(2)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == ["1"]


def test_a_double_click_opens_the_row(table: PeopleTable) -> None:
    opened: list[str] = []
    table.opened.connect(opened.append)
    place = QPoint(100, table.rowViewportPosition(2) + 10)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == ["2"]


def test_moving_tells_who_is_current(table: PeopleTable) -> None:
    seen: list[str] = []
    table.moved_to.connect(seen.append)
    table.move_by(1)
    table.move_by(1)
    assert seen[-1] == "1"


def test_the_status_is_an_icon_and_a_word_in_every_theme_even_on_the_selected_row(
    table: PeopleTable, theme: Theme
) -> None:
    theme.choose(Choice.CONTRAST)
    model = table.model()
    index = model.index(0, len(COLUMNS) - 1)
    icon = model.data(index, Qt.ItemDataRole.DecorationRole)
    assert isinstance(icon, QIcon)
    assert model.data(index) == "attendu"
    chosen = icon.pixmap(20, QIcon.Mode.Selected).toImage()
    colours = {
        chosen.pixelColor(x, y).name() for x in range(20) for y in range(20) if chosen.pixelColor(x, y).alpha() > 250
    }
    assert colours == {theme.color("on-selection").name()}


def test_every_status_has_its_look() -> None:
    assert set(STATUS_LOOKS) == set(ConvocationStatus)
    assert len({icon for icon, _ in STATUS_LOOKS.values()}) == len(STATUS_LOOKS)


def test_rows_grow_with_the_text_and_nothing_is_resized_to_contents(table: PeopleTable, theme: Theme) -> None:
    assert table.rowHeight(0) == 36
    table.resize(1800, 400)
    QApplication.processEvents()
    theme.choose(Choice.LIGHT, 200)
    assert table.rowHeight(0) == 72
    header = table.horizontalHeader()
    modes = {header.sectionResizeMode(place) for place in range(len(COLUMNS))}
    assert modes == {QHeaderView.ResizeMode.Interactive}
    assert header.length() == table.viewport().width()


def test_dimmed_rows_and_strong_cells_are_drawn_so(qtbot: QtBot, theme: Theme) -> None:
    table = PeopleTable(theme, "Autres jours", COLUMNS)
    qtbot.addWidget(table)
    table.show_rows([PersonRow("1", ("9 h", "ROSSI", "Dépôt", "attendu"), "…", dimmed=True, strong=1)])
    model = table.model()
    assert model.data(model.index(0, 0), Qt.ItemDataRole.ForegroundRole) == theme.color("text-2")
    assert model.data(model.index(0, 1), Qt.ItemDataRole.FontRole).bold()
    assert model.data(model.index(0, 0), Qt.ItemDataRole.FontRole) is None


def test_ten_thousand_people_are_shown_without_asking_for_all_of_them(qtbot: QtBot, theme: Theme) -> None:
    table = PeopleTable(theme, "Tous", COLUMNS)
    qtbot.addWidget(table)
    table.show()
    many = rows([f"PERSONNE {number}" for number in range(10_000)])
    table.show_rows(many, preselect=True)
    table.move_by(9_999)
    QApplication.processEvents()
    assert table.current_id() == "9999"


def test_in_a_narrow_table_long_words_go_to_a_second_line(table: PeopleTable, theme: Theme) -> None:
    theme.choose(Choice.LIGHT, 150)
    table.resize(600, 400)
    assert table.wordWrap()
    assert table.rowHeight(0) >= 2 * table.fontMetrics().lineSpacing()
    assert table.columnWidth(0) >= table.fontMetrics().horizontalAdvance("9 h 30")
    theme.choose(Choice.LIGHT, 100)
    table.resize(1400, 400)
    assert not table.wordWrap()
    assert table.rowHeight(0) == 36


def test_a_narrow_table_gives_up_a_column_that_may_go_and_keeps_the_last_in_sight() -> None:
    shared = shares((10, 17, 10, 30, 22), (False, False, False, True, False), 18, 840)
    assert shared.widths[3] == 0
    assert sum(shared.widths) <= 840
    assert shared.widths[0] == shared.widths[2] == 10 * 18 + PADDING


def test_columns_that_ask_for_less_have_their_words_on_one_line() -> None:
    assert shares((10, 17, 10, 30, 22), (False,) * 5, 8, 783).squeezed
    assert not shares((10, 17, 10, 16, 22), (False,) * 5, 8, 783).squeezed


def test_a_column_that_asks_for_nothing_still_shows_its_title(table: PeopleTable) -> None:
    table.show_rows([])
    table.ask_for(2, 0)
    assert table.columnWidth(2) >= table.horizontalHeader().sectionSizeHint(2)
