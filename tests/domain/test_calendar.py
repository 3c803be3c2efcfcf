"""The calendar of every year and department, against a worked table and a calendar made by others."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from counter_app.config import load_calendar
from counter_app.domain.calendar import DayKind, easter, read_days
from counter_app.domain.person_names import fold

VECTORS = Path(__file__).parents[1] / "vectors" / "calendar.csv"
ROWS = list(csv.DictReader(VECTORS.read_text(encoding="utf-8").splitlines()))
HOLIDAYS = [row for row in ROWS if row["kind"] in set(DayKind)]
WORKED = [row for row in ROWS if row["kind"] == "test_vector"]
NOTES = [row for row in ROWS if row["kind"] not in {*DayKind, "test_vector"}]
CALENDAR = load_calendar()
CLOSED = "0"
"""What the table says of a day on which the law closes; by custom alone it says nothing."""
ZONES = ("57", "6AE", "971", "972", "973", "974", "976", "MF", "BL", "NC", "PF", "WF", "PM")


@pytest.mark.parametrize("row", HOLIDAYS, ids=lambda row: f"{row['date']}-{row['zone']}")
def test_each_day_of_the_table_is_told_with_its_name_and_its_kind(row: dict[str, str]) -> None:
    day = date.fromisoformat(row["date"])
    named = {(fold(one.name), one.kind.value) for one in CALENDAR.on(day, row["zone"])}
    assert (fold(row["label_fr"]), row["kind"]) in named
    assert CALENDAR.is_holiday(day, row["zone"]) == (row["counter_open"] == CLOSED)


@pytest.mark.parametrize("row", WORKED, ids=lambda row: f"{row['date']}-{row['zone']}")
def test_a_day_is_a_holiday_or_not_as_the_table_says(row: dict[str, str]) -> None:
    day = date.fromisoformat(row["date"])
    assert CALENDAR.is_holiday(day, row["zone"]) == (row["counter_open"] == CLOSED)
    assert {"sat": 5, "sun": 6}.get(row["counter_open"], day.weekday()) == day.weekday()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['date']}-{row['zone']}")
def test_weekdays_of_the_table_are_ours(row: dict[str, str]) -> None:
    assert f"{date.fromisoformat(row['date']):%a}" == row["weekday"]


def test_rules_and_news_of_the_table_close_no_counter() -> None:
    assert {row["counter_open"] for row in NOTES} == {""}


@pytest.mark.parametrize("zone", ZONES)
def test_the_days_of_thirty_years_are_those_of_a_calendar_made_by_others(zone: str) -> None:
    years = range(2013, 2046)
    theirs = {
        (day, fold(name))
        for day, names in country_holidays("FR", subdiv=zone, years=years, language="fr").items()
        for name in names.split("; ")
    }
    assert {(one.day, fold(one.name)) for year in years for one in CALENDAR.of_year(year, zone)} == theirs


@pytest.mark.parametrize(
    ("year", "day"), [(1961, "1961-04-02"), (2000, "2000-04-23"), (2008, "2008-03-23"), (2038, "2038-04-25")]
)
def test_easter_is_where_almanacs_say(year: int, day: str) -> None:
    assert easter(year).isoformat() == day


@given(st.integers(1600, 4000))
def test_easter_is_a_sunday_between_its_two_limits(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@given(st.dates(date(2015, 1, 1), date(2060, 1, 1)), st.sampled_from((*ZONES, "59", "67", "68", "FR")))
def test_a_day_kept_by_custom_closes_nothing_and_a_holiday_always_does(day: date, zone: str) -> None:
    kinds = {one.kind for one in CALENDAR.on(day, zone)}
    closing = bool(kinds - {DayKind.CUSTOMARY})
    assert CALENDAR.is_holiday(day, zone) == closing


@given(st.integers(2015, 2060))
def test_alsace_and_moselle_have_the_same_two_days_more(year: int) -> None:
    national = {one.day for one in CALENDAR.of_year(year)}
    for zone in ("57", "67", "68", "6AE"):
        more = {one.day for one in CALENDAR.of_year(year, zone)} - national
        assert more == {easter(year) - timedelta(days=2), date(year, 12, 26)}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", set()),
        ("2026-12-24", {date(2026, 12, 24)}),
        (" 24/12/2026,  2026-12-31; 2/1/2027 ", {date(2026, 12, 24), date(2026, 12, 31), date(2027, 1, 2)}),
    ],
)
def test_closures_are_read_as_people_write_them(text: str, days: set[date]) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize(
    ("text", "word"), [("2026-12-24, demain", "demain"), ("31/2/2026", "31/2/2026"), ("1/2", "1/2")]
)
def test_a_closure_that_is_no_day_is_named(text: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        read_days(text)


def test_two_holidays_that_meet_are_both_told() -> None:
    assert {one.name for one in CALENDAR.on(date(2008, 5, 1))} == {"Ascension", "Fête du Travail"}


def test_every_day_says_which_text_makes_it() -> None:
    assert [rule.name for rule in CALENDAR.rules if len(rule.source) < 10] == []
