"""What the window owes to people who do not see it, do not use a mouse, or need larger text (WCAG 2.2 AA)."""

from itertools import product

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from counter_app.ui.theme import Choice, Theme, mark
from counter_app.ui.widgets.focus_ring import FocusRing
from counter_app.wording.catalogue import LANGUAGES, Words
from tests.ui.colour import contrast
from tests.ui.showcase import Showcase

LOOKS = list(product((Choice.LIGHT, Choice.DARK, Choice.CONTRAST), (100, 200)))


def showcase(qtbot: QtBot, theme: Theme, words: Words, choice: Choice = Choice.LIGHT, scale: int = 100) -> Showcase:
    theme.choose(choice, scale)
    window = Showcase(theme, words)
    qtbot.addWidget(window)
    window.resize(1920, 1600)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    return window


def stops(window: QWidget) -> list[QWidget]:
    """Everything that Tab can reach."""
    found = window.findChildren(QWidget)
    return [w for w in found if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisibleTo(window) and w.isEnabled()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_widget_that_takes_focus_has_a_name(qtbot: QtBot, theme: Theme, lang: str) -> None:
    window = showcase(qtbot, theme, Words("fr" if lang == "fr" else "en"))
    nameless = [type(widget).__name__ for widget in stops(window) if not spoken_name(widget)]
    assert nameless == []


def spoken_name(widget: QWidget) -> str:
    """The name that screen readers hear; the field inside a spin box speaks with the name of its box."""
    face = QAccessible.queryAccessibleInterface(widget)
    assert isinstance(face, QAccessibleInterface)
    return face.text(QAccessible.Text.Name) or widget.accessibleName()


@pytest.mark.parametrize(("choice", "scale"), LOOKS)
def test_targets_are_large_enough(qtbot: QtBot, theme: Theme, words: Words, choice: Choice, scale: int) -> None:
    window = showcase(qtbot, theme, words, choice, scale)
    small = [
        (widget.accessibleName(), widget.size())
        for widget in window.findChildren(QAbstractButton)
        if widget.isVisibleTo(window) and min(widget.width(), widget.height()) < 24
    ]
    assert small == []


@pytest.mark.parametrize(("choice", "scale"), LOOKS)
def test_no_word_is_cut(qtbot: QtBot, theme: Theme, words: Words, choice: Choice, scale: int) -> None:
    window = showcase(qtbot, theme, words, choice, scale)
    written: list[QLabel | QAbstractButton] = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    shown = [widget for widget in written if widget.isVisibleTo(window) and widget.text()]
    assert [(widget.text(), widget.size(), widget.sizeHint()) for widget in shown if is_cut(widget)] == []


def is_cut(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height() + 1
    return widget.width() < widget.sizeHint().width() or widget.height() < widget.minimumSizeHint().height()


def test_tab_goes_through_everything_once_and_comes_back(qtbot: QtBot, theme: Theme, words: Words) -> None:
    window = showcase(qtbot, theme, words)
    window.scan.line.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.scan.line)
    first = QApplication.focusWidget()
    path = [first]
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is first:
            break
        path.append(QApplication.focusWidget())
    assert QApplication.focusWidget() is first
    assert len(path) == len({id(widget) for widget in path})
    rail = [widget for widget in path if widget in window.rail.buttons.values()]
    assert len(rail) == 1
    reached = {id(widget) for widget in path}
    others = [w for w in stops(window) if id(w) not in reached and w not in window.rail.buttons.values()]
    assert [type(widget).__name__ for widget in others if widget.focusProxy() is None] == []


def test_tab_goes_down_the_page(qtbot: QtBot, theme: Theme, words: Words) -> None:
    window = showcase(qtbot, theme, words)
    window.scan.line.setFocus()
    heights: list[int] = []
    for _ in range(3):
        focused = QApplication.focusWidget()
        assert focused is not None
        heights.append(focused.mapTo(window, QPoint()).y())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert heights == sorted(heights)


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK, Choice.CONTRAST])
def test_the_focus_is_seen_around_every_control(qtbot: QtBot, theme: Theme, words: Words, choice: Choice) -> None:
    window = showcase(qtbot, theme, words, choice)
    for widget in stops(window):
        if isinstance(widget, QHeaderView):
            continue
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        ring = window.ring
        assert ring.isVisible(), widget.accessibleName()
        focused = QApplication.focusWidget()
        assert focused is not None
        corner = focused.mapTo(window, QPoint())
        assert ring.geometry().contains(corner)
        assert ring.width() == focused.width() + 8
        middle = QPoint(ring.width() // 2, 1)
        seen = ring.grab().toImage().pixelColor(middle).name()
        assert seen == theme.color("focus").name()
        assert contrast(seen, theme.color("bg").name()) >= 3


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK, Choice.CONTRAST])
@pytest.mark.parametrize("role", ["field", "scan", "digits"])
def test_a_hint_inside_a_field_can_be_read(qtbot: QtBot, theme: Theme, choice: Choice, role: str) -> None:
    theme.choose(choice, 200)
    field = QLineEdit(placeholderText="n° ■■■ (facultatif)")
    mark(field, role=role)
    qtbot.addWidget(field)
    field.resize(600, field.sizeHint().height())
    seen = field.grab(field.rect().adjusted(8, 8, -8, -8)).toImage()
    inks = {seen.pixelColor(x, y).name() for x in range(seen.width()) for y in range(0, seen.height(), 3)}
    assert max(contrast(ink, theme.color("surface").name()) for ink in inks) >= 4.5


