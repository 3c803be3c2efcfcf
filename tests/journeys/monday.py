"""An invented Monday: 240 people as rdv-service-public exports its participations, in a real old workbook."""

from dataclasses import dataclass
from pathlib import Path

from tests.imports.lists import PARTICIPATIONS, table, write_xls

DAY = "2026-11-23"
AT = f"{DAY}T08:55"
SLOTS = 43
"""Every ten minutes from 9 h 00 to 16 h 00."""
EARLY_SLOTS = 6
"""Those who may come in at 8 h 55: up to an hour ahead."""

FAMILIES = (
    "ABADI", "BOUZID", "CISSÉ", "DA COSTA", "EL FASSI", "FOFANA", "GUEYE", "HAMIDI", "IVANOV", "JALLOW", "KABA",
    "LOPES", "MBAYE", "N’DOUR", "OUATTARA", "PHAM", "QURESHI", "RAJAONA", "SAÏD", "TOURÉ", "UWIMANA", "VARGA",
)  # fmt: skip
GIVEN = ("Awa", "Brahim", "Chau", "Dalila", "Émile", "Fanta", "Goran", "Hind", "Inès", "Jonas", "Koffi", "Leïla")
WRITINGS = (
    "N° étranger : {number}", "AGDREF {number}", "{a} {b} {c} {d}", "{a}.{b}.{c}.{d}", "numéro étranger: {number}",
    "Bonjour, mon numéro étranger est le {a} {b} {c} {d}, merci", "{number}", "n°AGDREF:{number}",
)  # fmt: skip
"""How people write their number in a free text."""


@dataclass(frozen=True)
class Listed:
    """One row."""

    name: str
    number: str
    hour: str
    born: str
    context: str
    day: str = "23/11/2026"
    status: str = "À renseigner"


NAMED = (
    Listed("YILMAZ Zeynep", "5931415926", "09h20", "11/02/1984", "AGDREF 5931415926"),
    Listed("WOJCIK Irena", "5927182818", "09h30", "23/06/1977", "59 27 182 818"),
    Listed("ZIANI Samir", "5916180339", "09h40", "05/12/1990", ""),
    Listed("XHAKA Blerim", "5914142135", "09h50", "19/08/1969", "N° étranger : 5914142135"),
    Listed("DIALLO Mariama", "5900700701", "09h20", "04/07/1991", "N° étranger : 5900700701"),
    Listed("DIALLO Mariama", "5900700702", "09h40", "30/01/1958", "N° étranger : 5900700702"),
    Listed("KEBE Ousmane", "7704321987", "09h10", "14/03/1972", "N° étranger : 7704321987"),
    Listed("KEBE Oumar", "7700804321", "09h30", "14/03/1979", "AGDREF : 7700804321"),
    Listed("MARDI Aline", "5955555551", "09h10", "02/02/1982", "AGDREF 5955555551", day="24/11/2026"),
    Listed("EXCUSE Paul", "5955555552", "09h10", "02/02/1983", "AGDREF 5955555552", status="Annulé (excusé)"),
    Listed("SERVICE Rita", "5955555553", "09h10", "02/02/1985", "AGDREF 5955555553", status="Annulé (par le service)"),
)
"""People with a part to play."""


def people() -> list[Listed]:
    """Everybody, the same every time; more than half of them in the first hour."""
    return [*NAMED, *(_somebody(place) for place in range(240 - len(NAMED)))]


def _somebody(place: int) -> Listed:
    number = f"59{10_000_000 + place * 37_911 % 90_000_000:08d}"
    pieces = {"a": number[:2], "b": number[2:4], "c": number[4:7], "d": number[7:]}
    minutes = 10 * (place % EARLY_SLOTS if place < 150 else EARLY_SLOTS + place % (SLOTS - EARLY_SLOTS))
    return Listed(
        name=f"{FAMILIES[place % len(FAMILIES)]} {GIVEN[place // len(FAMILIES)]}",
        number=number,
        hour=f"{9 + minutes // 60:02d}h{minutes % 60:02d}",
        born=f"{1 + place % 28:02d}/{1 + place % 12:02d}/{1955 + place % 50}",
        context=WRITINGS[place % len(WRITINGS)].format(number=number, **pieces),
        status=("À renseigner", "Annulé (excusé)")[place > 150 and place % 30 == 0],
    )


def write_list(path: Path) -> Path:
    """The workbook."""
    return write_xls(path, table(PARTICIPATIONS, *(row(place, one) for place, one in enumerate(people()))))


def row(place: int, one: Listed) -> dict[str, str]:
    """As the service exports it."""
    return {
        "usager": one.name,
        "rdv_id": str(990_000 + place),
        "année": "2026",
        "date prise rdv": "08/10/2026",
        "heure prise rdv": "14h31",
        "origine": "RDV Pris sur internet",
        "date rdv": one.day,
        "heure rdv": one.hour,
        "service": "Séjour",
        "motif": "Renouvellement de titre de séjour",
        "contexte": one.context,
        "statut": one.status,
        "lieu": "Préfecture du Nord (12-14 rue Jean sans Peur, Lille, 59000)",
        "professionnel.le(s)": f"Guichet {1 + place % 8}",
        "usager mineur ?": "non",
        "Organisation": "Préfecture du Nord",
        "date naissance": one.born,
        "code postal du responsable": "59000",
        "créé par": f"[Usager] {one.name}",
    }
