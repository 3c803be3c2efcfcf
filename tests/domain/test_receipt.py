"""A receipt is what its acts tell: issued once, counted at each paper."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.acts import Act, ActKind, Author, Json
from counter_app.domain.receipt import Receipt, apply, from_json, to_json
from counter_app.store.heads import Head
from counter_app.store.journal import chain
from tests.domain.invented_acts import PAPER, START, STREAMS, acts_of


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


@pytest.mark.parametrize("ordinal", ["9" * 30, -1, 2**31, "x", None])
def test_a_paper_of_no_place_in_its_series_is_left_aside(ordinal: Json) -> None:
    place, author = Head(0, "0" * 64, 0), Author("nord", STREAMS[0], "Guichet 3", "A. Petit")
    issued: dict[str, Json] = {
        "kind": "arrival_ticket",
        "number": "T-1",
        "code": "PGT",
        "series": "T",
        "ordinal": ordinal,
    }
    assert apply(None, chain(place, author, START, ActKind.RECEIPT_ISSUED, PAPER, issued)) is None
