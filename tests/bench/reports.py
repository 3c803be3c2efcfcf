"""The report of a day and of a year, against the same counts by hand: SQL on the same narrow rows, nothing judged.

A year of 200 000 people: `--size 200k`. Its home is filled row by row as folds would leave them, without a journal:
nothing here reads one, but the acts that figures count one by one.
"""

import shutil
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random

from sqlcipher3 import dbapi2

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType, canonical
from counter_app.domain.convocation import Convocation, identity
from counter_app.domain.period_figures import PeriodFigures
from counter_app.domain.permit_marks import Mark
from counter_app.domain.person_names import fold, same_person_key
from counter_app.domain.recorded_arrival import Arrival
from counter_app.domain.visit import Visit
from counter_app.domain.visit import identity as visit_of
from counter_app.paths import migrations
from counter_app.store import convocation_rows, counted_rows, heads, journal, visit_rows
from counter_app.store.connection import Connection
from counter_app.store.counted_rows import PermitRow
from counter_app.store.statements import driver, marks
from counter_app.usecases.day_facts import day_figures
from counter_app.usecases.desk import Desk
from counter_app.usecases.period_report import period_figures
from tests.bench.by_hand import connect
from tests.bench.figures import Figure
from tests.bench.homes import FOLDER, BenchHome, listing_of, new_home, open_at
from tests.bench.people import FIRST_DAY, Person, people, slot_of
from tests.bench.timing import Series, Spread, spread, turns

BATCH = 5_000
A_YEAR = 365
"""Days from the first one: whatever the size, all of its people, up to a year of them."""
EVENING = timedelta(hours=12)


