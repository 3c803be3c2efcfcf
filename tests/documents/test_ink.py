"""A signature drawn on screen lies on the service's copy as it was drawn, and nothing else ever does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.documents.handover_receipt import handover_receipt
from counter_app.documents.ink import BOX, MOST_POINTS, strokes
from counter_app.domain.handover_draft import Signature
from tests.documents.handovers import HANDOVER, PLAIN
from tests.documents.reading import pictures

INK = "M20 150L200 20L380 180L560 40 M30 190L570 190"
SIGNED = replace(HANDOVER, record=replace(PLAIN, signature=Signature.SCREEN, signature_ink=INK))
points = st.lists(st.tuples(st.integers(0, BOX[0]), st.integers(0, BOX[1])), min_size=2, max_size=20)


@given(st.lists(points, min_size=1, max_size=6))
def test_every_stroke_drawn_is_read_back(drawn: list[list[tuple[int, int]]]) -> None:
    paths = ("M" + "L".join(f"{x} {y}" for x, y in stroke) for stroke in drawn)
    assert strokes(" ".join(paths)) == tuple(map(tuple, drawn))


@pytest.mark.parametrize(
    "path",
    ["", "L1 2", "M1 2L9999 3", "M1 2C3 4 5 6", "M-1 2L3 4", "<svg/>", "M1 2L3 4 x", "M1 1" + "L2 2" * MOST_POINTS],
)
def test_what_is_no_signature_draws_nothing(path: str) -> None:
    assert strokes(path) == ()
    handover_receipt(replace(HANDOVER, record=replace(PLAIN, signature=Signature.SCREEN, signature_ink=path)))


@given(st.text(max_size=60) | st.text("ML 0159", max_size=30).map("M{}".format))
def test_whatever_text_is_read_as_ink_stays_in_its_box(text: str) -> None:
    assert all(0 <= x <= BOX[0] and 0 <= y <= BOX[1] for stroke in strokes(text) for x, y in stroke)


@pytest.mark.parametrize("size", ["A5", "80mm"])
def test_only_the_service_copy_shows_what_was_drawn(size: str) -> None:
    bare = replace(SIGNED, record=replace(PLAIN, signature=Signature.SCREEN))
    theirs, ours = pictures(handover_receipt(SIGNED, size=size), 100)  # type: ignore[arg-type]
    blank_theirs, blank_ours = pictures(handover_receipt(bare, size=size), 100)  # type: ignore[arg-type]
    assert theirs == blank_theirs
    assert ours != blank_ours
