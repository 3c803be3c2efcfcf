"""Noto Sans and Noto Sans Arabic on paper: registered when first used, shaped for right-to-left scripts.

ReportLab neither shapes nor falls back from one font to another, so both are done here: Arabic letters are joined and
put in visual order (arabic_reshaper, python-bidi), then a line is cut into runs of one face. See docs/decisions.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from counter_app.wording.shipped import shipped

# Hebrew to Arabic Extended, then the presentation forms that a shaped line is made of.
_RTL_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


class Face(Enum):
    """A shipped font: its value is its file under resources/fonts. Each one embedded costs about a millisecond."""

    REGULAR = "NotoSans_400Regular.ttf"
    BOLD = "NotoSans_700Bold.ttf"
    ARABIC = "NotoSansArabic_400Regular.ttf"
    ARABIC_BOLD = "NotoSansArabic_700Bold.ttf"


_ARABIC_BESIDE = {Face.REGULAR: Face.ARABIC, Face.BOLD: Face.ARABIC_BOLD}


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line that one face can draw, left to right."""

    font: str
    text: str


@cache
def font_name(face: Face) -> str:
    """Register the face with ReportLab the first time; answer the name to draw with."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    name = face.value.removesuffix(".ttf").replace("_", "-")
    registerFont(TTFont(name, str(shipped("fonts", face.value))))
    return name


def is_right_to_left(text: str) -> bool:
    """True when the text holds at least one letter of a right-to-left script."""
    return _RTL_LETTER.search(text) is not None


@lru_cache(maxsize=256)
def visual(text: str, rtl_line: bool = False) -> str:
    """The text as drawn from left to right: Arabic letters joined, right-to-left parts reversed.

    `rtl_line` is true inside a right-to-left paragraph, even for a line of figures alone.
    """
    if not rtl_line and not is_right_to_left(text):
        return text
    from arabic_reshaper import reshape
    from bidi import get_display  # type: ignore[import-untyped,unused-ignore]

    return str(get_display(reshape(text), base_dir="R" if rtl_line else "L"))


def runs(text: str, face: Face, rtl_line: bool = False) -> tuple[Run, ...]:
    """The line in drawing order, cut where the face changes between Latin (with Cyrillic) and Arabic."""
    if not rtl_line and not is_right_to_left(text):
        return (Run(font_name(face), text),)
    pieces: list[Run] = []
    for character in visual(text, rtl_line):
        name = font_name(_ARABIC_BESIDE[face] if is_right_to_left(character) else face)
        if pieces and (character == " " or pieces[-1].font == name):
            pieces[-1] = Run(pieces[-1].font, pieces[-1].text + character)
        else:
            pieces.append(Run(name, character))
    return tuple(pieces)


def text_width(text: str, face: Face, size: float) -> float:
    """The width of the line in points, as drawn."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(sum(stringWidth(run.text, run.font, size) for run in runs(text, face)))


def wrapped(text: str, face: Face, size: float, width: float) -> list[str]:
    """The text in lines no wider than `width` points, broken at plain spaces only; a longer word is cut by letters."""
    return [line for paragraph in text.split("\n") for line in _lines(paragraph, face, size, width)]


def _lines(paragraph: str, face: Face, size: float, width: float) -> list[str]:
    """Words are set one after the other: Noto has no kerning here, so widths add up."""
    space = text_width(" ", face, size)
    lines: list[str] = []
    line: list[str] = []
    room = width
    for word in paragraph.split(" "):
        needed = text_width(word, face, size)
        if line and needed + space > room:
            lines.append(" ".join(line))
            line, room = [], width
        if not line and needed > width:
            *full, word = _cut(word, face, size, width)  # noqa: PLW2901
            lines.extend(full)
            needed = text_width(word, face, size)
        room -= needed + (space if line else 0)
        line.append(word)
    return [*lines, " ".join(line)]


def _cut(word: str, face: Face, size: float, width: float) -> list[str]:
    """A word that may be wider than the line, cut into pieces that fit (at least one character each)."""
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character, face, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def fitted(text: str, face: Face, size: float, width: float) -> str:
    """The text on one line: whole when it fits, else cut with an ellipsis."""
    if text_width(text, face, size) <= width:
        return text
    kept = text
    while kept and text_width(f"{kept}…", face, size) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
