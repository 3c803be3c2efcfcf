"""The reception desk: what is scanned or typed, what is answered, and what each key does then."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from counter_app.domain.acts import Subject, SubjectType
from counter_app.store.journal import acts_of
from counter_app.telling.verdicts import arrival_text
from counter_app.ui.printing_desk import PrintingDesk
from counter_app.ui.screens.orient.page import OrientScreen
from counter_app.ui.screens.reception.line_box import LineBox
from counter_app.ui.screens.reception.rows import person_words
from counter_app.ui.screens.reception.state import Showing
from counter_app.ui.theme import Choice, Theme
from counter_app.ui.widgets.reason import ReasonBox
from counter_app.ui.widgets.verdict_panel import State
from counter_app.usecases.answers import Paper
from counter_app.usecases.import_list import import_list
from counter_app.usecases.undo import recent
from tests.documents.reading import words
from tests.ui.keys import READER, person_types, reader_types, type_text
from tests.ui.reception_desk import HEADINGS, NOW, PEOPLE, ReceptionDesk, make_home, reception_desk
from tests.ui.test_accessibility import is_cut, spoken_name, stops
from tests.ui.workbenches import list_file


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def made_english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("english"), "en")


@pytest.fixture
def desk(made: Path, tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[ReceptionDesk]:
    home = Path(shutil.copytree(made, tmp_path / "poste"))
    with reception_desk(home, theme, qapp, qtbot) as opened:
        yield opened


def field(desk: ReceptionDesk) -> str:
    return desk.screen.view.scan.text


def test_a_scan_shows_and_one_enter_records(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.shows("admitted")
    assert not desk.arrived("DIALLO")
    desk.enter()
    assert desk.arrived("DIALLO")
    assert desk.screen.view.panel.state is State.DONE
    desk.enter()
    assert desk.screen.state.showing is Showing.READY


def test_enter_pressed_twice_records_once_and_scolds_nobody(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    person_types(None, "\r")
    person_types(None, "\r")
    desk.quiet()
    assert desk.acts() == [("checked_in", "admitted")]
    assert desk.screen.state.recorded


def test_the_old_answer_goes_with_the_first_letters_of_the_next_scan(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    type_text(None, desk.code("PETROV")[:6], READER)
    assert desk.screen.view.panel.state is State.READING
    assert desk.screen.view.panel.verdict is None
    assert desk.actions == []


def test_enter_while_a_scan_is_being_read_does_nothing(desk: ReceptionDesk) -> None:
    at = reader_types(None, desk.code("DIALLO") + "\r")
    person_types(None, "\r", began=at + 400)
    assert field(desk) == ""
    desk.quiet()
    desk.shows("admitted")
    assert not desk.arrived("DIALLO")


def test_two_quick_scans_both_answer_and_the_second_person_is_in_front(desk: ReceptionDesk) -> None:
    said: list[str] = []
    desk.bench.told.connect(said.append)
    at = reader_types(None, desk.code("DIALLO") + "\r")
    reader_types(None, desk.code("PETROV") + "\r", began=at + 100)
    desk.quiet()
    assert desk.screen.state.answer and desk.screen.state.answer.convocation
    assert desk.screen.state.answer.convocation.name == "PETROV Ivan"
    assert said == ["Juste avant\u00a0: DIALLO Mariama · CONVOCATION VALIDE"]
    desk.enter()
    assert desk.arrived("PETROV")
    assert not desk.arrived("DIALLO")


def test_a_scan_of_letters_opens_nobody_it_shows_whom_they_can_mean(desk: ReceptionDesk) -> None:
    """A reader does not choose a person: the row waits, Enter opens it, another one records."""
    desk.scan("Petrov")
    assert desk.screen.state.showing is Showing.READY
    assert desk.screen.field.text() == "Petrov"
    assert desk.screen.view.table.current_id() == desk.people("PETROV")[0].id
    desk.enter()
    desk.shows("admitted")
    assert not desk.arrived("PETROV")
    desk.enter()
    assert desk.arrived("PETROV")


@pytest.mark.parametrize("read", ["PARTAGE", "keita awa"])
def test_a_scan_of_a_name_that_several_bear_asks_which_one(desk: ReceptionDesk, read: str) -> None:
    desk.scan(read)
    desk.shows("several_matches")
    assert len(desk.screen.view.table.rows()) == 2
    assert desk.screen.view.table.current_id() == ""
    desk.enter()
    desk.enter()
    assert desk.acts() == []
    desk.shows("several_matches")
    desk.press(Qt.Key.Key_Down)
    desk.enter()
    desk.shows("admitted")


@pytest.mark.parametrize("by_reader", [True, False])
def test_a_name_that_nobody_bears_so_is_never_opened_by_enter_alone(desk: ReceptionDesk, by_reader: bool) -> None:
    """« petrof » is somebody else until a person says otherwise with an arrow."""
    desk.scan("petrof") if by_reader else desk.types("petrof")
    desk.quiet()
    assert [hit.reason for hit in desk.screen.state.hits] == ["typo"]
    for _ in range(3):
        desk.enter()
        assert desk.screen.state.showing is Showing.READY
        assert desk.screen.view.table.current_id() == ""
    assert "petrof" in desk.screen.view.scan.message.text
    assert desk.acts() == []
    desk.press(Qt.Key.Key_Down)
    assert desk.screen.view.table.current_id() == desk.people("PETROV")[0].id
    desk.enter()
    desk.shows("admitted")


def test_an_arrow_and_enter_before_a_doubtful_search_has_answered_open_the_first_row(desk: ReceptionDesk) -> None:
    desk.types("petrof")
    QTest.keyClick(desk.screen.field, Qt.Key.Key_Down)
    desk.quiet()
    assert desk.screen.view.table.current_id() == desk.people("PETROV")[0].id


def test_enter_before_a_doubtful_search_has_answered_opens_nobody(desk: ReceptionDesk) -> None:
    person_types(None, "petrof\r")
    desk.quiet()
    assert desk.screen.state.showing is Showing.READY
    assert "petrof" in desk.screen.view.scan.message.text


def test_a_scan_of_letters_that_mean_nobody_is_unreadable(desk: ReceptionDesk) -> None:
    desk.scan("ZZZZZZZ")
    desk.shows("unreadable_code")


def test_the_same_code_scanned_twice_keeps_its_answer(desk: ReceptionDesk) -> None:
    at = reader_types(None, desk.code("DIALLO") + "\r")
    desk.quiet()
    at = reader_types(None, desk.code("DIALLO") + "\r", began=at + 700)
    desk.quiet()
    desk.shows("admitted")
    person_types(None, "\r", began=at + 400)
    desk.quiet()
    reader_types(None, desk.code("DIALLO") + "\r", began=at + 800)
    desk.quiet()
    assert desk.screen.state.recorded
    assert desk.acts() == [("checked_in", "admitted")]


def test_an_arrival_whose_answer_comes_late_is_recorded_printed_and_not_shown(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    person_types(None, "\r")
    reader_types(None, desk.code("PETROV") + "\r")
    desk.quiet()
    assert desk.arrived("DIALLO")
    desk.shows("admitted")
    assert "PETROV" in desk.screen.view.panel.accessibleName()
    desk.qtbot.waitUntil(lambda: len(list(desk.office.home.papers.glob("T-*.pdf"))) == 1)


def test_a_scan_leaves_the_search_that_was_under_way(desk: ReceptionDesk) -> None:
    person_types(None, "keita\r")
    desk.scan(desk.code("DIALLO"))
    desk.shows("admitted")
    assert field(desk) == ""


def test_a_scan_while_a_button_has_the_focus_presses_nothing(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    button = desk.screen.view.offers.button("record_arrival")
    assert button
    button.setFocus()
    desk.scan(desk.code("PETROV"))
    desk.shows("admitted")
    assert desk.acts() == []


def test_what_is_typed_on_the_list_goes_to_the_field(desk: ReceptionDesk) -> None:
    desk.screen.view.table.setFocus()
    desk.types("dia")
    desk.quiet()
    assert field(desk) == "dia"
    assert desk.screen.field.hasFocus()


def test_a_scan_while_a_question_is_open_is_not_taken(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("TARDIF"))
    desk.enter()
    box = desk.dialog(ReasonBox)
    reader_types(None, desk.code("DIALLO") + "\r")
    assert box.isVisible()
    assert desk.asked.sounds[-1] == "tick"
    assert desk.window.message.text().startswith("Une fenêtre est ouverte")
    box.reject()
    desk.answered()
    desk.shows("too_late")
    assert desk.window.message.text() == ""


def test_three_letters_and_two_enters_record_an_arrival(desk: ReceptionDesk) -> None:
    """Five keys; the budget is seven."""
    desk.types("pet")
    desk.enter()
    desk.shows("admitted")
    desk.enter()
    assert desk.arrived("PETROV")


def test_enter_before_the_search_has_answered_opens_the_first_row_when_it_has(desk: ReceptionDesk) -> None:
    person_types(None, "pet\r")
    desk.quiet()
    desk.shows("admitted")


def hold_enter(desk: ReceptionDesk, keys: int = 20) -> None:
    """A press, then what the window system repeats every 33 ms until the key comes up; everything is answered."""
    at = person_types(None, "\r")
    for repeat in range(keys):
        at = type_text(None, "\r", 0, at + 33, repeated=True)
        if repeat % 5 == 0:
            desk.quiet()
    desk.quiet()


def test_enter_held_down_opens_and_records_nobody(desk: ReceptionDesk) -> None:
    desk.types("pet")
    hold_enter(desk)
    desk.shows("admitted")
    assert not desk.arrived("PETROV")
    desk.enter()
    assert desk.arrived("PETROV")


def test_enter_held_down_on_an_answer_records_once_and_goes_no_further(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("PETROV"))
    hold_enter(desk)
    assert desk.arrived("PETROV")
    assert desk.screen.state.recorded


def test_enter_held_down_on_a_button_or_a_row_does_it_once(desk: ReceptionDesk) -> None:
    desk.screen.view.table.setFocus()
    desk.screen.view.table.choose(0)
    hold_enter(desk)
    assert desk.screen.state.showing is Showing.ANSWER
    assert desk.acts() == []


def test_last_digits_and_an_hour_find_people_too(desk: ReceptionDesk) -> None:
    for typed, found in (("0821", "DIALLO Mariama"), ("15h", "SOIR Hugo")):
        desk.types(typed)
        desk.quiet()
        assert [hit.convocation.name for hit in desk.screen.state.hits] == [found]
        desk.press(Qt.Key.Key_Escape)


def test_the_first_row_is_chosen_again_with_each_letter(desk: ReceptionDesk) -> None:
    desk.types("t")
    desk.types("a")
    desk.quiet()
    desk.types("r")
    desk.quiet()
    assert desk.screen.view.table.currentIndex().row() == 0
    assert desk.screen.state.hits[0].convocation.name == "TARDIF Théo"


def test_a_cancelled_appointment_says_which_list_told_it(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("PARTI"))
    verdict = desk.screen.view.panel.verdict
    assert verdict is not None
    assert verdict.detail.startswith("Annulée d’après la liste du 2")


def test_the_first_letters_of_a_scan_move_nothing(desk: ReceptionDesk) -> None:
    day = desk.screen.view.table.rows()
    desk.types("7")
    desk.types("70")
    assert desk.screen.view.table.rows() == day
    assert desk.screen.view.tabs.isVisible()
    desk.quiet()


def test_enter_does_not_choose_between_two_people_of_one_name(desk: ReceptionDesk) -> None:
    desk.types("keita")
    desk.enter()
    desk.shows("several_matches")
    assert desk.screen.view.table.current_id() == ""
    desk.enter()
    desk.shows("several_matches")
    assert desk.screen.view.table.hasFocus()
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    desk.shows("admitted")
    desk.enter()
    assert (desk.arrived("KEITA", 0), desk.arrived("KEITA", 1)) == (False, True)


def test_enter_among_homonyms_of_whom_nobody_is_chosen_says_how_to_choose(desk: ReceptionDesk) -> None:
    """Nobody is chosen for the agent, and no key is silent."""
    desk.types("keita")
    desk.enter()
    desk.shows("several_matches")
    scan, table = desk.screen.view.scan, desk.screen.view.table
    assert (table.current_id(), scan.message.text) == ("", "")
    for _ in range(2):
        scan.accept()
        desk.enter()
        assert table.hasFocus()
        assert (table.current_id(), scan.message.text) == ("", desk.bench.words("fields.choose_first"))
    desk.press(Qt.Key.Key_Down)
    assert (table.current_id() != "", scan.message.text) == (True, "")
    desk.press(Qt.Key.Key_Return)
    desk.shows("admitted")


def test_an_arrow_chooses_between_homonyms_without_leaving_the_field(desk: ReceptionDesk) -> None:
    """« kei », ↓, Entrée, Entrée: six keys."""
    desk.types("kei")
    desk.press(Qt.Key.Key_Down)
    desk.enter()
    desk.shows("admitted")
    desk.enter()
    assert (desk.arrived("KEITA", 0), desk.arrived("KEITA", 1)) == (False, True)


def test_an_arrow_pressed_before_the_search_answered_counts_when_it_has(desk: ReceptionDesk) -> None:
    person_types(None, "kei")
    QTest.keyClick(desk.screen.field, Qt.Key.Key_Down)
    person_types(None, "\r")
    desk.quiet()
    desk.enter()
    assert (desk.arrived("KEITA", 0), desk.arrived("KEITA", 1)) == (False, True)


def test_an_expected_person_is_opened_from_the_list_of_the_day(desk: ReceptionDesk) -> None:
    desk.press(Qt.Key.Key_Down)
    chosen = desk.screen.view.table.current_id()
    desk.enter()
    assert desk.screen.state.answer and desk.screen.state.answer.convocation
    assert desk.screen.state.answer.convocation.id == chosen


def test_two_people_under_one_number_have_to_be_told_apart(desk: ReceptionDesk) -> None:
    desk.scan("5944444444")
    desk.shows("several_matches")
    assert "2 PERSONNES POSSIBLES" in desk.said[-1]
    desk.press(Qt.Key.Key_Down)
    desk.enter()
    desk.shows("admitted")


@pytest.mark.parametrize(
    ("name", "slug", "main"),
    [
        ("DIALLO", "admitted", "record_arrival"),
        ("MATIN", "early", "record_arrival"),
        ("LENTE", "late", "record_anyway"),
        ("TARDIF", "too_late", "ask_approval"),
        ("SOIR", "too_early", "print_reminder"),
        ("DEMAIN", "other_day", "print_reminder"),
        ("HIER", "missed", "print_slip"),
        ("PARTI", "cancelled", "rebook"),
        ("FERMÉ", "cancelled_by_office", "print_slip"),
        ("DÉPLACÉ", "replaced", "open_new"),
        ("AILLEURS", "other_site", "print_map"),
        ("EXPIRÉ", "expired", "record_arrival"),
        ("MINEUR", "minor_needs_guardian", "guardian_present"),
    ],
)
def test_each_person_has_an_answer_and_one_next_action(desk: ReceptionDesk, name: str, slug: str, main: str) -> None:
    desk.scan(desk.code(name))
    desk.shows(slug)
    assert desk.actions[0] == main
    assert desk.said[-1] == desk.screen.view.panel.accessibleName()
    assert len(desk.said) == 1
    assert len(desk.asked.sounds) == 1


def slips(desk: ReceptionDesk) -> list[str]:
    """Motives of the slips given, newest first."""
    given = [line.subject_id for line in recent(desk.office.desk) if line.kind == "oriented"]
    with desk.office.desk.looking() as connection:
        acts = [acts_of(connection, Subject(SubjectType.ORIENTATION, one))[0] for one in given]
    return [str(act.details["motive"]) for act in acts]


@pytest.mark.parametrize(
    ("name", "motive"),
    [("PARTI", "new_appointment"), ("FERMÉ", "cancelled_appointment"), ("HIER", "new_appointment")],
)
def test_one_enter_gives_the_slip_that_says_where_a_new_appointment_is_asked_for(
    desk: ReceptionDesk, name: str, motive: str
) -> None:
    desk.scan(desk.code(name))
    desk.enter()
    assert slips(desk) == [motive]
    assert desk.screen.state.showing is Showing.READY


@pytest.mark.parametrize("name", ["LENTE", "TARDIF", "MINEUR"])
def test_somebody_late_may_be_given_the_slip_of_a_new_appointment_instead(desk: ReceptionDesk, name: str) -> None:
    desk.scan(desk.code(name))
    assert "rebook" in desk.actions
    desk.screen.view.offers.triggered.emit("rebook")
    desk.quiet()
    assert not desk.arrived(name)
    assert slips(desk) == ["new_appointment"]


def test_somebody_expected_elsewhere_leaves_with_the_address(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("AILLEURS"))
    desk.enter()
    desk.qtbot.waitUntil(lambda: len(desk.asked.pages) == 1)
    (page,) = desk.asked.pages
    assert isinstance(page, Paper)
    said = words(page.pdf)
    assert "Vous êtes attendu le mardi 24 novembre 2026 à 9 h 30 à cette adresse" in said
    assert said.count("27, rue Thiers, 59140 Dunkerque") == 3, "large, in French, and in the second language"


@pytest.mark.parametrize(
    ("name", "motive"),
    [("PARTI", "Nouveau rendez-vous"), ("FERMÉ", "Rendez-vous annulé, convocation attendue"), ("AILLEURS", "")],
)
def test_f7_takes_to_the_slips_what_somebody_who_is_sent_on_asks_for(
    desk: ReceptionDesk, name: str, motive: str
) -> None:
    desk.scan(desk.code(name))
    desk.press(Qt.Key.Key_F7)
    desk.quiet_lanes()
    orient = desk.window.front
    assert isinstance(orient, OrientScreen)
    assert orient.fields.motive.text() == motive


def test_the_button_of_the_slips_leaves_no_answer_behind(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("PARTI"))
    reception = desk.screen
    desk.screen.view.offers.triggered.emit("orient")
    desk.quiet_lanes()
    assert reception.state.showing is Showing.READY
    assert desk.window.front.name == "orient"


def test_somebody_who_is_sent_on_may_leave_without_a_slip(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("PARTI"))
    assert desk.actions[-1] == "close"
    desk.press(Qt.Key.Key_Escape)
    assert desk.screen.state.showing is Showing.READY


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("770804321", "number_legacy"),
        ("12345678901", "number_length"),
        ("5999999999", "unknown"),
        ("PGCBBBBBBBBB", "unreadable_code"),
        ("DUPONT2020XY", "number_other_kind"),
        ("<<<>>>???", "unreadable_code"),
        ("9100000001234567", "number_other_kind"),
    ],
)
def test_a_scan_of_nobody_is_answered_too(desk: ReceptionDesk, text: str, slug: str) -> None:
    desk.scan(text)
    desk.shows(slug)


def test_a_late_person_is_recorded_by_enter(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("LENTE"))
    desk.enter()
    assert desk.acts()[0] == ("checked_in", "late")


def agree(desk: ReceptionDesk, supervisor: str = "") -> None:
    """Answer the question why: the second ready reason, and who agrees."""
    box = desk.dialog(ReasonBox)
    person_types(None, "2")
    box.supervisor.setText(supervisor)
    person_types(None, "\r")
    if box.result():
        desk.answered()


@pytest.mark.parametrize("name", ["TARDIF", "DEMAIN", "PARTI", "AILLEURS"])
def test_a_supervisor_may_agree_to_receive_somebody_all_the_same(desk: ReceptionDesk, name: str) -> None:
    desk.scan(desk.code(name))
    desk.ctrl(Qt.Key.Key_Return)
    agree(desk, "Mme Roux")
    assert desk.arrived(name)
    arrival = desk.people(name)[0].arrival
    assert arrival and (arrival.reason, arrival.approved_by) == ("Retard des transports", "Mme Roux")


@pytest.mark.parametrize("name", ["SOIR", "HIER", "FERMÉ"])
def test_an_agent_may_receive_somebody_with_a_reason(desk: ReceptionDesk, name: str) -> None:
    desk.scan(desk.code(name))
    desk.ctrl(Qt.Key.Key_Return)
    agree(desk)
    assert desk.arrived(name)


def test_somebody_already_received_today_may_come_again_for_a_reason(desk: ReceptionDesk, tmp_path: Path) -> None:
    again = "REVENUE;Ida;03/03/1995;5955555551;24/11/2026;9h10;Dépôt de dossier;Rendez-vous honoré;;"
    import_list(desk.office.desk, list_file(tmp_path, *PEOPLE, again, headings=HEADINGS))
    desk.scan(desk.code("REVENUE"))
    desk.shows("already_served")
    assert desk.actions == ["close", "new_visit"]
    desk.ctrl(Qt.Key.Key_Return)
    agree(desk)
    assert desk.arrived("REVENUE")


def test_without_a_supervisors_name_nothing_is_recorded(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("TARDIF"))
    desk.enter()
    agree(desk)
    assert desk.dialog(ReasonBox).isVisible()
    assert not desk.arrived("TARDIF")
    desk.dialog(ReasonBox).reject()
    desk.answered()


def test_the_field_has_the_focus_again_after_a_question(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("TARDIF"))
    desk.enter()
    desk.dialog(ReasonBox).reject()
    desk.answered()
    assert desk.screen.field.hasFocus()


def test_an_instruction_calls_the_supervisor_whatever_is_pressed(desk: ReceptionDesk) -> None:
    from counter_app.usecases.check_in import instruct

    instruct(desk.office.desk, desk.people("DIALLO")[0].id, "Dossier à revoir")
    desk.scan(desk.code("DIALLO"))
    desk.shows("see_supervisor")
    desk.screen.deeds.run("record_arrival")
    agree(desk, "Mme Roux")
    assert desk.arrived("DIALLO")


def test_a_paper_of_somebody_else_is_noted_by_its_kind(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.ctrl(Qt.Key.Key_I)
    assert desk.dialog(ReasonBox).ready.title() == "Document présenté"
    person_types(None, "1\r")
    desk.answered()
    desk.shows("identity_mismatch")
    assert desk.acts() == [("arrival_attempted", "identity_mismatch")]
    desk.enter()
    assert not desk.arrived("DIALLO")


def test_somebody_checked_in_already_is_told_with_hour_desk_and_agent(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.enter()
    desk.scan(desk.code("DIALLO"))
    desk.shows("already_checked_in")
    told = desk.screen.view.panel.accessibleName()
    assert "9 h 20" in told.replace("\u00a0", " ")
    assert "Poste 2" in told
    assert "M. Durand" in told
    desk.enter()
    assert [kind for kind, _ in desk.acts()].count("checked_in") == 1


def test_f9_prints_the_ticket_of_the_person_on_show_not_the_last_one(desk: ReceptionDesk) -> None:
    for name in ("DIALLO", "PETROV"):
        desk.scan(desk.code(name))
        desk.enter()
    desk.scan(desk.code("DIALLO"))
    desk.press(Qt.Key.Key_F9)
    desk.qtbot.waitUntil(lambda: len(tickets(desk)) == 3)
    assert tickets(desk) == ["001-1", "001-2", "002-1"]
    desk.qtbot.waitUntil(lambda: desk.window.message.text().startswith("Réimprimé"))
    assert "exemplaire 2" in desk.window.message.text()


def tickets(desk: ReceptionDesk) -> list[str]:
    """Ordinal and copy of each ticket in the folder."""
    return sorted("-".join(path.stem.rsplit("-", 2)[1:]) for path in desk.office.home.papers.glob("T-*.pdf"))


def test_f9_with_nothing_printed_says_so(desk: ReceptionDesk) -> None:
    desk.press(Qt.Key.Key_F9)
    assert desk.window.message.text() == "Aucun papier à réimprimer sur ce poste."


def test_papers_wait_while_the_printer_cannot_take_them_and_f9_sends_them_again(
    desk: ReceptionDesk, tmp_path: Path
) -> None:
    papers = desk.office.home.papers
    papers.write_text("not a folder")
    desk.scan(desk.code("DIALLO"))
    desk.enter()
    desk.qtbot.waitUntil(lambda: len(desk.window.printing.waiting) == 1)
    assert desk.arrived("DIALLO")
    assert desk.window.message.text()
    papers.unlink()
    desk.press(Qt.Key.Key_F9)
    desk.qtbot.waitUntil(lambda: tickets(desk) == ["001-1"])
    assert desk.window.printing.waiting == []
    desk.qtbot.waitUntil(lambda: desk.window.message.text() == "")


def test_a_paper_that_waited_is_offered_again_after_a_restart_as_the_original(desk: ReceptionDesk) -> None:
    papers = desk.office.home.papers
    papers.write_text("not a folder")
    desk.scan(desk.code("DIALLO"))
    desk.enter()
    desk.qtbot.waitUntil(lambda: len(desk.window.printing.waiting) == 1)
    desk.qtbot.waitUntil(lambda: not desk.bench.lanes.busy)
    again = PrintingDesk(desk.bench)
    again.remember()
    desk.qtbot.waitUntil(lambda: len(again.waiting) == 1)
    papers.unlink()
    assert again.retry()
    desk.qtbot.waitUntil(lambda: tickets(desk) == ["001-1"] and again.waiting == [])
    desk.qtbot.waitUntil(lambda: not desk.bench.lanes.busy)


def test_a_page_that_is_no_receipt_says_until_when_it_waits(desk: ReceptionDesk) -> None:
    desk.office.home.papers.write_text("not a folder")
    desk.window.printing.print_page(Paper(b"%PDF-", "rappel.pdf"))
    desk.qtbot.waitUntil(lambda: len(desk.window.printing.waiting) == 1)
    assert "jusqu’à la fermeture" in desk.window.message.text()


def test_an_early_person_may_have_a_reminder_by_f9(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("MATIN"))
    desk.press(Qt.Key.Key_F9)
    desk.qtbot.waitUntil(lambda: len(desk.asked.pages) == 1)
    assert not desk.arrived("MATIN")


def test_a_proof_of_presence_is_printed_for_who_came(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.ctrl(Qt.Key.Key_P)
    desk.enter()
    desk.ctrl(Qt.Key.Key_P)
    desk.qtbot.waitUntil(lambda: len(list(desk.office.home.papers.glob("P-*.pdf"))) == 1)


def test_ctrl_z_in_the_empty_field_takes_the_last_arrival_back(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.enter()
    desk.ctrl(Qt.Key.Key_Z)
    assert not desk.arrived("DIALLO")
    assert desk.screen.state.showing is Showing.READY
    assert desk.window.message.text().startswith("Annulé\u00a0: arrivée de DIALLO Mariama")
    desk.scan(desk.code("DIALLO"))
    desk.shows("admitted")


def test_ctrl_z_in_a_field_with_text_undoes_the_typing(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.enter()
    desk.types("pet")
    desk.ctrl(Qt.Key.Key_Z)
    assert desk.arrived("DIALLO")
    assert field(desk) != "pet"


def test_an_undo_leaves_the_next_persons_answer_on_show(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.enter()
    desk.scan(desk.code("PETROV"))
    desk.ctrl(Qt.Key.Key_Z)
    assert not desk.arrived("DIALLO")
    desk.shows("admitted")


def test_an_undo_judges_anew_whoever_was_told_already_here(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.enter()
    desk.scan(desk.code("DIALLO"))
    desk.shows("already_checked_in")
    desk.ctrl(Qt.Key.Key_Z)
    desk.shows("admitted")


def test_a_replaced_appointment_leads_to_the_one_that_counts(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DÉPLACÉ"))
    desk.enter()
    desk.shows("other_day")


def test_nine_digits_are_proposed_and_the_other_reading_is_an_arrow_away(desk: ReceptionDesk) -> None:
    desk.scan("770804321")
    assert desk.actions[:2] == ["accept_proposal", "other_reading"]
    desk.press(Qt.Key.Key_Up)
    desk.shows("number_legacy")
    desk.enter()
    desk.shows("admitted")
    assert ("number_confirmed", None) in desk.acts()
    desk.press(Qt.Key.Key_Escape)
    desk.scan("770804321")
    desk.press(Qt.Key.Key_Down)
    assert desk.slug != "number_legacy"


def test_a_number_of_the_wrong_length_goes_back_to_the_field_to_be_corrected(desk: ReceptionDesk) -> None:
    desk.scan("59031208219")
    desk.shows("number_length")
    desk.enter()
    assert field(desk) == "59031208219"


def test_a_reader_of_another_keyboard_is_understood_and_told(desk: ReceptionDesk) -> None:
    desk.scan("(ç_\"é_éàà'")
    assert desk.window.message.text() == "Lecteur en QWERTY\u00a0: réglage F1"


def test_typed_words_that_match_nobody_are_answered_and_not_recorded(desk: ReceptionDesk) -> None:
    desk.types("zzzz")
    desk.enter()
    desk.shows("unknown")
    assert desk.acts() == []
    desk.enter()
    assert desk.screen.state.showing is Showing.READY


def test_unknown_is_not_no_when_the_list_is_old(desk: ReceptionDesk) -> None:
    desk.clock(NOW + timedelta(days=6))
    desk.scan("5999999999")
    desk.shows("unknown_stale_data")
    desk.enter()
    box = desk.dialog(LineBox)
    box.line.setText("NOUVEAU Max")
    person_types(None, "\r")
    desk.answered()
    assert desk.screen.state.showing is Showing.READY
    assert "NOUVEAU Max" in desk.window.message.text()


def test_a_closed_day_needs_the_supervisor(desk: ReceptionDesk) -> None:
    desk.clock(NOW - timedelta(hours=3))
    desk.scan(desk.code("DIALLO"))
    desk.shows("closed")
    assert "receive" in desk.actions


def test_escape_clears_the_answer_and_nothing_is_recorded(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.press(Qt.Key.Key_Escape)
    assert desk.screen.state.showing is Showing.READY
    assert desk.acts() == []
    desk.types("dia")
    desk.press(Qt.Key.Key_Escape)
    assert field(desk) == ""


def test_a_scan_on_another_screen_comes_back_to_the_reception(desk: ReceptionDesk) -> None:
    desk.press(Qt.Key.Key_F8)
    assert desk.window.front.name == "number"
    desk.window.open("settings")
    reader_types(None, desk.code("DIALLO") + "\r")
    desk.qtbot.waitUntil(lambda: desk.window.front.name == "reception")
    desk.quiet()
    desk.shows("admitted")


def test_help_keeps_what_was_typed(desk: ReceptionDesk) -> None:
    desk.types("dia")
    desk.press(Qt.Key.Key_F1)
    desk.press(Qt.Key.Key_Escape)
    assert field(desk) == "dia"
    assert desk.screen.field.hasFocus()


def test_an_empty_enter_and_one_letter_are_told_under_the_field(desk: ReceptionDesk) -> None:
    desk.enter()
    assert desk.screen.view.scan.message.text == "Scannez une convocation ou tapez un nom"
    desk.types("d")
    desk.enter()
    assert desk.screen.view.scan.message.text == "Tapez une lettre de plus"


def test_tabs_show_who_is_expected_arrived_or_absent(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.enter()
    desk.screen.view.tabs.chosen.emit("arrived")
    assert [row.cells[1] for row in desk.screen.view.table.rows()] == ["DIALLO Mariama"]
    assert desk.screen.view.table.rows()[0].cells[-1].replace("\u00a0", " ") == "arrivé à 9 h 20"
    assert desk.screen.field.hasFocus()


class Openings(QObject):
    """Watches which windows appear."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.seen: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_nothing_flashes_as_a_window_of_its_own(desk: ReceptionDesk, qapp: QApplication) -> None:
    openings = Openings(qapp)
    desk.press(Qt.Key.Key_F1)
    desk.press(Qt.Key.Key_Escape)
    desk.scan(desk.code("TARDIF"))
    desk.enter()
    desk.dialog(ReasonBox).reject()
    desk.answered()
    for screen in ("number", "import", "settings", "reception"):
        desk.window.open(screen)
        desk.quiet_lanes()
    qapp.removeEventFilter(openings)
    assert openings.seen == ["ReasonBox"]


