"""A reader set for another layout, a hand that forgets Shift, digits of other scripts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.keyboard import (
    looks_like_azerty_row,
    plain_digits,
    repair_azerty,
    repair_digit_row,
    without_invisible_marks,
)

ROW = dict(zip("1234567890", "&é\"'(-è_çà", strict=True))
US_ON_AZERTY = str.maketrans("qwasz" + "QWASZ" + "mM;:" + "1234567890", "azqsw" + "AZQSW" + ",?mM" + "&é\"'(-è_çà")

numbers = st.text("0123456789", min_size=4, max_size=19)


@given(
    numbers.filter(lambda number: not set(number) <= {"6"} and len(set(number)) > 1 and set(number) & set("12345780"))
)
def test_any_number_read_through_the_wrong_layout_comes_back_with_a_flag(number: str) -> None:
    typed = "".join(ROW[digit] for digit in number)
    assert looks_like_azerty_row(typed)
    assert repair_azerty(typed) == (number, True)


def test_the_known_scan_of_a_us_reader_is_repaired() -> None:
    assert repair_azerty('éàà_àà-(à"') == ("2008006503", True)


def test_caps_lock_on_does_not_hide_the_row() -> None:
    assert repair_azerty('ÉÀÀ_ÀÀ-(À"') == ("2008006503", True)
    assert looks_like_azerty_row('ÉÀÀ_ÀÀ-(À"')


def test_decomposed_accents_and_typographic_marks_are_the_same_keys() -> None:
    assert repair_azerty(unicodedata.normalize("NFD", 'éàà_àà-(à"')) == ("2008006503", True)
    assert repair_azerty("ç’à“") == ("9403", True)


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789;:", max_size=20))
def test_a_code_with_letters_and_digits_comes_back_from_the_wrong_layout(code: str) -> None:
    assert repair_azerty(code.translate(US_ON_AZERTY))[0] == code


@pytest.mark.parametrize("kept", ["7503120521", "75-0312-0521", "PGC LKTB 1", ""])
def test_a_text_with_digits_is_kept_as_it_is(kept: str) -> None:
    assert repair_azerty(kept) == (kept, False)


@pytest.mark.parametrize("text", ["", "----", "75-0312", "- -", "Bérénice", "d'été", "&&&&", "(é)", "éa"])
def test_words_separators_and_short_marks_are_no_digit_row(text: str) -> None:
    assert not looks_like_azerty_row(text)


def test_a_half_shifted_row_is_repaired_without_touching_letters() -> None:
    assert repair_digit_row("75à3120521") == ("7503120521", True)
    assert repair_digit_row("7503120521") == ("7503120521", False)


@pytest.mark.parametrize("zero", ["０", "٠", "۰", "०", "𝟎", "০"])
def test_decimal_digits_of_any_script_become_ascii(zero: str) -> None:
    assert plain_digits("".join(chr(ord(zero) + value) for value in range(10))) == "0123456789"


def test_superscripts_and_fractions_are_not_read_as_digits() -> None:
    assert plain_digits("²½①") == "²½①"


def test_full_width_letters_become_ascii() -> None:
    assert plain_digits("ＦＲＡ：") == "FRA:"


def test_invisible_marks_go_and_line_breaks_become_spaces() -> None:
    assert without_invisible_marks("\u200f75\u200b03\ufeff\u2066\x02\r\n1\t2") == "7503  1 2"


@given(st.text())
def test_no_text_breaks_the_keyboard(text: str) -> None:
    looks_like_azerty_row(text)
    assert isinstance(repair_azerty(text)[0], str)
    assert not any(unicodedata.category(character) == "Cf" for character in without_invisible_marks(plain_digits(text)))
