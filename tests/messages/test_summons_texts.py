"""The words of an SMS: letters that the network counts once, and so many SMS and no more."""

import calendar
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from counter_app.config import load_rules, sites
from counter_app.messages.summons_texts import GSM, SummonsFacts, missed_lines, segments, sms, summons_lines

PARIS = ZoneInfo("Europe/Paris")
MOST, BOTH = 3, 6
"""SMS of a summons with everything in it, and with English after French."""
CONTACT = "pref-titres-etrangers@puy-de-dome.gouv.fr"


def facts(site: str, month: int = 8, **more: object) -> SummonsFacts:
    rules = load_rules(site)
    values: dict[str, object] = {
        "place": f"{rules.name}, {rules.address}",
        "short_place": f"{rules.name.partition(' ')[0]}, {rules.address}",
        "slot": datetime(2026, month, calendar.monthrange(2026, month)[1], 10, 50, tzinfo=PARIS),
        "old_document": True,
        "stamp_amount": 350,
        "minor": True,
        "contact": CONTACT,
    }
    return SummonsFacts(**{**values, **more})  # type: ignore[arg-type]


def narrow(message: str) -> bool:
    """Whether no letter turns the message into 16 bits; the euro counts twice and is allowed."""
    return set(message) <= GSM | {"€"}


@pytest.mark.parametrize("site", sites())
@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_summons_in_french_and_in_english_keeps_to_letters_that_count_once(
    code: str, month: int, site: str
) -> None:
    message = sms(summons_lines(code, facts(site, month), brief=True))
    assert narrow(message), set(message) - GSM
    assert segments(message) <= MOST


@pytest.mark.parametrize("site", sites())
def test_english_after_french_takes_no_more_than_both(site: str) -> None:
    both = sms(summons_lines("fr", facts(site), brief=True), summons_lines("en", facts(site), brief=True))
    assert narrow(both)
    assert segments(both) <= BOTH


@pytest.mark.parametrize("contact", ["", CONTACT])
@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_message_about_a_missed_hour_is_one_sms(code: str, contact: str) -> None:
    for month in range(1, 13):
        message = sms(missed_lines(code, facts("nord", month).slot, contact, brief=True))
        assert narrow(message), set(message) - GSM
        assert segments(message) == 1


def test_an_e_mail_keeps_the_day_in_words() -> None:
    (_ready, come, *_more) = summons_lines("fr", facts("nord"))
    assert "lundi 31 août 2026" in come
    (_ready, come, *_more) = summons_lines("fr", facts("nord"), brief=True)
    assert "lundi 31/08/2026" in come
