"""The catalogue holds the same keys, with the same fields, in both languages."""

import pytest

from counter_app.domain.arrival import RESTRICTION
from counter_app.domain.convocation import ConvocationStatus
from counter_app.domain.verdict import Family, Verdict
from counter_app.wording.catalogue import Words, catalogue, counted, text
from counter_app.wording.fill import fields


def test_both_languages_hold_the_same_keys() -> None:
    assert set(catalogue("fr")) == set(catalogue("en"))


def test_both_languages_of_a_text_have_the_same_fields() -> None:
    differing = [key for key in catalogue("fr") if fields(catalogue("fr")[key]) != fields(catalogue("en")[key])]
    assert differing == []


def test_a_missing_key_is_a_breakage_not_an_empty_label() -> None:
    with pytest.raises(KeyError):
        text("nowhere.at_all", "fr")


def test_a_missing_field_is_a_breakage() -> None:
    with pytest.raises(KeyError):
        text("fields.postcode", "fr")


def test_values_fill_their_fields() -> None:
    assert Words("en")("fields.postcode", n=4) == "A postcode has 5 digits: 4 read"


def test_every_status_has_its_word() -> None:
    assert {f"statuses.{status}" for status in ConvocationStatus} <= set(catalogue("fr"))


def test_every_family_has_its_word() -> None:
    assert [Words("fr")(f"families.{family}") for family in Family] == [
        "OK",
        "ATTENTION",
        "STOP",
        "À ORIENTER",
        "À VÉRIFIER",
    ]


def test_every_verdict_of_the_rules_can_be_a_chip() -> None:
    assert {f"chips.{verdict}" for verdict in (*RESTRICTION, *Verdict)} <= set(catalogue("fr"))


@pytest.mark.parametrize(
    ("lang", "n", "form"), [("fr", 0, "one"), ("fr", 1, "one"), ("fr", 2, "other"), ("en", 0, "other")]
)
def test_french_counts_zero_as_one_thing_and_english_does_not(lang: str, n: int, form: str) -> None:
    assert counted("recent.count", n, "fr" if lang == "fr" else "en") == text(
        f"recent.count.{form}", "fr" if lang == "fr" else "en", n=n
    )
