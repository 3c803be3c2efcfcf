"""What a column of a list of permits received can become, and the headings by which each is known."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

from counter_app.imports.headings import base_heading, fold_heading


class PermitColumn(StrEnum):
    """What a column of the list becomes."""

    card_number = "card_number"
    foreign_number = "foreign_number"
    name = "name"
    family_name = "family_name"
    used_name = "used_name"
    given_name = "given_name"
    birth_date = "birth_date"
    kind = "kind"
    valid_from = "valid_from"
    valid_to = "valid_to"
    received_on = "received_on"
    lot = "lot"
    tray = "tray"
    rank = "rank"
    place = "place"
    """Tray and rank in one cell, such as « D / 78 »."""
    stamp_amount = "stamp_amount"
    phone = "phone"
    summoned_on = "summoned_on"
    slot = "slot"
    day = "day"
    hour = "hour"


_WORDS: dict[PermitColumn, str] = {
    PermitColumn.card_number: """numero de titre|numero titre|numero du titre|numero de carte|numero carte
        |numero de la carte|numero document|numero de document|numero du document|carte|numero de serie
        |numero de titre de sejour|numero du titre de sejour|numero titre de sejour|identifiant titre
        |reference titre|reference du titre|numero serie|numero de la carte de sejour|numero de carte de sejour""",
    PermitColumn.foreign_number: """numero etranger|numero d etranger|agdref|numero agdref|identifiant agdref
        |identifiant etranger|id agdref|fne|numero fne|numero national etranger|numero dossier etranger""",
    PermitColumn.name: """nom prenom|nom et prenom|nom prenoms|nom et prenoms|nom complet|titulaire|identite|usager
        |beneficiaire|nom du titulaire|personne|prenom nom|prenom et nom|noms""",
    PermitColumn.family_name: """nom|nom de famille|nom de naissance|nom patronymique|patronyme|nom naissance
        |nom famille""",
    PermitColumn.used_name: "nom d usage|nom usage|nom marital|nom d epouse|nom epouse|epouse",
    PermitColumn.given_name: "prenom|prenoms|prenom s|premier prenom|prenom usager|prenom du titulaire",
    PermitColumn.birth_date: """date de naissance|date naissance|ne le|nee le|ne nee le|naissance|ddn|date naiss
        |date de naiss""",
    PermitColumn.kind: """type de titre|type titre|type|nature|nature du titre|categorie|categorie de titre
        |type de carte|type de document|type du titre|titre|libelle du titre|libelle""",
    PermitColumn.valid_from: """valable du|debut de validite|date de debut de validite|date debut validite
        |valable a partir du|valable a compter du|validite du|debut validite|date de debut|valide du|date debut""",
    PermitColumn.valid_to: """valable au|fin de validite|date de fin de validite|date fin validite|valable jusqu au
        |expire le|date d expiration|date expiration|expiration|validite|date de validite|validite au|fin validite
        |valide jusqu au|valide au|echeance|date de fin|date fin""",
    PermitColumn.received_on: """recu le|date de reception|date reception|reception|date d arrivee|arrive le
        |arrivee le|date arrivee|date de livraison|livre le|date livraison|reception le|receptionne le
        |date de reception du titre""",
    PermitColumn.lot: """lot|numero de lot|numero lot|numero du lot|lot imprimerie nationale|lot in|colis
        |numero de colis|envoi|numero d envoi|livraison|numero de livraison|bordereau|numero de bordereau""",
    PermitColumn.tray: "bac|numero de bac|numero bac|casier|boite|tiroir|bac de rangement|armoire|numero de casier",
    PermitColumn.rank: """rang|place|position|pochette|numero de pochette|numero pochette|emplacement|numero de rang
        |rang dans le bac|place dans le bac|numero d ordre|ordre""",
    PermitColumn.stamp_amount: """timbre|timbre a acquitter|montant|montant du timbre|montant timbre|timbre fiscal
        |timbres|timbres fiscaux|taxe|taxes|montant a acquitter|montant de la taxe|montant du timbre fiscal|montant du
        |timbre fiscal a acquitter|droits|droit de timbre|a acquitter|timbre du""",
    PermitColumn.phone: """telephone|tel|portable|mobile|telephone portable|numero de telephone|numero telephone
        |telephone mobile|numero de portable|gsm|tel portable|telephone usager|telephone du titulaire|numero mobile""",
    PermitColumn.summoned_on: """sms envoye le|sms le|convoque le|date d envoi du sms|date sms|sms|date envoi sms
        |sms envoye|date du sms|date de convocation|date convocation|convocation envoyee le|convoque par sms le
        |message envoye le|envoi sms|date d envoi sms""",
    PermitColumn.slot: """creneau de remise|creneau|rendez vous|rdv|date et heure de remise|remise le|rdv de remise
        |date et heure du rdv|date et heure de rdv|date et heure|date et heure du rendez vous|convocation
        |rendez vous de remise|creneau de rendez vous|date heure de remise|creneau remise|creneau de convocation""",
    PermitColumn.day: """date de remise|jour de remise|date du rdv|jour du rdv|date rdv|date du rendez vous
        |jour du rendez vous|date remise|jour|date de rdv""",
    PermitColumn.hour: """heure de remise|heure du rdv|heure|heure rdv|heure du rendez vous|heure remise
        |heure de rdv|horaire""",
}
_BY_WORDS = {word.strip(): column for column, words in _WORDS.items() for word in words.replace("\n", "").split("|")}

_RULES: tuple[tuple[re.Pattern[str], PermitColumn], ...] = tuple(
    (re.compile(pattern), column)
    for pattern, column in (
        (r"agdref|\b(numero|num|id|identifiant)\b.*\betrangers?\b", PermitColumn.foreign_number),
        (r"\b(numero|num|identifiant|reference)\b.*\b(titre|carte|document)\b", PermitColumn.card_number),
        (r"\b(titre|carte|document)\b.*\b(numero|num)\b", PermitColumn.card_number),
        (r"^noms? .*\bprenoms?\b|^prenoms? .*\bnoms?\b", PermitColumn.name),
        (r"\bnaissance\b.*\bdate\b|\bdate\b.*\bnaissance\b", PermitColumn.birth_date),
        (r"\b(timbres?|taxes?|payer|acquitter)\b|\bmontant\b.*\bdu\b", PermitColumn.stamp_amount),
        (r"\b(telephone|portable|mobile)\b", PermitColumn.phone),
        (r"\bsms\b", PermitColumn.summoned_on),
        (r"\bcreneau\b|\bdate\b.*\bheure\b", PermitColumn.slot),
        (r"\bheure\b", PermitColumn.hour),
        (
            r"\bdebut\b.*\bvalidite\b|\bvalidite\b.*\b(debut|depuis)\b|\bvalable\b.*\b(du|depuis|compter|partir)\b",
            PermitColumn.valid_from,
        ),
        (r"\bvalidite\b|\bexpir|\bvalable\b", PermitColumn.valid_to),
        (r"\brecu\b|\breception|\barrivee?\b|\blivr", PermitColumn.received_on),
        (r"\blot\b", PermitColumn.lot),
        (r"\b(bac|casier)\b.*\b(rang|pochette|place)\b", PermitColumn.place),
        (r"\bbac\b|\bcasier\b", PermitColumn.tray),
        (r"\b(rang|rangee|pochette)\b", PermitColumn.rank),
        (r"\b(type|nature|categorie)\b.*\b(titre|carte)\b", PermitColumn.kind),
        (r"\b(date|jour)\b.*\b(remise|rdv|rendez vous)\b", PermitColumn.day),
    )
)
_OTHER_MEANING = re.compile(r"\b(ancien|ancienne|precedent|conjoint|pere|mere|employeur|email|mail|adresse)\b")

Columns = Mapping[PermitColumn, int]
"""Position, from 0, of the column of each value."""

TELLING: dict[str, tuple[PermitColumn, ...]] = {
    "number_as_read": (PermitColumn.foreign_number,),
    "valid_from": (PermitColumn.valid_from, PermitColumn.valid_to),
    "tray": (PermitColumn.tray, PermitColumn.place),
    "rank": (PermitColumn.rank, PermitColumn.place),
    "slot": (PermitColumn.slot, PermitColumn.day, PermitColumn.hour),
    **{
        one.value: (one,)
        for one in (
            *(PermitColumn.foreign_number, PermitColumn.birth_date, PermitColumn.kind, PermitColumn.valid_to),
            *(PermitColumn.received_on, PermitColumn.lot, PermitColumn.stamp_amount, PermitColumn.phone),
            PermitColumn.summoned_on,
        )
    },
}
"""What is known of a permit, and the columns that tell it."""

PLACED = frozenset({"tray", "rank"})
"""What an empty cell does tell: the card stands in no tray."""


@lru_cache(maxsize=4096)
def column_of(heading: str) -> PermitColumn | None:
    """What a heading most likely means, or None. Known wordings first, then rules on the words it holds."""
    folded = fold_heading(base_heading(heading))
    known = _BY_WORDS.get(folded)
    if known is not None or _OTHER_MEANING.search(folded):
        return known
    return next((column for pattern, column in _RULES if pattern.search(folded)), None)


def recognised(heading: str) -> bool:
    """True when the heading means something in a list of permits."""
    return column_of(heading) is not None


def columns_of(headings: Sequence[str]) -> Columns:
    """Where each value is: the first column whose wording is exactly known, else the first that holds its words."""
    found: dict[PermitColumn, int] = {}
    exact = [position for position, heading in enumerate(headings) if _known(heading)]
    for position in (*exact, *range(len(headings))):
        column = column_of(headings[position])
        if column is not None:
            found.setdefault(column, position)
    if PermitColumn.given_name not in found and PermitColumn.family_name in found:
        found.setdefault(PermitColumn.name, found.pop(PermitColumn.family_name))
    return found


def _known(heading: str) -> bool:
    return fold_heading(base_heading(heading)) in _BY_WORDS


def is_permits_list(headings: Iterable[str]) -> bool:
    """Whether these headings are those of permits received: a card number, and where or when it came in.

    Such a list names its holders too: taking it for appointments would invent people to wait for.
    """
    found = {column_of(heading) for heading in headings}
    came_in = {PermitColumn.received_on, PermitColumn.lot, PermitColumn.tray, PermitColumn.rank}
    return PermitColumn.card_number in found and len(came_in & found) > 1
