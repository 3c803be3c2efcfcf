"""Machine readable zones: every vector, every format written and read back, every wrong digit seen, nothing raised."""

import csv
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from counter_app.domain.mrz import Mrz, MrzCheck, MrzFault, lines_to_come, read_mrz
from tests.domain.invented_zones import WRONG_LAYOUT, Zone, zones

VECTORS = list(
    csv.DictReader((Path(__file__).parents[1] / "vectors" / "mrz.csv").read_text(encoding="utf-8").splitlines())
)
TODAY = date(2026, 11, 23)
TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<|L898902C36UTO7408122F1204159ZE184226B<<<<<10"
UNKNOWN_DAY = "P<AFGAHMADI<<ZAHRA<<<<<<<<<<<<<<<<<<<<<<<<<<|P012345673AFG85<<<<1F3001019<<<<<<<<<<<<<<<2"
PERMIT = "IRFRAX4RTBPFW467503120521<<<<<|7307122F2906302ARG<<<<<<<<<<<0|SPECIMEN<<NATACHA<CORINNE<<<<<"
VISA = "VDFRATRAORE<<AMINATA<<<<<<<<<<<<<<<<|0123456784MLI9901018F2708311<<<<<<<<"


def read(text: str) -> Mrz:
    zone = read_mrz(text)
    assert isinstance(zone, Mrz), zone
    return zone


def fault(text: str) -> MrzFault:
    zone = read_mrz(text)
    assert isinstance(zone, MrzFault), zone
    return zone


@pytest.mark.parametrize("row", [row for row in VECTORS if row["expected_valid"] == "1"], ids=lambda row: row["id"])
def test_every_sound_vector_is_read_field_by_field(row: dict[str, str]) -> None:
    zone = read(row["mrz"])
    fields = (zone.format, zone.document_code, zone.issuer, zone.document_number, zone.surname, zone.given_names)
    names = ("format", "doc_code", "issuer", "document_number", "surname", "given_names")
    assert fields == tuple(row[name] for name in names)
    others = (zone.nationality, zone.birth, zone.sex, zone.expiry, zone.optional)
    assert others == tuple(row[name] for name in ("nationality", "birth_yymmdd", "sex", "expiry_yymmdd", "optional"))


@pytest.mark.parametrize("row", [row for row in VECTORS if row["expected_valid"] == "0"], ids=lambda row: row["id"])
def test_every_wrong_vector_names_what_does_not_check(row: dict[str, str]) -> None:
    assert fault(row["mrz"]).check == row["failing_check"]


@given(zones())
def test_what_an_office_writes_is_read_back(zone: Zone) -> None:
    found = read(zone.text)
    assert (found.format, found.document_code, found.issuer) == (zone.format, zone.code, zone.issuer)
    assert (found.document_number, found.surname, found.given_names) == (zone.number, zone.surname, zone.given_names)
    assert (found.nationality, found.birth, found.sex, found.expiry) == (
        zone.nationality,
        zone.birth,
        zone.sex,
        zone.expiry,
    )
    assert not found.repaired


@given(zones(), st.sampled_from(("\n", "\r\n", "|", " ", "")))
def test_lines_may_be_parted_by_anything_or_run_together(zone: Zone, between: str) -> None:
    assert read(between.join(zone.lines)).document_number == zone.number


@given(zones())
def test_a_reader_set_for_another_keyboard_is_understood_and_told(zone: Zone) -> None:
    found = read(zone.text.translate(WRONG_LAYOUT))
    assert (found.surname, found.document_number, found.repaired) == (zone.surname, zone.number, True)


@given(zones())
def test_lower_case_is_understood_and_told(zone: Zone) -> None:
    found = read(zone.text.lower())
    assert (found.document_number, found.repaired) == (zone.number, True)


@given(zones(), st.data())
def test_a_wrong_digit_in_a_date_or_its_check_is_always_seen(zone: Zone, draw: st.DataObject) -> None:
    """Weights 7, 3 and 1 have no factor in common with 10: one wrong digit always changes the check digit."""
    lines = list(zone.lines)
    start = 0 if zone.format == "TD1" else 13
    place = start + draw.draw(st.sampled_from((*range(7), *range(8, 15))))
    digit = draw.draw(st.sampled_from("0123456789"))
    assume(lines[1][place] != digit)
    lines[1] = lines[1][:place] + digit + lines[1][place + 1 :]
    assert fault("\n".join(lines)).check in (MrzCheck.BIRTH_DATE, MrzCheck.EXPIRY_DATE)


