"""Appointment lists as offices export them, of any length, and the same lists read and stored by hand."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from tests.bench.people import ZONE, Person, people

_HEADINGS = (
    "Date du RDV;Heure du RDV;Motif du RDV;Nature du RDV;RDV pris en autonomie ?;RDV pris le;Statut;Référent(s);"
    "Organisation du rendez-vous;Civilité;Nom;Prénom;Numéro CAF;ID interne au département;ID France Travail;Email;"
    "Adresse;CP;Ville;Téléphone;Date de naissance;Date de création;Date d'entrée flux;Rôle"
)
TABLE = (
    "CREATE TABLE by_hand (id TEXT PRIMARY KEY, foreign_number TEXT, day TEXT, slot TEXT, name TEXT, birth_date TEXT, "
    "purpose TEXT, organisation TEXT, postcode TEXT, status TEXT)"
)
INDEXES = ("CREATE INDEX h1 ON by_hand (foreign_number)", "CREATE INDEX h2 ON by_hand (day, slot)")
_NUMBER = re.compile(r"\d{10}")


def write_list(path: Path, count: int, seed: int = 23, start: int = 0) -> Path:
    """A rdv-insertion export of this many rows, from the day of the n-th person; kept when it is already there."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        with draft.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(_HEADINGS.split(";"))
            writer.writerows(map(_cells, people(count, seed, start)))
        draft.replace(path)
    return path


def _cells(person: Person) -> tuple[str, ...]:
    slot = person.slot
    return (
        f"{slot:%d/%m/%Y}", f" {slot.hour}h{slot.minute:02d}", person.purpose, "Individuel", "Oui", "08/10/2026",
        "À venir", "", "Préfecture du Nord", "Mme", person.family.upper(), person.given, "", person.number, "", "", "",
        "59650", "Villeneuve-d'Ascq", "+33612340000", f"{person.birth_date:%d/%m/%Y}", "", "", "",
    )  # fmt: skip


def write_workbook(path: Path, count: int) -> Path:
    """The same list as a workbook."""
    from openpyxl import Workbook

    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(_HEADINGS.split(";"))
    for person in people(count):
        sheet.append(_cells(person))
    book.save(path)
    return path


def store_by_hand(connection: dbapi2.Connection, path: Path) -> int:
    """Read the list with the csv module, check each row, and put it in one indexed table, in one transaction."""
    connection.execute(TABLE)
    for index in INDEXES:
        connection.execute(index)
    connection.execute("BEGIN IMMEDIATE")
    marks = ", ".join("?" * 10)
    connection.executemany(f"INSERT OR REPLACE INTO by_hand VALUES ({marks})", checked(path))
    connection.execute("COMMIT")
    return int(connection.execute("SELECT count(*) FROM by_hand").fetchone()[0])


def checked(path: Path) -> Iterator[tuple[str, ...]]:
    """Key, number, day, slot, name, birth date, purpose, organisation, postcode, status of each row."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter=";")
        for row in reader:
            name = f"{row['Nom'].strip()} {row['Prénom'].strip()}"
            hour, minute = row["Heure du RDV"].strip().split("h")
            day = _day(row["Date du RDV"])
            slot = datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=ZONE)
            born, number = _day(row["Date de naissance"]).isoformat(), row["ID interne au département"].strip()
            if not name.strip() or not _NUMBER.fullmatch(number):
                raise ValueError(row)
            purpose = row["Motif du RDV"].strip()
            key = f"{name}|{born}|{day}|{purpose}"
            others = (row["Organisation du rendez-vous"], row["CP"], row["Statut"])
            yield (key, number, day.isoformat(), slot.isoformat(), name, born, purpose, *others)


def _day(text: str) -> date:
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))
