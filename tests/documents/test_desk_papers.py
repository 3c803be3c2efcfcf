"""Papers made for the desk itself: the day list, the command card, the reader's setup sheet."""

from dataclasses import replace
from datetime import date, datetime

import pypdfium2
import pytest

from counter_app.documents.command_card import command_card
from counter_app.documents.day_list import ROWS_A_PAGE, day_list
from counter_app.documents.facts import CommandCardFacts, DayListFacts, DayListRow
from counter_app.documents.setup_sheet import CHECK_CODE, setup_sheet
from counter_app.domain.codes import CodeKind, make_code
from tests.documents.papers import NAME, NOW, NUMBER, SITE, SLOT
from tests.documents.reading import LASER, THERMAL, codes_on, ink, pictures, words

ROW = DayListRow(
    slot=SLOT,
    name=NAME,
    birth_date="07/04/1991",
    foreign_number=NUMBER,
    purpose="Dépôt de dossier",
    desk="G3",
    code=make_code(CodeKind.CONVOCATION, 7),
)
DAY = DayListFacts(site=SITE, day=date(2026, 11, 24), rows=(ROW,), printed_at=NOW)
COMMANDS = tuple((f"COMMANDE {number}", make_code(CodeKind.COMMAND, number)) for number in range(8))
CARD = CommandCardFacts(site=SITE, commands=COMMANDS, printed_at=NOW)


def pages(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    document.close()
    return count


@pytest.mark.parametrize(("rows", "expected"), [(0, 1), (1, 1), (45, 1), (46, 2), (90, 2), (91, 3)])
def test_a_day_list_holds_45_rows_a_page(rows: int, expected: int) -> None:
    assert ROWS_A_PAGE == 45
    pdf = day_list(replace(DAY, rows=(ROW,) * rows))
    assert pages(pdf) == expected
    assert words(pdf).count("Dépôt de dossier") == rows


def test_a_day_list_is_a_landscape_sheet_with_white_margins() -> None:
    (page,) = pictures(day_list(replace(DAY, rows=(ROW,) * 45, training=True)), 150)
    assert page.width / page.height == pytest.approx(297 / 210, abs=0.01)
    edges = ink(page, 150)
    assert min(edges.left, edges.top, edges.right, edges.bottom) > 2


def test_a_row_says_who_when_and_why_with_the_number_masked() -> None:
    said = words(day_list(DAY))
    for expected in (NAME, "07/04/1991", "9 h 30", "00•••••678", "Dépôt de dossier", "G3", "mardi 24 novembre 2026"):
        assert expected in said
    assert "1 personne · page 1 sur 1" in said
    assert NUMBER not in said


def test_a_day_list_says_that_it_is_to_be_destroyed() -> None:
    assert "à détruire" in words(day_list(DAY))


def test_an_arrival_already_known_is_ticked_with_its_hour() -> None:
    arrived = datetime(2026, 11, 24, 9, 5, tzinfo=NOW.tzinfo)
    said = words(day_list(replace(DAY, rows=(replace(ROW, arrived_at=arrived),))))
    assert "9 h 05" in said
    assert "9 h 05" not in words(day_list(DAY))


def test_a_day_without_appointment_says_so() -> None:
    assert "Aucun rendez-vous ce jour." in words(day_list(replace(DAY, rows=())))


def test_a_name_too_long_is_set_smaller_before_it_is_cut() -> None:
    long_name = "RAZAFINDRAKOTO-ANDRY Marie-Antoinette"
    endless = " ".join(["Andriamanitra"] * 20)
    said = words(day_list(replace(DAY, rows=(replace(ROW, name=long_name), replace(ROW, name=endless)))))
    assert long_name in said
    assert "Andri" in said.split("...")[0][-12:], "the ellipsis, as the reader normalises it"


def test_a_row_without_number_nor_code_leaves_the_cells_empty() -> None:
    assert "•" not in words(day_list(replace(DAY, rows=(replace(ROW, foreign_number="", code=""),))))


def test_every_page_of_a_training_list_says_that_it_has_no_value() -> None:
    said = words(day_list(replace(DAY, rows=(ROW,) * 50, training=True)))
    assert said.count("DÉMONSTRATION – SANS VALEUR") >= 4


def test_the_day_list_has_no_personal_data_in_its_title() -> None:
    document = pypdfium2.PdfDocument(day_list(DAY))
    assert document.get_metadata_value("Title") == "Liste du jour"
    document.close()


@pytest.mark.parametrize("training", [False, True])
def test_every_command_of_the_card_is_read_back(training: bool) -> None:
    from zxingcpp import read_barcodes

    (page,) = pictures(command_card(replace(CARD, training=training)), THERMAL)
    assert {code.text for code in read_barcodes(page)} == {code for _, code in COMMANDS}
    assert ink(page, THERMAL).bottom > 5


def test_the_card_names_its_commands() -> None:
    said = words(command_card(CARD))
    assert all(name in said for name, _ in COMMANDS)


@pytest.mark.parametrize("count", [0, 9])
def test_a_card_holds_one_to_eight_commands(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 8"):
        command_card(replace(CARD, commands=(COMMANDS[0],) * count))


@pytest.mark.parametrize("code", ["", make_code(CodeKind.TICKET, 1), "PGXBBBBBBBBB"])
def test_a_card_holds_command_codes_only(code: str) -> None:
    with pytest.raises(ValueError, match="PGX"):
        command_card(replace(CARD, commands=(("CONFIRMER", code),)))


def test_the_codes_of_the_setup_sheet_are_read_back() -> None:
    (page,) = pictures(setup_sheet(SITE, NOW), LASER)
    assert codes_on(page) == {"QR Code": CHECK_CODE, "Code 128": CHECK_CODE}


def test_the_setup_sheet_asks_for_a_french_keyboard_enter_and_no_beep() -> None:
    said = words(setup_sheet(SITE, NOW))
    for expected in ("AZERTY", "Entrée", "Bip", "QR, Code 128"):
        assert expected in said


def test_the_title_of_a_long_day_ends_before_the_count_of_people_begins() -> None:
    site = "Préfecture de la région Bourgogne-Franche-Comté, préfecture de la Côte-d’Or"
    document = pypdfium2.PdfDocument(day_list(replace(DAY, site=site, rows=(ROW,) * 240)))
    text = document[0].get_textpage()
    at, _length = text.search("240 personnes").get_next()
    ends = max(text.get_charbox(place)[2] for place in range(at - 3))
    begins = text.get_charbox(at)[0]
    document.close()
    assert ends < begins
