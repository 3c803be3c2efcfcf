"""What a keyboard or a reader meant: digits of other scripts, invisible marks, and a reader set for another layout.

A reader programmed for a US keyboard on a French PC turns 2008006503 into `éàà_àà-(à"`; an agent who forgets Shift
types the same. Nothing here corrects silently: every repair is told by a flag that the caller shows.
"""

import unicodedata

_US = "1234567890-=qwertyuiop[]asdfghjkl;'\\zxcvbnm,./"
_AZERTY = "&é\"'(-è_çà)=azertyuiop^$qsdfghjklmù*wxcvbn,;:!"
_US_SHIFTED = '!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"|ZXCVBNM<>?'
_AZERTY_SHIFTED = "1234567890°+AZERTYUIOP¨£QSDFGHJKLM%µWXCVBN?./§"
"""The same keys, in the same order, as each layout reads them."""

_DIGITS = "1234567890"
_TYPOGRAPHIC = {"’": "4", "‘": "4", "“": "3", "”": "3", "‑": "6", "–": "6"}
"""What an auto-correcting program makes of the apostrophe, the quote and the hyphen of the digit row."""

_ROW = {
    **dict(zip(_AZERTY, _DIGITS, strict=False)),
    **dict(zip(_AZERTY[:10].upper(), _DIGITS, strict=True)),
    **_TYPOGRAPHIC,
}
_LAYOUT = str.maketrans(dict(zip(_AZERTY + _AZERTY_SHIFTED, _US + _US_SHIFTED, strict=True)) | _ROW)
_DIGIT_ROW = str.maketrans(_ROW)
_LETTERS_OF_THE_ROW = frozenset("&éèçàÉÈÇÀ_(\"'’‘“”")
_LEAST_KEYS = 4


def looks_like_azerty_row(text: str) -> bool:
    """True when the text holds nothing but unshifted keys of the French digit row (caps lock or not).

    At least four keys, not all the same, and one that is no plain separator: `75-03` and `----` are not such a row.
    """
    keys = "".join(unicodedata.normalize("NFC", text).split())
    return (
        len(keys) >= _LEAST_KEYS
        and len(set(keys)) > 1
        and all(key in _ROW for key in keys)
        and any(key in _LETTERS_OF_THE_ROW for key in keys)
    )


def repair_azerty(text: str) -> tuple[str, bool]:
    """What a US-layout reader meant on a French keyboard, and whether the text was changed.

    A text with ASCII digits is kept as it is: a reader that types digits has the right layout. A row of unshifted
    digits typed by hand is repaired by the same rule.
    """
    composed = unicodedata.normalize("NFC", text)
    if any(character in _DIGITS for character in composed):
        return text, False
    repaired = composed.translate(_LAYOUT)
    return repaired, repaired != composed


def repair_digit_row(text: str) -> tuple[str, bool]:
    """Only the digit row put right, letters kept: for a row half typed without Shift."""
    composed = unicodedata.normalize("NFC", text)
    repaired = composed.translate(_DIGIT_ROW)
    return repaired, repaired != composed


def plain_digits(text: str) -> str:
    """Full-width, Arabic-Indic, Persian and all other decimal digits as ASCII; full-width letters and marks too."""
    return text if text.isascii() else "".join(_plain(character) for character in text)


def without_invisible_marks(text: str) -> str:
    """The text without zero-width, bidirectional and control marks; line breaks and tabs become spaces."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if character.isspace() else character for character in text if not _invisible(character))


def _plain(character: str) -> str:
    if character.isascii():
        return character
    value = unicodedata.decimal(character, None)
    if value is not None:
        return str(value)
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0)
    return character


def _invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Cf", "Cc") and not character.isspace()
