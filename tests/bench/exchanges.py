"""Acts sent to a central and taken from it, against COPY without checks, rows by hand, and one row per commit."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from time import perf_counter

import psycopg
import sqlalchemy as sa

from counter_app.central.codes import make_code
from counter_app.central.enrolment import Applicant, Enrolled, enrol
from counter_app.central.ledger import Ledger
from counter_app.central.session import Session
from counter_app.central.sites import init, open_central
from counter_app.domain.acts import Act, ActKind, Author, Subject, SubjectType
from counter_app.domain.convocation import identity
from counter_app.domain.person_names import fold, same_person_key
from counter_app.keys import DeskKeys
from counter_app.store.journal import COLUMNS, Head, chain
from counter_app.sync.desk_ledger import DeskLedger
from counter_app.sync.wire import BACKLOG, Push, PushStatus, WireAct
from tests.bench.by_hand import connect
from tests.bench.figures import Figure
from tests.bench.homes import FOLDER, SITE, listing_of, new_home
from tests.bench.people import people
from tests.bench.timing import Spread, spread, took
from tests.central.postgres import SETTINGS, new_base, own_server

ACTS = 20_000
GESTURE = 2
"""Acts of one transaction, the last one signed: an arrival and its ticket."""
SINGLE = 500
"""Rows written one per commit: enough to tell."""


def now() -> datetime:
    return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Writer:
    """A desk that only writes acts."""

    def __init__(self, name: str) -> None:
        self.device, self.keys = token_hex(6), DeskKeys.new()
        self.author = Author(SITE, f"{self.device}:{token_hex(6)}", name, "A. Petit")
        self.applicant = Applicant(self.device, self.keys.public, name, name[-1], SITE, training=False)

    def acts(self, count: int, first: int = 0) -> list[WireAct]:
        """Convocations of invented people, from the one numbered `first`, in short signed transactions."""
        place, found = Head(0, "0" * 64, 0), []
        for number, person in enumerate(islice(people(first + count), first, None)):
            listing = listing_of(person)
            key = same_person_key(listing.name)
            subject = identity(SITE, key, listing.birth_date, person.slot, fold(listing.purpose))
            about = Subject(SubjectType.CONVOCATION, subject)
            act = chain(place, self.author, now(), ActKind.CONVOCATION_LISTED, about, listing.to_json())
            signed = self.keys.sign(act.digest) if number % GESTURE == GESTURE - 1 or number == count - 1 else None
            found.append(wire(act, signed))
        return found


def wire(act: Act, signature: str | None) -> WireAct:
    """An act just chained, as it travels."""
    who, what = act.author, act.subject
    return WireAct(
        act.act_id,
        who.stream,
        act.seq,
        who.site,
        who.desk,
        who.agent,
        act.at.isoformat(),
        act.clock,
        str(act.kind),
        act.version,
        str(what.type),
        what.id,
        act.text,
        act.salt,
        act.details_digest,
        act.prev,
        act.digest,
        signature,
    )


def joined(engine: sa.Engine, writer: Writer) -> Session:
    """The desk, enrolled."""
    done = enrol(engine, make_code(engine, SITE, now()), writer.applicant, now())
    assert isinstance(done, Enrolled), done
    return Session(SITE, writer.device)


def pushed(ledger: Ledger, session: Session, acts: Sequence[WireAct]) -> float:
    """Seconds until all of them are on the central's disk."""
    began = perf_counter()
    for start in range(0, len(acts), BACKLOG):
        answer = ledger.answer(session, Push(tuple(acts[start : start + BACKLOG])))
        assert all(run.status is PushStatus.ACCEPTED for run in answer.runs), answer
    return perf_counter() - began


def exchanges(turned: int) -> Iterator[Figure]:
    """Push to an SQLite file and to a real PostgreSQL that syncs its disk; then pull and project."""
    rounds = 3 if turned >= 100 else 1
    with TemporaryDirectory() as folder, own_server(SETTINGS) as server:
        yield from _to_file(Path(folder), rounds)
        yield from _to_server(server.url.render_as_string(hide_password=False), rounds)
    yield from _pulled(rounds)


def _to_file(folder: Path, rounds: int) -> Iterator[Figure]:
    url = f"sqlite:///{folder / 'centrale.db'}"
    init(url, SITE, training=False, clock=now)
    yield _rate("pushed to an SQLite file", url, rounds)


