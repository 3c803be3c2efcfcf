"""Hours proposed to people: inside the window, on open days, never more people than there is room for."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.config import load_rules, sites
from counter_app.domain.permit import Permit
from counter_app.domain.permit_listing import PermitListing
from counter_app.domain.summons import NoRoom, first_day, free_hours, hours_of, in_order, no_room, propose

NORD = load_rules("nord")
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def permit(identity: str, received_on: str | None = "2026-11-11", name: str = "SOW") -> Permit:
    listing = PermitListing("list", "2026-11-20T08:00:00+00:00", "F5V9RY2WJ", name, received_on=received_on)
    return Permit(identity, (listing,))


@given(days, st.sampled_from(sites()))
def test_every_hour_of_a_day_begins_and_ends_inside_the_window(day: date, site: str) -> None:
    rules = load_rules(site)
    hours, limits = rules.handover_on(day), rules.handover_rules.limits_on(day)
    found = list(hours_of(rules, day))
    assert bool(found) == (hours is not None)
    for slot in found:
        assert hours is not None
        assert hours.opens <= slot.time()
        assert (slot + timedelta(minutes=limits.slot_minutes)).time() <= hours.closes
        assert slot.utcoffset() == datetime.combine(day, slot.time(), rules.zone).utcoffset()


@given(days, st.integers(0, 200), st.lists(st.integers(0, 17), max_size=40))
def test_no_hour_ever_holds_more_people_than_its_room(since: date, people: int, taken_at: list[int]) -> None:
    start = datetime.combine(since, time.min, NORD.zone)
    first = next(iter(free_hours(NORD, start, ()))).date()
    day_hours = list(hours_of(NORD, first))
    taken = [day_hours[place] for place in taken_at]
    proposals = propose([permit(str(place)) for place in range(people)], NORD, start, taken)
    given_out = [one.slot for one in proposals if one.slot]
    assert given_out == sorted(given_out)
    capacity = NORD.handover_rules.limits_on(since).slot_capacity
    before, used = Counter(taken), Counter([*taken, *given_out])
    assert all(used[slot] <= max(capacity, before[slot]) for slot in used)
    assert len(given_out) == people


def test_bridge_days_and_holidays_are_never_proposed() -> None:
    shut = replace(NORD, closures=frozenset({date(2026, 7, 13)}))
    found = {slot.date() for slot in free_hours(shut, datetime(2026, 7, 10, tzinfo=NORD.zone), ())}
    assert found.isdisjoint({date(2026, 7, 11), date(2026, 7, 12), date(2026, 7, 13), date(2026, 7, 14)})
    assert {date(2026, 7, 10), date(2026, 7, 15)} <= found


def test_a_site_without_a_window_proposes_nothing() -> None:
    closed = replace(NORD, handover=())
    assert [one.slot for one in propose([permit("a")], closed, datetime(2026, 11, 23, tzinfo=NORD.zone), ())] == [None]


@pytest.mark.parametrize(
    ("day", "hour", "taken", "why"),
    [
        (date(2026, 11, 30), time(9), 3, None),
        (date(2026, 11, 30), time(9), 4, NoRoom.FULL),
        (date(2026, 11, 30), time(9, 3), 0, NoRoom.BETWEEN),
        (date(2026, 11, 30), time(15), 0, NoRoom.OUTSIDE),
        (date(2026, 11, 30), time(12), 0, NoRoom.OUTSIDE),
        (date(2026, 11, 29), time(9), 0, NoRoom.CLOSED_DAY),
        (date(2026, 12, 25), time(9), 0, NoRoom.CLOSED_DAY),
    ],
)
def test_an_hour_without_room_says_why(day: date, hour: time, taken: int, why: NoRoom | None) -> None:
    at = datetime.combine(day, hour, NORD.zone)
    assert no_room(NORD, at, [at] * taken) is why


def test_the_first_day_is_about_a_week_ahead() -> None:
    assert first_day(NORD, date(2026, 11, 23)) == date(2026, 11, 30)


def test_people_are_convened_in_the_order_of_reception_after_those_a_supervisor_put_first() -> None:
    old, new, unknown = permit("1", "2026-11-01"), permit("2", "2026-11-11"), permit("3", None)
    assert [one.id for one in in_order([unknown, new, old])] == ["1", "2", "3"]
    assert [one.id for one in in_order([unknown, new, old], ["3", "2"])] == ["3", "2", "1"]
