"""Colours that everybody can read and tell apart (WCAG 2.2: 1.4.1, 1.4.3, 1.4.6 for body text, 1.4.11)."""

from itertools import combinations

import pytest

from counter_app.ui.tokens import FAMILIES, Tokens, tokens
from tests.ui.colour import SIGHTS, contrast, difference

THEMES = ("light", "dark", "contrast")

BODY = [("text", back) for back in ("bg", "surface", "surface-2")] + [("on-selection", "selection")]
TEXT = [
    *(("text-2", back) for back in ("bg", "surface", "surface-2")),
    ("text-disabled", "surface"),
    ("brand", "surface"),
    ("brand", "brand-soft"),
    ("on-brand", "brand"),
    ("on-brand", "brand-hover"),
    ("text", "brand-soft"),
    ("link", "surface"),
    ("stop-text", "surface"),
    ("stop-text", "bg"),
    *((f"on-{family}", family) for family in FAMILIES),
    *((f"{family}-text", f"{family}-soft") for family in FAMILIES),
    *((f"{family}-text", back) for family in FAMILIES for back in ("surface", "surface-2")),
]
SHAPES = [
    ("border", "surface"),
    ("border", "bg"),
    ("focus", "surface"),
    ("focus", "bg"),
    ("focus", "surface-2"),
    ("brand", "bg"),
]


def too_weak(colours: Tokens, pairs: list[tuple[str, str]], least: float) -> list[tuple[str, str, float]]:
    found = [(front, back, contrast(colours[front], colours[back])) for front, back in pairs]
    return [pair for pair in found if pair[2] < least]


@pytest.mark.parametrize("name", THEMES)
def test_body_text_reaches_seven_to_one(name: str) -> None:
    assert too_weak(tokens(name), BODY, 7) == []


@pytest.mark.parametrize("name", THEMES)
def test_all_text_reaches_four_and_a_half_to_one(name: str) -> None:
    assert too_weak(tokens(name), TEXT, 4.5) == []


@pytest.mark.parametrize("name", THEMES)
def test_borders_focus_and_main_buttons_reach_three_to_one(name: str) -> None:
    assert too_weak(tokens(name), SHAPES, 3) == []


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("sight", sorted(SIGHTS))
def test_any_two_families_differ_for_every_sight(name: str, sight: str) -> None:
    colours = tokens(name)
    pairs = {(one, other): difference(colours[one], colours[other], sight) for one, other in combinations(FAMILIES, 2)}
    assert min(pairs.values()) >= 15, min(pairs, key=lambda pair: pairs[pair])


def test_the_formulas_agree_with_published_values() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert difference("#000000", "#FFFFFF", "normal") == pytest.approx(100, abs=0.1)
