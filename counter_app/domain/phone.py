"""Telephone numbers as lists and people give them, brought to the one form that messages need: +33612340001."""

from counter_app.domain.keyboard import plain_digits, without_invisible_marks

_OVERSEAS = {
    **dict.fromkeys(("590", "690", "691"), "+590"),
    **dict.fromkeys(("594", "694"), "+594"),
    **dict.fromkeys(("596", "696", "697"), "+596"),
    **dict.fromkeys(("262", "263", "692", "693", "269", "639"), "+262"),
}
"""Numbers of the overseas departments, by their first digits after the 0 (national numbering plan)."""
_SHORTEST, _LONGEST = 8, 15
"""Digits of an international number (ITU-T E.164)."""


def read_phone(raw: str) -> str | None:
    """The international form of a number; None when it is not one, and nothing is made up."""
    text = plain_digits(without_invisible_marks(raw)).replace("(0)", "")
    bare = "".join(letter for letter in text if letter not in ".-/()‑–" and not letter.isspace())
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    plus, digits = bare.startswith("+"), bare.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        return None
    if plus:
        return bare if _SHORTEST <= len(digits) <= _LONGEST and digits[0] != "0" else None
    if len(digits) != 10 or digits[0] != "0" or digits[1] == "0":
        return None
    return _OVERSEAS.get(digits[1:4], "+33") + digits[1:]


def takes_messages(phone: str) -> bool:
    """Whether a number can receive an SMS, as far as its form tells: a French land line cannot."""
    return not phone.startswith("+33") or phone[3:4] in ("6", "7")
