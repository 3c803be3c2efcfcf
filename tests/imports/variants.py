"""Lists of the four kinds as other offices export them: other columns, words, days, encodings and slips of the hand.

Every variant knows what each of its rows says, so that nothing can be lost or misread without a test seeing it.
"""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

from counter_app.imports.statuses import ListedStatus
from tests.imports.lists import DOSSIERS, PARIS, PARTICIPATIONS, RDV, RDV_INSERTION, write_ods, write_xls, write_xlsx

FAMILIES = ("TRAORÉ", "N'DIAYE", "NGUYỄN", "OULD AHMED", "DOS SANTOS", "ÇELİK", "M’BALA", "DE LA CRUZ", "LE-GOFF")
GIVEN = ("Khadija", "Marie-Ange", "Dieudonné", "Éloïse", "Jean Paul", "Xiu-Ying", "Çağlar")
PURPOSES = ("Remise de titre", "Dépôt ; pièces à joindre", 'Dossier dit "complet"', "Entretien\nde naturalisation", "")
DAYS = (date(2026, 11, 23), date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31), date(2027, 2, 28))
"""An ordinary Monday, both changes of hour, the ends of a year and of a month."""
STATUSES = {
    "À renseigner": ListedStatus.expected,
    "En salle d'attente": ListedStatus.expected,
    "Rendez-vous honoré": ListedStatus.served,
    "Annulé (excusé)": ListedStatus.cancelled,
    "Annulé (par le service)": ListedStatus.cancelled_by_office,
    "Absence non excusée": ListedStatus.missed,
    "waiting": ListedStatus.expected,
    "seen": ListedStatus.served,
    "excused": ListedStatus.cancelled,
    "revoked": ListedStatus.cancelled_by_office,
    "noshow": ListedStatus.missed,
    "RDV reporté": ListedStatus.rescheduled,
}


@dataclass(frozen=True, slots=True)
class Expected:
    """What one row says."""

    name: str
    slot: datetime
    birth: date
    number: str
    status: ListedStatus


@dataclass(slots=True)
class Variant:
    """A file and what it says; `other_rows` are filled lines that are no appointment (totals, repeated headings)."""

    kind: str
    path: Path
    people: list[Expected]
    other_rows: int = 0
    lines: list[list[str]] = field(default_factory=list)


def _people(chance: random.Random, many: int, statuses: Sequence[str]) -> list[tuple[Expected, dict[str, str]]]:
    made = []
    for place in range(many):
        family, given = chance.choice(FAMILIES), chance.choice(GIVEN)
        slot = datetime.combine(chance.choice(DAYS), datetime.min.time(), PARIS) + timedelta(minutes=540 + 10 * place)
        word = chance.choice(statuses)
        birth = date(1950, 1, 1) + timedelta(days=chance.randrange(18_000))
        number = f"{chance.choice(('59', '62', '75', '99'))}{chance.randrange(10**8):08d}"
        told = Expected(f"{family} {given}", slot, birth, number, STATUSES.get(word, ListedStatus.expected))
        made.append((told, {"family": family, "given": given, "status": word, "rank": str(place)}))
    return made


def _participations(told: Expected, more: dict[str, str], chance: random.Random) -> dict[str, str]:
    return {
        "usager": told.name,
        "rdv_id": str(700_000 + int(more["rank"])),
        "date prise rdv": "08/10/2026",
        "heure prise rdv": "14h31",
        "date rdv": f"{told.slot:%d/%m/%Y}",
        "heure rdv": f"{told.slot:%Hh%M}",
        "motif": chance.choice(PURPOSES),
        "contexte": chance.choice((f"N° étranger : {told.number}", f"AGDREF {told.number[:2]} {told.number[2:]}")),
        "statut": more["status"],
        "Organisation": "Sous-préfecture de Douai",
        "date naissance": f"{told.birth:%d/%m/%Y}",
        "code postal du responsable": "59500",
    }


def _rdv(told: Expected, more: dict[str, str], chance: random.Random) -> dict[str, str]:
    row = _participations(told, more, chance)
    return {**row, "usager(s)": told.name, "code postal du premier responsable": "59500"}


def _rdv_insertion(told: Expected, more: dict[str, str], chance: random.Random) -> dict[str, str]:
    return {
        "Date du RDV": f"{told.slot:%d/%m/%Y}",
        "Heure du RDV": f"{told.slot.hour:2d}h{told.slot:%M}",
        "Motif du RDV": chance.choice(PURPOSES),
        "Statut": more["status"],
        "Nom": more["family"],
        "Prénom": more["given"],
        "ID interne au département": told.number,
        "CP": "59500",
        "Date de naissance": f"{told.birth:%d/%m/%Y}",
    }


