"""Charts drawn by hand: each number is written, nothing is told by a colour alone, a table says the same."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.ui.screens.report.charts import ChartBox
from counter_app.ui.theme import Choice, Theme
from counter_app.ui.widgets.chart import Bar, BarChart
from counter_app.ui.widgets.chart_table import FigureTable

BARS = (Bar("9 h", 30, "30"), Bar("9 h 30", 15, "15"), Bar("10 h", 0, "0"))
LONG = "Renouvellement d’un titre de séjour pluriannuel pour un parent d’enfant français malade"


def chart(theme: Theme, qtbot: QtBot, *bars: Bar, width: int = 400) -> BarChart:
    made = BarChart(theme)
    qtbot.addWidget(made)
    made.show_bars("Arrivées", bars)
    made.resize(width, made.heightForWidth(width))
    return made


def drawn(made: BarChart) -> QImage:
    return made.grab().toImage()


def widths(image: QImage, colour: QColor) -> list[int]:
    """How many pixels of a colour each group of lines holds at most, from the top."""
    lines = [
        sum(image.pixelColor(x, y).rgb() == colour.rgb() for x in range(image.width())) for y in range(image.height())
    ]
    groups: list[list[int]] = []
    for before, count in zip([0, *lines], lines, strict=False):
        if count and not before:
            groups.append([])
        if count:
            groups[-1].append(count)
    return [max(group) for group in groups]


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK, Choice.CONTRAST])
def test_bars_are_as_long_as_what_they_count_in_every_theme(theme: Theme, qtbot: QtBot, choice: Choice) -> None:
    theme.choose(choice)
    long, short = widths(drawn(chart(theme, qtbot, *BARS)), theme.color("brand"))[:2]
    assert long > 200
    assert abs(short - long / 2) <= 2


def test_a_bar_of_nothing_is_still_a_line_with_its_zero(theme: Theme, qtbot: QtBot) -> None:
    with_zero = drawn(chart(theme, qtbot, BARS[0], BARS[2]))
    alone = drawn(chart(theme, qtbot, BARS[0]))
    below = with_zero.copy(0, alone.height(), with_zero.width(), with_zero.height() - alone.height())
    assert widths(below, theme.color("border"))


def test_the_accessible_name_says_every_bar(theme: Theme, qtbot: QtBot) -> None:
    assert chart(theme, qtbot, *BARS).accessibleName() == "Arrivées. 9 h 30. 9 h 30 15. 10 h 0"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(width=st.integers(160, 900), words=st.integers(1, 12))
def test_no_word_is_ever_cut_whatever_the_room(theme: Theme, width: int, words: int) -> None:
    made = BarChart(theme)
    label = " ".join(LONG.split()[:words])
    made.show_bars("Motifs", (Bar(label, 3, "3"), Bar("court", 1, "1")))
    metrics = made.fontMetrics()
    beside = made._beside(width)
    if beside:
        assert metrics.horizontalAdvance(label) <= beside
    else:
        lines = metrics.boundingRect(0, 0, width, 10_000, int(Qt.TextFlag.TextWordWrap), label)
        assert made.heightForWidth(width) >= lines.height() + 2 * metrics.height()
        assert lines.width() <= width


def test_larger_text_makes_a_higher_chart(theme: Theme, qtbot: QtBot) -> None:
    made = chart(theme, qtbot, *BARS)
    before = made.heightForWidth(400)
    theme.choose(Choice.LIGHT, 200)
    assert made.heightForWidth(400) > 1.6 * before
    theme.choose(Choice.LIGHT)


def test_the_period_before_is_another_shape_under_the_bar_with_its_own_number(theme: Theme, qtbot: QtBot) -> None:
    alone, compared = Bar("9 h", 30, "30"), Bar("9 h", 30, "30", before=20, before_told="20 avant")
    made = chart(theme, qtbot, compared)
    assert made.accessibleName() == "Arrivées. 9 h 30, 20 avant"
    assert made.heightForWidth(400) > chart(theme, qtbot, alone).heightForWidth(400)
    assert widths(drawn(made), theme.color("text-2"))


def test_the_table_in_place_of_the_chart_says_the_same(theme: Theme, qtbot: QtBot) -> None:
    box = ChartBox(theme, "Arrivées", "Rien à compter.")
    qtbot.addWidget(box)
    box.show_bars(BARS, ("Demi-heure", "Personnes"))
    box.show()
    assert (box.chart.isVisible(), box.table.isVisible()) == (True, False)
    box.show_as_table(True)
    assert (box.chart.isVisible(), box.table.isVisible()) == (False, True)
    assert box.table.figures.rows == tuple((one.label, one.told) for one in BARS)


def test_a_chart_of_nothing_says_so_in_words(theme: Theme, qtbot: QtBot) -> None:
    box = ChartBox(theme, "Arrivées", "Rien à compter.")
    qtbot.addWidget(box)
    box.show()
    assert box.note.text() == "Rien à compter."
    assert (box.chart.isVisible(), box.table.isVisible()) == (False, False)


@pytest.fixture
def table(theme: Theme, qtbot: QtBot) -> FigureTable:
    made = FigureTable(theme, "Par motif")
    qtbot.addWidget(made)
    made.show_figures(("Motif", "Conv."), (("Dépôt", "34"), ("Remise", "28")), ("Motif", "Convoqués"))
    made.resize(600, made.height())
    made.show()
    return made


def test_each_row_of_a_table_is_one_sentence_for_screen_readers(table: FigureTable) -> None:
    said = [
        table.figures.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(table.figures.rowCount())
    ]
    assert said == ["Dépôt, Convoqués 34", "Remise, Convoqués 28"]


def test_a_short_title_is_told_in_full(table: FigureTable) -> None:
    across = Qt.Orientation.Horizontal
    assert table.figures.headerData(1, across) == "Conv."
    assert table.figures.headerData(1, across, Qt.ItemDataRole.AccessibleTextRole) == "Convoqués"


def test_ctrl_c_copies_the_whole_table_as_spreadsheets_take_it(table: FigureTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Motif\tConvoqués\nDépôt\t34\nRemise\t28"


def test_tab_enters_a_table_on_a_row_and_leaves_it(table: FigureTable, qtbot: QtBot) -> None:
    table.activateWindow()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is table)
    assert table.currentIndex().row() == 0
    assert not table.tabKeyNavigation()


@pytest.mark.parametrize("width", [1400, 740, 320])
@pytest.mark.parametrize("scale", [100, 200])
def test_every_figure_of_a_table_is_in_sight_without_scrolling_sideways(
    theme: Theme, qtbot: QtBot, width: int, scale: int
) -> None:
    theme.choose(Choice.LIGHT, scale)
    made = FigureTable(theme, "Comparaison")
    qtbot.addWidget(made)
    rows = (
        (LONG, "12", "1024", "+1012 (+8433 %)"),
        *((f"Figure {n}", "100 %", "4 %", "−95,8 points") for n in range(4)),
    )
    made.show_figures(("Chiffre", "Avant", "Maintenant", "Écart"), rows)
    made.set_room(4000)
    made.resize(width, made.height())
    made.show()
    room, columns = made.viewport().width(), range(made.figures.columnCount())
    assert sum(map(made.columnWidth, columns)) <= room
    assert made.horizontalScrollBar().maximum() == 0
    assert made.verticalScrollBar().maximum() == 0, "each row is as high as its lines"
    for row, column in product(range(len(rows)), columns):
        index = made.figures.index(row, column)
        flags = Qt.TextFlag.TextWordWrap
        inside = QRect(0, 0, made.columnWidth(column), 10_000)
        needed = made.fontMetrics().boundingRect(inside, flags, str(index.data()))
        assert needed.width() <= made.columnWidth(column)
        assert needed.height() <= made.rowHeight(row)
    told = "\n".join(str(made.figures.index(row, column).data()) for row in range(len(rows)) for column in columns)
    assert all(cell.replace(" ", "\u00a0") in told.replace(" ", "\u00a0") for row in rows for cell in row)


def test_a_table_in_a_narrow_place_names_each_figure_and_keeps_its_row(table: FigureTable) -> None:
    table.setCurrentIndex(table.figures.index(1, 0))
    table.resize(120, table.height())
    assert table.figures.index(1, 0).data() == "Remise\nConvoqués\u00a028"
    assert table.currentIndex().row() == 1
    assert table.figures.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Remise, Convoqués 28"
    assert table.text() == "Motif\tConvoqués\nDépôt\t34\nRemise\t28"
    table.resize(600, table.height())
    assert table.figures.index(1, 0).data() == "Remise"
    assert table.currentIndex().row() == 1


def test_a_table_is_no_higher_than_the_page_that_shows_it(theme: Theme, qtbot: QtBot) -> None:
    made = FigureTable(theme, "Comparaison")
    qtbot.addWidget(made)
    made.show_figures(("Chiffre", "Avant"), [(f"Figure {n}", "1") for n in range(40)])
    made.set_room(200)
    assert made.height() == 200


def test_the_row_where_the_keyboard_is_has_one_colour_and_none_has_it_once_left(
    table: FigureTable, theme: Theme, qtbot: QtBot
) -> None:
    """A style veils the cell where the keyboard is, and its words with it."""
    table.activateWindow()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is table)
    QTest.keyClick(table, Qt.Key.Key_Down)
    picture = table.viewport().grab().toImage()
    row = table.visualRect(table.figures.index(1, 0))
    assert {picture.pixelColor(400, y).name() for y in range(row.top(), row.bottom())} == {
        theme.color("selection").name()
    }
    assert table.selectionModel().isRowSelected(1)
    table.clearFocus()
    assert not table.selectionModel().hasSelection()