def test_covered_people_are_nowhere_on_screen(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.enter()
    desk.scan(desk.code("PETROV"))
    desk.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert desk.screen.view.panel.verdict is None
    assert {row.cells[1] for row in desk.screen.view.table.rows()} == {"•••"}
    assert desk.actions == []
    assert not any("DIALLO" in desk.window.work.recent.list.item(at).text() for at in range(1))


def test_the_key_that_uncovers_does_nothing_else(desk: ReceptionDesk) -> None:
    desk.scan(desk.code("DIALLO"))
    desk.window.idle.cover()
    desk.press(Qt.Key.Key_Return)
    desk.shows("admitted")
    assert not desk.arrived("DIALLO")
    desk.enter()
    assert desk.arrived("DIALLO")


def test_a_scan_uncovers_and_answers(desk: ReceptionDesk) -> None:
    desk.window.idle.cover()
    desk.scan(desk.code("DIALLO"))
    desk.shows("admitted")
    assert not desk.window.idle.asleep


def test_a_row_is_opened_by_a_double_click(desk: ReceptionDesk) -> None:
    table = desk.screen.view.table
    place = table.visualRect(table.model().index(0, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    desk.quiet()
    assert desk.screen.state.showing is Showing.ANSWER


def test_the_window_speaks_english_too(tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    with reception_desk(make_home(tmp_path, "en"), theme, qapp, qtbot) as desk:
        desk.scan(desk.code("DIALLO"))
        assert desk.said == [desk.screen.view.panel.accessibleName()]
        assert "VALID APPOINTMENT" in desk.said[0]
        desk.enter()
        assert "Arrival recorded" in desk.said[-1]


def test_without_a_list_nobody_is_sent_away(tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    with reception_desk(make_home(tmp_path, listed=False), theme, qapp, qtbot) as desk:
        desk.scan("5999999999")
        desk.shows("unknown_stale_data")
        assert "Ne renvoyez pas la personne" in desk.said[-1]


def test_the_answer_stays_whole_in_the_smallest_window(desk: ReceptionDesk) -> None:
    desk.window.resize(960, 540)
    desk.scan(desk.code("DIALLO"))
    panel, offers = desk.screen.view.panel, desk.screen.view.offers
    assert panel.isVisible()
    assert offers.isVisible()
    bottom = offers.mapTo(desk.window, QPoint(0, offers.height())).y()
    assert bottom <= desk.window.status.mapTo(desk.window, QPoint(0, 0)).y()
    assert panel.height() >= panel.heightForWidth(panel.width())


def test_large_text_in_a_low_window_scrolls_to_the_answer_instead_of_cutting_it(
    desk: ReceptionDesk, theme: Theme
) -> None:
    theme.choose(Choice.LIGHT, 200)
    desk.window.setMinimumSize(960, 540)
    desk.window.resize(960, 540)
    view = desk.screen.view
    for name in ("DIALLO", "TARDIF"):
        desk.scan(desk.code(name))
        desk.qtbot.waitUntil(lambda: view.panel.height() >= view.panel.heightForWidth(view.panel.width()))
        desk.qtbot.waitUntil(lambda: view.panel.mapTo(view.viewport(), QPoint(0, 0)).y() >= 0)
    desk.press(Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: view.scan.mapTo(view.viewport(), QPoint(0, 0)).y() >= 0)


@pytest.mark.parametrize("screen", ["reception", "number", "import", "settings", "first_run"])
def test_everything_that_takes_the_keyboard_has_a_name(desk: ReceptionDesk, screen: str) -> None:
    desk.scan(desk.code("TARDIF"))
    desk.window.open(screen)
    desk.quiet_lanes()
    assert [type(widget).__name__ for widget in stops(desk.window) if not spoken_name(widget)] == []


NAMES = "DIALLO KEITA LENTE TARDIF MATIN SOIR DEMAIN HIER PARTI FERMÉ DÉPLACÉ AILLEURS EXPIRÉ MINEUR"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (960, 540)])
def test_no_word_of_an_answer_is_cut(
    made_english: Path,
    made: Path,
    tmp_path: Path,
    theme: Theme,
    qapp: QApplication,
    qtbot: QtBot,
    lang: str,
    size: tuple[int, int],
) -> None:
    home = Path(shutil.copytree(made if lang == "fr" else made_english, tmp_path / "poste"))
    with reception_desk(home, theme, qapp, qtbot) as desk:
        desk.window.setMinimumSize(*size)
        desk.window.resize(*size)
        for name in NAMES.split():
            desk.scan(desk.code(name))
            QApplication.processEvents()
            view = desk.screen.view
            labels: list[QLabel | QAbstractButton] = list(view.panel.findChildren(QLabel))
            labels += view.offers.findChildren(QAbstractButton)
            cut = [label.text() for label in labels if label.isVisible() and label.text() and is_cut(label)]
            assert cut == [], name


def test_the_hour_of_an_appointment_is_not_told_as_that_of_its_end(desk: ReceptionDesk, tmp_path: Path) -> None:
    received = "REVENUE;Ida;03/03/1995;5955555551;24/11/2026;9h10;Dépôt de dossier;Rendez-vous honoré;;"
    import_list(desk.office.desk, list_file(tmp_path, *PEOPLE, received, headings=HEADINGS))
    desk.scan(desk.code("REVENUE"))
    desk.shows("already_served")
    answer = desk.screen.state.answer
    assert answer
    words = arrival_text(answer, desk.office.desk.rules)
    assert (words.title, words.detail) == ("DÉJÀ REÇU AUJOURD’HUI", "")
    assert "9\u00a0h\u00a010" in person_words(answer, "fr", words.detail)
