"""A ready training day: invented people on an invented list, imported by the real import.

Every foreign number begins with 00, which no prefecture has, or is an invented number of nine digits.
"""

import csv
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from platformdirs import user_cache_path

from counter_app import app
from counter_app.demo_morning import live
from counter_app.demo_stock import Person, fill_stock, handovers
from counter_app.home import exists
from counter_app.imports.mapping import Mapping
from counter_app.imports.sources import Source
from counter_app.imports.targets import Target
from counter_app.office import Office
from counter_app.paths import named_folder
from counter_app.store import journal
from counter_app.ui.screens.file_memory import FOLDER, remember
from counter_app.usecases import find, receipts
from counter_app.usecases.freshness import LOOKED_AT
from counter_app.usecases.import_list import import_list

ZONE = ZoneInfo("Europe/Paris")
DAY = date(2026, 11, 24)
NOW = datetime.combine(DAY, time(9, 24), ZONE)
LISTED = datetime.combine(DAY, time(8, 2), ZONE)
"""When the list was imported."""
PEOPLE = 150
SLOTS = 43
"""Every ten minutes from 9 h 00 to 16 h 00."""

FAMILY_NAMES = (
    "BENALI", "TRAORÉ", "NGUYỄN", "KOVALENKO", "DA SILVA", "EL AMRANI", "N’DIAYE", "ÖZTÜRK", "OULD AHMED", "ROSSI",
    "CHEN", "PETROV", "HADDAD", "KONÉ", "MENDES", "RAKOTO", "SAÏDI", "BEN SALAH", "OKAFOR", "LEFÈVRE", "HOVHANNISYAN",
)  # fmt: skip
GIVEN_NAMES = (
    "Karim", "Fatou", "Thị Hoa", "Olena", "João", "Yasmine", "Moussa", "Zeynep", "Sidi", "Giulia", "Li", "Ivan",
    "Rania", "Aminata", "Beatriz", "Hery", "Nadia", "Bilal", "Ngozi", "Hélène", "Mohamed", "Marie-Ange", "Anahit",
)  # fmt: skip
PURPOSES = (
    "Renouvellement de titre de séjour",
    "Dépôt de dossier",
    "Remise de titre de séjour",
    "Première demande de titre",
    "Naturalisation : entretien",
)
COMING = "À venir"
HEADINGS = (
    "Date du RDV", "Heure du RDV", "Motif du RDV", "Statut", "Organisation du rendez-vous", "Nom", "Prénom",
    "Numéro étranger", "CP", "Date de naissance", "Date de validité du titre",
)  # fmt: skip
EXPIRY_TOO = Mapping(Source.rdv_insertion, {Target.document_expiry: (HEADINGS[-1],)})
"""rdv-insertion knows no date of validity: this desk once said which column holds it."""


@dataclass(frozen=True, slots=True)
class Invented:
    """One row of the list."""

    family: str
    given: str
    hour: str
    born: str
    number: str
    purpose: str = PURPOSES[1]
    status: str = COMING
    expiry: str = ""
    day: date = DAY


CAST = (
    Invented("SOW", "Aïssata", "09h00", "21/03/1962", "0000000101"),  # late
    Invented("DIALLO", "Mariama", "09h30", "04/07/1991", "0000000102"),  # two people of one name
    Invented("DIALLO", "Mariama", "09h50", "30/01/1958", "0000000103", PURPOSES[2]),
    Invented("FERREIRA", "Inês", "09h40", "12/05/1988", "0000000104", status="Annulé par l’usager"),
    Invented("HAILE", "Selam", "09h40", "02/02/1979", "0000000105", status="Annulé par le service"),
    Invented("VASQUEZ", "Lucía", "09h50", "04/05/2012", "0000000106", PURPOSES[3]),  # a child
    Invented("WANG", "Xiu", "10h00", "17/09/1984", "0000000107", PURPOSES[0], expiry="02/11/2026"),
    Invented("YILMAZ", "Emre", "10h00", "05/06/1971", "200012345", PURPOSES[0]),  # nine digits on the list
    Invented("BANGOURA", "Ousmane", "10h10", "28/08/1968", "2000054321"),  # nine on the old card: 200054321
    Invented("MUSTAFAEVA", "Leyla", "10h10", "09/10/1995", ""),  # no number
    Invented("CAMARA", "Kadiatou", "10h00", "14/12/1983", "0000000110", PURPOSES[2], day=DAY + timedelta(days=2)),
    Invented("JANSEN", "Pieter", "09h20", "23/11/1976", "0000000111", day=DAY - timedelta(days=4)),  # missed
)
"""Somebody for each kind of answer."""


