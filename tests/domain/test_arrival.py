"""The decision of the reception desk, for any hour, any state and any site's limits."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.config import load_rules, sites
from counter_app.domain.arrival import RESTRICTION, decide
from counter_app.domain.convocation import Convocation
from counter_app.domain.convocation_fold import fold
from counter_app.domain.listing import ListedStatus, Listing
from counter_app.domain.rules import ArrivalLimits
from counter_app.domain.verdict import FAMILY, RECORDS_ARRIVAL, Verdict
from counter_app.domain.visit import goes_on
from tests.domain.invented_acts import acts_of

NORD = load_rules("nord")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=NORD.zone)


def convocation(slot: datetime, **more: str) -> Convocation:
    told = Listing("a", "1", "2026", "SOW Aïssata", slot.isoformat(), "Remise", ListedStatus.EXPECTED, **more)  # type: ignore[arg-type]
    return Convocation("0f" * 16, (told,))


@given(
    st.tuples(*[st.integers(0, 120)] * 4).map(sorted),
    st.integers(-200, 200),
)
def test_the_limits_of_a_site_cut_the_day_in_five_without_gap(limits: list[int], minutes: int) -> None:
    on_time, late, early, very_early = limits[0], limits[1], limits[2], limits[3]
    period = ArrivalLimits(date(2020, 1, 1), "essai", very_early, early, on_time, late)
    verdict = decide(convocation(NOON), NOON + timedelta(minutes=minutes), replace(NORD, arrival=(period,))).verdict
    expected = (
        Verdict.TOO_EARLY
        if -minutes > very_early
        else Verdict.EARLY
        if -minutes > early
        else Verdict.ADMITTED
        if minutes <= on_time
        else Verdict.LATE
        if minutes <= late
        else Verdict.TOO_LATE
    )
    assert verdict is expected


@given(acts_of().map(fold), st.datetimes(datetime(2026, 11, 20), datetime(2026, 11, 27)), st.sampled_from(sites()))  # noqa: DTZ001
def test_there_is_always_one_verdict_and_chips_never_repeat_it(
    told: Convocation | None, at: datetime, site: str
) -> None:
    if told is None or not told.listings:
        return
    rules = load_rules(site)
    decision = decide(told, at.replace(tzinfo=rules.zone), rules)
    assert decision.verdict in RESTRICTION
    assert decision.verdict not in decision.chips
    assert [chip for chip in RESTRICTION if chip in decision.chips] == list(decision.chips)
    assert decision.figures["n"] >= 0
    here = at.replace(tzinfo=rules.zone)
    if any(goes_on(one.moment, here) for one in told.standing_arrivals):
        assert decision.verdict in (Verdict.ALREADY_CHECKED_IN, Verdict.ALREADY_SERVED)
    else:
        assert decision.verdict is not Verdict.ALREADY_CHECKED_IN


def test_every_verdict_of_an_arrival_has_a_place_among_the_others() -> None:
    assert len(set(RESTRICTION)) == len(RESTRICTION)
    assert set(RESTRICTION) <= set(FAMILY)
    assert set(RESTRICTION) & RECORDS_ARRIVAL >= {Verdict.ADMITTED, Verdict.LATE, Verdict.CONFLICT_PENDING}


@pytest.mark.parametrize(
    ("slot", "now", "verdict"),
    [
        ("2026-10-25T09:00:00+01:00", "2026-10-25T09:00:00+01:00", Verdict.CLOSED),
        ("2026-10-26T09:00:00+01:00", "2026-10-26T08:00:00+00:00", Verdict.ADMITTED),
        ("2026-03-30T09:00:00+02:00", "2026-03-30T07:05:00+00:00", Verdict.ADMITTED),
        ("2026-11-23T00:10:00+01:00", "2026-11-22T23:05:00+00:00", Verdict.CLOSED),
    ],
)
def test_instants_are_compared_whatever_the_offset_they_are_written_with(slot: str, now: str, verdict: Verdict) -> None:
    assert decide(convocation(datetime.fromisoformat(slot)), datetime.fromisoformat(now), NORD).verdict is verdict


def test_what_is_most_restrictive_is_said_first_and_the_rest_as_chips() -> None:
    one = convocation(NOON, birth_date="2015-01-01", document_expiry="2026-01-01")
    decision = decide(one, NOON + timedelta(minutes=20), NORD)
    assert decision.verdict is Verdict.MINOR_NEEDS_GUARDIAN
    assert decision.chips == (Verdict.LATE, Verdict.EXPIRED)
    assert decision.figures == {"n": 20, "limit": 30, "age": 11}


@pytest.mark.parametrize(
    ("born", "minor"), [("2015-00-00", True), ("2008-12-00", True), ("2008-00-00", False), ("1990-00-00", False)]
)
def test_a_child_of_whom_only_the_year_is_known_is_a_minor(born: str, minor: bool) -> None:
    decision = decide(convocation(NOON, birth_date=born), NOON, NORD)
    assert decision.verdict is (Verdict.MINOR_NEEDS_GUARDIAN if minor else Verdict.ADMITTED)
    assert "age" not in decision.figures


@pytest.mark.parametrize(
    ("here", "place", "elsewhere"),
    [(site, load_rules(site).elsewhere[0].words, True) for site in sites() if load_rules(site).elsewhere]
    + [("nord", "Préfecture du Nord", False), ("nord", "", False)],
)
def test_an_appointment_elsewhere_is_told(here: str, place: str, elsewhere: bool) -> None:
    verdict = decide(convocation(NOON, place=place), NOON, load_rules(here)).verdict
    assert (verdict is Verdict.OTHER_SITE) == elsewhere