def test_the_ring_is_whole_at_the_edge_of_the_window(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QPushButton("Poste 2", window).setGeometry(0, 60, 200, 40)
    window.setFixedSize(200, 100)
    ring = FocusRing(window, theme)
    window.show()
    window.activateWindow()
    window.findChildren(QPushButton)[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(ring.isVisible)
    seen = ring.grab().toImage()
    edges = ((seen.width() // 2, seen.height() - 2), (1, seen.height() // 2), (seen.width() - 2, seen.height() // 2))
    assert window.rect().contains(ring.geometry())
    assert {seen.pixelColor(*edge).name() for edge in edges} == {theme.color("focus").name()}


@pytest.mark.parametrize("role", ["primary", "action", "tab", "rail", "status"])
def test_the_ring_is_the_only_mark_of_the_focus(qtbot: QtBot, theme: Theme, role: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    one, other = (QPushButton("Enregistrer", window) for _ in range(2))
    for place, button in enumerate((one, other)):
        mark(button, role=role)
        button.setGeometry(20, 20 + 60 * place, 200, 40)
    window.resize(240, 140)
    window.show()
    window.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    QTest.keyClick(other, Qt.Key.Key_Tab)
    assert one.hasFocus()
    assert one.grab().toImage() == other.grab().toImage()


def test_the_ring_goes_with_the_control_and_leaves_with_the_focus(qtbot: QtBot, theme: Theme, words: Words) -> None:
    window = showcase(qtbot, theme, words)
    window.scan.line.setFocus()
    before = window.ring.geometry()
    window.banner.show_notices([])
    QApplication.processEvents()
    assert window.ring.geometry() != before
    window.scan.line.clearFocus()
    assert not window.ring.isVisible()


def test_tables_do_not_trap_the_keyboard(qtbot: QtBot, theme: Theme, words: Words) -> None:
    window = showcase(qtbot, theme, words)
    assert not any(view.tabKeyNavigation() for view in window.findChildren(QAbstractItemView))


def test_mnemonics_of_a_window_are_not_used_twice(qtbot: QtBot, theme: Theme, words: Words) -> None:
    window = showcase(qtbot, theme, words)
    texts = [label.text() for label in window.findChildren(QLabel) if label.buddy()]
    texts += [button.text() for button in window.findChildren(QAbstractButton)]
    keys = [text[text.index("&") + 1].casefold() for text in texts if "&" in text.replace("&&", "")]
    assert len(keys) == len(set(keys))


def test_nothing_is_ever_disabled(qtbot: QtBot, theme: Theme, words: Words) -> None:
    window = showcase(qtbot, theme, words)
    buttons = [button for button in window.findChildren(QAbstractButton) if button.isVisibleTo(window)]
    assert [button.text() for button in buttons if not button.isEnabled()] == []


def test_a_small_window_still_shows_field_verdict_and_main_action(qtbot: QtBot, theme: Theme, words: Words) -> None:
    window = showcase(qtbot, theme, words)
    window.side.hide()
    window.rail.set_compact(True)
    QApplication.processEvents()
    window.resize(960, 540)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (960, 540)
    main = window.bar.button("record_anyway")
    assert main is not None
    assert window.panel.height() >= 540 / 4
    for widget in (window.scan.line, window.panel, main):
        assert window.rect().contains(widget.rect().translated(widget.mapTo(window, QPoint())))
