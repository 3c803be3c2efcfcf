"""A ready training day: invented people on an invented list, imported by the real import."""

import csv
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from platformdirs import user_cache_path

from counter_app import app
from counter_app.home import exists
from counter_app.office import Office
from counter_app.usecases import check_in, find
from counter_app.usecases.import_list import import_list
from counter_app.usecases.present import choose

ZONE = ZoneInfo("Europe/Paris")
DAY = date(2026, 11, 24)
NOW = datetime.combine(DAY, time(9, 24), ZONE)
PEOPLE = 150
ALREADY_IN = 14

FAMILY_NAMES = (
    "DIALLO", "BENALI", "TRAORÉ", "NGUYỄN", "KOVALENKO", "DA SILVA", "EL AMRANI", "N’DIAYE", "ÖZTÜRK", "OULD AHMED",
    "ROSSI", "CHEN", "PETROV", "HADDAD", "KONÉ", "MENDES", "RAKOTOMALALA", "SAÏDI", "BEN SALAH", "OKAFOR", "LEFÈVRE",
)  # fmt: skip
GIVEN_NAMES = (
    "Mariama", "Karim", "Fatou", "Thị Hoa", "Olena", "João", "Yasmine", "Moussa", "Zeynep", "Sidi", "Giulia", "Li",
    "Ivan", "Rania", "Aminata", "Beatriz", "Hery", "Nadia", "Bilal", "Ngozi", "Hélène", "Mohamed", "Marie-Ange",
)  # fmt: skip
PURPOSES = (
    "Renouvellement de titre de séjour",
    "Dépôt de dossier",
    "Remise de titre de séjour",
    "Première demande de titre",
    "Naturalisation - entretien",
)
HEADINGS = (
    "Date du RDV", "Heure du RDV", "Motif du RDV", "Statut", "Organisation du rendez-vous", "Nom", "Prénom",
    "ID interne au département", "CP", "Date de naissance", "Date de validité du titre",
)  # fmt: skip


def demo_home(option: str | None) -> tuple[Path, datetime]:
    """The training home of this account (or of a folder), made the first time, and the moment its day begins."""
    path = Path(option).expanduser().absolute() if option else user_cache_path("guichet", appauthor=False) / "demo"
    if not exists(path):
        _make(path)
    return path, NOW


def _make(path: Path) -> None:
    app.init_home(path, "nord", training=True, clock=lambda: NOW)
    listing = path / "liste-du-jour.csv"
    write_list(listing)
    with closing(app.open_office(path, at=NOW - timedelta(minutes=82))) as office:
        office.change(desk="Poste 2", agent="M. Démo")
        import_list(office.desk, listing)
        _receive_some(office)


def _receive_some(office: Office) -> None:
    """The first people of the morning have already arrived."""
    people = [one for one in find.day(office.desk, DAY) if one.slot < NOW]
    for one in people[:ALREADY_IN]:
        arrived = one.slot - timedelta(minutes=4)
        office.desk.clock = partial(_at, arrived)
        if choose(office.desk, one.id).would_record:
            check_in.admit(office.desk, one.id)


def _at(moment: datetime) -> datetime:
    return moment


def write_list(path: Path) -> None:
    """The day's list as rdv-insertion exports it: semicolons, byte-order mark, day first."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADINGS)
        writer.writerows(_rows())


def _rows() -> Iterator[tuple[str, ...]]:
    """Invented people, the same every time; each kind of verdict has somebody."""
    chance = Random(59)
    slots = cycle(_slots())
    for place in range(PEOPLE):
        name = ("DIALLO", "Mariama") if place in (20, 61) else (chance.choice(FAMILY_NAMES), chance.choice(GIVEN_NAMES))
        born = date(1955, 1, 1) + timedelta(days=chance.randrange(17_000))
        day, status, number, expiry = DAY, "À venir", f"00{place:02d}{chance.randrange(10**6):06d}", ""
        if place % 25 == 7:
            status = "Annulé par l’usager"
        elif place % 25 == 13:
            status = "Annulé par le service"
        elif place % 30 == 11:
            day = DAY + timedelta(days=2)
        elif place % 30 == 17:
            day = DAY - timedelta(days=4)
        elif place % 20 == 9:
            expiry = "02/11/2026"
        elif place % 40 == 19:
            born = date(2012, 5, 4)
        elif place % 35 == 29:
            number = ""
        elif place % 35 == 31:
            number = f"20{chance.randrange(10**7):07d}"
        yield (f"{day:%d/%m/%Y}", f"{next(slots):%Hh%M}", chance.choice(PURPOSES), status, "Préfecture du Nord",
               *name, number, "59000", f"{born:%d/%m/%Y}", expiry)  # fmt: skip


def _slots() -> list[time]:
    start = datetime.combine(DAY, time(9, 0))
    return [(start + timedelta(minutes=10 * step)).time() for step in range(42)]
