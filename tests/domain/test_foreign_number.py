"""The foreign number, read from whatever people give; the other numbers, named."""

import csv
import unicodedata
from pathlib import Path
from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from counter_app.domain.foreign_number import (
    LONGEST,
    NumberReading,
    NumberStatus,
    grouped,
    grouped_candidates,
    masked,
    read_number,
)
from counter_app.domain.other_numbers import NumberClass

_VECTOR_FILE = Path(__file__).parents[1] / "vectors" / "foreign_numbers.csv"
with _VECTOR_FILE.open(encoding="utf-8", newline="") as lines:
    VECTORS = list(csv.DictReader(lines))
BANNED = ("invalide", "erroné", "interdit", "illégal", "refus", "veuillez", "oups")
AZERTY = str.maketrans("1234567890", "&é\"'(-è_çà")

ten_digits = st.from_regex(r"(0[1-9]|[1-8][0-9]|9[0-5789])[0-9]{8}", fullmatch=True)
nine_digits = st.from_regex(r"[1-9][0-9]{8}", fullmatch=True)
separators = st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", ".", "-", "/", "–", "\u2011", "_", "\t", "\u200b", ""])
labels = st.sampled_from(
    [
        "",
        "N° ",
        "n°",
        "Nº ",
        "№ ",
        "n° étranger\u00a0: ",
        "AGDREF ",
        "AGDREF:",
        "Identifiant ",
        "FNE ",
        "Numéro d’étranger : ",
    ]
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: repr(vector["raw_input"]))
def test_every_known_vector_reads_as_expected(vector: dict[str, str]) -> None:
    reading = read_number(vector["raw_input"])
    read = (reading.number_class, reading.status, reading.normalized or "")
    assert read == (vector["expected_class"], vector["expected_status"], vector["expected_normalized"])


@given(ten_digits, labels, st.lists(separators, min_size=9, max_size=9))
def test_separators_and_labels_never_change_ten_digits(number: str, label: str, between: list[str]) -> None:
    assume(not (number.endswith("0") and between[8] == "."))  # the zero of a spreadsheet
    written = label + "".join(digit + gap for digit, gap in zip(number, [*between, ""], strict=True))
    assert read_number(written).normalized == number
    assert read_number(written).status is NumberStatus.VALID


@given(ten_digits, st.sampled_from("０٠۰०𝟎"))
def test_digits_of_other_scripts_read_as_ascii(number: str, zero: str) -> None:
    assert read_number("".join(chr(ord(zero) + int(digit)) for digit in number)).normalized == number


@given(ten_digits.filter(lambda number: len(set(number)) > 1 and not set(number) <= {"4", "6"}), labels, st.booleans())
def test_the_unshifted_row_is_repaired_and_told(number: str, label: str, caps: bool) -> None:
    typed = number.translate(AZERTY)
    reading = read_number(label + (typed.upper() if caps else typed))
    assert (reading.normalized, reading.layout_repaired) == (number, True)
    assert "rétablis" in reading.hint


@pytest.mark.parametrize("label", ["AGDREF ", "N° ", "AGDREF:", ""])
@pytest.mark.parametrize("first", "1234567890")
def test_a_label_takes_no_sign_of_the_row_with_it(label: str, first: str) -> None:
    number = f"{first}312052189"
    assert read_number(label + number.translate(AZERTY)).normalized == number


@given(nine_digits)
def test_nine_digits_always_offer_both_readings(number: str) -> None:
    reading = read_number(number)
    assert reading.status is NumberStatus.LEGACY_EXPANDED
    assert reading.candidates == (f"{number[:2]}0{number[2:]}", f"0{number}")
    assert reading.normalized == reading.candidates[0]


@given(ten_digits)
def test_a_spreadsheet_zero_is_taken_off(number: str) -> None:
    for written in (f"{number}.0", f"{number},00", f"{number[:1]} {number[1:4]} {number[4:7]} {number[7:]},00"):
        assert read_number(written).normalized == number


@pytest.mark.parametrize("eaten", ["7.50312E+09", "7,50312E+09", "7.50312e9", "7.5E+09", "8E+09"])
def test_digits_eaten_by_a_spreadsheet_are_never_guessed(eaten: str) -> None:
    reading = read_number(eaten)
    assert (reading.status, reading.normalized, reading.candidates) == (NumberStatus.INVALID_CHARS, None, ())
    assert "tableur" in reading.hint


def test_a_whole_mantissa_is_proposed_but_not_taken() -> None:
    reading = read_number("7,503120521E+09")
    assert (reading.normalized, reading.candidates) == (None, ("7503120521",))


@pytest.mark.parametrize(
    ("raw", "proposed"),
    [
        ("75O3120521", "7503120521"),
        ("75031205Z1", "7503120521"),
        ("7S03l20521", "7503120521"),
        ("75o312o521", "7503120521"),
    ],
)
def test_a_letter_that_looks_like_a_digit_is_proposed_but_not_taken(raw: str, proposed: str) -> None:
    reading = read_number(raw)
    assert (reading.status, reading.normalized, reading.candidates) == (NumberStatus.INVALID_CHARS, None, (proposed,))
    assert "La lettre" in reading.hint


@pytest.mark.parametrize("raw", ["2A03000001", "2B03000001"])
def test_corsica_is_explained_and_nothing_is_guessed(raw: str) -> None:
    reading = read_number(raw)
    assert reading.candidates == ()
    assert "Corse" in reading.hint


