"""Colours, sizes and icons of the window, all from tokens, changed live."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from counter_app.ui import tokens
from counter_app.ui.theme import SCALES, Choice, Theme, _shape, mark
from counter_app.wording.shipped import shipped
from counter_app.wording.verdicts import verdict_rows

CODE = Path(__file__).parents[2] / "counter_app"


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK, Choice.CONTRAST])
def test_each_choice_applies_its_palette_at_once(theme: Theme, qapp: QApplication, choice: Choice) -> None:
    theme.choose(choice)
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == tokens.tokens(choice)["bg"]
    assert theme.name == choice


def test_the_system_choice_is_light_when_the_system_says_nothing(theme: Theme) -> None:
    theme.choose(Choice.SYSTEM)
    assert theme.name == "light"


@pytest.mark.parametrize("scale", SCALES)
def test_text_sizes_multiply_points_everywhere(theme: Theme, qtbot: QtBot, qapp: QApplication, scale: int) -> None:
    title = QLabel("CONVOCATION VALIDE")
    mark(title, role="verdict-title")
    qtbot.addWidget(title)
    title.show()
    theme.choose(Choice.LIGHT, scale)
    assert qapp.font().pointSizeF() == pytest.approx(11 * scale / 100)
    assert title.font().pointSizeF() == pytest.approx(26 * scale / 100)


def test_a_text_size_that_is_not_on_offer_is_a_breakage(theme: Theme) -> None:
    with pytest.raises(ValueError, match="110"):
        theme.choose(Choice.LIGHT, 110)


def test_number_fields_keep_their_slashed_zero_and_size_through_themes_and_messages(theme: Theme, qtbot: QtBot) -> None:
    field = QLineEdit("2008006503")
    mark(field, role="scan")
    theme.wear_numbers(field)
    theme.changed.connect(lambda: theme.wear_numbers(field))
    qtbot.addWidget(field)
    field.show()
    theme.choose(Choice.DARK, 150)
    mark(field, state="wrong")
    assert field.font().pointSizeF() == pytest.approx(21)
    assert field.font().featureValue(QFont.Tag("zero")) == 1


def test_the_house_font_is_used_and_has_every_weight(theme: Theme, qapp: QApplication) -> None:
    assert qapp.font().families() == ["Noto Sans", "Noto Sans Arabic"]
    assert theme.font("h1", QFont.Weight.Bold).weight() == QFont.Weight.Bold


@pytest.mark.parametrize("slug", sorted(verdict_rows()))
def test_every_verdict_icon_can_be_drawn(theme: Theme, slug: str) -> None:
    row = verdict_rows()[slug]
    picture = theme.pixmap(row.icon, f"on-{row.family}", 96)
    assert (picture.width(), picture.height()) == (96 * picture.devicePixelRatio(), 96 * picture.devicePixelRatio())
    image = picture.toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(0, 96, 4) for y in range(0, 96, 4))


def test_an_icon_has_the_colour_of_its_token_in_each_theme(theme: Theme) -> None:
    for choice in (Choice.LIGHT, Choice.DARK, Choice.CONTRAST):
        theme.choose(choice)
        image = theme.pixmap("circle", "stop", 96).toImage()
        solid = [image.pixelColor(x, 48).name() for x in range(96) if image.pixelColor(x, 48).alpha() == 255]
        assert set(solid) == {theme.color("stop").name()}


def test_an_unknown_icon_is_a_breakage(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        theme.pixmap("unicorn", "text", 24)


def test_a_widget_changes_its_looks_when_its_property_does(theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton("Enregistrer")
    qtbot.addWidget(button)
    button.show()
    before = button.grab().toImage()
    mark(button, role="primary")
    assert button.grab().toImage() != before


def test_under_the_systems_own_high_contrast_our_colours_step_back() -> None:
    system = QPalette(Qt.GlobalColor.black)
    system.setColor(QPalette.ColorRole.WindowText, Qt.GlobalColor.yellow)
    colours = tokens.native_tokens(system)
    assert set(colours) == set(tokens.tokens("light"))
    assert colours["on-stop"] == colours["text"] == "#ffff00"
    assert colours["stop"] == colours["bg"]


def test_every_token_of_the_style_sheets_exists() -> None:
    for name in ("type.qss", "theme.qss"):
        used = set(re.findall(r"@([a-z][a-z0-9-]*)", shipped("qss", name).read_text("utf-8")))
        sizes = {f"{step}-pt" for step in tokens.POINTS}
        lengths = {mark for mark in used if re.fullmatch(r"px-\d+", mark)}
        assert used <= set(tokens.tokens("light")) | sizes | lengths


def test_all_themes_have_the_same_tokens() -> None:
    assert set(tokens.tokens("light")) == set(tokens.tokens("dark")) == set(tokens.tokens("contrast"))


def test_only_the_theme_sets_a_style_sheet_and_nothing_else_names_a_colour() -> None:
    for path in (CODE / "ui").rglob("*.py"):
        source = path.read_text("utf-8")
        assert "setStyleSheet" not in source or path.name == "theme.py", path
        assert not re.search(r"#[0-9A-Fa-f]{6}\b", source), path


def test_style_sheets_select_by_property_and_leave_complex_controls_alone() -> None:
    sheet = shipped("qss", "theme.qss").read_text("utf-8")
    without_comments = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    selectors = re.sub(r"\{.*?\}", "", without_comments, flags=re.DOTALL)
    assert not re.search(r"#\w|Q(Spin|Combo|Date|Check|Radio|Scroll)", selectors)


def test_the_file_of_an_icon_is_read_once_in_every_colour_and_size(theme: Theme) -> None:
    theme.pixmap("bell", "text", 16)
    read = _shape.cache_info().misses
    for size in (16, 24, 32):
        theme.pixmap("bell", "text-2", size)
    assert _shape.cache_info().misses == read
