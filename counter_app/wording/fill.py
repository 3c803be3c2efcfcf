"""Sentences with fields, filled so that a missing figure removes its piece of the sentence, never shows a brace."""

import re
from collections.abc import Mapping
from string import Formatter

Figures = Mapping[str, str | int | None]

_SENTENCES = re.compile(r"(?<=[.?!])\s+(?=[\w{«“])")
_PIECES = re.compile(r"( · |, )")
RAW_SHOWN = 24


def fields(template: str) -> frozenset[str]:
    """Names of the fields of a template."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def filled(template: str, figures: Figures) -> str:
    """The template with its figures; sentences, or pieces between commas and dots, that lack one are left out."""
    sentences = (filled_words(sentence, figures) for sentence in _SENTENCES.split(template))
    return " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences if sentence)


def filled_words(template: str, figures: Figures) -> str:
    """The same for a few words that are no sentence: nothing gets a capital letter."""
    parts = _PIECES.split(template)
    kept = ""
    for separator, piece in zip(["", *parts[1::2]], parts[::2], strict=True):
        if all(figures.get(name) is not None for name in fields(piece)):
            kept += (separator if kept else "") + piece.format(**figures)
    if kept and template[-1] in ".?!" and kept[-1] not in ".?!…":
        kept += template[-1]
    return kept


def shown_back(raw: str) -> str:
    """What was read or typed, cut with « … » after 24 letters: enough to see what it was, not a whole document."""
    text = raw.strip()
    return text if len(text) <= RAW_SHOWN else f"{text[:RAW_SHOWN].rstrip()}…"
