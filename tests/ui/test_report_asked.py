"""Which days the report looks at: whole weeks and months, one after the other without a gap, never a day twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.ui.screens.report.asked import Asked, Span

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
SPANS = st.sampled_from([Span.DAY, Span.WEEK, Span.MONTH])
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.DAY, TODAY, TODAY),
        (Span.WEEK, date(2026, 11, 23), date(2026, 11, 29)),
        (Span.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_weeks_begin_on_monday_and_months_on_the_first(span: Span, first: date, last: date) -> None:
    assert Asked(span).days(TODAY) == (first, last)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        (Asked(Span.DAY), date(2026, 11, 17), date(2026, 11, 17)),
        (Asked(Span.WEEK), date(2026, 11, 16), date(2026, 11, 22)),
        (Asked(Span.MONTH), date(2026, 10, 1), date(2026, 10, 31)),
        (Asked(Span.MONTH, date(2026, 3, 31)), date(2026, 2, 1), date(2026, 2, 28)),
        (Asked(Span.FREE, free=(date(2026, 11, 10), date(2026, 11, 12))), date(2026, 11, 7), date(2026, 11, 9)),
    ],
)
def test_a_day_is_compared_with_its_weekday_and_the_rest_with_what_came_just_before(
    asked: Asked, first: date, last: date
) -> None:
    assert asked.before(TODAY) == (first, last)


@given(span=SPANS, day=DAYS)
def test_one_step_later_begins_the_day_after_and_one_step_back_returns(span: Span, day: date) -> None:
    asked = Asked(span, day)
    later = asked.moved(1, TODAY)
    assert later.days(TODAY)[0] == asked.days(TODAY)[1] + ONE
    assert later.moved(-1, TODAY).days(TODAY) == asked.days(TODAY)


@given(first=DAYS, length=st.integers(0, 399))
def test_a_free_period_moves_by_its_own_length(first: date, length: int) -> None:
    asked = Asked(Span.FREE, free=(first, first + timedelta(days=length)))
    assert asked.moved(1, TODAY).before(TODAY) == asked.days(TODAY)
    assert asked.moved(1, TODAY).moved(-1, TODAY) == asked


@given(span=SPANS, day=DAYS)
def test_what_holds_today_follows_the_calendar_and_nothing_else_does(span: Span, day: date) -> None:
    moved = Asked(span, day).moved(1, TODAY)
    first, last = moved.days(TODAY)
    assert (moved.day is None) == (first <= TODAY <= last)
