"""Telephone numbers as people and lists write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.phone import read_phone, takes_messages


@pytest.mark.parametrize(
    ("raw", "phone"),
    [
        ("06 12 34 00 01", "+33612340001"),
        ("06.12.34.00.01", "+33612340001"),
        ("+33 (0)6 12 34 00 01", "+33612340001"),
        ("0033612340001", "+33612340001"),
        ("+33612340001", "+33612340001"),
        ("0692 12 34 56", "+262692123456"),
        ("0696123456", "+596696123456"),
        ("+213 555 12 34 56", "+213555123456"),
        ("٠٦١٢٣٤٠٠٠١", "+33612340001"),
        ("612340001", None),
        ("06 12 34 00", None),
        ("06 12 34 00 0l", None),
        ("0012", None),
        ("+0612340001", None),
        ("", None),
        ("inconnu", None),
    ],
)
def test_a_number_is_brought_to_its_international_form_or_to_nothing(raw: str, phone: str | None) -> None:
    assert read_phone(raw) == phone


@given(st.text())
def test_any_text_is_a_number_or_is_not(raw: str) -> None:
    phone = read_phone(raw)
    assert phone is None or (read_phone(phone) == phone and phone[1:].isascii() and phone[1:].isdigit())


def test_a_french_land_line_takes_no_sms() -> None:
    assert [takes_messages(phone) for phone in ("+33612340001", "+33712340001", "+33320305252", "+213555123456")] == [
        *(True, True, False, True)
    ]