def _dossiers(told: Expected, more: dict[str, str], chance: random.Random) -> dict[str, str]:
    return {
        "ID": str(17_000_000 + int(more["rank"])),
        "Email": "personne@example.org",
        "Nom": more["family"],
        "Prénom": more["given"],
        "État du dossier": chance.choice(("Accepté", "Refusé", "Classé sans suite", "En instruction")),
        "Numéro étranger (AGDREF)": told.number,
        "Date de naissance": told.birth.isoformat(),
        "Date et heure de convocation": chance.choice((f"{told.slot:%Y-%m-%d %H:%M}", told.slot.isoformat())),
        "Objet de la convocation": chance.choice(PURPOSES),
    }


Row = Callable[[Expected, dict[str, str], random.Random], dict[str, str]]
KINDS: dict[str, tuple[list[str], Row]] = {
    "rdv_service_public_participations": (PARTICIPATIONS, _participations),
    "rdv_service_public_rdv": (RDV, _rdv),
    "rdv_insertion": (RDV_INSERTION, _rdv_insertion),
    "demarches_simplifiees": (DOSSIERS, _dossiers),
}
RENAMED = {
    "date naissance": "Date de naissance",
    "code postal du responsable": "code postal",
    "CP": "Code postal",
    "Numéro étranger (AGDREF)": "N° AGDREF *",
    "Date et heure de convocation": "Date et heure du rendez-vous",
    "Objet de la convocation": "Motif du rendez-vous",
}
"""Headings as other versions and other forms write them."""
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "iso-8859-15")


def make(folder: Path, seed: int, kind: str, many: int = 12) -> Variant:
    """The variant of a kind that a seed stands for."""
    chance = random.Random(f"{kind}{seed}")
    headings, row = KINDS[kind]
    statuses = tuple(STATUSES) if kind != "demarches_simplifiees" else ("",)
    people = _people(chance, many, statuses)
    order = list(headings)
    if chance.random() < 0.6:
        chance.shuffle(order)
    values = [row(told, more, chance) for told, more in people]
    used = {heading for one in values for heading in one}
    order = [heading for heading in order if heading in used or chance.random() < 0.8]
    order.insert(chance.randrange(len(order)), "Remarque interne du bureau")
    shown = [RENAMED[heading] if heading in RENAMED and chance.random() < 0.4 else heading for heading in order]
    lines = [[one.get(heading, "") for heading in order] for one in values]
    variant = Variant(kind, folder / f"{kind}-{seed}", [told for told, _more in people], lines=[shown, *lines])
    _slips(variant, chance)
    _write(variant, chance)
    return variant


def _slips(variant: Variant, chance: random.Random) -> None:
    """Blank lines, a title above, a total below, the headings once more: what hands and tools add."""
    headings = variant.lines[0]
    if chance.random() < 0.4:
        variant.lines.insert(1 + chance.randrange(len(variant.lines) - 1), [""] * len(headings))
    if chance.random() < 0.3:
        variant.lines.append(["Total", str(len(variant.people))])
        variant.other_rows += 1
    if chance.random() < 0.3:
        variant.lines.insert(len(variant.lines) // 2 + 1, list(headings))
        variant.other_rows += 1
    if chance.random() < 0.3:
        variant.lines[:0] = [["Rendez-vous exportés", ""], []]


def _write(variant: Variant, chance: random.Random) -> None:
    kind = chance.choice(("csv", "csv", "csv", "xls", "xlsx", "ods"))
    if kind == "csv":
        variant.path = variant.path.with_suffix(chance.choice((".csv", ".txt", ".xls")))
        variant.path.write_bytes(_csv(variant.lines, chance))
    else:
        write = {"xls": write_xls, "xlsx": write_xlsx, "ods": write_ods}[kind]
        variant.path = write(variant.path.with_suffix(f".{kind}"), variant.lines)


def _csv(lines: list[list[str]], chance: random.Random) -> bytes:
    encoding = chance.choice(ENCODINGS)
    written = io.StringIO()
    quoting: Literal[0, 1] = csv.QUOTE_ALL if chance.random() < 0.5 else csv.QUOTE_MINIMAL
    separator, end = chance.choice(";,\t|"), chance.choice(("\r\n", "\n"))
    csv.writer(written, delimiter=separator, lineterminator=end, quoting=quoting).writerows(lines)
    text = written.getvalue()
    if chance.random() < 0.3:
        text += end * 3
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8")
