"""Dialogs: first focus set, Escape closes, focus returns; Ctrl+K finds by words; a reason is asked in one key."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.config import LONGEST_LINE
from counter_app.domain.handover_draft import NOTHING_DONE, Collector, HandoverDraft
from counter_app.ui.screens.fields_box import Asked, FieldsBox
from counter_app.ui.screens.handover.questions import KINDS, CollectorBox
from counter_app.ui.screens.reception.line_box import LINES, LineBox
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.choice_box import ChoiceBox
from counter_app.ui.widgets.dialog import Dialog, Questions
from counter_app.ui.widgets.form import FieldMessage
from counter_app.ui.widgets.help_pane import HelpPane
from counter_app.ui.widgets.palette import Command, CommandPalette, folded
from counter_app.ui.widgets.reason import Reason, ReasonBox
from counter_app.usecases.typed import LONGEST_TOLD
from counter_app.wording.catalogue import Words
from counter_app.wording.help import help_page
from tests.ui.keys import person_types

REASONS = ("Retard des transports", "Personne prioritaire", "Erreur de notre service", "Accord du responsable")


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> QWidget:
    made = QWidget()
    made.setWindowTitle("Guichet")
    line = QLineEdit()
    QVBoxLayout(made).addWidget(line)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    line.setFocus()
    QApplication.processEvents()
    return made


def opener(window: QWidget) -> QLineEdit:
    found = window.findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def test_the_focus_returns_to_whoever_opened_the_dialog(window: QWidget, theme: Theme) -> None:
    dialog = Dialog(theme, "Motif", window)
    inside = QLineEdit()
    QVBoxLayout(dialog).addWidget(inside)
    dialog.open()
    inside.setFocus()
    QTest.keyClick(inside, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert QApplication.focusWidget() is opener(window)


def test_a_dialog_is_named_by_its_title(window: QWidget, theme: Theme) -> None:
    dialog = Dialog(theme, "Motif", window)
    assert (dialog.windowTitle(), dialog.accessibleName(), dialog.isModal()) == ("Motif", "Motif", True)


def test_a_title_that_names_somebody_is_read_in_the_dialog_and_not_on_the_bars_of_the_system(
    window: QWidget, theme: Theme
) -> None:
    window.setWindowTitle("Guichet")
    dialog = Dialog(theme, "Suspendre la remise : SOW Aïssata", window)
    dialog.ask((QLineEdit(),), ())
    dialog.name_within()
    dialog.open()
    assert (dialog.windowTitle(), dialog.accessibleName()) == ("Guichet", "Suspendre la remise : SOW Aïssata")
    assert [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()] == [dialog.accessibleName()]


def test_a_dialog_is_never_wider_than_the_window_it_asks_about(window: QWidget, theme: Theme) -> None:
    window.resize(500, 400)
    dialog = Dialog(theme, "Motif", window)
    dialog.ask((QLineEdit(),), ())
    dialog.setMinimumWidth(1040)
    dialog.open()
    assert dialog.width() == 500


def test_closing_by_the_cross_is_escape(window: QWidget, theme: Theme) -> None:
    dialog = Dialog(theme, "Motif", window)
    dialog.open()
    dialog.close()
    assert dialog.result() == 0
    assert not dialog.isVisible()


class Done:
    """Which commands ran."""

    def __init__(self) -> None:
        self.ran: list[str] = []

    def command(self, title: str, key: str = "") -> Command:
        return Command(title, key, lambda: self.ran.append(title))


@pytest.fixture
def done() -> Done:
    return Done()


@pytest.fixture
def palette(window: QWidget, theme: Theme, words: Words, done: Done) -> CommandPalette:
    commands = [
        done.command("Accueil", "F2"),
        done.command("Réglages"),
        done.command("Réimprimer le dernier papier", "F9"),
        done.command("Importer l’état du jour"),
    ]
    made = CommandPalette(theme, words, commands, window)
    made.open()
    return made


def found(palette: CommandPalette) -> list[str]:
    return [palette.list.item(place).text() for place in range(palette.list.count())]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("regl", ["Réglages"]),
        ("RÉ", ["Réglages", "Réimprimer le dernier papier"]),
        ("papier rei", ["Réimprimer le dernier papier"]),
        ("f9", ["Réimprimer le dernier papier"]),
        ("etat", ["Importer l’état du jour"]),
        ("l'etat", ["Importer l’état du jour"]),
        ("zzz", []),
    ],
)
def test_the_palette_ignores_accents_case_and_order(palette: CommandPalette, typed: str, titles: list[str]) -> None:
    palette.line.setText(typed)
    assert found(palette) == titles


def test_enter_runs_the_current_command_after_closing(palette: CommandPalette, done: Done) -> None:
    person_types(palette.line, "re")
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert done.ran == ["Réimprimer le dernier papier"]
    assert not palette.isVisible()


def test_arrows_go_round_the_list(palette: CommandPalette) -> None:
    QTest.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.list.currentRow() == 3
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.list.currentRow() == 0


def test_when_nothing_matches_enter_does_nothing_and_it_is_said(palette: CommandPalette, done: Done) -> None:
    palette.line.setText("zzz")
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert done.ran == []
    assert palette.isVisible()
    assert any("Rien ne correspond" in label.text() for label in palette.findChildren(QLabel) if label.isVisible())


def test_folding_keeps_letters_of_every_script() -> None:
    assert folded("Éric Öz Олена") == "eric oz олена"


def box(window: QWidget, theme: Theme, words: Words, supervisor: bool = False) -> tuple[ReasonBox, list[Reason]]:
    made, answers = ReasonBox(theme, words, "Enregistrer quand même", REASONS, window, supervisor), list[Reason]()
    made.answered.connect(answers.append)
    made.open()
    made.activateWindow()
    QApplication.processEvents()
    return made, answers


@pytest.mark.parametrize(
    ("key", "reason"), [("2", REASONS[1]), ("é", REASONS[1]), ("'", REASONS[3]), ("1", REASONS[0])]
)
def test_one_key_chooses_a_ready_reason_shifted_or_not(
    window: QWidget, theme: Theme, words: Words, key: str, reason: str
) -> None:
    made, answers = box(window, theme, words)
    person_types(made.ready.first(), key + "\r")
    assert answers == [Reason(reason)]


def test_a_free_reason_replaces_a_ready_one(window: QWidget, theme: Theme, words: Words) -> None:
    made, answers = box(window, theme, words)
    person_types(made.ready.first(), "1")
    person_types(made.free, "la liste\r")
    assert answers == [Reason("la liste")]


def test_a_ready_reason_replaces_a_free_one(window: QWidget, theme: Theme, words: Words) -> None:
    made, answers = box(window, theme, words)
    person_types(made.free, "la liste")
    person_types(made.ready.first(), "1")
    assert made.free.text() == ""
    person_types(made.ready.first(), "\r")
    assert answers == [Reason(REASONS[0])]


def test_what_was_typed_for_one_case_is_not_said_of_another(window: QWidget, theme: Theme, words: Words) -> None:
    made = FieldsBox(theme, words, "Bordereau", [Asked("reason", "Motif"), Asked("tracking", "Suivi")], window)
    made.ask_for(["reason"])
    made.line("reason").setText("erreur de fabrication")
    made.ask_for(["tracking"])
    made.ask_for(["reason"])
    assert made.line("reason").text() == ""


def test_who_collects_is_named_again_when_it_is_somebody_else(window: QWidget, theme: Theme, words: Words) -> None:
    draft = replace(NOTHING_DONE, collector=Collector.PROXY, collector_name="BA Awa", collector_relation="sœur")
    made, answers = CollectorBox(theme, words, draft, Collector.PROXY, window), list[HandoverDraft]()
    made.answered.connect(answers.append)
    made.open()
    assert (made.name.text(), made.relation.text()) == ("BA Awa", "sœur")
    made.kind.choose(KINDS.index(Collector.GUARDIAN))
    assert (made.name.text(), made.relation.text()) == ("", "")
    person_types(made.name, "\r")
    assert answers == []
    made.reject()


@pytest.mark.parametrize("field", ["free", "supervisor"])
def test_a_text_that_is_too_long_stays_and_how_many_signs_are_too_many_is_said(
    window: QWidget, theme: Theme, words: Words, field: str
) -> None:
    made, answers = box(window, theme, words, supervisor=True)
    made.free.setText("la liste")
    made.supervisor.setText("Mme Leroy")
    line: QLineEdit = getattr(made, field)
    line.setText("x" * (LONGEST_TOLD + 20))
    person_types(line, "\r")
    assert (answers, made.isVisible(), len(line.text())) == ([], True, LONGEST_TOLD + 20)
    assert line.hasFocus()
    told = [label.text().replace("\u00a0", " ") for label in made.findChildren(QLabel) if label.isVisible()]
    assert "Ce texte a 520 signes, 20 de trop : 500 au plus." in told
    line.setText("x" * LONGEST_TOLD)
    person_types(line, "\r")
    assert len(answers) == 1


def test_a_sign_that_nobody_sees_is_told_and_the_text_stays(window: QWidget, theme: Theme, words: Words) -> None:
    made, answers = box(window, theme, words)
    made.free.setText("accord\u202e du chef")
    person_types(made.free, "\r")
    assert answers == []
    assert any("U+202E" in label.text() for label in made.findChildren(QLabel) if label.isVisible())


def test_fields_of_a_question_hold_what_the_journal_keeps(window: QWidget, theme: Theme, words: Words) -> None:
    made, answers = (
        FieldsBox(theme, words, "Bordereau", [Asked("reason", "Motif"), Asked("to", "À")], window),
        list[dict[str, str]](),
    )
    made.answered.connect(answers.append)
    made.open()
    made.line("reason").setText("ok")
    made.line("to").setText("x" * (LONGEST_TOLD + 1))
    person_types(made.line("to"), "\r")
    assert answers == []
    assert "1 de trop" in made.rows["to"].message.text
    assert len(made.line("to").text()) == LONGEST_TOLD + 1


def test_an_instruction_is_as_long_as_by_command_and_a_name_shorter(
    window: QWidget, theme: Theme, words: Words
) -> None:
    for kind, most in (("instruction", LONGEST_TOLD), ("provisional", LONGEST_LINE)):
        made, answers = LineBox(theme, words, LINES[kind], window), list[str]()
        made.answered.connect(answers.append)
        made.open()
        made.line.setText("x" * (most + 1))
        person_types(made.line, "\r")
        assert (answers, len(made.line.text())) == ([], most + 1)
        made.line.setText("x" * most)
        person_types(made.line, "\r")
        assert answers == ["x" * most]


def test_without_a_reason_the_box_stays_and_says_what_lacks(window: QWidget, theme: Theme, words: Words) -> None:
    made, answers = box(window, theme, words)
    person_types(made.free, " \r")
    assert answers == []
    assert made.isVisible()
    assert any(label.text() == "Choisissez un motif" for label in made.findChildren(QLabel) if label.isVisible())
    assert made.ready.first().hasFocus()


def test_an_approval_needs_the_name_of_who_agrees(window: QWidget, theme: Theme, words: Words) -> None:
    made, answers = box(window, theme, words, supervisor=True)
    person_types(made.ready.first(), "4\r")
    assert answers == []
    assert made.supervisor.hasFocus()
    person_types(made.supervisor, "Mme Roux\r")
    assert answers == [Reason(REASONS[3], "Mme Roux")]


def test_without_approval_no_name_is_asked(window: QWidget, theme: Theme, words: Words) -> None:
    made, _ = box(window, theme, words)
    assert not made.supervisor.isVisible()


def test_help_shows_meaning_sentence_action_and_keys(qtbot: QtBot, theme: Theme, words: Words) -> None:
    pane = HelpPane(words)
    qtbot.addWidget(pane)
    pane.show_page(help_page("C09", "fr"))
    pane.show()
    shown = [label.text() for label in pane.findChildren(QLabel) if label.text()]
    assert shown[0] == "Déjà enregistré (C09)"
    assert shown[1::2] == ["Ce que cela veut dire", "Que dire", "Que faire", "Touches"]
    assert "“You are already checked in, you may sit down.”" in shown[4]


def test_help_closes_with_escape_or_its_button(qtbot: QtBot, theme: Theme, words: Words) -> None:
    pane = HelpPane(words)
    qtbot.addWidget(pane)
    pane.show_page(help_page("screen.accueil", "fr"))
    closed: list[bool] = []
    pane.closed.connect(lambda: closed.append(True))
    QTest.keyClick(pane, Qt.Key.Key_Escape)
    pane.close_button.click()
    assert closed == [True, True]


@pytest.mark.parametrize("height", [768, 300])
@pytest.mark.parametrize("choosing", [False, True])
def test_what_lacks_is_said_in_view_as_soon_as_the_answer_is_sent(
    window: QWidget, theme: Theme, words: Words, qtbot: QtBot, height: int, choosing: bool
) -> None:
    """The dialog takes the room that the message asks for; where the window has none left, it scrolls to it."""
    window.resize(1366, height)
    made: Dialog = (
        ChoiceBox(theme, words, "Comment finit la visite ?", [(one, one) for one in REASONS], window)
        if choosing
        else box(window, theme, words)[0]
    )
    made.open()
    QApplication.processEvents()
    QTest.keyClick(made, Qt.Key.Key_Return)
    message = next(one for one in made.findChildren(FieldMessage) if one.text)

    def in_view() -> bool:
        return message.isVisible() and message.visibleRegion().boundingRect().height() == message.height()

    qtbot.waitUntil(in_view)
    area = made.findChild(Questions)
    assert area is not None
    if height > 700:
        assert area.verticalScrollBar().maximum() == 0, "nothing scrolls where there is room"
    assert made.height() <= height
    made.reject()
