"""A name of a list commands no spreadsheet."""

import pytest

from counter_app.domain.spreadsheet import harmless


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-2", "@x", "\tx", "\rx", "\nx"])
def test_what_a_spreadsheet_would_take_for_a_formula_stays_a_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "SOW Aïssata", "N’DIAYE-BÂ", "0612340001", "'=1+1"])
def test_any_other_cell_is_left_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell
