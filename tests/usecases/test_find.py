"""Finding a person among the day's people."""

import pytest

from counter_app.usecases.day_names import DayNames

PEOPLE = ("DIALLO Mariama", "ROSSI Giulia", "SAIDI Mohammed", "OULD AHMED Yousef", "N’DIAYE Marie-Ange", "TRAORÉ Usman")


def found(typed: str) -> list[str]:
    return [PEOPLE[place] for place in sorted(DayNames(PEOPLE).ranks(typed))]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("dia", ["DIALLO Mariama", "N’DIAYE Marie-Ange"]),
        ("mariama diallo", ["DIALLO Mariama"]),
        ("mohamed", ["SAIDI Mohammed"]),
        ("youssef", ["OULD AHMED Yousef"]),
        ("ousmane traore", ["TRAORÉ Usman"]),
        ("ndiaye", ["N’DIAYE Marie-Ange"]),
        ("dialo", ["DIALLO Mariama"]),
    ],
)
def test_a_name_is_found_by_its_beginning_in_any_order_or_spelt_otherwise(typed: str, wanted: list[str]) -> None:
    assert found(typed) == wanted


def test_a_name_that_only_sounds_a_little_alike_is_left_out() -> None:
    assert found("diallo") == ["DIALLO Mariama"]
