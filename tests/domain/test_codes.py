"""The app's own codes: what is printed reads back, what is misread is never taken for another code."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.codes import (
    LETTERS,
    PREFIX,
    BrokenCode,
    CodeFault,
    CodeKind,
    OwnCode,
    make_code,
    read_code,
    spaced,
)

kinds = st.sampled_from(CodeKind)
values = st.integers(0, 2**32 - 1)


@given(kinds, values)
def test_a_code_reads_back_as_it_was_made(kind: CodeKind, value: int) -> None:
    code = make_code(kind, value)
    assert read_code(code) == OwnCode(kind, value, code)


@given(kinds, values)
def test_spaces_hyphens_and_case_do_not_matter(kind: CodeKind, value: int) -> None:
    code = make_code(kind, value)
    for shown in (spaced(code), spaced(code).lower(), spaced(code).replace(" ", "-"), f" {code}\r\n", f"\u200f{code}"):
        assert read_code(shown) == OwnCode(kind, value, code)


@given(kinds, values, st.integers(0, 11), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
def test_every_single_wrong_letter_is_caught(kind: CodeKind, value: int, place: int, letter: str) -> None:
    code = make_code(kind, value)
    wrong = code[:place] + letter + code[place + 1 :]
    if wrong != code:
        assert not isinstance(read_code(wrong), OwnCode)


@given(kinds, values, st.integers(3, 11))
def test_a_wrong_letter_after_the_kind_is_told_as_a_misread_code(kind: CodeKind, value: int, place: int) -> None:
    code = make_code(kind, value)
    for letter in LETTERS:
        if letter != code[place]:
            assert read_code(code[:place] + letter + code[place + 1 :]) == BrokenCode(
                code[:place] + letter + code[place + 1 :], CodeFault.CHECK
            )


def test_nearly_every_swap_of_neighbours_is_caught() -> None:
    dice = random.Random(7)
    caught = tried = 0
    for _ in range(3000):
        code = make_code(dice.choice(list(CodeKind)), dice.getrandbits(32))
        place = dice.randrange(2, 11)
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        if swapped != code:
            tried += 1
            caught += not isinstance(read_code(swapped), OwnCode)
    assert caught / tried >= 0.985


@given(kinds, values, st.integers(3, 11))
def test_a_lost_or_doubled_letter_is_told_as_a_misread_code(kind: CodeKind, value: int, place: int) -> None:
    code = make_code(kind, value)
    for wrong in (code[:place] + code[place + 1 :], code[:place] + code[place] + code[place:]):
        assert read_code(wrong) == BrokenCode(wrong, CodeFault.LENGTH)


def test_a_letter_outside_the_sixteen_is_told() -> None:
    assert read_code("PGC LKTB XNVD A") == BrokenCode("PGCLKTBXNVDA", CodeFault.LETTER)
    assert read_code("PGA LKTB XNVD B") == BrokenCode("PGALKTBXNVDB", CodeFault.LETTER)


def test_an_unknown_kind_is_told() -> None:
    assert read_code("PGB LKTB XNVD B") == BrokenCode("PGBLKTBXNVDB", CodeFault.KIND)


@pytest.mark.parametrize("other", ["", "7503120521", "DIALLO Mariama", "PGR", "PG", "Pgueye Modou", "FRA012345678"])
def test_names_and_numbers_are_not_taken_for_our_codes(other: str) -> None:
    assert read_code(other) is None


def test_a_code_is_spaced_in_four_groups() -> None:
    assert spaced("PGCLKTBXNVDR") == "PGC LKTB XNVD R"


@pytest.mark.parametrize("value", [-1, 2**32])
def test_a_value_of_more_than_32_bits_is_a_breakage(value: int) -> None:
    with pytest.raises(ValueError, match="32 bits"):
        make_code(CodeKind.TICKET, value)


@given(st.text() | st.text(LETTERS, min_size=9, max_size=11).map(PREFIX.__add__))
def test_whatever_text_is_read_as_a_code_is_one_that_is_made_so(text: str) -> None:
    found = read_code(text)
    assert not isinstance(found, OwnCode) or found.text == make_code(found.kind, found.value)
