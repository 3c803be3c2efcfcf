"""What cannot be in a row of permits received, however well it is written; and what may stand, told."""

import re
import unicodedata
from datetime import date, timedelta

from counter_app.domain.permit_listing import LONGEST_TRAY, MOST_RANK, is_rank
from counter_app.domain.phone import read_phone
from counter_app.imports.cells import Unclear, unseen
from counter_app.imports.headings import fold_heading
from counter_app.imports.listed import ListedPermit

CLOCK_ERROR = timedelta(days=1)
"""A desk whose clock is late still takes what came in today."""
LONGEST_NAME = 250
"""Signs. Names of several words and a name in use in brackets included, no person's comes near."""
SHOWN = 200
"""Signs of a cell too long shown back."""

BORN_TO_COME = Unclear(
    "birth_date_to_come", "Date de naissance dans l’avenir\u00a0: relisez la carte, écrivez-la comme 27/3/1980."
)
RANK_UNREADABLE = Unclear(
    "rank_unreadable", f"Un rang est un nombre entier de 1 à {MOST_RANK}\u00a0: relisez l’étiquette de la pochette."
)
TRAY_TOO_LONG = Unclear(
    "tray_too_long", f"Un nom de bac a {LONGEST_TRAY} signes au plus\u00a0: écrivez celui de son étiquette."
)
TEXT_TOO_LONG = Unclear(
    "text_too_long",
    f"Plus de {LONGEST_NAME} signes\u00a0: deux textes ont sans doute été collés. Recopiez celui de la carte.",
)
DAY_TO_COME = Unclear(
    "day_to_come",
    "Cette date est après aujourd’hui\u00a0: écrivez le jour où c’est arrivé, ou vérifiez l’heure de ce poste.",
)
CUT_SHORT = Unclear(
    "row_cut_short",
    "La dernière ligne s’arrête ici, avant la fin\u00a0: si le fichier a été coupé, exportez-le de nouveau.",
)
SHEET_UNREAD = Unclear(
    "sheet_unread",
    "Cette feuille du classeur est aussi une liste de titres\u00a0: rien n’en a été lu. Enregistrez-la à part.",
)
PHONE_UNREADABLE = Unclear(
    "phone_unreadable",
    "Ce téléphone n’est pas un numéro\u00a0: le titre est pris, sans SMS possible. Corrigez-le dans la liste.",
)
WEB_TEXT = Unclear(
    "web_text",
    "Ce texte garde des signes d’une page web, tels que « &eacute » ou « <br> » : il est pris "
    "tel quel. Relisez-le sur la carte, corrigez-le dans la liste.",
)
_WEB_TEXT = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,6});|</?[A-Za-z][^<>]{0,40}>")
_HARMLESS = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
"""Marks that web pages and spreadsheets leave in texts, and that change nothing of how these are read."""


def is_to_come(day: str | None, today: date) -> bool:
    """Whether an ISO day (00 for unknown parts) is after today, the error of a clock allowed."""
    return day is not None and day > (today + CLOCK_ERROR).isoformat()


def check_text(text: str) -> Unclear | None:
    """Why a text that is kept as written cannot be: too long, or it holds signs that make it read as another one."""
    if len(text) > LONGEST_NAME:
        return TEXT_TOO_LONG
    hidden = [sign for sign in unseen(text) if sign not in _HARMLESS]
    return _unseen(hidden[0], "retapez ce texte, rien n’en a été ôté") if hidden else None


def web_mark(text: str) -> Unclear | None:
    """What is told of a text that holds marks of a web page: those that nobody sees stay out of it, those that are
    written stay in it, as nobody but the card says what they stand for."""
    if marks := unseen(text):
        return _unseen(marks[0], "il a été laissé de côté, le reste du texte est pris tel quel")
    return WEB_TEXT if _WEB_TEXT.search(text) else None


def _unseen(sign: str, told: str) -> Unclear:
    name = f"U+{ord(sign):04X}" if unicodedata.category(sign) != "Cs" else "sans code"
    return Unclear("unseen_sign", f"Ce texte contient un signe invisible ({name})\u00a0: {told}.")


def check_place(tray: str | None, rank: str | None) -> tuple[Unclear | None, Unclear | None]:
    """Why a tray, and why a rank, cannot be."""
    too_long = TRAY_TOO_LONG if tray and len(tray) > LONGEST_TRAY else None
    return too_long, None if rank is None or is_rank(rank) else RANK_UNREADABLE


def check_phone(text: str) -> Unclear | None:
    """What is told of a telephone that is none."""
    return PHONE_UNREADABLE if text and read_phone(text.removeprefix("'")) is None else None


def repeated(one: ListedPermit, same: list[ListedPermit]) -> Unclear | None:
    """Why a card that several rows name is not taken from this one; `same` holds all of them."""
    others = ", ".join(str(other.row) for other in same if other.row != one.row)
    if len({(other.foreign_number, other.birth_date, fold_heading(other.name)) for other in same}) > 1:
        told = f"Même numéro de titre pour deux personnes (voir ligne {others})\u00a0: relisez la carte, corrigez."
        return Unclear("card_number_shared", told)
    if one.row == same[0].row:
        return None
    told = f"Numéro de titre déjà lu à la ligne {same[0].row}\u00a0: compté une seule fois."
    return Unclear("card_number_repeated", told)
