"""A few days of a site in trouble: whatever order desks exchange in, each day balances at every desk to the unit."""

import shutil
from datetime import date, time
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.month.__main__ import working_days
from tests.month.evening import differing
from tests.month.people import Hours
from tests.month.simulation import Month, Plan
from tests.sync.nodes import place_of_nodes, seeded

NIGHT = Hours(time(1), time(4))
EVENING = Hours(time(20, 30), time(23, 50))
OCTOBER = (date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 26))
"""At three in the morning of the second, it is two again."""
MARCH = (date(2026, 3, 27), date(2026, 3, 30))
"""The last working day before summer time, and the first one after."""
NOUMEA, CAYENNE = ZoneInfo("Pacific/Noumea"), ZoneInfo("America/Cayenne")


def run(plan: Plan) -> None:
    place = place_of_nodes()
    try:
        with seeded(Random(plan.seed)):
            month = Month(plan, place)
            try:
                month.run()
                month.verified()
            finally:
                month.close()
    except BaseException as error:
        error.add_note(str(plan))
        raise
    finally:
        shutil.rmtree(place, ignore_errors=True)


@pytest.mark.parametrize(
    "plan",
    [
        Plan(MARCH, desks=4, visitors=22, seed=1),
        Plan(OCTOBER, desks=3, visitors=18, seed=2, hours=NIGHT),
        Plan(MARCH, desks=4, visitors=14, seed=3, zone=NOUMEA),
        Plan(OCTOBER[:2], desks=4, visitors=18, seed=4, zone=CAYENNE, hours=EVENING),
    ],
    ids=["summer time", "the night of winter time", "across midnight UTC", "across midnight"],
)
def test_each_day_balances_at_every_desk_to_the_unit(plan: Plan) -> None:
    run(plan)


@given(st.integers(10, 100_000))
@settings(max_examples=1, deadline=None)
def test_whatever_happens_the_figures_are_those_of_what_happened(seed: int) -> None:
    run(Plan(MARCH, desks=3, visitors=12, seed=seed))


def test_the_days_of_the_month_are_those_on_which_the_site_receives() -> None:
    assert working_days(date(2026, 5, 1), 4) == [date(2026, 5, 4)]
    assert len(working_days(date(2026, 10, 12), 30)) == 22


def test_what_changed_is_found_by_the_path_of_each_figure() -> None:
    assert differing({"a": {"b": 1}, "c": 2}, {"a": {"b": 3}, "c": 2}) == {"a.b": (1, 3)}
