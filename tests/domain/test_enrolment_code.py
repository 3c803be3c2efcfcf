"""The code by which a desk joins: typed from paper, read aloud, and never mistaken for another."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.codes import LETTERS
from counter_app.domain.enrolment_code import (
    LENGTH,
    SECRET,
    EnrolmentCode,
    EnrolmentFault,
    grouped,
    make_enrolment_code,
    read_enrolment_code,
)

secrets = st.text(LETTERS, min_size=SECRET, max_size=SECRET)
roots = st.binary(min_size=1, max_size=40)


@given(secrets, roots, st.sampled_from([str.lower, str.upper, grouped, lambda code: grouped(code).replace(" ", "-")]))
def test_a_code_is_read_as_it_was_made_however_it_is_written(secret: str, root: bytes, written: object) -> None:
    assert callable(written)
    code = read_enrolment_code(f" {written(make_enrolment_code(secret, root))}\n")
    assert isinstance(code, EnrolmentCode)
    assert code.secret == secret
    assert code.names(root)
    assert not code.names(root + b"x")


@given(secrets, roots, st.integers(0, LENGTH - 1), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_always_seen(secret: str, root: bytes, place: int, letter: str) -> None:
    code = make_enrolment_code(secret, root)
    typed = code[:place] + letter + code[place + 1 :]
    assert typed == code or read_enrolment_code(typed) is EnrolmentFault.CHECK


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", EnrolmentFault.LENGTH),
        ("BCDF", EnrolmentFault.LENGTH),
        ("B" * (LENGTH + 1), EnrolmentFault.LENGTH),
        ("A" * LENGTH, EnrolmentFault.LETTER),
        ("https://central.example", EnrolmentFault.LETTER),
        ("B" * (LENGTH - 1) + "C", EnrolmentFault.CHECK),
    ],
)
def test_what_is_no_code_is_told(typed: str, fault: EnrolmentFault) -> None:
    assert read_enrolment_code(typed) is fault


def test_a_code_holds_forty_bits_of_secret_and_eighty_of_the_certificate() -> None:
    code = read_enrolment_code(make_enrolment_code("BCDFGHJKLNP", b"root"))
    assert isinstance(code, EnrolmentCode)
    assert (len(code.secret) * 4, len(code.fingerprint) * 4) == (44, 80)
    assert hashlib.sha256(b"root").hexdigest().startswith(code.fingerprint)
    assert len(grouped(make_enrolment_code("BCDFGHJKLNP", b"root")).split()) == 8
    with pytest.raises(ValueError, match="letters"):
        make_enrolment_code("BCDFGHJKLNA", b"root")
