"""A desk whose clock went back says so: nobody is sent away, and the arrival bears the doubt (C35)."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.period_figures import PeriodFigures
from counter_app.domain.verdict import Verdict
from counter_app.store import journal
from counter_app.ui.screens.report.words import provisional_told
from counter_app.usecases.day_facts import day_figures
from counter_app.usecases.day_papers import day_page
from counter_app.usecases.figures_told import told
from counter_app.usecases.find import nobody
from counter_app.usecases.freshness import OtherDesks, clock_behind, newest_if_ahead, newest_moment
from counter_app.usecases.period_report import period_figures
from counter_app.usecases.work_items import open_items, settle
from counter_app.wording.catalogue import Words
from tests.homes import MONDAY, AtDesk, moment, person
from tests.usecases.test_period_papers import plain


def two_expected(here: AtDesk) -> None:
    """One came at 9:05; the other is still expected at 9:10."""
    here.desk.training = False
    here.expects(person("SOW Aïssata"), person("DIALLO Mariama", "5987654321"))
    here.clock.at("9:05")
    here.scan(here.code("SOW"))


def test_a_clock_behind_the_last_act_is_told_in_the_verdict_and_the_arrival_is_recorded(here: AtDesk) -> None:
    two_expected(here)
    here.clock.at("7:05")
    answer = here.scan(here.code("DIALLO"))
    assert (answer.verdict, answer.figures["n"], answer.recorded) == (Verdict.CLOCK_SKEW, 120, True)
    with here.desk.looking() as connection:
        (act,) = journal.latest(connection, here.desk.stream, ["checked_in"], 1)
    assert act.details == {"verdict": "clock_skew", "clock_behind": 120}


def test_yesterdays_clock_does_not_turn_todays_people_away(here: AtDesk) -> None:
    two_expected(here)
    here.clock.at("9:05", MONDAY - timedelta(days=1))
    assert here.scan(here.code("DIALLO")).verdict is Verdict.CLOCK_SKEW


def test_somebody_who_would_be_turned_away_at_both_hours_still_is(here: AtDesk) -> None:
    two_expected(here)
    here.expects(person("DEMAIN Jade", "5922222225", **{"date rdv": "30/11/2026"}))
    here.clock.at("7:05")
    assert here.scan(here.code("DEMAIN")).verdict is Verdict.OTHER_DAY


def test_who_is_inside_stays_inside_whatever_the_clock(here: AtDesk) -> None:
    two_expected(here)
    here.clock.at("7:05")
    assert here.scan(here.code("SOW")).verdict is Verdict.ALREADY_CHECKED_IN


@pytest.mark.parametrize("read", ["5999999998", "PERSONNE Ici"])
def test_nobody_is_unknown_for_sure_to_a_desk_whose_clock_is_wrong(here: AtDesk, read: str) -> None:
    two_expected(here)
    here.clock.at("9:10")
    assert here.scan("5999999998").verdict is Verdict.UNKNOWN
    assert nobody(here.desk, read).verdict is Verdict.UNKNOWN
    here.clock.at("8:20")
    assert here.scan("5999999998").verdict is Verdict.UNKNOWN_STALE_DATA
    assert nobody(here.desk, read).verdict is Verdict.UNKNOWN_STALE_DATA


def test_a_few_minutes_are_no_wrong_clock(here: AtDesk) -> None:
    two_expected(here)
    here.clock.at("9:01")
    assert here.scan(here.code("DIALLO")).verdict is Verdict.ADMITTED
    assert clock_behind(here.desk, newest_moment(here.desk)) == 0


def test_a_training_desk_plays_its_days_again(here: AtDesk) -> None:
    two_expected(here)
    here.desk.training = True
    here.clock.at("7:05")
    assert newest_moment(here.desk) is None


@given(st.lists(st.integers(-600, 600), min_size=1, max_size=8), st.integers(-600, 600))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_one_row_is_enough_to_believe_a_clock_and_never_hides_one_that_is_behind(
    here: AtDesk, worked: list[int], now: int
) -> None:
    here.desk.training = False
    for minutes in worked:
        here.clock.now = moment("12:00") + timedelta(minutes=minutes)
        here.scan("PERSONNE")
    here.clock.now = moment("12:00") + timedelta(minutes=now)
    with here.desk.looking() as connection:
        seen = newest_if_ahead(here.desk, connection, here.desk.now())
    assert clock_behind(here.desk, seen) == clock_behind(here.desk, newest_moment(here.desk))


def test_the_report_of_both_days_says_whose_clock_wrote_one_on_the_other(here: AtDesk) -> None:
    two_expected(here)
    sunday = MONDAY - timedelta(days=1)
    here.clock.at("9:05", sunday)
    here.scan(here.code("DIALLO"))
    here.clock.at("18:00")
    for day in (sunday, MONDAY):
        figures = day_figures(here.desk, day)
        assert figures.wrong_clocks == (here.desk.name,)
        assert f"HORLOGE FAUSSE : {here.desk.name}" in plain(day_page(here.desk, figures).pdf)
        said = provisional_told(figures, OtherDesks(), here.desk.rules.zone, Words("fr"))
        assert f"Horloge fausse\u00a0: {here.desk.name}." in said
    week = period_figures(here.desk, sunday, MONDAY + timedelta(days=5))
    assert isinstance(week, PeriodFigures)
    assert week.wrong_clocks == (here.desk.name,)
    assert day_figures(here.desk, MONDAY + timedelta(days=1)).wrong_clocks == ()


def test_an_answered_conflict_leaves_the_wrong_clock_in_the_report_and_out_of_what_is_signed(here: AtDesk) -> None:
    two_expected(here)
    here.clock.at("8:05")
    here.scan(here.code("DIALLO"))
    (one,) = open_items(here.desk)
    settle(here.desk, one.id, "both", "Horloge réglée", "Mme Roy")
    figures = day_figures(here.desk, MONDAY)
    assert (figures.open_conflicts, figures.wrong_clocks) == (0, (here.desk.name,))
    assert "wrong_clocks" not in told(figures)


def test_an_hour_barely_too_far_from_its_place_is_shown_with_its_act(here: AtDesk) -> None:
    two_expected(here)
    behind = moment("9:05") - timedelta(minutes=10, milliseconds=2)
    here.desk.clock = lambda: behind
    here.scan(here.code("DIALLO"))
    (conflict,) = [one for one in open_items(here.desk) if one.kind == "clock_skew"]
    assert [fact.minutes for fact in conflict.facts] == [-10, -10]


def test_the_report_counts_the_open_conflicts_that_the_inbox_lists(here: AtDesk) -> None:
    two_expected(here)
    here.clock.at("7:05")
    here.scan(here.code("DIALLO"))
    figures = day_figures(here.desk, MONDAY)
    assert figures.open_conflicts == len(open_items(here.desk)) > 0
