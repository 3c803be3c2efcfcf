"""Form, validity date and postal code answered apart, and the verdict that the desk shows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.foreign_number import read_number
from counter_app.domain.number_check import Comparison, KnownHolder, ThreeAnswers, number_verdict, three_answers
from counter_app.domain.verdict import Verdict

MATCH, DIFFERS, UNKNOWN = Comparison.MATCH, Comparison.DIFFERS, Comparison.UNKNOWN
EXPIRY = date(2027, 3, 12)
KNOWN = KnownHolder("2008006503", EXPIRY, "59000")
ALSO_KNOWN = KnownHolder("2008006503", EXPIRY, "59000", other_number="7703000001")


@pytest.mark.parametrize(
    ("raw", "expiry", "postcode", "known", "answers", "verdict"),
    [
        ("2008006503", EXPIRY, "59000", KNOWN, (MATCH, MATCH, MATCH), Verdict.NUMBER_OK),
        ("2008006503", None, None, KNOWN, (MATCH, UNKNOWN, UNKNOWN), Verdict.NUMBER_OK),
        ("2008006503", EXPIRY, "59000", None, (MATCH, UNKNOWN, UNKNOWN), Verdict.NUMBER_OK),
        ("2008006503", date(2026, 3, 12), "59000", KNOWN, (MATCH, DIFFERS, MATCH), Verdict.NUMBER_EXPIRY_DIFFERS),
        ("2008006503", EXPIRY, "59 800", KNOWN, (MATCH, MATCH, DIFFERS), Verdict.NUMBER_POSTCODE_DIFFERS),
        ("2008006503", date(2026, 3, 12), "59800", KNOWN, (MATCH, DIFFERS, DIFFERS), Verdict.NUMBER_EXPIRY_DIFFERS),
        ("5903000001", EXPIRY, "59000", KNOWN, (DIFFERS, MATCH, MATCH), Verdict.NUMBER_ALIAS),
        ("2008006503", EXPIRY, "59000", ALSO_KNOWN, (MATCH, MATCH, MATCH), Verdict.NUMBER_ALIAS),
        ("208006503", EXPIRY, "59000", KNOWN, (MATCH, MATCH, MATCH), Verdict.NUMBER_LEGACY),
        ("208006503", None, None, None, (UNKNOWN, UNKNOWN, UNKNOWN), Verdict.NUMBER_LEGACY),
        ("9603000001", None, None, None, (UNKNOWN, UNKNOWN, UNKNOWN), Verdict.NUMBER_UNUSUAL_PREFIX),
        ("20080065031", None, None, None, (DIFFERS, UNKNOWN, UNKNOWN), Verdict.NUMBER_LENGTH),
        ("", None, None, None, (UNKNOWN, UNKNOWN, UNKNOWN), Verdict.NUMBER_LENGTH),
        ("FRA012345678", None, None, None, (DIFFERS, UNKNOWN, UNKNOWN), Verdict.NUMBER_OTHER_KIND),
        ("75O3120521", None, None, None, (DIFFERS, UNKNOWN, UNKNOWN), Verdict.NUMBER_OTHER_KIND),
    ],
)
def test_each_answer_stands_alone_and_gives_one_verdict(
    raw: str,
    expiry: date | None,
    postcode: str | None,
    known: KnownHolder | None,
    answers: tuple[Comparison, Comparison, Comparison],
    verdict: Verdict,
) -> None:
    reading = read_number(raw)
    told = three_answers(reading, expiry, postcode, known)
    assert told == ThreeAnswers(*answers)
    assert number_verdict(reading, told, known) is verdict


def test_a_postcode_that_lost_its_zero_in_a_spreadsheet_still_matches() -> None:
    known = KnownHolder("0103000001", postcode="01000")
    assert three_answers(read_number("0103000001"), None, " 1000 ", known).postcode is MATCH


@given(st.text(), st.dates() | st.none(), st.text() | st.none())
def test_unknown_is_said_only_when_a_side_is_missing(raw: str, expiry: date | None, postcode: str | None) -> None:
    told = three_answers(read_number(raw), expiry, postcode, KNOWN)
    assert (told.expiry is UNKNOWN) == (expiry is None)
    number_verdict(read_number(raw), told, KNOWN)
