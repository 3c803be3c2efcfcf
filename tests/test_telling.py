"""What an answer says in words: the figures of its sentence come from what was read or found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from counter_app.config import load_rules
from counter_app.domain.recorded_arrival import Arrival
from counter_app.domain.verdict import Verdict
from counter_app.telling.verdicts import arrival_text
from counter_app.usecases.answers import ArrivalAnswer

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_nine_digits_scanned_at_the_reception_show_both_readings() -> None:
    answer = ArrivalAnswer(Verdict.NUMBER_LEGACY, AT, "208006503")
    detail = arrival_text(answer, load_rules("nord")).detail
    assert "20 0 8006503" in detail
    assert "0 208006503" in detail


def test_another_number_scanned_at_the_reception_is_named() -> None:
    answer = ArrivalAnswer(Verdict.NUMBER_OTHER_KIND, AT, "FRA012345678")
    assert "numéro de visa" in arrival_text(answer, load_rules("nord")).detail


def test_minutes_late_are_not_taken_for_digits_read() -> None:
    answer = ArrivalAnswer(Verdict.UNKNOWN, AT, "0059000001", list_imported_at=AT)
    assert "{" not in arrival_text(answer, load_rules("nord"), "en").sentence


def test_data_of_another_day_are_told_with_their_day() -> None:
    """« Données à jour à 15 h » is not said of a list of the day before."""
    answer = ArrivalAnswer(Verdict.UNKNOWN, AT, "0059000001", list_imported_at=AT - timedelta(minutes=30))
    said = [
        arrival_text(replace(answer, at=AT + timedelta(days=days)), load_rules("nord")).detail.replace("\xa0", " ")
        for days in (0, 1)
    ]
    assert [one.partition("Données ")[2] for one in said] == ["à jour à 8 h 30.", "à jour à 8 h 30 le 23/11."]


def test_somebody_who_came_another_day_is_told_with_that_day() -> None:
    came = (AT - timedelta(days=1)).isoformat()
    first = Arrival("x", came, "Guichet 2", "M. Durand", "2" * 32, "admitted")
    answer = ArrivalAnswer(Verdict.ALREADY_CHECKED_IN, AT, first=first)
    assert "9 h le 22/11" in arrival_text(answer, load_rules("nord")).title.replace("\xa0", " ")
    today = replace(answer, first=replace(first, at=AT.isoformat()))
    assert arrival_text(today, load_rules("nord")).title.replace("\xa0", " ").endswith("À 9 h")
