"""The settings: what applies at once, what is told when it cannot be kept, and what the reader and printers are."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from counter_app.config import read_settings
from counter_app.documents.print_answers import QueueState, Reason, waiting
from counter_app.documents.setup_sheet import CHECK_CODE
from counter_app.domain.codes import CodeKind, make_code
from counter_app.ui.screens.commands import COMMANDS, command_of
from counter_app.ui.screens.settings import reader as settings_reader
from counter_app.ui.screens.settings.page import SettingsScreen
from counter_app.ui.screens.settings.reader_speed import EndKey, Layout, ReaderWatch
from counter_app.ui.theme import Choice, Theme
from counter_app.ui.workbench import Workbench
from counter_app.usecases.answers import Paper
from counter_app.usecases.import_list import import_list
from tests.messages.mail_server import HOST, Mailbox, certified, serving
from tests.ui.keys import reader_types, type_text
from tests.ui.workbenches import PEOPLE, Asked, bench_on, list_file, open_desk, scan_into


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, qapp: QApplication) -> Iterator[tuple[Workbench, Asked]]:
    with bench_on(open_desk(tmp_path), theme, qapp) as bench:
        yield bench


@pytest.fixture
def screen(desk: tuple[Workbench, Asked], qtbot: QtBot) -> SettingsScreen:
    made = SettingsScreen(desk[0])
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activated()
    return made


def kept(screen: SettingsScreen, name: str, value: object, qtbot: QtBot) -> None:
    """The setting holds, now and after closing."""
    home = screen.bench.office.home.path
    qtbot.waitUntil(lambda: getattr(read_settings(home).settings, name) == value)
    qtbot.waitUntil(lambda: getattr(screen.bench.settings, name) == value)


def settled(screen: SettingsScreen, qtbot: QtBot) -> None:
    """The printers of this computer were found."""
    answers: list[None] = []
    screen.bench.behind(lambda: None, answers.append)
    qtbot.waitUntil(lambda: bool(answers))


def write(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.setText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_theme_applies_at_once_and_is_kept(screen: SettingsScreen, theme: Theme, qtbot: QtBot) -> None:
    screen.display.theme.buttons["dark"].click()
    assert theme.choice is Choice.DARK
    kept(screen, "theme", "dark", qtbot)


def test_the_size_of_text_applies_at_once_and_keeps_the_theme(
    screen: SettingsScreen, theme: Theme, qtbot: QtBot
) -> None:
    screen.display.theme.buttons["contrast"].click()
    screen.display.scale.buttons["150"].click()
    kept(screen, "scale", 150, qtbot)
    assert (theme.choice, theme.scale) == (Choice.CONTRAST, 150)


def test_arrows_choose_inside_a_question(screen: SettingsScreen, qtbot: QtBot) -> None:
    button = screen.display.theme.buttons["system"]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Right)
    assert screen.display.theme.value == "light"
    kept(screen, "theme", "light", qtbot)


def test_the_language_says_when_it_changes(screen: SettingsScreen, qtbot: QtBot) -> None:
    screen.display.language.buttons["en"].click()
    kept(screen, "language", "en", qtbot)


def test_less_motion_and_printing_at_arrival_are_kept(screen: SettingsScreen, qtbot: QtBot) -> None:
    screen.display.motion.box.click()
    screen.desk_card.auto_print.box.click()
    kept(screen, "reduce_motion", True, qtbot)
    kept(screen, "auto_print", False, qtbot)


def test_silence_and_back_gives_the_volume_before(screen: SettingsScreen, qtbot: QtBot) -> None:
    screen.sounds.volume.setValue(80)
    screen.sounds.mute.box.click()
    kept(screen, "volume", 0, qtbot)
    assert screen.bench.sounds.volume == 0
    screen.sounds.mute.box.click()
    kept(screen, "volume", 80, qtbot)


def test_each_sound_can_be_heard(screen: SettingsScreen, desk: tuple[Workbench, Asked]) -> None:
    for family in ("ok", "warn", "stop", "go", "tech"):
        screen.sounds.heard.emit(family)
    assert desk[1].sounds == ["ok", "warn", "stop", "go", "tech"]
    assert "À VÉRIFIER" in screen.sounds.result.text


def test_a_silent_desk_says_why_nothing_is_heard(screen: SettingsScreen, desk: tuple[Workbench, Asked]) -> None:
    screen.sounds.volume.setValue(0)
    screen.sounds.heard.emit("ok")
    assert desk[1].sounds == []
    assert "sans son" in screen.sounds.result.text


def test_the_name_of_the_desk_and_of_the_agent_sign_from_now_on(screen: SettingsScreen, qtbot: QtBot) -> None:
    write(screen.desk_card.field("desk"), "  Poste   7 ")
    write(screen.desk_card.field("agent"), "Mme Petit")
    kept(screen, "desk", "Poste 7", qtbot)
    kept(screen, "agent", "Mme Petit", qtbot)
    desk = screen.bench.desk
    qtbot.waitUntil(lambda: (desk.name, desk.agent) == ("Poste 7", "Mme Petit"))


@pytest.mark.parametrize("letter", ["12", "é", "", "BC", "4"])
def test_a_letter_that_is_none_is_told_and_not_kept(screen: SettingsScreen, letter: str, qtbot: QtBot) -> None:
    write(screen.desk_card.field("ticket_letter"), letter)
    assert screen.desk_card.letter.message.text == "Écrivez une seule lettre de A à Z."
    assert screen.desk_card.field("ticket_letter").text() == letter
    assert screen.bench.settings.ticket_letter == ""


def test_a_small_letter_is_taken_as_a_capital(screen: SettingsScreen, qtbot: QtBot) -> None:
    write(screen.desk_card.field("ticket_letter"), "k")
    kept(screen, "ticket_letter", "K", qtbot)
    assert screen.desk_card.letter.message.text == ""


def test_an_empty_desk_and_a_too_long_agent_are_told_and_not_kept(screen: SettingsScreen) -> None:
    write(screen.desk_card.field("desk"), "   ")
    write(screen.desk_card.field("agent"), "A" * 41)
    assert "Remplissez ce champ" in screen.desk_card.desk.message.text
    assert "40 signes" in screen.desk_card.agent.message.text
    assert screen.bench.settings.desk == "Poste 2"


def test_every_line_says_that_it_counts_for_this_desk(screen: SettingsScreen) -> None:
    for card in (screen.display, screen.sounds, screen.desk_card, screen.printers):
        for field in (*card.findChildren(QLineEdit), *card.findChildren(QComboBox), *card.findChildren(QSpinBox)):
            told = f"{field.accessibleName()} {field.accessibleDescription()}"
            assert "our ce poste" in told, told


def test_every_control_has_a_name(screen: SettingsScreen) -> None:
    kinds = (QAbstractButton, QComboBox, QSpinBox)
    controls = [one for kind in kinds for one in screen.findChildren(kind) if one.isVisible()]
    assert controls
    assert [one for one in controls if not one.accessibleName()] == []


def test_a_scan_of_the_square_tells_of_the_reader(
    screen: SettingsScreen, desk: tuple[Workbench, Asked], qtbot: QtBot
) -> None:
    scan_into(screen, screen.bench)
    reader_types(None, CHECK_CODE + "\r")
    qtbot.waitUntil(lambda: bool(screen.reader.result.text))
    assert "12 signes lus, 3 ms par touche" in screen.reader.result.text
    assert "fin : Entrée" in screen.reader.result.text.replace("\u00a0", " ")
    assert desk[1].screens == []


def test_a_scan_while_a_name_is_being_written_leaves_the_name(screen: SettingsScreen, qtbot: QtBot) -> None:
    scan_into(screen, screen.bench)
    field = screen.desk_card.field("agent")
    field.setFocus()
    reader_types(field, CHECK_CODE + "\r")
    qtbot.waitUntil(lambda: bool(screen.reader.result.text))
    assert field.text() == "M. Durand"


def test_a_person_who_types_is_no_reader(screen: SettingsScreen) -> None:
    field = screen.desk_card.field("agent")
    type_text(field, "Mme Petit\r", 220)
    assert screen.reader.result.text == ""


def test_a_ticket_scanned_here_goes_to_the_reception_desk(
    screen: SettingsScreen, desk: tuple[Workbench, Asked]
) -> None:
    code = make_code(CodeKind.CONVOCATION, 7)
    screen.scanned(code)
    assert desk[1].screens == [("reception", code)]


def read(text: str, each: int, end: EndKey) -> ReaderWatch:
    watch = ReaderWatch()
    for place, character in enumerate(text):
        watch.add(character, 1000 + place * each)
    return watch


@pytest.mark.parametrize(
    ("text", "layout"),
    [("5903120821", Layout.RIGHT), ('(çà"&éàèé&', Layout.QWERTY), (CHECK_CODE, Layout.UNTOLD)],
)
def test_digits_tell_which_keyboard_the_reader_believes_in(text: str, layout: Layout) -> None:
    report = read(text, 8, EndKey.ENTER).finish(EndKey.ENTER)
    assert report is not None
    assert (report.layout, report.each, report.keys) == (layout, 8, len(text))


def test_too_few_keys_are_no_scan() -> None:
    assert read("12345", 5, EndKey.ENTER).finish(EndKey.ENTER) is None


def test_a_pause_begins_another_scan() -> None:
    watch = read("abcdef", 5, EndKey.NONE)
    watch.add("x", 9000)
    assert watch.finish(EndKey.NONE) is None


def test_what_is_wrong_with_a_reader_comes_with_what_to_do(screen: SettingsScreen) -> None:
    report = read('(çà"&éàèé&', 80, EndKey.NONE).finish(EndKey.NONE)
    assert report is not None
    screen.reader.show_report(report)
    advice = screen.reader.advice
    assert "QWERTY" in screen.reader.result.text
    assert "délai" in advice
    assert "Entrée" in advice
    assert "clavier français" in advice


def test_the_square_is_the_code_of_the_setup_sheet() -> None:
    assert settings_reader.CHECK_CODE == CHECK_CODE
    assert command_of(CHECK_CODE) is None


def test_each_command_has_its_own_code() -> None:
    assert len(set(COMMANDS.values())) == len(COMMANDS)
    assert command_of(f" {COMMANDS['undo'].lower()} ") == "undo"


@pytest.mark.parametrize("sheet", ["setup_sheet", "command_card"])
def test_sheets_of_the_reader_are_given_to_the_printer(
    screen: SettingsScreen, desk: tuple[Workbench, Asked], sheet: str, qtbot: QtBot
) -> None:
    screen.reader.sheet_wanted.emit(sheet)
    qtbot.waitUntil(lambda: bool(desk[1].pages))
    (paper,) = desk[1].pages
    assert isinstance(paper, Paper)
    assert paper.pdf.startswith(b"%PDF")


def test_the_list_of_the_day_is_given_to_the_printer(
    screen: SettingsScreen, desk: tuple[Workbench, Asked], tmp_path: Path, qtbot: QtBot
) -> None:
    import_list(screen.bench.desk, list_file(tmp_path, *PEOPLE))
    screen.printers.day_list_wanted.emit()
    qtbot.waitUntil(lambda: bool(desk[1].pages))
    (paper,) = desk[1].pages
    assert isinstance(paper, Paper)
    assert paper.file_name == "liste-2026-11-24.pdf"


@pytest.mark.parametrize("kind", ["ticket", "page"])
def test_without_printer_a_test_paper_becomes_a_file(screen: SettingsScreen, kind: str, qtbot: QtBot) -> None:
    screen.printers.test_wanted.emit(kind)
    qtbot.waitUntil(lambda: "Papier envoyé" in screen.printers.result.text)
    assert len(list(screen.bench.office.home.papers.glob("*.pdf"))) == 1


def test_printers_are_told_in_words(screen: SettingsScreen, qtbot: QtBot) -> None:
    settled(screen, qtbot)
    blocked = waiting(Reason.OUT_OF_PAPER, "TM-T20")
    screen.printers.show_queues((QueueState("TM-T20", blocked), QueueState("HP A4", None)))
    ticket = screen.printers.boxes["ticket"]
    ticket.setCurrentIndex(ticket.findData("TM-T20"))
    ticket.activated.emit(ticket.currentIndex())
    kept(screen, "ticket_printer", "TM-T20", qtbot)
    assert screen.printers.states["ticket"].text == blocked.sentence
    assert "PDF" in screen.printers.states["page"].text


def test_a_chosen_printer_that_is_gone_stays_chosen_and_is_told(screen: SettingsScreen, qtbot: QtBot) -> None:
    settled(screen, qtbot)
    screen.bench.change_settings(page_printer="HP A4")
    qtbot.waitUntil(lambda: screen.printers.boxes["page"].currentData() == "HP A4")
    screen.printers.show_queues(())
    assert screen.printers.boxes["page"].currentData() == "HP A4"
    assert "n’est pas sur ce poste" in screen.printers.states["page"].text


def test_the_second_language_of_papers_is_kept(screen: SettingsScreen, qtbot: QtBot) -> None:
    box = screen.printers.language
    box.setCurrentIndex(box.findData("uk"))
    box.activated.emit(box.currentIndex())
    kept(screen, "paper_language", "uk", qtbot)


def test_a_desk_calls_for_the_services_that_are_ticked_and_for_all_when_none_is(
    screen: SettingsScreen, qtbot: QtBot
) -> None:
    rows = screen.services.rows
    assert {key: row.box.isChecked() for key, row in rows.items()} == {"accueil": True, "remise": True}
    rows["accueil"].box.click()
    kept(screen, "services", "remise", qtbot)
    qtbot.waitUntil(lambda: screen.bench.desk.services == ("remise",))
    rows["remise"].box.click()
    kept(screen, "services", "", qtbot)
    qtbot.waitUntil(lambda: all(row.box.isChecked() for row in rows.values()))
    assert screen.bench.desk.services == ()


def test_the_paper_of_handover_receipts_is_kept_and_the_desk_follows(screen: SettingsScreen, qtbot: QtBot) -> None:
    box = screen.printers.handover
    assert [box.itemData(place) for place in range(box.count())] == ["A4", "A5", "80mm"]
    box.setCurrentIndex(box.findData("80mm"))
    box.activated.emit(box.currentIndex())
    kept(screen, "handover_paper", "80mm", qtbot)
    screen.printers.numbers.box.click()
    kept(screen, "document_numbers", True, qtbot)
    desk = screen.bench.desk
    qtbot.waitUntil(lambda: (desk.handover_paper, desk.document_numbers) == ("80mm", True))


def test_the_journal_is_verified_and_the_lists_rebuilt(
    screen: SettingsScreen, desk: tuple[Workbench, Asked], tmp_path: Path, qtbot: QtBot
) -> None:
    import_list(screen.bench.desk, list_file(tmp_path, *PEOPLE))
    screen.store.buttons["verify"].click()
    screen.store.buttons["rebuild"].click()
    qtbot.waitUntil(lambda: "Tout concordait" in screen.store.results["rebuild"].text)
    assert "Le journal est intact" in screen.store.results["verify"].text
    assert desk[1].acts


def test_a_backup_is_written_and_its_place_told(screen: SettingsScreen, qtbot: QtBot) -> None:
    screen.store.buttons["backup"].click()
    qtbot.waitUntil(lambda: "Sauvegarde écrite" in screen.store.results["backup"].text)
    assert list(screen.bench.office.home.backups.glob("poste-*.db"))


def test_an_export_says_what_it_holds(screen: SettingsScreen, tmp_path: Path, qtbot: QtBot) -> None:
    import_list(screen.bench.desk, list_file(tmp_path, *PEOPLE))
    screen.export_to(tmp_path / "export")
    qtbot.waitUntil(lambda: "3 convocations" in screen.store.results["export"].text)
    assert (tmp_path / "export" / "journal.jsonl").is_file()


def test_an_export_that_cannot_be_written_is_told(screen: SettingsScreen, tmp_path: Path, qtbot: QtBot) -> None:
    blocked = tmp_path / "fichier"
    blocked.write_text("", encoding="utf-8")
    screen.export_to(blocked / "export")
    qtbot.waitUntil(lambda: "Écriture impossible" in screen.store.results["export"].text)


def test_no_card_is_wider_than_a_small_window_with_large_text(screen: SettingsScreen, qtbot: QtBot) -> None:
    screen.resize(880, 420)
    screen.display.scale.buttons["200"].click()
    kept(screen, "scale", 200, qtbot)
    assert not screen.page.overflows()


def test_the_mail_server_is_set_and_tried_and_its_password_is_shown_to_nobody(
    screen: SettingsScreen, qtbot: QtBot, tmp_path: Path
) -> None:
    card = screen.mail
    context, authority = certified(tmp_path, datetime.now(UTC))
    with serving(Mailbox(tls=context, account=("remise", "secret à part"))) as box:
        write(card.field("mail_server"), f"{HOST}:{box.port}")
        write(card.field("mail_sender"), "remise@exemple.fr")
        write(card.field("mail_user"), "remise")
        write(card.field("mail_authority"), str(authority))
        kept(screen, "mail_authority", str(authority), qtbot)
        card.attempt.click()
        qtbot.waitUntil(lambda: "mot de passe" in card.result.text)
        write(card.password, "secret à part")
        assert card.password.text() == ""
        card.attempt.click()
        qtbot.waitUntil(lambda: "laisse entrer ce poste" in card.result.text)
    assert "secret" not in (screen.bench.office.home.path / "settings.toml").read_text(encoding="utf-8")


def test_a_server_or_an_address_that_is_none_stays_in_its_field(screen: SettingsScreen, qtbot: QtBot) -> None:
    card = screen.mail
    write(card.field("mail_server"), "https://smtp")
    assert card.field("mail_server").text() == "https://smtp"
    write(card.field("mail_sender"), "remise")
    assert card.field("mail_sender").accessibleDescription().startswith("Écrivez l’adresse")
    card.security.buttons["tls"].click()
    kept(screen, "mail_security", "tls", qtbot)
    assert screen.bench.settings.mail_server == ""
    card.attempt.click()
    qtbot.waitUntil(lambda: card.result.text == "Aucun serveur d’envoi n’est réglé.")
