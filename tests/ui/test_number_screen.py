"""The number screen: what an agent types or scans, what is answered, and what Enter does then."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from counter_app.seals import seal_check
from counter_app.ui.screens.number.page import NumberScreen
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.verdict_panel import State
from counter_app.ui.workbench import Workbench
from counter_app.usecases.import_list import import_list
from tests.sealed import practice_folder, sealed
from tests.ui.keys import person_types, reader_types
from tests.ui.workbenches import PEOPLE, Asked, bench_on, list_file, open_desk, scan_into

ZONE = "IRFRAX4RTBPFW467503120521<<<<<\r7307122F2906302ARG<<<<<<<<<<<0\rSPECIMEN<<NATACHA<CORINNE<<<<<"
OWN_CODE = "PGXCFHKNRTXK"


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, qapp: QApplication) -> Iterator[tuple[Workbench, Asked]]:
    office = open_desk(tmp_path)
    import_list(office.desk, list_file(tmp_path, *PEOPLE))
    with bench_on(office, theme, qapp) as bench:
        yield bench


@pytest.fixture
def screen(desk: tuple[Workbench, Asked], qtbot: QtBot) -> NumberScreen:
    bench, _asked = desk
    made = NumberScreen(bench)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activated()
    scan_into(made, bench)
    return made


def press(line: QLineEdit, key: Qt.Key = Qt.Key.Key_Return) -> None:
    QTest.keyClick(line, key)


def answered(screen: NumberScreen) -> Callable[[], bool]:
    return lambda: screen.view.panel.state is State.VERDICT


def ask(screen: NumberScreen, text: str, qtbot: QtBot) -> None:
    """Type a number as a person does, then Enter."""
    screen.fields.number.setText("")
    screen.fields.number.setFocus()
    screen.fields.number.insert(text)
    press(screen.fields.number)
    qtbot.waitUntil(answered(screen))


def actions(screen: NumberScreen) -> list[str]:
    return [action.slug for action in screen.bar.actions_shown]


def slug(screen: NumberScreen) -> str:
    verdict = screen.view.panel.verdict
    return verdict.slug if verdict else ""


def test_ten_digits_are_answered_without_enter(screen: NumberScreen, qtbot: QtBot) -> None:
    person_types(screen.fields.number, "5903120821")
    qtbot.waitUntil(answered(screen))
    assert slug(screen) == "number_ok"


def test_a_known_number_names_its_holder_and_offers_the_arrival(
    screen: NumberScreen, desk: tuple[Workbench, Asked], qtbot: QtBot
) -> None:
    ask(screen, "59 03 120 821", qtbot)
    assert [row.cells[1] for row in screen.view.people.rows()] == ["DIALLO Mariama"]
    assert "9\u00a0h\u00a030" in screen.view.people.rows()[0].cells[0]
    assert "DIALLO Mariama" in screen.view.panel.accessibleName()
    press(screen.fields.number)
    assert desk[1].screens == [("reception", "5903120821")]


def test_the_three_answers_are_told_apart(screen: NumberScreen, qtbot: QtBot) -> None:
    screen.fields.expiry.setText("13/03/2027")
    screen.fields.postcode.setText("59000")
    ask(screen, "5903120821", qtbot)
    assert slug(screen) == "number_expiry_differs"
    assert screen.view.answers.form.accessibleName() == "Forme, bonne"
    assert screen.view.answers.expiry.accessibleName() == "Date de validité, différent de la liste"
    assert screen.view.answers.postcode.accessibleName() == "Code postal, comme dans la liste"


def test_what_was_not_given_is_not_said_to_differ(screen: NumberScreen, qtbot: QtBot) -> None:
    screen.fields.postcode.setText("59000")
    ask(screen, "5903120001", qtbot)
    assert screen.view.answers.expiry.answer.text() == "non indiqué"
    assert screen.view.answers.postcode.answer.text() == "inconnu dans la liste"


def test_nine_digits_show_both_readings_with_the_added_zero_said_aloud(screen: NumberScreen, qtbot: QtBot) -> None:
    ask(screen, "208006503", qtbot)
    _read, proposed, other = screen.view.readings.numbers
    assert slug(screen) == "number_legacy"
    assert "<u>0</u>" in proposed.text()
    assert "zéro ajouté en position 3" in proposed.accessibleName()
    assert "zéro ajouté en position 1" in other.accessibleName()
    assert screen.fields.number.text() == "208006503"


def test_enter_accepts_the_proposal_and_underlines_the_zero(screen: NumberScreen, qtbot: QtBot) -> None:
    ask(screen, "208006503", qtbot)
    press(screen.fields.number)
    qtbot.waitUntil(lambda: slug(screen) == "number_ok")
    assert screen.fields.number.text() == "2008006503"


def test_down_then_enter_takes_the_other_reading(screen: NumberScreen, qtbot: QtBot) -> None:
    ask(screen, "208006503", qtbot)
    press(screen.fields.number, Qt.Key.Key_Down)
    press(screen.fields.number)
    qtbot.waitUntil(lambda: slug(screen) != "number_legacy" and answered(screen)())
    assert screen.fields.number.text() == "0208006503"


def test_a_person_whose_list_holds_nine_digits_can_have_ten_confirmed(
    screen: NumberScreen, desk: tuple[Workbench, Asked], qtbot: QtBot
) -> None:
    ask(screen, "208006503", qtbot)
    press(screen.fields.number)
    qtbot.waitUntil(lambda: "confirm" in actions(screen))
    assert actions(screen)[0] == "confirm"
    press(screen.fields.number)
    qtbot.waitUntil(lambda: "confirmé pour BENALI Karim" in screen.view.told.text and answered(screen)())
    assert "confirm" not in actions(screen)
    assert desk[1].acts


def test_a_scan_fills_the_number_and_never_presses_a_button(
    screen: NumberScreen, desk: tuple[Workbench, Asked], qtbot: QtBot
) -> None:
    ask(screen, "208006503", qtbot)
    reader_types(screen.fields.number, "5903120821\r")
    qtbot.waitUntil(lambda: slug(screen) == "number_ok")
    assert screen.fields.number.text() == "5903120821"
    assert desk[1].screens == []


def test_a_reader_in_qwerty_is_put_right(screen: NumberScreen, qtbot: QtBot) -> None:
    screen.scanned('(çà"&éàèé&')
    qtbot.waitUntil(answered(screen))
    assert screen.fields.number.text() == "5903120721"


def test_the_apps_own_codes_go_to_the_reception_desk(screen: NumberScreen, desk: tuple[Workbench, Asked]) -> None:
    screen.scanned(OWN_CODE)
    assert desk[1].screens == [("reception", OWN_CODE)]
    assert screen.view.panel.state is State.READY


def test_what_was_answered_goes_as_soon_as_something_changes(screen: NumberScreen, qtbot: QtBot) -> None:
    ask(screen, "5903120821", qtbot)
    press(screen.fields.number, Qt.Key.Key_Backspace)
    assert screen.view.panel.state is State.READY
    assert actions(screen) == ["verify"]
    assert screen.view.people.isHidden()


def test_a_date_that_cannot_be_read_says_how_to_write_it_and_stays(screen: NumberScreen) -> None:
    screen.fields.number.setText("5903120821")
    screen.fields.expiry.setText("mars 27")
    press(screen.fields.expiry)
    assert screen.fields.rows["expiry"].message.text == "Écrivez la date comme 27/3/2026"
    assert screen.fields.expiry.text() == "mars 27"
    assert screen.view.panel.state is State.READY


@pytest.mark.parametrize(("text", "read"), [("5900", 4), ("590001", 6), ("Lille", 0), ("59-000-1", 6)])
def test_a_postcode_that_cannot_be_read_says_how_many_digits(screen: NumberScreen, text: str, read: int) -> None:
    screen.fields.number.setText("5903120821")
    screen.fields.postcode.setText(text)
    press(screen.fields.postcode)
    assert screen.fields.rows["postcode"].message.text == screen.bench.words("fields.postcode", n=read)
    assert screen.fields.postcode.text() == text


def test_enter_in_an_empty_field_says_what_to_type(screen: NumberScreen) -> None:
    press(screen.fields.number)
    assert "10 chiffres" in screen.fields.rows["number"].message.text


def test_letters_show_where_the_number_is_read(screen: NumberScreen, qtbot: QtBot) -> None:
    ask(screen, "AB123CD45", qtbot)
    assert slug(screen) == "number_other_kind"
    assert actions(screen)[0] == "show_where"
    assert screen.fields.number.text() == "AB123CD45"


def test_the_verdict_has_its_own_help_page(screen: NumberScreen, qtbot: QtBot) -> None:
    assert screen.help_topic == "screen.numero"
    ask(screen, "12345", qtbot)
    assert screen.help_topic == "N03"


def test_ctrl_c_copies_the_number_in_its_normal_form(screen: NumberScreen, qtbot: QtBot) -> None:
    ask(screen, "N° 59.03-120 821", qtbot)
    QTest.keyClick(screen.fields.number, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "5903120821"
    assert "copié" in screen.view.told.text


def test_nothing_is_copied_before_there_is_a_number(screen: NumberScreen) -> None:
    QGuiApplication.clipboard().setText("avant")
    screen.fields.number.setText("12")
    QTest.keyClick(screen.fields.number, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "avant"
    assert "Aucun numéro" in screen.view.told.text


def test_a_relatives_number_is_explained(screen: NumberScreen) -> None:
    assert screen.view.relative.isHidden()
    screen.view.relative_button.click()
    assert not screen.view.relative.isHidden()


def test_escape_clears_the_number_then_leaves(screen: NumberScreen, qtbot: QtBot) -> None:
    ask(screen, "5903120821", qtbot)
    assert screen.step_back()
    assert screen.fields.number.text() == ""
    assert not screen.step_back()


def test_personal_data_can_be_covered(screen: NumberScreen, qtbot: QtBot) -> None:
    ask(screen, "5903120821", qtbot)
    screen.hide_people(True)
    assert "DIALLO" not in screen.view.panel.accessibleName()
    assert all("DIALLO" not in cell for row in screen.view.people.rows() for cell in (*row.cells, row.sentence))


def test_the_same_answer_sounds_once(screen: NumberScreen, desk: tuple[Workbench, Asked], qtbot: QtBot) -> None:
    ask(screen, "208006503", qtbot)
    press(screen.fields.number, Qt.Key.Key_Down)
    assert desk[1].sounds == ["warn"]


def test_everything_fits_a_small_window_with_large_text(screen: NumberScreen, theme: Theme, qtbot: QtBot) -> None:
    theme.choose(theme.choice, 200)
    screen.resize(880, 420)
    ask(screen, "208006503", qtbot)
    assert not screen.view.overflows()


@pytest.fixture
def trusting(desk: tuple[Workbench, Asked], screen: NumberScreen, tmp_path: Path) -> NumberScreen:
    """The screen of a training desk that was brought the TEST authority of the vectors."""
    desk[0].desk.check_seal = seal_check(practice_folder(tmp_path / "poste"))
    return screen


def scan(screen: NumberScreen, text: str, qtbot: QtBot) -> None:
    reader_types(screen.fields.number, text + "\r")
    qtbot.waitUntil(answered(screen))


def in_fields(screen: NumberScreen) -> tuple[str, str, str]:
    fields = screen.fields
    return fields.number.text(), fields.expiry.text(), fields.postcode.text()


def test_a_genuine_seal_fills_all_three_fields_and_enter_uses_them(trusting: NumberScreen, qtbot: QtBot) -> None:
    scan(trusting, sealed("syn-13-2"), qtbot)
    assert slug(trusting) == "seal_genuine"
    assert in_fields(trusting) == ("5903000001", "30/09/2026", "59000")
    assert "TESTEUR ALPHA" in trusting.view.panel.accessibleName()
    press(trusting.fields.number)
    qtbot.waitUntil(lambda: slug(trusting) == "number_ok")
    assert in_fields(trusting) == ("5903000001", "30/09/2026", "59000")


def test_a_specimen_is_closed_and_leaves_nothing(screen: NumberScreen, qtbot: QtBot) -> None:
    scan(screen, sealed("ants-13-etranger"), qtbot)
    assert (slug(screen), actions(screen)) == ("seal_specimen", ["close"])
    press(screen.fields.number)
    assert in_fields(screen) == ("", "", "")


def test_a_broken_seal_is_noted_once_and_tells_whom_to_call(
    trusting: NumberScreen, desk: tuple[Workbench, Asked], qtbot: QtBot
) -> None:
    scan(trusting, sealed("syn-13-2").replace("TESTEUR", "TESTEUX"), qtbot)
    assert slug(trusting) == "seal_broken"
    qtbot.waitUntil(lambda: desk[1].acts == [None])
    press(trusting.fields.number)
    assert "appelez le responsable" in trusting.view.told.text
    trusting.hide_people(True)
    assert desk[1].acts == [None]
    assert "TESTEUX" not in trusting.view.panel.accessibleName()


def test_an_unknown_certificate_is_to_be_verified(screen: NumberScreen, qtbot: QtBot) -> None:
    scan(screen, sealed("syn-13-2"), qtbot)
    verdict = screen.view.panel.verdict
    assert verdict is not None
    assert (verdict.family, verdict.title) == ("tech", "CACHET NON VÉRIFIÉ")
    assert actions(screen)[0] == "use_values"


def test_a_zone_proposes_its_ten_digits_and_fills_the_validity(screen: NumberScreen, qtbot: QtBot) -> None:
    scan(screen, ZONE, qtbot)
    assert in_fields(screen) == ("", "30/06/2029", "")
    assert "accept" in actions(screen)
    screen.bar.triggered.emit("accept")
    qtbot.waitUntil(lambda: slug(screen) == "number_ok")
    assert in_fields(screen) == ("7503120521", "30/06/2029", "")


def test_a_misread_zone_says_which_key_is_wrong(screen: NumberScreen, qtbot: QtBot) -> None:
    scan(screen, ZONE.replace("7307122F", "7307132F"), qtbot)
    assert slug(screen) == "unreadable_code"
    assert "clé de contrôle de la date de naissance" in screen.view.panel.accessibleName()


def test_a_paper_handed_over_by_the_reception_desk_is_read_as_if_scanned_here(
    trusting: NumberScreen, qtbot: QtBot
) -> None:
    trusting.activated(sealed("syn-13-2"))
    qtbot.waitUntil(answered(trusting))
    assert slug(trusting) == "seal_genuine"


def test_a_paper_fits_a_small_window_with_large_text(trusting: NumberScreen, theme: Theme, qtbot: QtBot) -> None:
    theme.choose(theme.choice, 200)
    trusting.resize(880, 420)
    scan(trusting, sealed("syn-13-2"), qtbot)
    assert not trusting.view.overflows()


def test_escape_leaves_a_paper_that_is_still_being_read(trusting: NumberScreen, qtbot: QtBot) -> None:
    trusting.scanned(sealed("syn-13-2"))
    assert trusting.step_back()
    qtbot.waitUntil(lambda: not trusting.bench.lanes.busy)
    assert in_fields(trusting) == ("", "", "")


@pytest.mark.parametrize("typed", ["²903000001", "①903000001"])
def test_a_stray_figure_is_answered_like_any_stray_sign(screen: NumberScreen, qtbot: QtBot, typed: str) -> None:
    ask(screen, typed, qtbot)
    assert slug(screen) == "number_other_kind"


def test_a_question_that_breaks_is_told_by_the_window_and_the_next_one_is_answered(
    screen: NumberScreen, desk: tuple[Workbench, Asked], qtbot: QtBot
) -> None:
    """Whatever broke, the screen does not go on searching for ever."""

    def no_clock() -> datetime:
        raise OSError(5, "no clock")

    clock, desk[0].office.desk.clock = desk[0].office.desk.clock, no_clock
    with qtbot.waitSignal(desk[0].lanes.broke):
        person_types(screen.fields.number, "5903120821")
    assert screen.view.panel.state is State.READY
    assert "Recherche…" not in str(screen.view.panel.said)
    assert actions(screen) == ["verify"]
    desk[0].office.desk.clock = clock
    press(screen.fields.number)
    qtbot.waitUntil(answered(screen))
    assert slug(screen) == "number_ok"


def test_the_same_person_under_another_number_is_told_with_it_covered(
    screen: NumberScreen, desk: tuple[Workbench, Asked], qtbot: QtBot, tmp_path: Path
) -> None:
    again = "DIALLO;Mariama;04/07/1991;7703120822;20/10/2026;9h30;Dépôt de dossier;;"
    namesake = "DIALLO;Mariama;05/07/1991;7703120823;20/10/2026;9h30;Dépôt de dossier;;"
    import_list(desk[0].office.desk, list_file(tmp_path, *PEOPLE, again, namesake, name="autre.csv"))
    ask(screen, "7703120822", qtbot)
    assert slug(screen) == "number_alias"
    assert "59•••••821" in screen.view.panel.accessibleName()
    assert [row.cells[0] for row in screen.view.people.rows()] == ["9\u00a0h\u00a030", "20/10 9\u00a0h\u00a030"]
    press(screen.fields.number)
    assert desk[1].screens == [("reception", "5903120821")], "today's convocation, by the number it bears"


def test_a_namesake_born_another_day_is_somebody_else(
    screen: NumberScreen, desk: tuple[Workbench, Asked], qtbot: QtBot, tmp_path: Path
) -> None:
    namesake = "DIALLO;Mariama;05/07/1991;7703120823;20/10/2026;9h30;Dépôt de dossier;;"
    import_list(desk[0].office.desk, list_file(tmp_path, *PEOPLE, namesake, name="autre.csv"))
    ask(screen, "7703120823", qtbot)
    assert slug(screen) == "number_ok"
