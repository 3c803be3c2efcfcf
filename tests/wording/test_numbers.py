"""Foreign numbers are grouped for reading and masked for everybody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.wording.numbers import grouped, masked

DIGITS = st.text("0123456789", max_size=12)


def test_ten_digits_are_grouped_by_two_two_three_three() -> None:
    assert grouped("2008006503", " ") == "20 08 006 503"


def test_only_the_first_two_and_the_last_three_digits_are_shown() -> None:
    assert masked("5900123821") == "59•••••821"


@pytest.mark.parametrize("number", ["", "1", "1234567"])
def test_a_number_too_short_to_hide_anything_is_hidden_whole(number: str) -> None:
    assert masked(number) == "•" * len(number)


@given(DIGITS)
def test_grouping_adds_gaps_and_nothing_else(number: str) -> None:
    assert grouped(number, " ").replace(" ", "") == number


@given(DIGITS)
def test_at_least_three_digits_are_always_hidden(number: str) -> None:
    assert masked(number).count("•") >= min(3, len(number))
