"""Numbers grouped for the eye only; tick boxes that every theme shows; drawings of our own."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from counter_app.ui.theme import Choice, Theme
from counter_app.ui.widgets.choices import RadioChoice, TickBox
from counter_app.ui.widgets.digits import DigitsField, DigitsLabel
from counter_app.ui.widgets.where_to_read import DRAWINGS, WhereToRead
from counter_app.wording.catalogue import Words
from counter_app.wording.shipped import shipped
from tests.ui.keys import person_types


@pytest.fixture
def digits(qtbot: QtBot, theme: Theme) -> DigitsField:
    made = DigitsField(theme)
    qtbot.addWidget(made)
    made.resize(400, 48)
    made.show()
    return made


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("0123456789 .-٠٢FRAé", max_size=14))
def test_the_field_holds_exactly_what_was_typed(digits: DigitsField, typed: str) -> None:
    digits.clear()
    person_types(digits, typed)
    assert digits.text() == typed


def test_gaps_are_drawn_after_the_second_fourth_and_seventh_digit(digits: DigitsField) -> None:
    digits.setText("20080065")
    grouped = digits.grab().toImage()
    digits.setText("A0080065")
    assert digits.text() == "A0080065"
    assert right_edge(grouped) > right_edge(digits.grab().toImage()) + 10


def right_edge(image: object) -> int:
    from PySide6.QtGui import QImage

    assert isinstance(image, QImage)
    back = image.pixelColor(6, 24)
    columns = range(image.width() - 8, 8, -1)
    return next(x for x in columns if any(image.pixelColor(x, y) != back for y in range(12, 36)))


def test_copying_gives_the_digits_without_gaps(digits: DigitsField) -> None:
    digits.setText("2008006503")
    digits.selectAll()
    assert digits.selectedText() == "2008006503"


def test_an_added_digit_is_underlined_until_the_text_changes(digits: DigitsField) -> None:
    digits.setText("2008006503")
    before = digits.grab().toImage()
    digits.underline(2)
    assert digits.grab().toImage() != before
    person_types(digits, "\b"[:0])
    digits.underline(None)
    assert digits.grab().toImage() == before


def test_a_proposal_shows_the_added_digit_and_says_its_place(qtbot: QtBot, theme: Theme, words: Words) -> None:
    label = DigitsLabel(theme, words)
    qtbot.addWidget(label)
    label.show_number("2008006503", 2)
    assert "<u>0</u>" in label.text()
    assert label.accessibleName() == "2 0 0 8 0 0 6 5 0 3, zéro ajouté en position 3"
    label.show_number("2008006503")
    assert "<u>" not in label.text()


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK, Choice.CONTRAST])
@pytest.mark.parametrize("kind", [TickBox, RadioChoice])
def test_marks_are_seen_in_every_theme_chosen_or_not(
    qtbot: QtBot, theme: Theme, kind: type[TickBox] | type[RadioChoice], choice: Choice
) -> None:
    theme.choose(choice)
    button = kind(theme, "Sombre")
    qtbot.addWidget(button)
    button.show()
    for chosen, token in ((False, "border"), (True, "brand")):
        button.setChecked(chosen)
        image = button.grab().toImage()
        seen = {image.pixelColor(x, y).name() for x in range(22) for y in range(image.height())}
        assert theme.color(token).name() in seen


@pytest.mark.parametrize("kind", [TickBox, RadioChoice])
@pytest.mark.parametrize("scale", [100, 200])
def test_the_whole_line_of_a_choice_answers_and_grows_with_the_text(
    qtbot: QtBot, theme: Theme, kind: type[TickBox] | type[RadioChoice], scale: int
) -> None:
    theme.choose(Choice.LIGHT, scale)
    button = kind(theme, "Moins d’animations")
    qtbot.addWidget(button)
    button.show()
    QApplication.processEvents()
    assert button.height() >= 32 * (scale // 100) - 24 * (scale // 200)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(button.width() - 3, button.height() // 2))
    assert button.isChecked()


def test_the_five_documents_are_drawn_and_described(qtbot: QtBot, theme: Theme, words: Words) -> None:
    drawings = WhereToRead(theme, words)
    qtbot.addWidget(drawings)
    drawings.resize(700, 600)
    drawings.show()
    pictures = [label for label in drawings.findChildren(QLabel) if not label.pixmap().isNull()]
    assert [picture.accessibleName() for picture in pictures] == [words(f"drawings.{name}") for name in DRAWINGS]


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings_take_all_their_colours_from_the_theme(theme: Theme, name: str) -> None:
    source = shipped("drawings", f"{name}.svg").read_text("utf-8")
    assert "#" not in source
    light = theme.drawing(name, 210).toImage()
    theme.choose(Choice.DARK)
    assert theme.drawing(name, 210).toImage() != light
