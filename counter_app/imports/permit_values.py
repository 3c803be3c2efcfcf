"""Texts of the cells that only lists of permits have: card numbers, amounts, telephones."""

import re

from counter_app.domain.permit_listing import plain_card_number, plain_tray
from counter_app.imports.cells import Unclear, clean, plain_text, tidy

CARD_LENGTH = 9
"""Letters and digits of the number printed on a permit (model of 2020: twice on the front, once in the MRZ)."""

CARD_MISSING = Unclear(
    "card_number_missing", "Numéro de titre absent\u00a0: recopiez les 9 lettres et chiffres imprimés sur la carte."
)
_EATEN = re.compile(r"\d(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
_AMOUNT = re.compile(r"(\d{1,4})(?:[.,]0{1,2})?")
_NOTHING_DUE = frozenset({"exonere", "exoneree", "gratuit", "neant", "aucun", "sans", "dispense", "dispensee"})
_UNKNOWN = frozenset({"?", "-", "nc", "inconnu", "a preciser", "n c"})
_PLACE = re.compile(r"(?:bac )?(.*?[a-z0-9]) ?[/\-,;.] ?(?:n°|rang|pochette)? ?([a-z0-9]+)", re.IGNORECASE)
_BETWEEN_DAYS = re.compile(r"\s+(?:jusqu['’]au|au|à|-|–|→)\s+", re.IGNORECASE)
_MOST = 2000
"""Euros: no case of the official table comes near."""


def read_card_number(text: str) -> str | Unclear:
    """The nine signs of a card number in capitals; what a spreadsheet made of it is told, never repaired."""
    plain = tidy(text)
    if not plain:
        return CARD_MISSING
    if _EATEN.fullmatch(plain.replace(" ", "")) and ("+" in plain or "," in plain or "." in plain):
        return Unclear(
            "card_number_eaten",
            "Le tableur a transformé ce numéro de titre en nombre\u00a0: recopiez-le depuis la carte, "
            "dans une cellule au format texte.",
        )
    number = plain_card_number(plain)
    if len(number) == CARD_LENGTH and number.isascii():
        return number
    lost = " (un zéro de tête a pu se perdre)" if number.isdigit() and len(number) < CARD_LENGTH else ""
    return Unclear(
        "card_number_unreadable",
        f"Un numéro de titre a {CARD_LENGTH} lettres et chiffres, {len(number)} lus ici{lost}\u00a0: "
        "recopiez-le depuis la carte.",
    )


def read_amount(text: str) -> int | None | Unclear:
    """Euros to pay: 0 when the list says that nothing is due, None when it says nothing."""
    plain = plain_text(text).replace("€", "").removesuffix("euros").removesuffix("eur").strip()
    word = re.sub(r"[^a-z ]", " ", plain).strip()
    if not plain or plain in _UNKNOWN:
        return None
    if word in _NOTHING_DUE:
        return 0
    found = _AMOUNT.fullmatch(plain.replace(" ", ""))
    if found is None or int(found[1]) > _MOST:
        told = "Montant du timbre à revoir\u00a0: écrivez-le en euros entiers, comme 250, ou 0 si rien n’est dû."
        return Unclear("stamp_unreadable", told)
    return int(found[1])


def read_phone(text: str) -> str | None:
    """A telephone number: with its country code when that is sure, else as the list holds it."""
    plain = clean(text).removeprefix("'")
    digits = re.sub(r"[\s.\-()/]", "", plain)
    if re.fullmatch(r"0[1-9]\d{8}", digits):
        return f"+33{digits[1:]}"
    if re.fullmatch(r"33[1-9]\d{8}", digits):
        return f"+{digits}"
    if re.fullmatch(r"(?:\+|00)[1-9]\d{6,14}", digits):
        return f"+{digits.removeprefix('+').removeprefix('00')}"
    return plain or None


def split_place(text: str) -> tuple[str, str]:
    """Tray and rank of one cell: « D / 78 », « D-78 », « D » alone."""
    plain = clean(text)
    found = _PLACE.fullmatch(plain)
    return (found[1], found[2]) if found else (plain, "")


def split_validity(text: str) -> tuple[str, str]:
    """First and last day of one cell: « du 24/10/2026 au 23/10/2030 »; the last alone when there is one."""
    plain = re.sub(r"^du\s+", "", clean(text), flags=re.IGNORECASE)
    parts = _BETWEEN_DAYS.split(plain)
    return (parts[0], parts[1]) if len(parts) == 2 else ("", clean(text))


def whole_place(text: str) -> str | None:
    """A tray or a rank; a spreadsheet may have made « 12 » a number with decimals."""
    return plain_tray(clean(tidy(text).removesuffix(".0").removesuffix(",0"))) or None
