"""A receipt is what its acts tell: issued once, counted at each paper."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.acts import Act
from counter_app.domain.receipt import Receipt, apply, from_json, to_json
from tests.domain.invented_acts import PAPER, acts_of


def fold(acts: list[Act]) -> Receipt | None:
    receipt: Receipt | None = None
    for act in sorted({act.act_id: act for act in acts}.values(), key=lambda act: act.order):
        receipt = apply(receipt, act)
    return receipt


@given(acts_of(PAPER, poison=True), st.randoms(use_true_random=False))
def test_any_order_and_repetition_of_acts_tells_one_receipt(acts: list[Act], chance: Random) -> None:
    shuffled = [*acts, *acts]
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(acts)


@given(acts_of(PAPER))
def test_every_paper_made_is_counted(acts: list[Act]) -> None:
    receipt = fold(acts)
    printed = sum(act.kind == "receipt_printed" for act in acts)
    assert (receipt.copies if receipt else 0) == printed


@given(acts_of(PAPER, poison=True))
def test_what_a_projection_keeps_is_the_whole_receipt(acts: list[Act]) -> None:
    receipt = fold(acts)
    if receipt is not None:
        assert from_json(receipt.id, to_json(receipt)) == receipt
