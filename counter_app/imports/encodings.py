"""Which encoding a text file is in. Text is never lost: a byte that fits nowhere is read as Windows-1252."""

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONE_BYTE = ("cp1252", "mac_roman", "cp850")
_FRENCH_LETTERS = frozenset("éèêëàâäçùûüîïôöœÉÈÊËÀÂÇÙÛÎÏÔŒ°’«»€")
PATCHED = "counter_app.cp1252"
"""Error handler that reads as Windows-1252 the bytes that are not UTF-8: files glued by hand mix both."""


def _patch(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    stray = fault.object[fault.start : fault.end]
    return "".join(_one_byte(bytes((value,))) for value in stray), fault.end


def _one_byte(value: bytes) -> str:
    try:
        return value.decode("cp1252")
    except UnicodeDecodeError:
        return value.decode("latin-1")


codecs.register_error(PATCHED, _patch)


def guess_encoding(sample: bytes) -> tuple[str, str]:
    """(encoding, error handler) for a file that begins with these bytes."""
    for bom, encoding in _BOMS:
        if sample.startswith(bom):
            return encoding, PATCHED if encoding == "utf-8-sig" else "replace"
    wide = _wide_encoding(sample)
    if wide:
        return wide, "replace"
    if _is_utf8(sample):
        return "utf-8", PATCHED
    best = max(_ONE_BYTE, key=lambda encoding: _french_score(sample, encoding))
    return ("utf-8", PATCHED) if best == "cp1252" else (best, "replace")


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without mark: in western text every other byte is zero."""
    pairs = len(sample) // 2
    if pairs and sample[1::2].count(0) > pairs * 0.7:
        return "utf-16-le"
    return "utf-16-be" if pairs and sample[::2].count(0) > pairs * 0.7 else None


def _is_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _french_score(sample: bytes, encoding: str) -> int:
    accented = bytes(value for value in sample if value >= 0x80).decode(encoding, "replace")
    return sum(1 if letter in _FRENCH_LETTERS else -1 for letter in accented)
