"""What the agent may do next, and the fields that say what to correct without erasing anything."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.theme import Choice, Theme
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.form import FormRow, ScanField, plain
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import VerdictAction, verdict_text
from tests.ui.keys import person_types

RECORD = VerdictAction("record_arrival", "Enregistrer l’arrivée", "Entrée")
REPRINT = VerdictAction("reprint", "Réimprimer", "F9")
PAPERS = VerdictAction("list_of_documents", "Pièces & liste", "")


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme) -> Iterator[ActionBar]:
    window = QWidget()
    made = ActionBar("Actions possibles")
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addStretch(1)
    qtbot.addWidget(window)
    window.resize(1200, 400)
    window.show()
    made.show_actions([RECORD, REPRINT, PAPERS])
    QApplication.processEvents()
    yield made


def test_the_key_is_written_inside_the_button(bar: ActionBar) -> None:
    button = bar.button("record_arrival")
    assert button is not None
    assert button.text() == "Enregistrer l’arrivée\u00a0\u00a0\u00a0Entrée"
    assert button.accessibleName() == "Enregistrer l’arrivée, Entrée"


def test_an_ampersand_is_no_mnemonic(bar: ActionBar) -> None:
    button = bar.button("list_of_documents")
    assert button is not None
    assert button.text() == "Pièces && liste"


@pytest.mark.parametrize("scale", [100, 200])
def test_actions_are_at_least_forty_four_pixels_high_and_never_disabled(
    bar: ActionBar, theme: Theme, scale: int
) -> None:
    theme.choose(Choice.LIGHT, scale)
    QApplication.processEvents()
    for slug in ("record_arrival", "reprint"):
        button = bar.button(slug)
        assert button is not None
        assert button.height() >= 44
        assert button.isEnabled()


def test_a_click_or_the_main_key_says_which_action(bar: ActionBar, qtbot: QtBot) -> None:
    done: list[str] = []
    bar.triggered.connect(done.append)
    bar.trigger_main()
    button = bar.button("reprint")
    assert button is not None
    button.click()
    assert done == ["record_arrival", "reprint"]


def test_without_actions_the_main_key_does_nothing(bar: ActionBar) -> None:
    done: list[str] = []
    bar.triggered.connect(done.append)
    bar.show_actions([])
    bar.trigger_main()
    assert done == []


def test_the_same_actions_keep_their_buttons_and_the_focus(bar: ActionBar) -> None:
    before = bar.button("reprint")
    bar.show_actions([RECORD, REPRINT, PAPERS])
    assert bar.button("reprint") is before
    bar.show_actions([RECORD])
    assert bar.button("reprint") is None


def test_tab_reaches_actions_shown_later_where_they_stand(qtbot: QtBot) -> None:
    window = QWidget()
    before, made, after = QLineEdit(), ActionBar("Actions possibles"), QLineEdit()
    column = QVBoxLayout(window)
    for one in (before, made, after):
        column.addWidget(one)
    qtbot.addWidget(window)
    made.show_actions([RECORD, REPRINT])
    made.show_actions([REPRINT, PAPERS])
    stops, following = [], before.nextInFocusChain()
    while following and following is not before:
        if following.focusPolicy() & Qt.FocusPolicy.TabFocus and following.isVisibleTo(window):
            stops.append(following)
        following = following.nextInFocusChain()
    assert stops[:3] == [made.button(REPRINT.slug), made.button(PAPERS.slug), after]


def test_buttons_go_to_the_next_line_when_the_window_is_narrow(bar: ActionBar) -> None:
    bar.window().resize(340, 400)
    QApplication.processEvents()
    first, second = bar.button("record_arrival"), bar.button("reprint")
    assert first is not None
    assert second is not None
    assert second.y() > first.y()
    assert first.width() <= bar.width()


@pytest.mark.parametrize("slug", ["already_checked_in", "unknown", "too_late", "number_legacy"])
def test_the_longest_labels_fit_at_double_size_and_forty_per_cent_longer(
    qtbot: QtBot, theme: Theme, bar: ActionBar, slug: str
) -> None:
    words = verdict_text(slug, "fr")
    theme.choose(Choice.LIGHT, 200)
    longer = [VerdictAction(a.slug, a.label + "–" * (len(a.label) * 2 // 5), a.key) for a in words.other_actions]
    bar.show_actions(longer)
    QApplication.processEvents()
    for action in longer:
        button = bar.button(action.slug)
        assert button is not None
        assert button.width() >= button.sizeHint().width()


@pytest.mark.parametrize("kind", [QLineEdit, QComboBox, QSpinBox])
def test_a_row_ties_label_name_and_description_to_its_field(
    qtbot: QtBot, theme: Theme, kind: type[QLineEdit] | type[QComboBox] | type[QSpinBox]
) -> None:
    field = kind()
    row = FormRow(theme, "&Date de validité", field, "Imprimée sur le titre")
    qtbot.addWidget(row)
    assert row.label.buddy() is field
    assert field.accessibleName() == "Date de validité"
    assert field.accessibleDescription() == "Imprimée sur le titre"


def test_a_message_says_what_to_do_keeps_the_value_and_is_said_aloud(qtbot: QtBot, theme: Theme) -> None:
    heard: list[str] = []
    field = QLineEdit("24-11-26")
    row = FormRow(theme, "&Date", field, say=lambda _widget, sentence, _assertive: heard.append(sentence))
    qtbot.addWidget(row)
    row.show()
    row.complain("Écrivez la date comme 27/3/2026")
    assert field.text() == "24-11-26"
    assert row.message.isVisible()
    assert field.property("state") == "wrong"
    assert heard == ["Date. Écrivez la date comme 27/3/2026"]
    assert field.accessibleDescription() == "Écrivez la date comme 27/3/2026"
    row.accept()
    assert not row.message.isVisible()
    assert (field.property("state"), field.accessibleDescription()) == ("", "")


def test_a_label_without_its_mnemonic_is_the_name() -> None:
    assert plain("&Scanner && saisir") == "Scanner & saisir"


@pytest.fixture
def scan(qtbot: QtBot, theme: Theme, words: Words) -> ScanField:
    made = ScanField(theme, words)
    qtbot.addWidget(made)
    made.show()
    made.line.setFocus()
    return made


def test_enter_submits_what_was_typed_without_spaces_around(scan: ScanField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(scan.submitted) as submitted:
        person_types(scan.line, " diallo \r")
    assert submitted.args == ["diallo"]


def test_typing_is_told_letter_by_letter_and_takes_the_message_away(scan: ScanField) -> None:
    typed: list[str] = []
    scan.typed.connect(typed.append)
    scan.complain("Tapez une lettre de plus")
    person_types(scan.line, "dé")
    assert typed == ["d", "dé"]
    assert scan.message.text == ""


def test_what_is_given_back_after_a_scan_is_not_typing(scan: ScanField) -> None:
    typed: list[str] = []
    scan.typed.connect(typed.append)
    scan.line.setText("dial")
    assert typed == []


def test_arrows_move_in_the_list_without_leaving_the_field(scan: ScanField) -> None:
    moves: list[int] = []
    scan.moved.connect(moves.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        QTest.keyClick(scan.line, key)
    assert moves == [1, -1, 10, -10]
    assert scan.line.hasFocus()


def test_ctrl_z_undoes_typing_first_and_the_last_act_only_in_an_empty_field(scan: ScanField) -> None:
    undone: list[bool] = []
    scan.undo_wanted.connect(lambda: undone.append(True))
    person_types(scan.line, "dia")
    QTest.keyClick(scan.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (scan.text, undone) == ("", [])
    QTest.keyClick(scan.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]


def test_making_ready_empties_the_field_and_takes_the_focus(scan: ScanField) -> None:
    scan.line.setText("diallo")
    scan.complain("Tapez une lettre de plus")
    scan.line.clearFocus()
    scan.make_ready()
    assert (scan.text, scan.message.text, scan.line.hasFocus()) == ("", "", True)
