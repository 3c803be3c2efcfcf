"""Codes as modules: what python-barcode and zxing-cpp encode, and how wide it is drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.documents.barcodes import code128_modules, code128_width, qr_matrix, qr_width
from counter_app.documents.sheet import A5, MM, ROLL_80
from counter_app.domain.codes import CodeKind, make_code

own_codes = st.builds(make_code, st.sampled_from(CodeKind), st.integers(0, 2**32 - 1))


@given(own_codes)
def test_an_own_code_is_167_modules_of_code_128_from_bar_to_bar(code: str) -> None:
    modules = code128_modules(code)
    assert sum(modules) == 167
    assert len(modules) % 2 == 1
    assert set(modules) <= {1, 2, 3, 4}


@given(own_codes)
def test_an_own_code_is_a_qr_of_21_modules(code: str) -> None:
    matrix = qr_matrix(code)
    assert [len(row) for row in matrix] == [21] * 21
    assert all(matrix[row][column] for row, column in ((0, 0), (0, 20), (20, 0), (6, 6)))


def test_both_codes_fit_the_72_mm_of_a_roll_in_whole_dots() -> None:
    code = make_code(CodeKind.TICKET, 1)
    assert code128_width(code, ROLL_80.bar_dots * ROLL_80.dot) <= 72 * MM
    assert qr_width(code, ROLL_80.qr_dots * ROLL_80.dot) == pytest.approx(18.125 * MM)
    assert ROLL_80.dot == pytest.approx(72 / 203.2)


def test_the_modules_of_a_sheet_are_at_least_six_tenths_of_a_millimetre() -> None:
    assert A5.qr_dots * A5.dot >= 0.6 * MM
    assert qr_width(make_code(CodeKind.TICKET, 1), A5.qr_dots * A5.dot) == pytest.approx(20 * MM, rel=0.02)


@pytest.mark.parametrize("text", ["", "é", "PGT\n", "数字"])
def test_a_text_that_code_128_cannot_hold_is_a_mistake_of_the_caller(text: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        code128_modules(text)


def test_an_empty_qr_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="at least one"):
        qr_matrix("")
