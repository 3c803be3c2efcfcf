"""What a column of an appointment list can become, and the headings by which each is known."""

import re
from enum import StrEnum
from functools import lru_cache

from counter_app.imports.headings import base_heading, fold_heading


class Target(StrEnum):
    """What a column becomes. The values are the words of saved mappings: never rename one."""

    name = "name"
    family_name = "family_name"
    used_name = "used_name"
    given_name = "given_name"
    birth_date = "birth_date"
    foreign_number = "foreign_number"
    context = "context"
    slot = "slot"
    day = "day"
    hour = "hour"
    purpose = "purpose"
    service = "service"
    place = "place"
    organisation = "organisation"
    desk = "desk"
    status = "status"
    reference = "reference"
    postcode = "postcode"
    document_expiry = "document_expiry"
    minor = "minor"
    booked_day = "booked_day"
    booked_hour = "booked_hour"


_WORDS: dict[Target, str] = {
    Target.name: """usager|usagers|usager s|nom prenom|nom prenoms|nom prenom s|nom et prenom|nom et prenoms|nom complet
        |prenom nom|prenom et nom|identite|nom de l usager|nom usager|personne|demandeur|beneficiaire|administre
        |nom prenom usager|nom prenom de l usager|nom et prenom de l usager|titulaire|convoque|nom|noms""",
    Target.family_name: """nom de famille|nom de naissance|nom patronymique|patronyme|nom naissance|nom famille""",
    Target.used_name: "nom d usage|nom usage|nom marital|nom d epouse|nom epouse|epouse",
    Target.given_name: "prenom|prenoms|prenom s|premier prenom|prenom de l usager|prenom usager",
    Target.birth_date: """date de naissance|date naissance|dates de naissance|ne le|nee le|ne nee le|naissance|ddn
        |date naiss|date de naiss|d naissance|dt naissance|jour de naissance""",
    Target.foreign_number: """numero etranger|numero d etranger|n etranger|num etranger|numero agdref|agdref|n agdref
        |identifiant agdref|identifiant etranger|id agdref|numero national etranger|numero fne|fne
        |numero dossier etranger""",
    Target.context: "contexte|commentaire|commentaires|remarque|remarques|observation|observations|note|notes",
    Target.slot: """date et heure|date heure|date et heure de convocation|date et heure de la convocation
        |date heure convocation|date et heure de rendez vous|date et heure du rendez vous|date et heure rdv
        |date et heure du rdv|date et heure de rdv|date heure rdv|date heure du rdv|date heure rendez vous|creneau
        |creneau de rendez vous|creneau rdv|creneau de rdv|creneau du rdv|creneau reserve|convocation le|convoque le
        |date de convocation et heure|rdv le|rendez vous le|horodatage|debut|debut du rdv|debut du rendez vous""",
    Target.day: """date|jour|date rdv|date du rdv|date de rdv|date rendez vous|date du rendez vous|date de rendez vous
        |jour du rdv|jour rdv|jour du rendez vous|jour de rendez vous|date convocation|date de convocation
        |date de la convocation|jour de convocation|rdv date|rendez vous date|rendez vous jour|convocation date""",
    Target.hour: """heure|horaire|heure rdv|heure du rdv|heure de rdv|heure rendez vous|heure du rendez vous
        |heure de rendez vous|horaire rdv|horaire du rdv|heure convocation|heure de convocation|heure de la convocation
        |heure de debut|heure debut|rdv heure|rendez vous heure|rendez vous horaire|convocation heure|h""",
    Target.purpose: """motif|motif rdv|motif du rdv|motif du rendez vous|motif rendez vous|objet|objet du rdv|objet rdv
        |objet du rendez vous|objet de la convocation|objet convocation|motif de la convocation|motif de convocation
        |type de rdv|type de rendez vous|type rdv|demarche|prestation|nature de la demande|type de demande""",
    Target.service: "service|bureau|pole|section|service instructeur|unite",
    Target.place: "lieu|lieu du rdv|lieu rdv|lieu de rdv|lieu du rendez vous|lieu de rendez vous|site|adresse du rdv",
    Target.organisation: """organisation|organisme|organisation du rendez vous|organisation du rdv|structure|prefecture
        |administration""",
    Target.desk: """guichet|guichets|numero guichet|numero de guichet|professionnel le s|professionnel|professionnels
        |agent|poste|box|bureau d accueil|nom du guichet""",
    Target.status: """statut|statut du rdv|statut rdv|statut du rendez vous|etat|etat du rdv|etat rdv
        |etat du rendez vous|situation du rdv|status""",
    Target.reference: """reference|ref|rdv id|id rdv|numero rdv|numero de rdv|numero rendez vous|numero de rendez vous
        |reference rdv|reference du rdv|reference du rendez vous|numero convocation|numero de convocation
        |reference convocation|reference de la convocation|code convocation|identifiant|id|identifiant rdv
        |numero dossier|numero de dossier|numero du dossier|reference dossier|reference du dossier|dossier""",
    Target.postcode: """code postal|cp|c p|code postal du responsable|code postal du premier responsable
        |code postal usager|code postal de l usager|code postal du demandeur|codepostal""",
    Target.document_expiry: """validite|date de validite|date validite|date de fin de validite|fin de validite
        |fin de validite du titre|date de fin de validite du titre|validite du titre|expiration|date d expiration
        |date expiration|expire le|date d expiration du titre|valable jusqu au|valable au|titre valable jusqu au
        |date de validite du titre|date fin de validite|date fin validite|echeance du titre""",
    Target.minor: "mineur|usager mineur|au moins un usager mineur",
    Target.booked_day: "date prise rdv|date de prise de rdv|date de prise de rendez vous|rdv pris le|pris le",
    Target.booked_hour: "heure prise rdv|heure de prise de rdv|heure de prise de rendez vous",
}

