"""Dated rules: what is in force on a day, when the doors are open, when they open next."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.config import load_rules, sites
from counter_app.domain.rules import ArrivalLimits, OpeningHours

NORD = load_rules("nord")
days = st.dates(date(2015, 1, 1), date(2045, 12, 31))


def limits(since: date, late: int) -> ArrivalLimits:
    return ArrivalLimits(since, "essai", 60, 15, 10, late)


@given(st.lists(st.tuples(days, st.integers(0, 99)), min_size=1, max_size=6, unique_by=lambda pair: pair[0]), days)
def test_the_newest_period_that_has_begun_applies_in_any_order(periods: list[tuple[date, int]], day: date) -> None:
    rules = replace(NORD, arrival=tuple(limits(*period) for period in periods))
    begun = [period for period in periods if period[0] <= day]
    expected = max(begun) if begun else min(periods)
    assert rules.limits_on(day).late == expected[1]


@given(days, st.sampled_from(sites()))
def test_a_closed_day_has_no_hours_and_an_open_one_has_both(day: date, site: str) -> None:
    rules = load_rules(site)
    hours = rules.opening_on(day)
    assert (hours is None) == (day.weekday() > 4 or rules.is_closed_on(day))
    if hours:
        assert rules.is_open(datetime.combine(day, hours.opens, rules.zone))
        assert not rules.is_open(datetime.combine(day, hours.closes, rules.zone))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))  # noqa: DTZ001
def test_the_next_opening_is_the_first_open_minute_after_now(naive: datetime) -> None:
    now = naive.replace(tzinfo=NORD.zone)
    opening = NORD.next_opening(now)
    assert opening is not None
    assert opening > now
    assert NORD.is_open(opening)
    between = [now.date() + timedelta(days=place) for place in range(1, (opening.date() - now.date()).days)]
    assert not any(NORD.opening_on(day) for day in between)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))  # noqa: DTZ001
def test_the_next_handover_window_opens_at_nine_on_a_working_day(naive: datetime) -> None:
    opening = NORD.next_handover(naive.replace(tzinfo=NORD.zone))
    assert opening is not None
    assert opening > naive.replace(tzinfo=NORD.zone)
    assert (opening.time(), opening.weekday() < 5, NORD.is_closed_on(opening.date())) == (time(9), True, False)


def test_a_bridge_day_is_open_until_the_site_closes_it() -> None:
    bridge = date(2026, 7, 13)
    assert NORD.opening_on(bridge) is not None
    shut = replace(NORD, closures=frozenset({bridge}))
    assert (shut.opening_on(bridge), shut.handover_on(bridge)) == (None, None)
    friday = datetime(2026, 7, 10, 12, tzinfo=NORD.zone)
    assert shut.next_handover(friday) == datetime(2026, 7, 15, 9, tzinfo=NORD.zone)


def test_a_department_of_the_east_keeps_its_own_holidays() -> None:
    good_friday = date(2026, 4, 3)
    assert NORD.opening_on(good_friday) is not None
    assert replace(NORD, holiday_zone="67").opening_on(good_friday) is None


def test_a_site_that_never_opens_has_no_next_opening() -> None:
    shut = replace(NORD, opening=(OpeningHours(date(2020, 1, 1), "essai", frozenset(), time(9), time(12)),))
    assert shut.next_opening(datetime(2026, 11, 23, 8, tzinfo=NORD.zone)) is None


@pytest.mark.parametrize("site", sites())
@pytest.mark.parametrize(
    "day", ["2026-01-01", "2026-04-06", "2026-05-01", "2026-05-14", "2026-07-14", "2026-11-11", "2026-12-25"]
)
def test_the_law_s_holidays_are_closed_at_every_site(site: str, day: str) -> None:
    """Article L. 3133-1 of the labour code; Easter Monday and Ascension of 2026 included."""
    assert load_rules(site).opening_on(date.fromisoformat(day)) is None


@pytest.mark.parametrize("site", sites())
def test_an_ordinary_monday_is_open_and_permits_are_handed_over_in_the_morning(site: str) -> None:
    rules = load_rules(site)
    assert rules.opening_on(date(2026, 11, 23)) is not None
    handover = rules.handover_on(date(2026, 11, 23))
    assert handover is not None
    assert handover.closes <= time(12)
    assert rules.handover_on(date(2026, 11, 22)) is None
