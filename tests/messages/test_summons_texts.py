"""The words of an SMS: letters that the network counts once, and so many SMS and no more."""

import calendar
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.config import load_rules, sites
from counter_app.documents.paper_texts import languages
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
    (message,) = sms(summons_lines(code, facts(site, month), brief=True))
    assert narrow(message), set(message) - GSM
    assert segments(message) <= MOST


@pytest.mark.parametrize("site", sites())
def test_english_after_french_takes_no_more_than_both(site: str) -> None:
    both = sms(summons_lines("fr", facts(site), brief=True), summons_lines("en", facts(site), brief=True))
    assert all(map(narrow, both))
    assert sum(map(segments, both)) <= BOTH


OTHERS = [one.code for one in languages() if one.code != "fr"]


@pytest.mark.parametrize("site", sites())
@pytest.mark.parametrize("code", OTHERS)
def test_every_language_costs_three_sms_beside_the_french_and_both_cost_six_at_most(code: str, site: str) -> None:
    for month in range(1, 13):
        french, helped = (summons_lines(one, facts(site, month), brief=True) for one in ("fr", code))
        assert segments(sms(helped)[0]) <= MOST
        assert sum(map(segments, sms(french, helped))) <= BOTH


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("contact", ["", CONTACT])
def test_a_missed_hour_costs_three_sms_at_most_in_two_languages(code: str, contact: str) -> None:
    slot = facts("nord").slot
    texts = sms(missed_lines("fr", slot, contact, brief=True), missed_lines(code, slot, contact, brief=True))
    assert sum(map(segments, texts)) <= MOST


def test_french_never_pays_for_the_alphabet_of_the_other_language() -> None:
    french, arabic = sms(*(summons_lines(code, facts("nord"), brief=True) for code in ("fr", "ar")))
    assert narrow(french)
    assert "31/08/2026" in arabic and "10:50" in arabic and "350" in arabic


@pytest.mark.parametrize("code", ["es", "pt"])
def test_letters_whose_marks_the_network_does_not_know_lose_them(code: str) -> None:
    (told,) = sms(summons_lines(code, facts("nord"), brief=True))
    assert narrow(told)
    assert sms(("Œuvre à Besançon, île ó",)) == ("OEuvre à Besancon, ile ò".replace("ò", "o"),)


@given(st.text(max_size=200), st.text(max_size=200))
def test_two_languages_never_cost_more_than_in_one_sms_and_say_the_same(french: str, helped: str) -> None:
    texts = sms((french,), (helped,))
    joined = "\n".join(sms((one,))[0] for one in (french, helped))
    assert "\n".join(texts) == joined
    assert sum(map(segments, texts)) <= segments(joined)


@given(st.text(max_size=400))
def test_an_sms_never_holds_more_than_its_places(message: str) -> None:
    count = segments(message)
    narrow_one = set(message) <= GSM | set("€[]{}^\\~|\f")
    places = sum(1 + (letter not in GSM) for letter in message) if narrow_one else len(message.encode("utf-16-le")) // 2
    assert count >= 1
    assert places <= count * (153 if narrow_one else 67) or (count == 1 and places <= (160 if narrow_one else 70))


@pytest.mark.parametrize("contact", ["", CONTACT])
@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_message_about_a_missed_hour_is_one_sms(code: str, contact: str) -> None:
    for month in range(1, 13):
        (message,) = sms(missed_lines(code, facts("nord", month).slot, contact, brief=True))
        assert narrow(message), set(message) - GSM
        assert segments(message) == 1


def test_an_e_mail_keeps_the_day_in_words() -> None:
    (_ready, come, *_more) = summons_lines("fr", facts("nord"))
    assert "lundi 31 août 2026" in come
    (_ready, come, *_more) = summons_lines("fr", facts("nord"), brief=True)
    assert "lundi 31/08/2026" in come
