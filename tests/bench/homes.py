"""Homes filled with invented people, kept between runs; a home that no longer fits is built again.

They are real homes, as desks have: a training one believes its clock without a look at its last acts.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

from counter_app import keys
from counter_app.app import init_home, open_office
from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.convocation import identity
from counter_app.domain.listing import ListedStatus, Listing
from counter_app.domain.person_names import fold, same_person_key
from counter_app.home import read_home
from counter_app.office import Office
from counter_app.paths import migrations
from counter_app.store import heads, journal, projections
from counter_app.usecases.desk import Desk
from tests.bench.by_hand import Expected
from tests.bench.people import FIRST_DAY, PER_DAY, ZONE, Person, people, slot_of

FOLDER = Path(".bench")
SITE = "nord"
SOURCE = "demarches_simplifiees"
BATCH = 20_000
USED = "used.json"
START = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, 7, 30, tzinfo=ZONE)


@dataclass(slots=True)
class Moment:
    """A clock that stands where it is put."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class BenchHome:
    """An open home of some size, and the clock of its desk."""

    size: str
    count: int
    office: Office
    clock: Moment
    key: bytes = field(repr=False)

    @property
    def desk(self) -> Desk:
        return self.office.desk

    @property
    def file(self) -> Path:
        return self.office.home.store

    def close(self) -> None:
        """Let go of the home."""
        self.office.close()

    def expected(self, wanted: int) -> list[Expected]:
        """People who never came in any run, of one day or more."""
        note = self.office.home.path / USED
        first = int(json.loads(note.read_text())) if note.is_file() else 0
        note.write_text(json.dumps(first + wanted))
        query = (
            "SELECT id, code, foreign_number, slot, person_key FROM convocation WHERE day >= ? AND status = 'expected' "
            "ORDER BY day, slot LIMIT ?"
        )
        start = slot_of(first).date().isoformat()
        with self.desk.looking() as connection:
            rows = connection.exec_driver_sql(query, (start, wanted)).all()
        return [Expected(row[0], row[1], row[2], datetime.fromisoformat(row[3]), row[4]) for row in rows]


def open_home(size: str, count: int, *, need: int = 0) -> BenchHome:
    """The home of this many people, built when there is none, or when fewer than `need` people are still to come."""
    path = FOLDER / "homes" / f"{count}-{_recipe()}"
    used = path / USED
    if used.is_file() and int(json.loads(used.read_text())) + need > count:
        shutil.rmtree(path)
    if not (path / "built").is_file():
        shutil.rmtree(path, ignore_errors=True)
        _build(path, count)
    return open_at(path, size, count)


def _recipe() -> str:
    """Digest of what decides how a home is made: its schema, and the people in it."""
    here = Path(__file__)
    made_of = (*sorted((migrations() / "versions").glob("*.py")), here, here.with_name("people.py"))
    return sha256(b"\n".join(path.read_bytes() for path in made_of)).hexdigest()[:10]


def open_at(path: Path, size: str, count: int) -> BenchHome:
    """A home that is there, of this many people or permits."""
    clock = Moment()
    office = open_office(path, clock=clock)
    secrets = keys.fetch(path, office.home.identity.id, read_home(path).identity.keys)
    return BenchHome(size, count, office, clock, secrets.store)


def new_home(path: Path, size: str = "new") -> BenchHome:
    """An empty home; one that stood there is dropped."""
    shutil.rmtree(path, ignore_errors=True)
    init_home(path, SITE, training=False, clock=Moment(), version="bench")
    return open_at(path, size, 0)


def _build(path: Path, count: int) -> None:
    home = new_home(path)
    invented = people(count)
    while some := list(islice(invented, BATCH)):
        fill(home.desk, some)
    home.close()
    (path / "built").touch()


def fill(desk: Desk, some: Sequence[Person]) -> None:
    """Journal and fold these people as an import would, in one transaction."""
    with desk.store.writing() as connection:
        place = heads.read_head(connection, desk.stream)
        acts = [
            journal.chain(place, desk.author, desk.clock(), kind, subject, details)
            for kind, subject, details in _told(desk, some)
        ]
        journal.append(connection, acts, desk.sign)
        projections.project(connection, acts)


def _told(desk: Desk, some: Sequence[Person]) -> Iterator[tuple[ActKind, Subject, dict[str, Json]]]:
    for person in some:
        listing = listing_of(person)
        key = same_person_key(listing.name)
        subject = identity(desk.rules.site, key, listing.birth_date, person.slot, fold(listing.purpose))
        yield ActKind.CONVOCATION_LISTED, Subject(SubjectType.CONVOCATION, subject), listing.to_json()
    for start in range(0, len(some), 5 * PER_DAY):
        week = some[start : start + 5 * PER_DAY]
        yield ActKind.LIST_IMPORTED, Subject(SubjectType.LIST, f"{week[0].slot:%Y%m%d}"), _list_of(week)


def listing_of(person: Person) -> Listing:
    """What a list says of a person."""
    return Listing(
        source=SOURCE,
        source_key=person.number,
        exported_at=(person.slot - timedelta(days=2)).isoformat(),
        name=person.name,
        slot=person.slot.isoformat(),
        purpose=person.purpose,
        status=ListedStatus.EXPECTED,
        birth_date=person.birth_date.isoformat(),
        foreign_number=person.number,
        service="Service des étrangers",
        organisation="Préfecture du Nord",
        reference=f"D{person.number[:8]}",
    )


def _list_of(week: Sequence[Person]) -> dict[str, Json]:
    days = sorted({person.slot.date().isoformat() for person in week})
    exported = (week[0].slot - timedelta(hours=20)).isoformat()
    scopes: list[Json] = [[day, "Préfecture du Nord"] for day in days]
    return {
        "source": SOURCE, "file_digest": exported, "exported_at": exported, "imported_at": exported,
        "first_day": days[0], "last_day": days[-1], "scopes": scopes, "rows": len(week), "rejected": 0,
    }  # fmt: skip
