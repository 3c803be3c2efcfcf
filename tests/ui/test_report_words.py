"""What changed is told in the agent's words: no figure keeps the name that machines give it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from counter_app.domain.acts import Json
from counter_app.domain.day_balance import Balance
from counter_app.domain.day_figures import Figures, Gestures, Group, Stock, Times
from counter_app.domain.period_figures import Difference, Unit, compare
from counter_app.ui.screens.report.compare import change, with_before
from counter_app.ui.screens.report.words import changes_told, figure_told, handover_told
from counter_app.ui.widgets.chart import Bar
from counter_app.usecases.figures_told import changes, counted, lines
from counter_app.wording.catalogue import LANGUAGES, Words
from tests.ui.test_report_screen import period

WAITS = Times(3, 12, 13.5, 20, 0.78)
FULL = Figures(
    at=datetime(2026, 11, 24, 8, tzinfo=UTC),
    balance=Balance(1, 2, 3, 4, 5, 6),
    arrivals={"09:00": 3, "09:30": 1},
    waits=WAITS,
    walk_in_waits=WAITS,
    services=WAITS,
    by_service=(Group("Accueil", Balance(received=1), WAITS, WAITS),),
    by_purpose=(Group("Titre V.P.F. malade", Balance(received=1), WAITS, WAITS),),
    walk_ins=Balance(received=1),
    gestures=Gestures({"anef_online": 2, "post": 1}, {"cancelled": 1, "too_late": 2}),
    stock=Stock(5, 4, 3, 2, 4, 1),
    not_sent=("Poste 3",),
)


def names(shape: Json, place: str = "") -> list[str]:
    """Names of figures as `changes` writes them: groups by their name."""
    if isinstance(shape, list) and all(isinstance(one, dict) and "name" in one for one in shape):
        shape = {str(one["name"]): one for one in shape if isinstance(one, dict)}
    if isinstance(shape, dict):
        return [name for key, value in shape.items() for name in names(value, f"{place}.{key}".lstrip("."))]
    return [place]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_of_a_day_has_its_words(lang: str) -> None:
    words = Words("en" if lang == "en" else "fr")
    told = {name: figure_told(name, words) for name in names(counted(FULL)) if not name.endswith(".name")}
    assert len(told) > 50
    assert [name for name, said in told.items() if "_" in said or said == name] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_that_two_periods_compare_has_its_words(lang: str) -> None:
    words = Words("en" if lang == "en" else "fr")
    found = compare(period(FULL), period(FULL))
    told = [figure_told(one.figure, words) for one in found.differences]  # type: ignore[union-attr]
    assert len(told) > 30
    assert [said for said in told if "_" in said or "." in said] == []
    assert len(set(told)) == len(told)


def test_a_name_with_dots_stays_whole() -> None:
    said = figure_told("by_purpose.Titre V.P.F. malade.waits.median", Words("fr"))
    assert said == "Motif Titre V.P.F. malade · Attente · médiane"


def test_a_figure_that_came_is_told_from_none_and_minutes_as_minutes() -> None:
    before: dict[str, Json] = {"waits": {"median": None, "within_target": "0.5"}, "not_sent": ["Poste 3"]}
    after: dict[str, Json] = {"waits": {"median": "14.5", "within_target": "0.78"}, "not_sent": []}
    said = changes_told(changes(before, after), Words("fr")).replace("\u00a0", " ")
    assert said == (
        "Attente · médiane : – → 14,5 min ; Attente · dans le délai : 50 % → 78 % ; Postes en retard : Poste 3 → –"
    )


def test_many_changes_are_counted_beyond_a_dozen() -> None:
    before: dict[str, Json] = {"arrivals": {f"{hour:02}:00": 1 for hour in range(8, 23)}}
    after: dict[str, Json] = {"arrivals": {f"{hour:02}:00": 2 for hour in range(8, 23)}}
    said = changes_told(changes(before, after), Words("fr")).replace("\u00a0", " ")
    assert said.endswith("autres changements : 3")


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (Difference("balance.received", Unit.PEOPLE, 100, 112), "+12 (+12 %)"),
        (Difference("balance.absent", Unit.PEOPLE, 8, 6), "\u22122 (\u221225 %)"),
        (Difference("balance.left", Unit.PEOPLE, 0, 3), "+3"),
        (Difference("balance.left", Unit.PEOPLE, 3, 3), "0"),
        (Difference("shares.absent", Unit.SHARE, 0.12, 0.09), "\u22123 points"),
        (Difference("waits.median", Unit.MINUTES, None, 12), "–"),
    ],
)
def test_a_change_is_told_with_its_sign_and_never_from_nothing(difference: Difference, said: str) -> None:
    assert change(difference, Words("fr")).replace("\u00a0", " ") == said


def test_bars_of_the_period_before_stand_by_their_words_and_none_is_lost() -> None:
    now, before = [Bar("ANEF", 3, "3")], [Bar("courrier", 2, "2"), Bar("ANEF", 1, "1")]
    beside = [(one.label, one.told, one.before_told) for one in with_before(now, before, Words("fr"))]
    assert beside == [("ANEF", "3", "1 avant"), ("courrier", "0", "2 avant")]


def test_a_duration_of_nobody_is_none_and_never_zero() -> None:
    median = Bar("médiane", 12, "12 min")
    now = with_before([median], [], Words("fr"), "–")
    before = with_before([], [median], Words("fr"), "–")
    assert [(one.told, one.before_told) for one in (*now, *before)] == [("12 min", "– avant"), ("–", "12 min avant")]


def test_the_sheet_and_the_screen_name_the_same_figures() -> None:
    assert len(list(lines(counted(FULL)))) >= len(names(counted(FULL)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_people_summoned_by_sms_are_said_not_to_be_among_those_convened(lang: str) -> None:
    words = Words("en" if lang == "en" else "fr")
    assert words("report.summoned") in handover_told(FULL, words)
    assert words("report.summoned") not in handover_told(replace(FULL, stock=Stock()), words)
