"""What a text typed or read may be: a code, a number, the words of a name."""

from counter_app.domain.foreign_number import read_number
from counter_app.domain.identity_paper import looks_like_paper
from counter_app.domain.keyboard import looks_like_azerty_row
from counter_app.domain.other_numbers import NumberClass
from counter_app.usecases import find


def is_code(text: str) -> bool:
    """Digits enough for a number, one of our own codes, or a whole paper: not a name, not four last digits."""
    if looks_like_paper(text):
        return True
    text = text[: find.LONGEST]
    own = text[:2].upper() == "PG" and len(text) >= 8
    return own or read_number(text).number_class is not NumberClass.UNKNOWN


def is_words(text: str) -> bool:
    """Only letters: no code or number is so, a name typed by a quick hand or a program is."""
    text = text[: find.LONGEST]
    letters = text.translate(_BETWEEN_WORDS)
    return len(letters) >= find.SHORTEST and letters.isalpha() and not is_code(text) and not looks_like_azerty_row(text)


_BETWEEN_WORDS = str.maketrans("", "", " -'’")
