"""The channels of the three sites: what each notice says, on the days when it says it, and never a dead end."""

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.config import sites
from counter_app.domain.orientation import OTHER, Advice, Channel, Directory, Held, decide
from counter_app.domain.orientation_search import find, named
from counter_app.domain.questions import FIRST_QUESTION, MOST_ANSWERS, leaves
from counter_app.domain.verdict import Verdict
from counter_app.routing import load_directory
from counter_app.telling.channels import orientation_lines, orientation_text
from counter_app.wording.catalogue import LANGUAGES

TODAY = date(2026, 11, 24)
TERRITORIES = {"Nord (59)": "nord", "Loiret (45)": "loiret", "Puy-de-Dome (63)": "puy-de-dome"}
OF_THE_NOTICE = {
    "000": date(2020, 6, 16),
    "001": date(2018, 3, 1),
    "002": date(2023, 3, 1),
    "003": date(2020, 7, 1),
    "004": date(2020, 6, 20),
}
"""A day on which each notice was the newest word."""
CHANNELS = {
    "none (automatic)": Channel.AUTOMATIC,
    "none (automatic) + downloadable attestation": Channel.AUTOMATIC,
    "none (automatic, 3 months)": Channel.AUTOMATIC,
    "email": Channel.EMAIL,
    "appointment": Channel.APPOINTMENT,
    "in person on convocation": Channel.CONVOCATION,
    "in person on new convocation": Channel.CONVOCATION,
    "postal delivery": Channel.POSTAL_DELIVERY,
    "wait for new convocation": Channel.WAIT_CONVOCATION,
    "ANTS online": Channel.ANTS_ONLINE,
    "phone": Channel.PHONE,
    "phone duty line": Channel.PHONE,
    "online appointment": Channel.ONLINE_APPOINTMENT,
    "phone or email": Channel.PHONE_OR_EMAIL,
    "postal": Channel.POST,
    "email/SMS notifications": Channel.NOTIFICATIONS,
    "France Services counter": Channel.DIGITAL_HELP,
    "ANEF online": Channel.ANEF_ONLINE,
    "registered letter (LRAR)": Channel.REGISTERED_LETTER,
    "demarches-simplifiees": Channel.DEMARCHES_SIMPLIFIEES,
    "in person on SMS convocation": Channel.SMS_CONVOCATION,
    "in person with SMS": Channel.SMS_CONVOCATION,
    "phone (SPADA Coallia)": Channel.SPADA_PHONE,
    "online form": Channel.ONLINE_FORM,
    "postal or letterbox": Channel.POST_OR_LETTERBOX,
    "online service": Channel.ONLINE_SERVICE,
    "email or post": Channel.EMAIL_OR_POST,
}
ROWS = tuple(csv.DictReader((Path(__file__).parent / "vectors" / "routing.csv").read_text("utf-8").splitlines()))
BOTH_OF_ONE_NOTICE = {
    "NL-10": "the guide lists it under ANEF and by post",
    "N20-12": "the guide's telephone line came later",
    "PD-10": "people convened before the lockdown only",
    "PD-11": "the handover that follows",
}


@cache
def directory(site: str) -> Directory:
    return load_directory(site)


def asked(site: str, words: str, day: date = TODAY, **more: object) -> Advice:
    here = directory(site)
    motive = named(here.motives.values(), words)
    assert motive, words
    expiry = more.get("expiry")
    return decide(here, motive, day, expiry=expiry if isinstance(expiry, date) else None)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_each_row_of_the_notices_is_found_by_its_name_and_told_as_its_notice_told_it(row: dict[str, str]) -> None:
    told = asked(TERRITORIES[row["territory"]], row["category_fr"], OF_THE_NOTICE[row["seed"]])
    wanted = CHANNELS[row["channel"]]
    assert wanted in (told.channel, *(other.channel for other in told.others))
    if row["id"] not in BOTH_OF_ONE_NOTICE:
        assert told.channel is wanted
    rules = [rule for rule in (told.rule, *told.others) if rule.channel is wanted]
    said = " ".join(" ".join((rule.link, rule.address, rule.email, rule.phone)) for rule in rules)
    if "@" in row["target"] or row["target"].startswith("http") or row["target"][:2] == "03":
        assert (
            row["target"].rstrip("/").split("/ (")[0].removesuffix(" (attestation de prolongation)").rstrip("/") in said
        )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_today_the_channel_of_the_notice_is_the_answer_or_is_shown_beside_it(row: dict[str, str]) -> None:
    told = asked(TERRITORIES[row["territory"]], row["category_fr"])
    assert CHANNELS[row["channel"]] in (told.channel, *(other.channel for other in told.others))


@pytest.mark.parametrize("row", [row for row in ROWS if row["question_contact"]], ids=lambda row: row["id"])
def test_whom_to_ask_is_told(row: dict[str, str]) -> None:
    told = asked(TERRITORIES[row["territory"]], row["category_fr"], OF_THE_NOTICE[row["seed"]])
    rule = told.rule
    said = " ".join((rule.question, rule.email, rule.phone, rule.advice))
    assert row["question_contact"].removeprefix("ANTS ").partition(" >")[0] in said


def test_the_press_desk_is_given_to_nobody() -> None:
    for rule in (*directory("nord").rules, directory("nord").contact):
        told = (rule.phone, rule.email, rule.question, rule.link, rule.advice)
        assert not any("52 50" in text or "communication@" in text for text in told)