def _rate(name: str, url: str, rounds: int) -> Figure:
    engine = open_central(url)
    writers = [Writer(f"Guichet {chr(65 + place)}") for place in range(rounds)]
    seconds = [pushed(Ledger(engine, now), joined(engine, one), one.acts(ACTS)) for one in writers]
    engine.dispose()
    return Figure(name, "20k", spread([ACTS / one for one in seconds]), "acts/s", at_least=10_000)


def _to_server(server: str, rounds: int) -> Iterator[Figure]:
    with new_base(server) as url:
        init(url, SITE, training=False, clock=now)
        rate = _rate("pushed to PostgreSQL", url, rounds)
    yield rate
    acts = Writer("Guichet Z").acts(ACTS)
    with new_base(server) as url:
        copied = [ACTS / took(lambda: _copied(url, acts)) for _round in range(rounds)]
        single = SINGLE / took(lambda: _one_by_one(url, acts[:SINGLE]))
    yield Figure("COPY of the same rows", "20k", spread(copied), "acts/s", "nothing checked, no index but the key")
    middle = spread(copied).middle
    parts = Spread(rate.seen.low / middle, rate.seen.middle / middle, rate.seen.high / middle)
    yield Figure("pushed to PostgreSQL, speed", "20k", parts, "x", "COPY of the same rows", at_least=0.5)
    yield Figure("one row per commit", "500", Spread(single, single, single), "acts/s", "PostgreSQL")


_TABLE = f"CREATE TABLE bare ({', '.join(f'{name} text' for name in COLUMNS)}, PRIMARY KEY (stream, seq))"


def _copied(url: str, acts: Sequence[WireAct]) -> None:
    with _connected(url) as connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute(_TABLE.encode())
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for act in acts:
                copy.write_row(act)


def _one_by_one(url: str, acts: Sequence[WireAct]) -> None:
    into = f"INSERT INTO bare VALUES ({', '.join(['%s'] * len(COLUMNS))})".encode()
    with _connected(url) as connection:
        connection.execute("TRUNCATE bare")
        connection.commit()
        for act in acts:
            connection.execute(into, act)
            connection.commit()


def _connected(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    at = sa.make_url(url)
    return psycopg.connect(host=at.host, port=at.port, user=at.username, password=at.password, dbname=at.database)


def _pulled(rounds: int) -> Iterator[Figure]:
    """Acts of another desk taken into a desk's file and folded, while nobody works there."""
    rates, parts = [], []
    for place in range(rounds):
        acts = Writer("Guichet B").acts(ACTS, place * ACTS)
        home = new_home(FOLDER / "homes" / "pulled")
        ledger = DeskLedger(home.desk, lambda: token_hex(6))
        seconds = took(lambda: _taken(ledger, acts))  # noqa: B023 - called at once
        file, key = home.file, home.key
        home.close()
        raw = _by_hand(file, key)
        rates.append(ACTS / seconds)
        parts.append(raw / seconds)
    yield Figure("pulled and projected", "20k", spread(rates), "acts/s", at_least=20_000)
    yield Figure("pulled and projected, speed", "20k", spread(parts), "x", "the same rows by hand", at_least=0.65)


def _taken(ledger: DeskLedger, acts: Sequence[WireAct]) -> None:
    for start in range(0, len(acts), BACKLOG):
        assert ledger.receive(acts[start : start + BACKLOG]).set_aside == 0


def _by_hand(file: Path, key: bytes) -> float:
    """Seconds to write again, by hand, the rows that the desk wrote: acts, people, keys of the list, search."""
    connection = connect(file, key)
    tables = ("act", "convocation", "listing_key", "search_subject")
    written = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    for name in tables:
        connection.execute(f"DELETE FROM {name}")
    began = perf_counter()
    for start in range(0, ACTS, BACKLOG):
        connection.execute("BEGIN IMMEDIATE")
        for name, rows in written.items():
            share = len(rows) * start // ACTS, len(rows) * (start + BACKLOG) // ACTS
            places = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows[slice(*share)])
        connection.execute("COMMIT")
    seconds = perf_counter() - began
    connection.close()
    return seconds
