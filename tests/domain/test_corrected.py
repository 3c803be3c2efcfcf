"""A row that corrects another is told from a row of somebody else: relatives are never taken for one person."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.corrected import close_names, corrects, resembles
from counter_app.domain.listing import ListedStatus, Listing

AWA = Listing(
    source="liste",
    source_key="a",
    exported_at="2026-11-22T08:00:00+00:00",
    name="DIOP Awa",
    slot="2026-11-23T09:10:00+01:00",
    purpose="Renouvellement",
    status=ListedStatus.EXPECTED,
    birth_date="1990-04-01",
    foreign_number="5912345678",
)


@pytest.mark.parametrize(
    "change",
    [
        {"birth_date": "1990-04-02"},
        {"birth_date": "1990-01-04"},
        {"name": "DIOPP Awa"},
        {"name": "DIOB Awa"},
        {"name": "Awa DIOP", "birth_date": "1991-04-01"},
        {"name": "DIOP NDIAYE Awa"},
        {"name": "DIOUP Awa", "birth_date": None},
        {"foreign_number": None, "number_as_read": "5912345678"},
    ],
)
def test_the_same_number_hour_and_purpose_is_the_same_person_corrected(change: dict[str, str | None]) -> None:
    newer = replace(AWA, **change)  # type: ignore[arg-type]
    assert corrects(AWA, newer) is ("number_as_read" not in change)
    assert resembles(AWA, newer)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "DIOP Issa"},
        {"name": "DIOP Ama"},
        {"name": "DIOP Awah"},
        {"name": "DIOP AWAH"},
        {"birth_date": "2012-04-01"},
        {"name": "DIOP Awa Binta", "birth_date": "1992-04-01"},
        {"name": "KONE Awa"},
        {"name": "LI Wei", "birth_date": "1960-01-01"},
    ],
)
def test_relatives_under_one_number_may_be_two_people(change: dict[str, str | None]) -> None:
    newer = replace(AWA, **change)  # type: ignore[arg-type]
    assert not corrects(AWA, newer)
    assert resembles(AWA, newer)


def test_another_hour_or_purpose_is_another_appointment() -> None:
    for change in ({"slot": "2026-11-23T09:20:00+01:00"}, {"purpose": "Remise"}):
        assert not resembles(AWA, replace(AWA, birth_date="1990-04-02", **change))  # type: ignore[arg-type]


def test_without_a_number_the_same_reference_and_birth_date_are_needed() -> None:
    older = replace(AWA, foreign_number=None, reference="1001")
    assert corrects(older, replace(older, name="DIOPP Awa", slot="2026-11-23T09:30:00+01:00"))
    for change in ({"reference": "1002"}, {"birth_date": None}, {"birth_date": "1990-04-02"}, {"name": "DIOP Issa"}):
        assert not corrects(older, replace(older, **{"name": "DIOPP Awa", **change}))  # type: ignore[arg-type]
    numbered = replace(older, foreign_number="5912345678")
    assert not corrects(numbered, replace(numbered, name="DIOPP Awa", foreign_number="5987654321"))


def test_unknown_births_part_nobody() -> None:
    for birth in (None, "0000-00-00", "1990-00-00"):
        assert corrects(AWA, replace(AWA, birth_date=birth))


words = st.lists(st.sampled_from(["DIOP", "DIOPP", "Diop", "Awa", "AWA", "BEN", "Ali", "KONÉ", "Kone"]), max_size=4)


@given(words, words, st.booleans())
def test_names_are_close_both_ways_and_to_themselves(one: list[str], other: list[str], more: bool) -> None:
    mine, theirs = " ".join(one), " ".join(other)
    assert close_names(mine, theirs, more_words=more) == close_names(theirs, mine, more_words=more)
    assert close_names(mine, mine)
    assert close_names(mine, theirs, more_words=more) or not close_names(mine, theirs)
