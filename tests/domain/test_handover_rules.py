"""Dated rules of the handover: every site has them, each with its source, and a kind of permit has its checklist."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.config import load_rules, sites
from counter_app.domain.handover_draft import Line
from counter_app.domain.handover_rules import AfterMissed, read_handover_rules

NORD = load_rules("nord").handover_rules
TODAY = date(2026, 11, 23)
LIMITS = {
    **{"since": date(2020, 1, 1), "source": "essai", "after_missed": "message", "missed_channel": "a@exemple.fr"},
    **dict.fromkeys(("closing_warning", "finish", "early", "late", "days_ahead", "slot_minutes", "slot_capacity"), 7),
}
EVERY_KIND = {"since": date(2020, 1, 1), "source": "essai", "required": ["identity"]}


@pytest.mark.parametrize("site", sites())
def test_every_site_says_where_each_rule_comes_from_and_sets_no_ageing_delay(site: str) -> None:
    rules = load_rules(site).handover_rules
    sources = [*(one.source for one in rules.limits), *(one.source for one in rules.checklists)]
    assert min(map(len, sources)) > 10
    for limits in rules.limits:
        assert limits.ageing_days is None
        assert min(limits.slot_minutes, limits.slot_capacity, limits.days_ahead) > 0
        assert limits.missed_channel


def test_a_missed_hour_leads_where_the_notice_of_each_site_says() -> None:
    told = {site: load_rules(site).handover_rules.limits_on(TODAY).after_missed for site in sites()}
    assert told == {
        "nord": AfterMissed.MESSAGE,
        "loiret": AfterMissed.NEW_SLOT,
        "puy-de-dome": AfterMissed.NEW_SLOT,
    }
    assert NORD.limits_on(TODAY).missed_channel == "pref-titres-etrangers@nord.gouv.fr"


@pytest.mark.parametrize(("kind", "asked"), [("CST 1 an", True), ("DCEM", False), ("dcem 5 ans", False), (None, True)])
def test_a_kind_of_permit_has_its_own_lines(kind: str | None, asked: bool) -> None:
    assert (Line.OLD_DOCUMENT in NORD.checklist(kind, TODAY).required) is asked


@given(st.text(max_size=30), st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.sampled_from(sites()))
def test_any_kind_on_any_day_has_a_checklist(kind: str, day: date, site: str) -> None:
    rules = load_rules(site).handover_rules
    assert Line.IDENTITY in rules.checklist(kind, day).required
    assert rules.limits_on(day) in rules.limits


def test_the_newest_rule_that_has_begun_applies() -> None:
    newer = replace(NORD.limits[0], since=date(2027, 1, 1), slot_capacity=9)
    rules = replace(NORD, limits=(newer, *NORD.limits))
    assert rules.limits_on(date(2026, 12, 31)).slot_capacity == NORD.limits[0].slot_capacity
    assert rules.limits_on(date(2027, 1, 1)).slot_capacity == 9


@pytest.mark.parametrize(
    "wrong",
    [
        {"handover_limits": [LIMITS], "handover_checklist": [{**EVERY_KIND, "kinds": ["DCEM"]}]},
        {"handover_limits": [LIMITS], "handover_checklist": [{**EVERY_KIND, "required": ["tampon"]}]},
        {"handover_limits": [{**LIMITS, "after_missed": "rien"}], "handover_checklist": [EVERY_KIND]},
        {"handover_limits": [{**LIMITS, "late": "tard"}], "handover_checklist": [EVERY_KIND]},
    ],
)
def test_rules_that_say_nothing_sound_do_not_load(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_handover_rules(wrong)
    with pytest.raises(KeyError):
        read_handover_rules({})
