"""Foreign numbers dug out of free text: a wrong one is worse than none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.number_in_text import find_number_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("num étranger 9918153535 - venir avec passeport", ("9918153535",)),
        ("59 87 314 289", ("5987314289",)),
        ("N° étranger\u00a0: 5950052434", ("5950052434",)),
        ("AGDREF 5987803181", ("5987803181",)),
        ("AGDREF5987803181", ("5987803181",)),
        ("7515299318", ("7515299318",)),
        ("n° étranger 208006503", ("208006503",)),
        ("AGDREF : 20 8006503 (ancien titre)", ("208006503",)),
        ("AGDREF 0103000001", ("0103000001",)),
        ("01 03 000 001", ("0103000001",)),
        ("AGDREF 5903000001 et 5903000002", ("5903000001", "5903000002")),
        ("5903000001, 5903000001", ("5903000001",)),
        ("٥٩٠٣٠٠٠٠٠١", ("5903000001",)),
        ("AGDREF 5903000001 tél 06 12 34 56 78", ("5903000001",)),
        ("tél 06 12 34 56 78, étranger 5903000001", ("5903000001",)),
        ("rdv 23/11/2026 9h30 AGDREF 5903000001", ("5903000001",)),
        ("5903000001 23/11/2026", ("5903000001",)),
        ("le 23/11/2026 5903000001", ("5903000001",)),
        ("AGDREF 59 03 000 001 23 rue Neuve", ("5903000001",)),
        ("5903000001 / passeport 12AB34567", ("5903000001",)),
        ("num étranger 5903000001 +33612345678", ("5903000001",)),
    ],
)
def test_the_number_is_found(text: str, found: tuple[str, ...]) -> None:
    assert find_number_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "venir avec passeport",
        "tél 06 12 34 56 78",
        "06 12 34 56 78",
        "0612345678",
        "03.20.30.40.50",
        "+33 6 12 34 56 78",
        "+33 (0)6 12 34 56 78",
        "0033612345678",
        "portable : 7712345678",
        "23/11/2026 09:30",
        "2026-11-23 10:30",
        "rdv 8800015903",
        "rdv_id 880001",
        "208006503",
        "passeport n° 208006503",
        "passeport 5903000001",
        "1 85 05 78 006 084 36",
        "1234 5678 9012 3456",
        "FR76 3000 6000 0112 3456 7890 189",
        "9201202004012359123",
        "X4RTBPFW4",
        "FRA012345678",
        "9603000001",
        "59000 59800",
        "12 34 5 6 7 89",
        "usager5903000001@example.org",
        "https://example.org/5903000001",
        "SIRET 5903000001",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_number_in(text) == ()


@given(st.text())
def test_no_text_breaks_the_search(text: str) -> None:
    assert all(number.isdigit() and len(number) in (9, 10) for number in find_number_in(text))


@given(st.text("0123456789 +-./:hétlAGDREFn°", max_size=60))
def test_what_is_found_is_written_in_the_text(text: str) -> None:
    digits = "".join(character for character in text if character.isdigit())
    assert all(number in digits for number in find_number_in(text))
