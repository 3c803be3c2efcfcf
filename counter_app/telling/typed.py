"""What is said of a text that the journal could not keep as it stands, for both doors."""

from counter_app.usecases.typed import LONGEST_TOLD, Unfit, unfit
from counter_app.wording.catalogue import Words


def unfit_told(text: str, words: Words, most: int = LONGEST_TOLD) -> str:
    """What to do about a text before it is kept, in a sentence; empty when nothing."""
    wrong = unfit(text, most)
    return told(wrong, words) if wrong else ""


def told(wrong: Unfit, words: Words) -> str:
    """The same, once it is known."""
    if wrong.too_many:
        return words("typed.too_many", n=wrong.signs, over=wrong.too_many, most=wrong.most)
    return words("typed.hidden", sign=f"U+{ord(wrong.hidden):04X}")