def reports(size: str, count: int, turned: int) -> Iterator[Figure]:
    """A day in its middle, and the whole year."""
    home = _home(size, count)
    hand = connect(home.file, home.key)
    middle, last = slot_of(count // 2).date(), FIRST_DAY + timedelta(days=A_YEAR - 1)
    home.clock.now = slot_of(count - 1) + EVENING
    few = min(turned, 7)

    def a_day(_turn: int) -> None:
        assert day_figures(home.desk, middle).balance.convened

    def a_year(_turn: int) -> None:
        figures = period_figures(home.desk, FIRST_DAY, last)
        assert isinstance(figures, PeriodFigures)
        assert figures.balance.convened

    day, day_by_hand = turns(few, a_day, lambda _turn: _by_hand(hand, middle, middle))
    year, year_by_hand = turns(few, a_year, lambda _turn: _by_hand(hand, FIRST_DAY, last))
    hand.close()
    home.close()
    yield Figure("report of a day", size, _seconds(day.alone), "s", _OWN, at_most=1)
    yield Figure("report of a year", size, _seconds(year.alone), "s", _OWN, at_most=3)
    yield Figure("report of a day, on the clock", size, _seconds(day), "s")
    yield Figure("report of a year, on the clock", size, _seconds(year), "s")
    yield Figure("report of a day, ratio", size, day.alone.per(day_by_hand.alone), "x", _BY_HAND)
    yield Figure("report of a year, ratio", size, year.alone.per(year_by_hand.alone), "x", _BY_HAND)


_OWN = "seconds of processor"
_BY_HAND = "the same counts by SQL alone"


def _seconds(series: Series) -> Spread:
    return spread(series.seconds)


_COUNTS = (
    "SELECT p.day, p.purpose, p.service, p.status, v.service, v.stage, v.outcome, count(*) FROM counted_person p "
    "LEFT JOIN (SELECT * FROM counted_visit WHERE day >= ? AND day <= ?) v ON v.convocation_id = p.id AND "
    "v.day = p.day WHERE p.day >= ? AND p.day <= ? GROUP BY 1, 2, 3, 4, 5, 6, 7"
)
_WAITS = "SELECT wait FROM counted_visit WHERE day >= ? AND day <= ? AND wait IS NOT NULL ORDER BY wait"
_SERVED = "SELECT CAST(served AS REAL) AS s FROM counted_visit WHERE day >= ? AND day <= ? AND served <> '' ORDER BY s"
_ARRIVALS = (
    "SELECT day, (substr(arrived_at, 12, 2) * 60 + substr(arrived_at, 15, 2)) / 30 AS half, count(*) "
    "FROM counted_visit WHERE day >= ? AND day <= ? GROUP BY 1, 2"
)
_STOPPED = (
    "SELECT substr(at, 1, 10), kind, details, count(*) FROM act WHERE kind IN ('arrival_attempted', 'arrival_undone', "
    "'day_closed', 'handover_attempted', 'home_recovered', 'orientation_undone', 'oriented') AND at >= ? AND at <= ? "
    "GROUP BY 1, 2, 3"
)
_STOCK = "SELECT came_on, went_on, handed_on IS NOT NULL, count(*) FROM counted_permit GROUP BY 1, 2, 3"


def _by_hand(connection: dbapi2.Connection, first: date, last: date) -> int:
    """Rows read; deciles are looked up in the ordered durations, endings and services are not told apart."""
    days = (first.isoformat(), last.isoformat())
    found = len(connection.execute(_COUNTS, (*days, *days)).fetchall())
    for question in (_WAITS, _SERVED):
        ordered = connection.execute(question, days).fetchall()
        found += len(ordered[len(ordered) // 2 : len(ordered) // 2 + 1]) + len(ordered[9 * len(ordered) // 10 :][:1])
    for question in (_ARRIVALS, _STOPPED):
        found += len(connection.execute(question, days).fetchall())
    return found + len(connection.execute(_STOCK).fetchall())


def _home(size: str, count: int) -> BenchHome:
    path = FOLDER / "homes" / f"reports-{count}-{_recipe()}"
    if not (path / "built").is_file():
        shutil.rmtree(path, ignore_errors=True)
        home = new_home(path)
        _fill(home.desk, count)
        home.close()
        (path / "built").touch()
    return open_at(path, size, count)


def _recipe() -> str:
    """Digest of what decides how the home is made."""
    made_of = (*sorted((migrations() / "versions").glob("*.py")), Path(__file__), Path(__file__).with_name("people.py"))
    return sha256(b"\n".join(path.read_bytes() for path in made_of)).hexdigest()[:10]


def _fill(desk: Desk, count: int) -> None:
    draw, invented = Random(11), people(count)
    while some := list(islice(invented, BATCH)):
        with desk.store.writing() as connection:
            _write(connection, desk, [(person, *_passed(desk, person, draw)) for person in some])
            _note_acts(connection, desk, some, draw)


def _passed(desk: Desk, person: Person, draw: Random) -> tuple[Convocation, Visit | None]:
    """Nine in ten come; of them some wait for ever, some leave, and the rest are received."""
    listing = listing_of(person)
    key = same_person_key(listing.name)
    subject = identity(desk.rules.site, key, listing.birth_date, person.slot, fold(listing.purpose))
    if draw.random() < 0.1:
        return Convocation(subject, (listing,)), None
    at = person.slot + timedelta(seconds=draw.randint(-900, 600))
    arrival = Arrival(uuid(draw), at.isoformat(), "Guichet 1", "Agent", desk.stream, "admitted")
    convocation = Convocation(subject, (listing,), (arrival,))
    return convocation, Visit(visit_of(subject, person.slot.date()), tuple(_marks(desk, person, at, subject, draw)))


def uuid(draw: Random) -> str:
    """The name of an act."""
    return f"{draw.getrandbits(128):032x}"


def _marks(desk: Desk, person: Person, at: datetime, subject: str, draw: Random) -> Iterator[Mark]:
    service, name = "remise" if person.purpose.startswith("Remise") else "accueil", f"Guichet {draw.randint(1, 20)}"
    told: dict[str, Json] = {"day": person.slot.date().isoformat(), "service": service, "number": "A 001", "after": []}
    kinds: Sequence[ActKind] = (ActKind.VISIT_CALLED, ActKind.SERVICE_BEGUN, ActKind.SERVICE_FINISHED)
    opened = Mark(
        uuid(draw), ActKind.VISIT_OPENED, at.isoformat(), name, "Agent", desk.stream, {**told, "convocation": subject}
    )
    yield opened
    last, fate = opened.act_id, draw.random()
    for kind in () if fate < 0.02 else (ActKind.VISIT_LEFT,) if fate < 0.05 else kinds:
        at += timedelta(seconds=draw.randint(20, 1500))
        words: dict[str, Json] = {"after": [last], "service": service, "outcome": "received"}
        mark = Mark(uuid(draw), kind, at.isoformat(), name, "Agent", desk.stream, words)
        yield mark
        last = mark.act_id


def _write(connection: Connection, desk: Desk, some: Sequence[tuple[Person, Convocation, Visit | None]]) -> None:
    """Rows as the folds would leave them; permits of those convened for theirs."""
    order, under = (1, desk.stream, "0"), driver(connection)
    rows = [
        (one.id, *convocation_rows.columns(one), canonical(convocation_rows.dump(one)), *order)
        for _person, one, _visit in some
    ]
    under.executemany(f"INSERT INTO convocation VALUES ({marks(rows[0])})", rows)
    visits = [visit for _person, _one, visit in some if visit]
    passed = [(one.id, *visit_rows.columns(one), canonical(visit_rows.dump(one)), *order) for one in visits]
    under.executemany(f"INSERT INTO visit VALUES ({marks(passed[0])})", passed)
    counted_rows.note_people(connection, [(None, one) for _person, one, _visit in some])
    counted_rows.note_visits(connection, [(None, one) for one in visits])
    cards = [_card(person, one) for person, one, visit in some if visit and person.purpose.startswith("Remise")]
    under.executemany(f"INSERT INTO counted_permit VALUES ({marks(cards[0])})", cards)


def _card(person: Person, convocation: Convocation) -> PermitRow:
    day = person.slot.date()
    came, went = (day - timedelta(days=12)).isoformat(), day.isoformat()
    return PermitRow(convocation.id, came, went, went, person.number, "Guichet 1", offline=False, agreed=False, away="")


def _note_acts(connection: Connection, desk: Desk, some: Sequence[Person], draw: Random) -> None:
    """Orientations and answers that stopped somebody: one for twenty people each."""
    place, acts = heads.read_head(connection, desk.stream), []
    for person in some[::10]:
        kind = draw.choice((ActKind.ORIENTED, ActKind.ARRIVAL_ATTEMPTED))
        details: dict[str, Json] = {"channel": draw.choice(("anef", "ants", "courrier")), "verdict": "too_early"}
        subject = Subject(SubjectType.ORIENTATION, uuid(draw))
        acts.append(journal.chain(place, desk.author, person.slot, kind, subject, details))
    journal.append(connection, acts, desk.sign)