@given(zones(), st.data())
def test_a_wrong_digit_of_the_document_number_is_always_seen(zone: Zone, draw: st.DataObject) -> None:
    digits = [place for place, sign in enumerate(zone.number[:9]) if sign.isdigit()]
    assume(digits)
    line, start = (0, 5) if zone.format == "TD1" else (1, 0)
    place, digit = start + draw.draw(st.sampled_from(digits)), draw.draw(st.sampled_from("0123456789"))
    lines = list(zone.lines)
    assume(lines[line][place] != digit)
    lines[line] = lines[line][:place] + digit + lines[line][place + 1 :]
    assert fault("\n".join(lines)).check is MrzCheck.DOCUMENT_NUMBER


@pytest.mark.parametrize("text", [TD3, PERMIT, VISA])
def test_fillers_that_a_reader_lost_at_the_end_of_lines_are_put_back_and_told(text: str) -> None:
    lines = "\r".join(line.rstrip("<") for line in text.split("|"))
    assert read(lines).document_number == read(text).document_number
    assert read(lines).repaired


def test_a_letter_read_for_a_digit_is_put_right_only_where_digits_stand() -> None:
    assert read(TD3.replace("740812", "74O8I2")).birth == "740812"
    assert fault(TD3.replace("L898902C3", "L8989O2C3")).check is MrzCheck.DOCUMENT_NUMBER


def test_an_unknown_day_of_birth_is_never_the_first_of_january() -> None:
    assert read(UNKNOWN_DAY).birth_date(TODAY) == "1985-00-00"


def test_a_birth_is_in_the_latest_century_that_is_past() -> None:
    newborn = read(born("261122"))
    assert newborn.birth_date(date(2026, 11, 22)) == "2026-11-22"
    assert newborn.birth_date(date(2026, 11, 21)) == "1926-11-22"


def test_an_expiry_may_be_years_ahead() -> None:
    assert read(PERMIT).expiry_date(TODAY) == date(2029, 6, 30)


def test_ten_digits_in_the_optional_data_are_proposed_as_a_foreign_number() -> None:
    assert read(PERMIT).proposed_number == "7503120521"
    assert read(TD3).proposed_number is None


def test_a_date_that_does_not_exist_is_told_even_when_its_check_digit_agrees() -> None:
    wrong = fault(born("741399"))
    assert wrong.check is MrzCheck.BIRTH_DATE
    assert "n’existe pas" in wrong.sentence


def born(birth: str) -> str:
    """The passport of somebody born on another day."""
    zone = read(TD3)
    names = zone.surname, zone.given_names, zone.nationality
    head = zone.format, zone.document_code, zone.issuer, zone.document_number
    return Zone(*head, *names, birth, zone.sex, zone.expiry).text


def test_a_fault_says_in_french_what_to_do() -> None:
    said = fault(TD3.replace("L898902C36", "L898902C46")).sentence
    assert "clé de contrôle du numéro de document" in said
    assert "Scannez de nouveau" in said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PGCLKTBXNVDR",
        "2008006503",
        "DIALLO Mariama",
        "V",
        "<<<<",
        "IVANOVA Anastasia",
        "|",
        "VIANNEY Anne\n0612345678",
    ],
)
def test_names_codes_and_numbers_are_no_zone(text: str) -> None:
    assert read_mrz(text) is None
    assert not lines_to_come(text)


@given(zones())
def test_a_reader_has_more_lines_to_type_until_the_last(zone: Zone) -> None:
    lines = [line.rstrip("<") for line in zone.lines]
    assert lines_to_come(zone.lines[0])
    assert not lines_to_come(zone.text)
    if len(lines) == 3:
        assert lines_to_come("\r".join(zone.lines[:2]))


def check_harmless(text: str) -> None:
    zone = read_mrz(text)
    assert zone is None or isinstance(zone, Mrz | MrzFault)
    if isinstance(zone, MrzFault):
        assert zone.sentence
    if isinstance(zone, Mrz):
        assert isinstance(zone.birth_date(TODAY), str | None)
        assert isinstance(zone.expiry_date(TODAY), date | None)


@given(st.text(max_size=120))
def test_no_text_breaks_the_reading(text: str) -> None:
    check_harmless(text)
    check_harmless(TD3[:60] + text)


def test_ten_thousand_random_zones_break_nothing() -> None:
    chance = random.Random(7)
    for _ in range(10_000):
        lines = ("".join(chance.choices("ACIPVFRM<0123456789O", k=chance.choice((30, 36, 44)))) for _ in range(3))
        check_harmless(chance.choice("ACIPV") + "\r".join(lines)[: chance.choice((72, 89, 100))])


def test_a_hundred_thousand_signs_are_no_zone() -> None:
    assert read_mrz("P<" * 50_000) is None
