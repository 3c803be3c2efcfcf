"""The 2020 extensions, against worked cases."""

import csv
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.extension import extension

VECTORS = Path(__file__).parents[1] / "vectors" / "extensions.csv"
CASES = list(csv.DictReader(VECTORS.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['document_type']}-{case['printed_expiry']}")
def test_a_document_of_spring_2020_is_extended_as_the_law_stood_on_the_day(case: dict[str, str]) -> None:
    found = extension(
        case["document_type"],
        date.fromisoformat(case["printed_expiry"]),
        date.fromisoformat(case["as_of"]),
        diplomatic=case["diplomatic"] == "1",
    )
    wanted = (case["status"], case["effective_expiry_legal"], int(case["days_added"]))
    assert (found.status.value, found.until.isoformat(), found.days) == wanted
