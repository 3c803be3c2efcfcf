"""The day's figures by verbs: what a period cannot be."""

import pytest

from tests.cli.cli import Door


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [("2026-11-24", "2026-11-20", "les jours sont inversés"), ("2026-01-01", "2027-06-01", "400 jours au plus")],
)
def test_a_period_that_cannot_be_is_wrong_use_and_says_why(door: Door, first: str, last: str, said: str) -> None:
    told = door("report", "--from", first, "--to", last)
    assert (told.code, told.json["error"]) == (2, "bad_period")
    assert said in told.json["message"]