@pytest.mark.parametrize(
    ("site", "words", "day", "verdict"),
    [
        ("nord", "récépissé", TODAY, Verdict.RECEPISSE_ONLINE),
        ("loiret", "APS qui expire", TODAY, Verdict.APS_ONLINE),
        ("nord", "ADP", TODAY, Verdict.ANEF_CERTIFICATE_ONLINE),
        ("nord", "carte de 10 ans", TODAY, Verdict.ANEF_ONLINE),
        ("nord", "carte de 10 ans", date(2024, 7, 3), Verdict.BY_POST),
        ("puy-de-dome", "changement de statut", TODAY, Verdict.BY_POST),
        ("nord", "rendez-vous de remise manqué", TODAY, Verdict.BY_EMAIL),
        ("nord", "première demande d’asile", TODAY, Verdict.ASYLUM_SPADA_FIRST),
        ("loiret", "carte grise", TODAY, Verdict.ANTS_ONLINE),
    ],
)
def test_each_verdict_of_orientation_is_told(site: str, words: str, day: date, verdict: Verdict) -> None:
    assert asked(site, words, day).verdict is verdict


@pytest.mark.parametrize("site", sites())
def test_the_questions_have_four_answers_at_most_and_end_in_motives(site: str) -> None:
    here = directory(site)
    assert set(leaves(here.questions)) <= set(here.motives)
    assert all(2 <= len(question.choices) <= MOST_ANSWERS for question in here.questions.values())
    reached = {FIRST_QUESTION} | {one.leads_to for question in here.questions.values() for one in question.choices}
    assert set(here.questions) <= reached
    assert OTHER in set(leaves(here.questions))


@pytest.mark.parametrize("site", sites())
def test_every_rule_speaks_of_known_motives_and_names_its_notice(site: str) -> None:
    here = directory(site)
    for rule in (*here.rules, here.contact):
        assert set(rule.motives) <= set(here.motives)
        assert rule.source.name
        assert rule.until is None or rule.since <= rule.until
        assert bool(rule.documents) == bool(rule.documents_from)
        assert rule.documents_from in ("", "notice", "partial", "usual")


@given(
    site=st.sampled_from(sites()),
    place=st.integers(min_value=0, max_value=200),
    day=st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    expiry=st.none() | st.integers(-400, 400),
    held=st.none() | st.sampled_from(list(Held)),
)
def test_every_motive_gets_one_channel_and_one_next_action_on_every_day(
    site: str, place: int, day: date, expiry: int | None, held: Held | None
) -> None:
    here = directory(site)
    motives = [*here.motives.values(), None]
    until = None if expiry is None else day + timedelta(days=expiry)
    told = decide(here, motives[place % len(motives)], day, expiry=until, held=held)
    assert told.rule.in_force(day) or told.rule is here.contact
    for lang in LANGUAGES:
        words = orientation_text(told, here, lang)
        assert words.enter_action.slug == "print_slip"
        assert words.title
        assert words.family == "go"
        assert not set("{}") & set(words.sentence + "".join(orientation_lines(told, here, day, lang)))
    if not told.foreseen:
        assert told.channel is Channel.SUPERVISOR
        assert told.rule.phone


@pytest.mark.parametrize("site", sites())
def test_every_motive_is_found_by_three_letters_of_its_name_and_by_each_of_its_names(site: str) -> None:
    here = directory(site)
    for motive in here.motives.values():
        assert motive in find(here.motives.values(), motive.names["fr"][:8])
        for spelling in (motive.slug, *motive.names.values()):
            assert named(here.motives.values(), spelling) is motive, spelling


def test_two_letters_find_nothing_and_nonsense_neither() -> None:
    motives = directory("nord").motives.values()
    assert find(motives, "ré") == ()
    assert find(motives, "zzzz") == ()
    assert find(motives, "  ") == ()


def test_notices_that_disagree_stand_beside_the_answer() -> None:
    told = asked("nord", "première demande vie privée et familiale")
    assert told.channel is Channel.EMAIL
    assert [other.channel for other in told.others] == [Channel.ONLINE_APPOINTMENT]
    assert any("Article non officiel" in line for line in orientation_lines(told, directory("nord"), TODAY))
    assert Channel.POSTAL_DELIVERY in [other.channel for other in asked("nord", "carte prête").others]


def test_an_address_that_the_notice_leaves_blank_is_not_invented() -> None:
    told = asked("puy-de-dome", "prolongation de visa de court séjour")
    assert told.verdict is Verdict.BY_EMAIL
    assert told.rule.email == ""
    assert any("responsable" in note for note in orientation_text(told, directory("puy-de-dome")).notes)


@pytest.mark.parametrize(
    ("day", "timing"),
    [
        (date(2026, 10, 29), "early"),
        (date(2026, 10, 30), "in_time"),
        (date(2026, 11, 30), "in_time"),
        (date(2026, 12, 1), "expired"),
    ],
)
def test_an_anef_certificate_is_renewed_in_its_last_month(day: date, timing: str) -> None:
    told = asked("nord", "attestation de prolongation ANEF", day, expiry=date(2026, 11, 30))
    assert told.verdict is Verdict.ANEF_CERTIFICATE_ONLINE
    assert told.act_from == date(2026, 10, 30)
    assert told.timing == timing
    assert "30/11/2026" in orientation_text(told, directory("nord")).detail
