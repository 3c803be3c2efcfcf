"""What the source says became of an appointment, in the words of each service.

Words of rdv-service-public (`statut` of its exports) and of rdv-insertion, their codes, and what offices write by hand.
"""

from enum import StrEnum
from functools import lru_cache

from counter_app.imports.headings import fold_heading


class ListedStatus(StrEnum):
    """Status of an appointment according to its list. Stored with the acts: never rename one."""

    expected = "expected"
    served = "served"
    cancelled = "cancelled"
    cancelled_by_office = "cancelled_by_office"
    missed = "missed"
    rescheduled = "rescheduled"
    unknown = "unknown"


_WORDS = {
    ListedStatus.expected: """a renseigner|rendez vous aujourd hui|rendez vous a venir|a venir|rdv a venir|aujourd hui
        |prevu|confirme|planifie|convoque|attendu|en attente|en salle d attente|waiting|pris|reserve|programme|a honorer
        |statut du rdv a preciser|statut a preciser|rendez vous pris|rdv pris|valide|actif|maintenu""",
    ListedStatus.served: """rendez vous honore|honore|rdv honore|seen|vu|venu|recu|present|presente|termine|effectue
        |realise|s est presente|fait""",
    ListedStatus.cancelled: "annule excuse|excused|excuse|absence excusee|absent excuse|annule|annulee|desiste",
    ListedStatus.cancelled_by_office: "annule par le service|revoked|annule par le territoire|annule par la prefecture",
    ListedStatus.missed: """absence non excusee|noshow|no show|absent|absente|absence|absent non excuse|lapin|non venu
        |absence non excusee au rendez vous|non honore|rendez vous non honore|ne s est pas presente|non presente""",
    ListedStatus.rescheduled: """reporte|reportee|deplace|deplacee|reprogramme|reprogrammee|replanifie|replanifiee
        |decale|decalee|rescheduled|moved|rdv reporte|rdv deplace|rendez vous reporte|rendez vous deplace|remplace
        |remplacee""",
    ListedStatus.unknown: "etat indetermine|indetermine",
}
_BY_WORD = {word.strip(): status for status, words in _WORDS.items() for word in words.replace("\n", "").split("|")}
_BY_OFFICE = ("service", "prefecture", "administration", "agent", "organisme", "territoire", "bureau", "structure")
_MOVED = ("reporte", "deplace", "reprogramm", "replanifi")


@lru_cache(maxsize=1024)
def read_status(text: str) -> ListedStatus:
    """The status a list gives in these words. Nothing written means expected; words never met mean unknown."""
    folded = fold_heading(text)
    if not folded:
        return ListedStatus.expected
    return _BY_WORD.get(folded) or _by_the_words_in(folded)


def _by_the_words_in(folded: str) -> ListedStatus:
    if "annul" in folded:
        by_office = any(word in folded for word in _BY_OFFICE) and "usager" not in folded
        return ListedStatus.cancelled_by_office if by_office else ListedStatus.cancelled
    if "non excus" in folded or "non honor" in folded:
        return ListedStatus.missed
    if any(word in folded for word in _MOVED):
        return ListedStatus.rescheduled
    if "honore" in folded:
        return ListedStatus.served
    return ListedStatus.expected if "a venir" in folded else ListedStatus.unknown
