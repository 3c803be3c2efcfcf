"""Conflicts in words: who did what, where and when, and what each answer would change."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.acts import ActKind, Subject
from counter_app.domain.settlement import Answer, Settlement
from counter_app.domain.work_items import WorkItemKind
from counter_app.telling.conflicts import effect_told, heading_told, refusal_told, settled_told, side_told
from counter_app.usecases.conflict_answers import Conflict, Fact, SettleRefusal
from counter_app.wording.catalogue import LANGUAGES
from counter_app.wording.dates import Language
from tests.homes import moment

ONE = Fact("a", "checked_in", "Guichet 2", "M. Durand", moment("9:24"), ticket="A 042")
OTHER = Fact("b", "checked_in", "Guichet 3", "Mme Roux", moment("9:32"), ticket="B 007")
TWICE = Conflict(
    "1" * 32,
    WorkItemKind.DOUBLE_CHECK_IN,
    Subject("convocation", "x"),
    "DIALLO Mariama",
    (ONE, OTHER),
    ("a", "b", "both", "supervisor"),
    OTHER.at,
    OTHER.at.date(),
)
NB = "\u00a0"


def test_a_side_is_the_desk_the_hour_the_agent_and_what_was_done() -> None:
    assert side_told(TWICE, ONE) == f"Guichet 2, 9{NB}h{NB}24, M. Durand{NB}: arrivée enregistrée, ticket A 042"
    assert side_told(TWICE, ONE, "en") == "Guichet 2, 09:24, M. Durand: arrival recorded, ticket A 042"


def test_a_side_of_another_day_tells_its_day() -> None:
    before = replace(ONE, at=ONE.at - timedelta(days=1))
    assert "22/11/2026" in side_told(TWICE, before)
    tomorrow = replace(TWICE, today=OTHER.at.date() + timedelta(days=1))
    assert "23/11/2026" in side_told(tomorrow, ONE), "whoever reads it another day is told which"


def test_the_effect_of_each_answer_is_told_before_it_is_given() -> None:
    assert effect_told(TWICE, "b") == "La personne restera en file, ticket B 007. Aucune autre arrivée ne comptera."
    assert effect_told(TWICE, "both") == f"La personne restera en file, ticket A 042{NB}: la première arrivée compte."
    assert effect_told(TWICE, "supervisor") == "Le conflit reste ouvert, au nom du responsable."


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("late", [ActKind.PERMIT_SHELVED, ActKind.PERMIT_HELD, ActKind.CUSTODY_TAKEN])
def test_no_two_answers_about_an_act_after_a_departure_begin_alike(late: ActKind, lang: Language) -> None:
    facts = (replace(ONE, kind=ActKind.PERMIT_HANDED_OVER, ticket=""), replace(OTHER, kind=late, ticket=""))
    conflict = replace(TWICE, kind=WorkItemKind.STATUS_AFTER_TERMINAL, facts=facts)
    beginnings = {effect_told(conflict, choice, lang)[:16] for choice in conflict.choices}
    assert len(beginnings) == len(conflict.choices)


def test_what_was_answered_is_told_with_who_and_why_and_who_said_otherwise() -> None:
    mine = Answer("s", "2026-11-23T09:40:00+01:00", "Guichet 2", "M. Durand", "keep", "a", "vu au guichet", "Mme Roux")
    other = replace(mine, act_id="t", desk="Guichet 3", decision="both", kept=None)
    settled = replace(TWICE, settlement=Settlement(TWICE.id, answers=(mine, other)))
    first, second = settled_told(settled)
    assert f"accord de Mme Roux{NB}: est vrai{NB}: Guichet 2, 9{NB}h{NB}24, M. Durand{NB}: arrivée" in first
    assert first.endswith(f"Motif{NB}: vu au guichet")
    assert "Guichet 3" in second
    handed = replace(TWICE, settlement=Settlement(TWICE.id, answers=(replace(mine, decision="supervisor"),)))
    assert settled_told(handed) == (f"Confié à Mme Roux par M. Durand, Guichet 2{NB}: vu au guichet",)
    assert settled_told(TWICE) == ()


KINDS = (
    *(ActKind.CHECKED_IN, ActKind.PERMIT_HANDED_OVER, ActKind.HANDOVER_CONTESTED, ActKind.CUSTODY_OVERRIDDEN),
    *(ActKind.CONVOCATION_LISTED, ActKind.RECEIPT_ISSUED, ActKind.SLOT_MOVED, ActKind.WORK_ITEM_SETTLED),
    *(ActKind.PERMIT_SHELVED, "kind_of_a_newer_desk"),
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", list(WorkItemKind))
def test_every_kind_has_a_title_sides_and_effects_even_when_details_were_erased(
    kind: WorkItemKind, lang: Language
) -> None:
    for act in KINDS:
        fact = replace(ONE, kind=act, ticket="", minutes=-42, name="LI Wei")
        conflict = replace(TWICE, kind=kind, facts=(fact, replace(OTHER, kind=act)))
        assert heading_told(conflict, lang)
        words = [side_told(conflict, one, lang) for one in conflict.facts]
        words += [effect_told(conflict, choice, lang) for choice in conflict.choices]
        assert all(words)
        assert not any(sign in "".join(words) for sign in "{}_")


def test_every_refusal_is_a_sentence() -> None:
    assert all(refusal_told(refusal, lang).endswith(".") for refusal in SettleRefusal for lang in LANGUAGES)
