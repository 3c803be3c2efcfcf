"""What an answer says in words: the figures of its sentence come from what was read or found."""

from datetime import UTC, datetime

from counter_app.config import load_rules
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