def demo_home(option: str | None) -> tuple[Path, datetime]:
    """The training home of this account (or of a folder), made the first time, and the moment its day begins.

    A day already begun goes on after its last act: nothing practised is lost, and no arrival comes before an older one.
    """
    path = named_folder(option) if option else user_cache_path("guichet", appauthor=False) / "demo"
    if not exists(path):
        _make(path)
    with closing(app.open_office(path, at=NOW)) as office, office.desk.looking() as connection:
        last = journal.newest_moment(connection, office.desk.stream, LOOKED_AT)
    return path, max(NOW, last) if last else NOW


def _make(path: Path) -> None:
    app.init_home(path, "nord", training=True, clock=lambda: LISTED)
    listing = path / "liste-du-jour.csv"
    write_list(listing)
    with closing(app.open_office(path, at=LISTED)) as office:
        office.change(desk="Poste 2", agent="M. Démo")
        remember(path / FOLDER, HEADINGS, EXPIRY_TOO)
        import_list(office.desk, listing, EXPIRY_TOO)
        fill_stock(office, path, DAY, holders())
        _receive_some(office)
        _give_papers(office)


def _receive_some(office: Office) -> None:
    """Those of the morning have already arrived, but for one in five: they are late; the first ones were received."""
    due = [one for one in find.day(office.desk, DAY) if one.slot < NOW and one.name != "SOW Aïssata"]
    live(office, NOW, due, handovers(office, DAY, NOW))


def _give_papers(office: Office) -> None:
    """The papers of the morning came out: none is owed when the day is opened. One was asked for again."""
    owed = receipts.owed(office.desk, every=True)
    for one in (*owed, owed[0]):
        receipts.print_receipt(office.desk, one.id)


def write_list(path: Path) -> None:
    """The day's list as rdv-insertion exports it: semicolons, byte-order mark, day first."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADINGS)
        writer.writerows(_row(one) for one in people())


def people() -> Iterator[Invented]:
    """Everybody, the same every time."""
    yield from CAST
    for place in range(PEOPLE - len(CAST)):
        minutes = 10 * (place % SLOTS)
        born = date(1955, 1, 1) + timedelta(days=place * 7919 % 17_000)
        yield Invented(
            family=FAMILY_NAMES[place % len(FAMILY_NAMES)],
            given=GIVEN_NAMES[place % len(GIVEN_NAMES)],
            hour=f"{9 + minutes // 60:02}h{minutes % 60:02}",
            born=f"{born:%d/%m/%Y}",
            number=f"00{place + 1:03}{place * 104_729 % 10**5:05}",
            purpose=PURPOSES[place * 3 % len(PURPOSES)],
            status="Annulé par l’usager" if place % 29 == 28 else COMING,
        )


def holders() -> Iterator[Person]:
    """Those convened for a permit in the morning first, then people whom the list does not name."""
    for one in people():
        if one.purpose == PURPOSES[2] and one.day == DAY and one.hour < "12" and one.status == COMING:
            yield Person(one.family, one.given, one.born, one.number)
    for place in range(PEOPLE):
        family, given = FAMILY_NAMES[place * 5 % len(FAMILY_NAMES)], GIVEN_NAMES[place * 7 % len(GIVEN_NAMES)]
        born = date(1958, 1, 1) + timedelta(days=place * 6007 % 16_000)
        yield Person(family, given, f"{born:%d/%m/%Y}", f"00{place + 701:03}{place * 7_919 % 10**5:05}")


def _row(one: Invented) -> tuple[str, ...]:
    return (f"{one.day:%d/%m/%Y}", one.hour, one.purpose, one.status, "Préfecture du Nord",
            one.family, one.given, one.number, "59000", one.born, one.expiry)  # fmt: skip
