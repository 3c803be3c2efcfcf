"""What the journal keeps of somebody's words: all of it as typed, or why not."""

from hypothesis import given
from hypothesis import strategies as st

from counter_app.usecases.typed import LONGEST_TOLD, unfit


@given(st.text(alphabet="aé 9«’", max_size=2 * LONGEST_TOLD))
def test_a_text_is_too_long_by_what_it_has_beyond_the_limit_without_its_outer_blanks(text: str) -> None:
    wrong, signs = unfit(text), len(text.strip())
    assert (wrong is None) == (signs <= LONGEST_TOLD)
    assert wrong is None or (wrong.signs, wrong.too_many) == (signs, signs - LONGEST_TOLD)


@given(st.text(max_size=20), st.sampled_from("\u200b\u202e\u2066\x00"))
def test_a_sign_that_nobody_sees_is_told_wherever_it_stands_inside(text: str, sign: str) -> None:
    wrong = unfit(f"a{text}{sign}b")
    assert wrong is not None and wrong.hidden
    assert wrong.too_many == 0
