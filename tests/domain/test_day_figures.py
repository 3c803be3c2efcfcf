"""The figures of a day against a recount by hand: every duration, half hour and ending, whatever the day was."""

import math
from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.acts import ActKind, Json
from counter_app.domain.day_balance import Balance, Ending, balance
from counter_app.domain.day_figures import HALF_HOUR, Times, half_hours, times, wait_of
from counter_app.usecases.figures_told import changes
from tests.domain.invented_visits import Passage

ENDINGS = st.lists(st.sampled_from(list(Ending)), max_size=60)
DAY = datetime(2026, 11, 23, tzinfo=UTC)


@given(ENDINGS)
def test_everybody_convened_ends_in_exactly_one_place(endings: list[Ending]) -> None:
    counted = balance(endings)
    assert counted.convened == len(endings)
    assert all(getattr(counted, ending.value) == endings.count(ending) for ending in Ending)


@given(st.lists(st.integers(0, 86_400), min_size=1, max_size=80), st.integers(1, 240))
def test_nine_in_ten_do_not_exceed_the_decile_and_fewer_would_not_be_nine(seconds: list[int], minutes: int) -> None:
    within = sum(1 for one in seconds if one <= 60 * minutes)
    told = times(seconds, within)
    exact = sorted(seconds)[math.ceil(0.9 * len(seconds)) - 1]
    assert told.p90 == round(exact / 60, 1)
    assert told.longest == round(max(seconds) / 60, 1)
    assert told.within_target == round(within / len(seconds), 4)


def test_a_day_without_anybody_has_no_duration_rather_than_a_zero() -> None:
    assert times([]) == Times()


@given(st.lists(st.integers(0, 24 * 60 - 1), max_size=80))
def test_half_hours_count_everybody_and_leave_no_hole(minutes: list[int]) -> None:
    told = half_hours(Counter(minute // HALF_HOUR for minute in minutes))
    assert sum(told.values()) == len(minutes)
    for hour, count in told.items():
        begin = int(hour[:2]) * 60 + int(hour[3:])
        assert count == sum(1 for one in minutes if begin <= one < begin + 30)
    assert list(told) == sorted(told)


def test_what_changed_between_two_versions_is_named_figure_by_figure() -> None:
    before: Json = {"balance": {"received": 1, "open": 2}, "by_purpose": [{"name": "Dépôt", "open": 1}], "offline": 0}
    after: Json = {"balance": {"received": 2, "open": 1}, "by_purpose": [{"name": "Dépôt", "open": 0}], "offline": 0}
    assert [one["figure"] for one in changes(before, after)] == [
        "balance.received",
        "balance.open",
        "by_purpose.Dépôt.open",
    ]
    assert changes(before, before) == []


def test_a_group_that_comes_or_goes_is_named_figure_by_figure() -> None:
    group: Json = {"by_purpose": [{"name": "Dépôt", "open": 1, "waits": {"count": 2}}]}
    nobody: Json = {"by_purpose": []}
    assert [(one["figure"], one["before"], one["after"]) for one in changes(nobody, group)] == [
        ("by_purpose.Dépôt.open", None, 1),
        ("by_purpose.Dépôt.waits.count", None, 2),
    ]
    assert [one["after"] for one in changes(group, nobody)] == [None, None]


def test_nobody_counted_is_as_nobody_listed() -> None:
    """The first arrival of the afternoon lengthens the chart by half hours of nobody; a purpose may have nobody."""
    before: Json = {"arrivals": {"09:00": 2}, "by_purpose": [], "waits": {"longest": None}}
    half_hours_: Json = {"09:00": 2, "09:30": 0, "10:00": 1}
    empty: Json = [{"name": "Dépôt", "convened": 0, "waits": {"count": 0, "median": None}}]
    after: Json = {"arrivals": half_hours_, "by_purpose": empty, "waits": {"longest": "0"}}
    told = [(one["figure"], one["before"], one["after"]) for one in changes(before, after)]
    assert told == [("arrivals.10:00", None, 1), ("waits.longest", None, "0")]
    back = [(one["figure"], one["before"], one["after"]) for one in changes(after, before)]
    assert back == [("arrivals.10:00", 1, None), ("waits.longest", "0", None)]


def test_service_times_by_group_are_no_change_since_a_version_that_did_not_count_them() -> None:
    older: Json = {"by_service": [{"name": "Accueil", "open": 1}]}
    newer: Json = {"by_service": [{"name": "Accueil", "open": 0, "service_times": {"count": 2}}]}
    later: Json = {"by_service": [{"name": "Accueil", "open": 0, "service_times": {"count": 3}}]}
    assert [one["figure"] for one in changes(older, newer)] == ["by_service.Accueil.open"]
    assert [one["figure"] for one in changes(newer, later)] == ["by_service.Accueil.service_times.count"]


def test_a_balance_is_the_sum_of_its_parts() -> None:
    assert Balance(received=121, absent=17, left=3, rescheduled=7, open=2).convened == 150


@given(st.integers(-30, 30), st.integers(-30, 30))
def test_a_wait_is_never_shorter_than_from_the_arrival_to_the_first_call(called: int, later: int) -> None:
    """Whatever the clock of the desk did between two gestures."""
    told = Passage(at=DAY)
    told.open()
    arrived = told.at
    told.at = call = arrived + timedelta(minutes=called)
    told.at -= timedelta(minutes=1)
    told.tell("1", ActKind.VISIT_CALLED)
    told.at += timedelta(minutes=later)
    told.tell("1", ActKind.VISIT_PRESENT)
    waited = wait_of(told.visit)
    assert waited == max(0.0, (max(call, told.at) - arrived).total_seconds())
