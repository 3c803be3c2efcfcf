"""Who comes in a simulated month, and the lists that offices export of them: all of it invented, by a seed."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from tests.imports.lists import RDV_INSERTION, RDV_INSERTION_ROW, table, write_csv

FAMILIES = ("SOW", "BA", "DIALLO", "TRAORE", "BENALI", "NGUYEN", "PETROV", "CHEN", "ROSSI", "KONE", "HADDAD", "SILVA")
GIVEN = ("Karim", "Fatou", "Giulia", "Ivan", "Li", "Aissata", "Jade", "Omar", "Linh", "Paulo", "Nadia", "Ali", "Mariam")
PURPOSES = ("Renouvellement de titre de séjour", "Première demande", "Remise de titre", "Duplicata")
SAID = {
    **{"expected": "À venir", "cancelled": "Annulé", "served": "Rendez-vous honoré", "missed": "Absence non excusée"},
}
"""What a list says of an appointment, in its own words."""


def fixed(at: datetime) -> datetime:
    """The same moment by a fixed offset: within a zone, durations are those of the hands of a clock."""
    return datetime.fromisoformat(at.isoformat())


@dataclass(frozen=True, slots=True)
class Hours:
    """When a site works: of appointments, local time. It may be night."""

    opens: time = time(8, 30)
    closes: time = time(16, 30)
    slot: int = 10
    """Minutes from one hour of appointments to the next."""

    def slots(self, day: date, zone: ZoneInfo) -> list[datetime]:
        """Hours of the appointments of a day; an hour that the clock change skips is none."""
        at, last = datetime.combine(day, self.opens), datetime.combine(day, self.closes)
        found = []
        while at < last:
            there = fixed(at.replace(tzinfo=zone))
            if there.astimezone(zone).replace(tzinfo=None) == at:
                found.append(there)
            at += timedelta(minutes=self.slot)
        return found


@dataclass(eq=False, repr=False, slots=True)
class Person:
    """A body: in the building or not, at one desk at most."""

    name: str
    given: str
    number: str
    born: date
    inside: bool = False
    at_desk: bool = False
    permit: str = ""
    """The card that waits for this person, by its printed number."""
    hours: list["Appointment"] = field(default_factory=list)
    """Every appointment given."""


@dataclass(eq=False, repr=False, slots=True)
class Appointment:
    """An hour given to a person: one line of a list."""

    person: Person
    slot: datetime
    purpose: str
    says: str = "expected"
    """What the next list says: a word of `SAID`; `gone` or `moved` once it no longer holds the line."""


@dataclass(slots=True)
class People:
    """Everybody convened, by the day of the appointment."""

    chance: Random
    zone: ZoneInfo
    hours: Hours
    by_day: dict[date, list[Appointment]] = field(default_factory=dict)
    made: int = 0

    def convene(self, day: date, count: int) -> list[Appointment]:
        """So many people on a day."""
        slots = self.hours.slots(day, self.zone)
        return [self.appointment(self.person(), self.chance.choice(slots)) for _ in range(count)]

    def person(self) -> Person:
        self.made += 1
        family, given = self.chance.choice(FAMILIES), self.chance.choice(GIVEN)
        letters = "".join(chr(97 + self.made // 26**place % 26) for place in range(4))
        born = date(1950, 1, 1) + timedelta(days=self.chance.randrange(20_000))
        return Person(family, f"{given} {letters.capitalize()}", f"59{10_000_000 + self.made}", born)

    def appointment(self, person: Person, slot: datetime) -> Appointment:
        one = Appointment(person, slot, self.chance.choices(PURPOSES, (5, 3, 2, 1))[0])
        person.hours.append(one)
        self.by_day.setdefault(slot.date(), []).append(one)
        return one

    def move(self, one: Appointment, day: date) -> Appointment:
        """The office gives the person another day."""
        new = self.appointment(one.person, self.chance.choice(self.hours.slots(day, self.zone)))
        one.says, new.purpose = "moved", one.purpose
        return new


def write_list(path: Path, appointments: Iterable[Appointment], exported: datetime) -> Path:
    """The export of an office: those of whom it still holds a line."""
    rows = (_row(one) for one in appointments if one.says in SAID)
    write_csv(path, table(RDV_INSERTION, *rows), encoding="utf-8-sig")
    os.utime(path, (exported.timestamp(), exported.timestamp()))
    return path


def _row(one: Appointment) -> dict[str, str]:
    return {
        **RDV_INSERTION_ROW,
        "Date du RDV": f"{one.slot:%d/%m/%Y}",
        "Heure du RDV": f"{one.slot:%Hh%M}",
        "Motif du RDV": one.purpose,
        "Statut": SAID[one.says],
        "Nom": one.person.name,
        "Prénom": one.person.given,
        "ID interne au département": one.person.number,
        "Date de naissance": f"{one.person.born:%d/%m/%Y}",
    }