@pytest.mark.parametrize(
    ("raw", "kind", "number"),
    [
        ("9201 20200401 2359 123", NumberClass.ANEF_REQUEST_NUMBER, "9201202004012359123"),
        ("fra 012 345 678", NumberClass.VISA_NUMBER, "FRA012345678"),
        ("visa n° FRA012345678", NumberClass.VISA_NUMBER, "FRA012345678"),
        ("FRQà&é\"'(-è_", NumberClass.VISA_NUMBER, "FRA012345678"),
        ("1234-5678-9012-3456", NumberClass.ESTAMP_NUMBER, "1234567890123456"),
        ("carte n° X4RTBPFW4", NumberClass.DOCUMENT_NUMBER, "X4RTBPFW4"),
        ("N12345678", NumberClass.DOCUMENT_NUMBER, "N12345678"),
    ],
)
def test_other_numbers_are_named(raw: str, kind: NumberClass, number: str) -> None:
    reading = read_number(raw)
    assert (reading.number_class, reading.status, reading.normalized) == (kind, NumberStatus.VALID, number)
    assert "pas le numéro étranger" in reading.hint


@pytest.mark.parametrize(
    "raw", ["9201202013012359123", "9201202002302359123", "9201202004012459123", "9201189904012359123"]
)
def test_nineteen_digits_without_a_plausible_date_are_no_request(raw: str) -> None:
    assert read_number(raw).status is NumberStatus.INVALID_LENGTH


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        ("+33 6 12 34 56 78", "téléphone"),
        ("0033612345678", "téléphone"),
        ("12/03/1991", "date"),
        ("1 85 05 78 006 084 36", "sécurité sociale"),
        ("0612345678", "portable"),
        ("9912345678", "OFII"),
        ("9603000001", "département"),
        ("20080065031", "11 chiffres lus"),
        ("", "10 chiffres"),
    ],
)
def test_the_hint_says_what_it_looks_like(raw: str, word: str) -> None:
    assert word in read_number(raw).hint


@pytest.mark.parametrize("raw", ["", " ", "\r\n", "\u200b\u200f", "-", "N° :", "…".replace("…", "...")])
def test_nothing_read_is_empty(raw: str) -> None:
    assert read_number(raw).status is NumberStatus.EMPTY


@pytest.mark.parametrize(
    "name", ["DIALLO Mariama", "Stéphanie", "Bérénice", "N'DIAYE-KA", "ABCDEFGHI", "ÉÉ", "PGC LKTB XNVD R"]
)
def test_a_name_or_a_code_is_no_number(name: str) -> None:
    reading = read_number(name)
    assert (reading.number_class, reading.status) == (NumberClass.UNKNOWN, NumberStatus.INVALID_CHARS)


def test_a_number_inside_a_sentence_is_proposed() -> None:
    reading = read_number("venir avec 5903000001 svp")
    assert (reading.status, reading.candidates) == (NumberStatus.INVALID_CHARS, ("5903000001",))


def test_a_half_shifted_number_is_repaired_and_told() -> None:
    reading = read_number("75à3120521")
    assert (reading.normalized, reading.layout_repaired, reading.digits_read) == ("7503120521", True, 10)


@given(st.text())
def test_no_text_breaks_the_reading(raw: str) -> None:
    _is_sound(read_number(raw))


@given(st.text("0123456789AOIZSBE.,-+ éà\"'(N°:/", max_size=24))
def test_no_near_number_breaks_the_reading(raw: str) -> None:
    _is_sound(read_number(raw))


def _is_sound(reading: NumberReading) -> None:
    assert (reading.normalized is None) == (reading.number_class is NumberClass.UNKNOWN)
    assert all(len(candidate) == 10 and candidate.isdigit() for candidate in reading.candidates)
    assert reading.hint or reading.status is NumberStatus.VALID
    assert not any(word in reading.hint.lower() for word in BANNED)
    if reading.number_class is NumberClass.AGDREF:
        assert reading.normalized
        assert len(reading.normalized) == 10


@pytest.mark.parametrize("sign", [" ", "("])
def test_a_long_run_of_signs_is_read_in_a_blink(sign: str) -> None:
    began = process_time()
    assert read_number(sign * LONGEST).normalized is None
    assert process_time() - began < 0.2


def test_a_text_that_no_reader_gives_is_not_read_and_says_what_to_do() -> None:
    reading = read_number("7" * (LONGEST + 1))
    assert (reading.number_class, reading.candidates) == (NumberClass.UNKNOWN, ())
    assert "trop long" in reading.hint


def test_a_decomposed_label_reads_like_a_composed_one() -> None:
    assert read_number(unicodedata.normalize("NFD", "n° étranger : 7503120521")).normalized == "7503120521"


def test_a_number_is_masked_and_grouped_for_the_screen() -> None:
    assert masked("5912345821") == "59•••••821"
    assert masked("123") == "•••"
    assert grouped("5912345821") == "59 12 345 821"
    assert grouped("208006503") == "20 8006503"
    assert grouped("FRA012345678") == "FRA012345678"


def test_the_added_zero_stands_alone_on_the_screen() -> None:
    assert grouped_candidates(read_number("20 8006503")) == ("20 0 8006503", "0 208006503")
    assert grouped_candidates(read_number("75O3120521")) == ("75 03 120 521",)


@pytest.mark.parametrize("typed", ["²903000001", "①903000001", "59²3120821", "²", "²903 000 001"])
def test_a_figure_that_is_no_digit_is_a_stray_sign_and_breaks_nothing(typed: str) -> None:
    """« ² » lies left of « & » on a French keyboard."""
    reading = read_number(typed)
    assert reading.status is NumberStatus.INVALID_CHARS
    assert not reading.candidates
    assert reading.normalized is None
    assert "10 chiffres, sans lettre" in reading.hint
