"""How a foreign number is shown: grouped for reading, masked wherever the whole of it is not needed."""

GROUPS = (2, 4, 7)
"""A gap is drawn before these digits of ten: 20 08 006 503."""
NINE = 9
GROUPS_OF_NINE = (2,)
"""Nine are shown as cards print them, before a digit is added: 20 8006503."""

_HIDDEN = "•"
_SHOWN_FIRST = 2
_SHOWN_LAST = 3


def gaps(digits: int) -> tuple[int, ...]:
    """Places before which a gap is drawn in a number of so many digits."""
    return GROUPS_OF_NINE if digits == NINE else GROUPS


def grouped(number: str, gap: str = "\u00a0") -> str:
    """The digits in groups, with a space that never breaks: 20 08 006 503, or 20 8006503 for nine."""
    return "".join(gap + digit if place in gaps(len(number)) else digit for place, digit in enumerate(number))


def masked(number: str) -> str:
    """The number with its middle hidden: 59•••••821. A number too short to hide anything is hidden whole."""
    hidden = len(number) - _SHOWN_FIRST - _SHOWN_LAST
    if hidden < _SHOWN_LAST:
        return _HIDDEN * len(number)
    return number[:_SHOWN_FIRST] + _HIDDEN * hidden + number[-_SHOWN_LAST:]


def masked_phone(phone: str) -> str:
    """A telephone number of which only the last two digits are shown: •• •• •• •• 01."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    return f"{_HIDDEN * 2} {_HIDDEN * 2} {_HIDDEN * 2} {_HIDDEN * 2} {digits[-2:]}" if len(digits) > 4 else _HIDDEN * 4
