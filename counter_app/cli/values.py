"""Values of options: read from what was typed, or told in French why they cannot be."""

import argparse
import os
from datetime import date, datetime

from counter_app.domain.calendar import YEARS
from counter_app.telling.typed import unfit_told
from counter_app.wording.catalogue import Words
from counter_app.wording.fill import shown_back

LONGEST_NAME = 255
"""Bytes that a file system takes in one name."""


def words(text: str) -> str:
    """Free text. Bytes that are no text become a replacement sign: they can neither be stored nor written back."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _shown(text: str) -> str:
    """What was typed, told back: enough to see what it was."""
    return shown_back(words(text))


def said(text: str) -> str:
    """A name or a reason, kept for ever in the journal: it can be read back, and reads as what it is."""
    plain = words(text)
    if told := unfit_told(plain, Words("fr")):
        raise argparse.ArgumentTypeError(f"{told[0].lower()}{told[1:-1]}")
    return plain


def filled(text: str) -> str:
    """Words that name something: there is no default for what was named and left empty."""
    if not (told := words(text).strip()):
        raise argparse.ArgumentTypeError("il manque sa valeur")
    return told


def place(text: str) -> str:
    """A file or a folder."""
    try:
        bare = os.fsencode(text).strip(b" ")
    except UnicodeEncodeError:
        bare = b""
    if not bare or b"\0" in bare or max(map(len, bare.split(b"/"))) > LONGEST_NAME:
        raise argparse.ArgumentTypeError(f"« {_shown(text)} » ne peut pas être le nom d’un fichier ou d’un dossier")
    return text


def moment(text: str) -> datetime:
    """An instant; without offset, it is the site's local time."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"« {_shown(text)} » n’est pas un instant : écrivez 2026-11-23T09:10"
        ) from None
    if read.year not in YEARS:
        raise argparse.ArgumentTypeError(f"« {_shown(text)} » est trop loin : entre {YEARS[0]} et {YEARS[-1]}")
    return read


def day(text: str) -> date:
    """A day, as 2026-11-23 or 23/11/2026."""
    for read in (date.fromisoformat, _french_day):
        try:
            return read(text)
        except (ValueError, OverflowError):
            continue
    raise argparse.ArgumentTypeError(f"« {_shown(text)} » n’est pas une date : écrivez 2026-11-23")


def _french_day(text: str) -> date:
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


def postcode(text: str) -> str:
    """A French postcode: five digits."""
    plain = "".join(text.split())
    if not (plain.isascii() and plain.isdigit() and len(plain) == 5):
        raise argparse.ArgumentTypeError(f"« {_shown(text)} » n’est pas un code postal : écrivez ses 5 chiffres")
    return plain


def positive(text: str) -> int:
    """A whole number from 1 to 9999."""
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:5]) <= 9999 or len(text) > 4:
        raise argparse.ArgumentTypeError(f"« {_shown(text)} » n’est pas un nombre entier de 1 à 9999")
    return int(text)


def correction(text: str) -> tuple[str, str]:
    """A column and what to put in it."""
    return _pair(text, "COLONNE=VALEUR")


def setting(text: str) -> tuple[str, str]:
    """A setting and its value."""
    return _pair(text, "NOM=VALEUR")


def _pair(text: str, form: str) -> tuple[str, str]:
    name, equals, value = words(text).partition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError(f"« {_shown(text)} » : écrivez {form}")
    return name.strip(), value
