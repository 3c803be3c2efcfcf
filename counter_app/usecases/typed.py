"""What somebody types and the journal keeps for ever can be read back, and reads as what it is: at both doors."""

from dataclasses import dataclass

from counter_app.imports.cells import unseen

LONGEST_TOLD = 500
"""Signs of a name, a reason or an instruction that the journal keeps: more is read back by nobody."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a text cannot be kept as it stands."""

    signs: int
    most: int
    hidden: str = ""
    """The first sign that nobody sees, when the text is not too long."""

    @property
    def too_many(self) -> int:
        """Signs that it has too many."""
        return max(0, self.signs - self.most)


def unfit(text: str, most: int = LONGEST_TOLD) -> Unfit | None:
    """Why a text cannot be kept, without its outer blanks; None when it can."""
    plain = text.strip()
    if len(plain) > most:
        return Unfit(len(plain), most)
    hidden = unseen(plain)
    return Unfit(len(plain), most, hidden[0]) if hidden else None
