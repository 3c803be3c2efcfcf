"""Tax stamps: amounts by case and date against the worked table, and the sixteen digits of a stamp."""

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.config import load_tariff
from counter_app.domain.tax_stamps import (
    NotConfirmed,
    StampAmount,
    StampFault,
    last_digits,
    read_amount,
    read_stamp,
    stamp_digest,
)

VECTORS = Path(__file__).parents[1] / "vectors" / "stamps.csv"
CASES = list(csv.DictReader(VECTORS.read_text(encoding="utf-8").splitlines()))
TARIFF = load_tariff()
CHANGE = date(2026, 5, 1)
KEY = b"k" * 32
AZERTY: dict[str, str | int | None] = dict(zip("1234567890", "&é\"'(-è_çà", strict=True))
sixteen = st.text("0123456789", min_size=16, max_size=16)


def days_of(period: str) -> list[date]:
    first, last = period.split("..")
    since, until = date.fromisoformat(first), date.fromisoformat(last) if last else date(2031, 12, 31)
    return [since, since + (until - since) / 2, until]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['code']}-{case['period']}")
def test_each_case_costs_what_the_table_says_on_every_day_of_its_period(case: dict[str, str]) -> None:
    wanted = (int(case["tax_eur"]), int(case["stamp_duty_eur"]), int(case["total_eur"]), case["confidence"])
    for day in days_of(case["period"]):
        found = TARIFF.on(case["code"], day)
        assert isinstance(found, StampAmount)
        assert (found.tax, found.duty, found.total, found.confidence.value) == wanted
        assert len(found.source) > 5


@pytest.mark.parametrize(("case", "day"), [("DCEM", CHANGE), ("LATE", CHANGE), ("LATE", date(2030, 1, 1))])
def test_a_case_that_no_source_confirms_has_no_amount_and_says_what_was_looked_for(case: str, day: date) -> None:
    found = TARIFF.on(case, day)
    assert isinstance(found, NotConfirmed)
    assert found.source.startswith("Aucune source")
    assert isinstance(TARIFF.on(case, CHANGE - timedelta(days=1)), StampAmount)


@pytest.mark.parametrize(
    ("case", "day"),
    [("LICENCE_EXCHANGE", date(2026, 4, 30)), ("FIRST_STD", date(2019, 12, 31)), ("NO_SUCH", CHANGE)],
)
def test_before_its_first_source_or_without_a_case_no_amount_is_made_up(case: str, day: date) -> None:
    assert isinstance(TARIFF.on(case, day), NotConfirmed)


def test_no_case_costs_two_amounts_on_one_day() -> None:
    for case, label in TARIFF.cases:
        assert label
        periods = sorted((one.since, one.until) for one in TARIFF.amounts if one.case == case)
        for (_first, until), (since, _last) in pairwise(periods):
            assert until is not None
            assert until < since


@given(st.dates(date(2019, 1, 1), date(2031, 1, 1)))
def test_each_case_that_exists_on_a_day_is_proposed_once_with_what_it_costs_that_day(day: date) -> None:
    proposed = TARIFF.cases_on(day)
    assert [one.case for one in proposed] == [
        case for case, _label in TARIFF.cases if any(one.case == case and one.since <= day for one in TARIFF.amounts)
    ]
    assert all(one == TARIFF.on(one.case, day) for one in proposed)


def test_the_first_of_may_2026_changes_what_a_first_permit_costs() -> None:
    assert 225 in TARIFF.known_totals(CHANGE - timedelta(days=1))
    assert {350, 250, 150, 100} <= TARIFF.known_totals(CHANGE)


@given(sixteen, st.sampled_from(["", " ", "\u00a0", "\u202f", "-", "."]))
def test_sixteen_digits_are_read_with_any_separator_and_in_other_scripts(digits: str, gap: str) -> None:
    written = gap.join(digits[place : place + 4] for place in range(0, 16, 4))
    assert read_stamp(f"  {written}\r\n").digits == digits
    arabic = digits.translate({ord(str(value)): chr(0x0660 + value) for value in range(10)})
    assert read_stamp(arabic).digits == digits


@given(sixteen.filter(lambda digits: len(set(digits)) > 3 and set(digits) & set("124579")))
def test_a_reader_that_types_the_digit_row_without_shift_is_understood_and_told(digits: str) -> None:
    reading = read_stamp(digits.translate(str.maketrans(AZERTY)))
    assert (reading.digits, reading.layout_repaired) == (digits, True)


@pytest.mark.parametrize(
    ("raw", "fault", "read"),
    [
        ("", StampFault.EMPTY, 0),
        ("   ", StampFault.EMPTY, 0),
        ("123456789012345", StampFault.LENGTH, 15),
        ("12345678901234567", StampFault.LENGTH, 17),
        ("1234 5678 9012 345O", StampFault.LETTERS, 15),
        ("timbre 1234567890123456", StampFault.LETTERS, 16),
        ("²234567890123456", StampFault.LETTERS, 16),
    ],
)
def test_what_is_no_stamp_is_told_and_never_corrected(raw: str, fault: StampFault, read: int) -> None:
    reading = read_stamp(raw)
    assert (reading.fault, reading.digits, reading.ok) == (fault, "", False)
    assert reading.read == read


@given(st.text())
def test_any_text_is_read_or_told(raw: str) -> None:
    reading = read_stamp(raw)
    assert reading.ok == (len(reading.digits) == 16)


@given(sixteen, sixteen)
def test_one_stamp_has_one_digest_under_a_key_and_another_under_another(one: str, other: str) -> None:
    assert (stamp_digest(one, KEY) == stamp_digest(other, KEY)) == (one == other)
    assert stamp_digest(one, KEY) != stamp_digest(one, b"another")
    assert one not in stamp_digest(one, KEY)
    assert last_digits(one) == one[12:]


def test_a_digest_without_a_key_is_a_breakage() -> None:
    with pytest.raises(ValueError, match="key"):
        stamp_digest("1" * 16, b"")


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        *(("225", 225), (" 225 € ", 225), ("225,00", 225), ("1 255", 1255), ("0", 0), ("٢٢٥", 225)),
        *(("225,50", None), ("", None), ("-225", None), ("gratuit", None), ("99999", None), ("9" * 400, None)),
        ("2.2.5", None),
    ],
)
def test_an_amount_is_whole_euros_or_none(text: str, euros: int | None) -> None:
    assert read_amount(text) == euros
