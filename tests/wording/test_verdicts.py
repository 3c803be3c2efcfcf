"""Every verdict says what it is, why, and what to do next, in both languages."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.verdict import FAMILY, Verdict
from counter_app.wording.catalogue import LANGUAGES, catalogue
from counter_app.wording.dates import Language
from counter_app.wording.fill import fields, filled, shown_back
from counter_app.wording.shipped import shipped
from counter_app.wording.verdicts import chip_text, family_word, key_name, verdict_name, verdict_rows, verdict_text

SLUGS = sorted(verdict_rows())
FIGURES = {name: "7" for row in verdict_rows().values() for name in fields(row.fr_title + row.fr_detail)}


def test_there_are_sixty_eight_verdicts_with_codes_of_their_own() -> None:
    rows = verdict_rows().values()
    assert len(rows) == len({row.code for row in rows}) == 68


def test_every_verdict_of_the_rules_is_written_with_its_own_family() -> None:
    assert {verdict.value: FAMILY[verdict].value for verdict in Verdict} == {
        verdict.value: verdict_rows()[verdict].family for verdict in Verdict
    }


@pytest.mark.parametrize("slug", SLUGS)
def test_both_languages_use_the_same_fields(slug: str) -> None:
    row = verdict_rows()[slug]
    assert fields(row.fr_title + row.fr_detail) == fields(row.en_title + row.en_detail)


@pytest.mark.parametrize("slug", SLUGS)
def test_titles_stay_readable_from_two_metres(slug: str) -> None:
    assert all(len(verdict_text(slug, lang, FIGURES).title) <= 37 for lang in LANGUAGES)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_verdict_has_an_icon_and_one_next_action_on_enter(slug: str) -> None:
    words = verdict_text(slug, "fr", FIGURES)
    assert Path(shipped("icons", f"{words.icon}.svg")).is_file()
    assert words.enter_action.label
    assert words.enter_action.key == "Entrée"


@given(st.sampled_from(SLUGS), st.sampled_from(LANGUAGES), st.sets(st.sampled_from(sorted(FIGURES))))
def test_no_brace_and_no_broken_sentence_whatever_figures_are_missing(
    slug: str, lang: Language, missing: set[str]
) -> None:
    words = verdict_text(slug, lang, {name: value for name, value in FIGURES.items() if name not in missing})
    assert words.title
    for mark in ("{", "}", " ,", "..", "  ", "·."):
        assert mark not in words.sentence


@given(st.text(max_size=40))
def test_what_was_read_is_shown_back_as_it_is_braces_and_all(raw: str) -> None:
    assert raw in verdict_text("unreadable_code", "fr", {"raw": raw}).detail


def test_a_figure_that_is_not_known_removes_its_piece_of_the_sentence() -> None:
    words = verdict_text("admitted", "fr", {"hour": "9\u00a0h\u00a030", "purpose": "Dépôt", "desk": None})
    assert words.detail == "9\u00a0h\u00a030 · Dépôt. Vérifiez l’identité."


def test_the_first_piece_left_gets_a_capital_letter() -> None:
    assert filled("{desk}, agent {agent}. Ticket {ticket}.", {"agent": "M. Durand"}) == "Agent M. Durand."


def test_a_person_absent_from_the_last_list_is_told_as_probably_cancelled() -> None:
    words = verdict_text("conflict_pending", "fr", {"hour": "9\u00a0h"}, ("absent_from_list",))
    assert words.title == "ABSENTE DE LA DERNIÈRE LISTE"
    assert "L’accueil reste possible." in words.detail
    assert words.notes == ()


def test_other_notes_become_lines_under_the_detail() -> None:
    words = verdict_text("admitted", "fr", FIGURES, ("sources_disagree", "homonyms"))
    assert len(words.notes) == 2
    assert words.notes[0].startswith("Deux listes se contredisent")


def test_a_desk_without_any_list_never_sends_the_person_away() -> None:
    for slug in ("unknown", "unknown_stale_data"):
        assert "Ne renvoyez pas la personne." in verdict_text(slug, "fr", {}, ("list_never_imported",)).detail


def test_the_whole_sentence_is_what_a_screen_reader_says() -> None:
    words = verdict_text("cancelled", "en", {"date": "20/11/2026", "who": "the person"})
    assert words.sentence == "STOP. APPOINTMENT CANCELLED. Cancelled on 20/11/2026 by the person."


def test_keys_are_named_in_the_language_of_the_agent() -> None:
    assert [key_name("Ctrl+Maj+S", lang) for lang in LANGUAGES] == ["Ctrl+Maj+S", "Ctrl+Shift+S"]


def test_variants_belong_to_verdicts_that_exist() -> None:
    assert {key.split(".")[1] for key in catalogue("fr") if key.startswith("variants.")} <= set(SLUGS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_verdict_counted_without_its_figures_has_a_name_of_its_own(lang: Language) -> None:
    names = {slug: verdict_name(slug, lang) for slug in verdict_rows()}
    families = {row.family for row in verdict_rows().values()}
    assert not {family_word(one, lang) for one in families} & set(names.values())
    assert not any("{" in name or "…" in name for name in names.values())
    assert len(set(names.values())) == len(names)


def test_a_verdict_of_a_newer_desk_is_named_by_its_slug() -> None:
    assert verdict_name("late") == "EN RETARD"
    assert verdict_name("of_tomorrow") == "of_tomorrow"


def test_a_chip_has_its_figure() -> None:
    assert chip_text("late", "en", {"n": 12}) == "late by 12\u00a0min"


def test_a_text_shown_back_says_when_it_is_cut() -> None:
    assert shown_back(" PGXCFHKNRTXK ") == "PGXCFHKNRTXK"
    assert shown_back("X" * 24) == "X" * 24
    assert shown_back("X" * 25) == "X" * 24 + "…"
