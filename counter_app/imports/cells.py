"""The plain text of a cell, and what is answered when it cannot be read."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Unclear:
    """A value that could not be read: stable slug, and French sentence saying what to write."""

    reason_code: str
    reason: str


def visible(text: str) -> str:
    """The text without the signs that nobody sees: controls, marks of direction, blanks of no width.

    They come with texts copied from web pages, and can make a name read as another one. Blanks and line ends stay.
    """
    if text.isprintable():
        return text
    return "".join(sign for sign in text if sign in _BLANKS or unicodedata.category(sign) not in _UNSEEN)


def unseen(text: str) -> str:
    """The signs of a text that nobody sees, in order."""
    if text.isprintable():
        return ""
    return "".join(sign for sign in text if sign not in _BLANKS and unicodedata.category(sign) in _UNSEEN)


_BLANKS = frozenset("\t\n\r\f\v\x1c\x1d\x1e\x1f\x85")
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """A cell's text without outer blanks, repeated or exotic spaces, and the `="…"` or `'` that protect numbers."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", visible(text))
    text = " ".join(text.split())
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return text.removeprefix("'").strip()


def plain_text(text: str) -> str:
    """Lower case, no accents, digits of any script as 0-9."""
    text = tidy(text).lower()
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFD", text.replace("’", " ").replace("–", "-").replace("—", "-"))
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() else letter
        for letter in letters
        if not unicodedata.combining(letter)
    )


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """A cell's text to be kept and shown: letters as written, blanks brought to single spaces."""
    return plain_name(text[2:-1] if text.startswith('="') and text.endswith('"') else text)


def plain_name(text: str) -> str:
    """The same for texts that are nearly all different: nothing is remembered."""
    joined = " ".join(text.split())
    return joined if joined.isascii() else unicodedata.normalize("NFC", joined)