_BY_WORDS = {word.strip(): target for target, words in _WORDS.items() for word in words.replace("\n", "").split("|")}

_RULES: tuple[tuple[re.Pattern[str], Target], ...] = tuple(
    (re.compile(pattern), target)
    for pattern, target in (
        (r"agdref|\b(n|num|numero|id|identifiant)\b.*\betrangers?\b", Target.foreign_number),
        (r"\bdate\b.*\bnaissance\b", Target.birth_date),
        (r"^(?=.*\bdate\b)(?=.*\bheure\b)(?=.*\b(rdv|rendez vous|convocation)\b)", Target.slot),
        (r"\bcreneau\b", Target.slot),
        (r"\bheure\b.*\b(rdv|rendez vous|convocation)\b", Target.hour),
        (r"\bdate\b.*\b(rdv|rendez vous|convocation)\b", Target.day),
        (r"\b(motif|objet)\b.*\b(rdv|rendez vous|convocation)\b", Target.purpose),
        (r"\b(validite|expiration)\b.*\b(titre|carte|recepisse|document|sejour)\b", Target.document_expiry),
        (r"\bcode postal\b", Target.postcode),
    )
)
_OTHER_MEANING = re.compile(
    r"\b(dernier|derniere|premiere|invitation|creation|prise|pris|mise a jour|depose|traite|annulation|envoi|mandataire"
    r"|prescripteur|tiers|conjoint|enfant|pere|mere|employeur|etablissement|caf)\b"
)


@lru_cache(maxsize=4096)
def target_of(heading: str) -> Target | None:
    """What a heading most likely means, or None. Known wordings first, then rules on the words it holds."""
    folded = fold_heading(base_heading(heading))
    known = _BY_WORDS.get(folded)
    if known is not None or _OTHER_MEANING.search(folded):
        return known
    return next((target for pattern, target in _RULES if pattern.search(folded)), None)


def recognised(heading: str) -> bool:
    """True when the heading means something to this reader."""
    return target_of(heading) is not None
