"""One channel for each demand, whatever the rules say: the newest in force, else the general contact."""

from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.orientation import (
    Channel,
    Directory,
    Held,
    Motive,
    Rule,
    Source,
    Span,
    Timing,
    decide,
    month_before,
)
from counter_app.domain.orientation_search import find, named
from counter_app.domain.questions import Choice, Question, leaves
from counter_app.domain.verdict import Verdict

OLD = Source("Notice ancienne", date(2026, 11, 22), date(2017, 1, 1))
NEW = Source("Notice nouvelle", date(2026, 11, 22), date(2024, 7, 4))
CARD = Motive("card", {"fr": "Carte de dix ans", "en": "Ten-year card"}, ("carte de résident",), Held.PERMIT)
PAPER = Motive("paper", {"fr": "Récépissé", "en": "Receipt"}, held=Held.RECEPISSE)
ASYLUM = Motive("asylum", {"fr": "Demande d’asile", "en": "Asylum"})
CONTACT = Rule((), Channel.SUPERVISOR, OLD, date(1900, 1, 1), phone="00 00 00 00 00")
QUESTIONS = {
    "start": Question({"fr": "Quoi ?"}, (Choice({"fr": "Carte"}, "card"), Choice({"fr": "Autre"}, "more"))),
    "more": Question({"fr": "Encore ?"}, (Choice({"fr": "Récépissé"}, "paper"), Choice({"fr": "Asile"}, "asylum"))),
}


def directory(*rules: Rule) -> Directory:
    motives = {one.slug: one for one in (CARD, PAPER, ASYLUM)}
    return Directory("ici", "Ici", motives, rules, QUESTIONS, CONTACT, "Aide")


BY_POST = Rule(("card",), Channel.REGISTERED_LETTER, OLD, OLD.since, until=date(2024, 7, 3))
ONLINE = Rule(("card",), Channel.ANEF_ONLINE, NEW, NEW.since, span=Span.BEFORE_EXPIRY)


@pytest.mark.parametrize(
    ("day", "verdict"), [(date(2024, 7, 3), Verdict.BY_POST), (date(2024, 7, 4), Verdict.ANEF_ONLINE)]
)
def test_a_rule_holds_from_its_first_day_to_its_last(day: date, verdict: Verdict) -> None:
    told = decide(directory(ONLINE, BY_POST), CARD, day)
    assert told.verdict is verdict
    assert len(told.others) == 1


def test_without_a_rule_in_force_the_contact_answers_and_the_old_rule_is_shown() -> None:
    told = decide(directory(BY_POST), CARD, date(2025, 1, 1))
    assert (told.rule, told.foreseen, told.others) == (CONTACT, False, (BY_POST,))


def test_nobody_understood_gets_the_contact() -> None:
    told = decide(directory(ONLINE), None, date(2025, 1, 1))
    assert (told.motive, told.rule, told.verdict, told.others) == (None, CONTACT, None, ())


@pytest.mark.parametrize("channel", [Channel.DEMARCHES_SIMPLIFIEES, Channel.ONLINE_FORM, Channel.ONLINE_SERVICE])
@pytest.mark.parametrize(
    ("held", "verdict"),
    [
        (Held.RECEPISSE, Verdict.RECEPISSE_ONLINE),
        (Held.APS, Verdict.APS_ONLINE),
        (Held.ANEF_CERTIFICATE, Verdict.ANEF_CERTIFICATE_ONLINE),
        (Held.PERMIT, None),
    ],
)
def test_an_online_form_is_named_by_the_document_it_renews(
    channel: Channel, held: Held, verdict: Verdict | None
) -> None:
    motive = Motive("paper", {"fr": "Papier", "en": "Paper"}, held=held)
    rule = Rule(("paper",), channel, OLD, OLD.since)
    assert decide(directory(rule), motive, date(2025, 1, 1)).verdict is verdict


@pytest.mark.parametrize(
    ("day", "timing"),
    [
        (date(2026, 9, 1), Timing.EARLY),
        (date(2026, 9, 2), Timing.IN_TIME),
        (date(2026, 11, 1), Timing.IN_TIME),
        (date(2026, 11, 2), Timing.LATE),
        (date(2026, 12, 31), Timing.LATE),
        (date(2027, 1, 1), Timing.EXPIRED),
    ],
)
def test_a_permit_is_renewed_between_the_120th_and_the_60th_day_before_its_end(day: date, timing: Timing) -> None:
    assert decide(directory(ONLINE), CARD, day, expiry=date(2026, 12, 31)).timing is timing


def test_without_a_date_nothing_is_said_of_the_time() -> None:
    assert decide(directory(ONLINE), CARD, date(2026, 1, 1)).timing is None


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 3, 31), date(2026, 2, 28)),
        (date(2026, 1, 15), date(2025, 12, 15)),
        (date(2024, 3, 30), date(2024, 2, 29)),
    ],
)
def test_a_month_before_never_leaves_the_calendar(day: date, before: date) -> None:
    assert month_before(day) == before


def test_questions_end_in_motives() -> None:
    assert list(leaves(QUESTIONS)) == ["card", "paper", "asylum"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rec", [PAPER]),
        ("RÉCÉ", [PAPER]),
        ("résident", [CARD]),
        ("asile", [ASYLUM]),
        ("carte dix", [CARD]),
        ("ca", []),
        ("de la", []),
    ],
)
def test_three_letters_of_any_word_find_a_motive(text: str, found: list[Motive]) -> None:
    assert list(find((CARD, PAPER, ASYLUM), text)) == found


def test_the_document_held_narrows_the_search_and_answers_alone() -> None:
    motives = (CARD, PAPER, ASYLUM)
    assert named(motives, "", Held.RECEPISSE) is PAPER
    assert named(motives, "", Held.VISA) is None
    assert find(motives, "dix", Held.RECEPISSE) == ()


@pytest.mark.parametrize("span", Span)
@pytest.mark.parametrize("expiry", [date.min, date(1, 2, 1), date(1, 12, 31)])
def test_an_expiry_with_no_day_before_it_is_only_past(span: Span, expiry: date) -> None:
    told = decide(directory(replace(ONLINE, span=span)), CARD, date(2026, 11, 23), expiry=expiry)
    assert (told.timing, told.channel) == (Timing.EXPIRED, Channel.ANEF_ONLINE)
