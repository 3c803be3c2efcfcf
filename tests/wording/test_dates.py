"""How days, hours and durations are written."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.wording.dates import Language, duration, hour, hour_on, long_date, short_date

LANGUAGES: tuple[Language, ...] = ("fr", "en")


def test_a_day_is_written_in_words() -> None:
    assert long_date(date(2026, 11, 24)) == "mardi 24 novembre 2026"
    assert long_date(date(2026, 11, 24), "en") == "Tuesday 24 November 2026"


def test_the_first_of_the_month_is_premier_in_french_only() -> None:
    assert long_date(date(2026, 12, 1)) == "mardi 1er décembre 2026"
    assert long_date(date(2026, 12, 1), "en") == "Tuesday 1 December 2026"


def test_a_day_in_figures_has_the_day_first() -> None:
    assert short_date(date(2026, 3, 7)) == "07/03/2026"


@pytest.mark.parametrize(
    ("moment", "french", "english"),
    [
        (time(9, 24), "9\u00a0h\u00a024", "09:24"),
        (time(9, 5), "9\u00a0h\u00a005", "09:05"),
        (time(14, 0), "14\u00a0h", "14:00"),
        (datetime(2026, 11, 24, 0, 30, tzinfo=UTC), "0\u00a0h\u00a030", "00:30"),
    ],
)
def test_an_hour_never_breaks_at_the_end_of_a_line(moment: time | datetime, french: str, english: str) -> None:
    assert hour(moment) == french
    assert hour(moment, "en") == english


@pytest.mark.parametrize(
    ("today", "french", "english"),
    [
        (date(2026, 11, 23), "15\u00a0h\u00a002", "15:02"),
        (date(2026, 11, 24), "15\u00a0h\u00a002 le\u00a023/11", "15:02 on\u00a023/11"),
        (date(2027, 1, 2), "15\u00a0h\u00a002 le\u00a023/11/2026", "15:02 on\u00a023/11/2026"),
    ],
)
def test_an_hour_of_another_day_is_told_with_its_day(today: date, french: str, english: str) -> None:
    moment = datetime(2026, 11, 23, 15, 2, tzinfo=UTC)
    assert (hour_on(moment, today), hour_on(moment, today, "en")) == (french, english)


@pytest.mark.parametrize(
    ("length", "french", "english"),
    [
        (timedelta(seconds=59), "moins\u00a0d’une\u00a0minute", "less\u00a0than\u00a0a\u00a0minute"),
        (timedelta(minutes=25, seconds=59), "25\u00a0min", "25\u00a0min"),
        (timedelta(minutes=60), "1\u00a0h", "1\u00a0h"),
        (timedelta(minutes=125), "2\u00a0h\u00a005", "2\u00a0h\u00a005\u00a0min"),
        (timedelta(days=1), "1\u00a0jour", "1\u00a0day"),
        (timedelta(days=3, hours=5), "3\u00a0jours", "3\u00a0days"),
    ],
)
def test_a_duration_is_rounded_down(length: timedelta, french: str, english: str) -> None:
    assert duration(length) == french
    assert duration(length, "en") == english


def test_a_negative_duration_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="negative"):
        duration(timedelta(seconds=-1))


@given(st.dates(), st.sampled_from(LANGUAGES))
def test_every_day_is_written_with_its_year(day: date, lang: Language) -> None:
    assert long_date(day, lang).endswith(f"{day.year:04}")
    assert len(short_date(day)) == 10


@given(st.times(), st.sampled_from(LANGUAGES))
def test_no_hour_holds_a_space_that_breaks(moment: time, lang: Language) -> None:
    assert " " not in hour(moment, lang)


@given(st.timedeltas(min_value=timedelta(0)), st.sampled_from(LANGUAGES))
def test_no_duration_holds_a_space_that_breaks(length: timedelta, lang: Language) -> None:
    assert " " not in duration(length, lang)
