"""Acts sent to a central and taken from it, against COPY without checks, rows by hand, and one row per commit.

The acts are those of a week at a desk (`week_acts`): every second one is signed, and every signature is checked.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from time import monotonic

import psycopg
import sqlalchemy as sa

from counter_app.central.authority import open_authority
from counter_app.central.codes import make_code
from counter_app.central.enrolment import Enrolled, enrol
from counter_app.central.ledger import Ledger
from counter_app.central.session import Session
from counter_app.central.sites import init, open_central
from counter_app.store import sync_rows
from counter_app.store.journal import COLUMNS
from counter_app.store.tables import PROJECTIONS
from counter_app.sync.desk_ledger import DeskLedger
from counter_app.sync.https import HttpsCentral
from counter_app.sync.wire import BACKLOG, Push, PushAnswer, PushStatus, WireAct
from counter_app.usecases.audit import checker
from tests.bench.by_hand import connect
from tests.bench.figures import Figure
from tests.bench.homes import FOLDER, SITE, BenchHome, new_home
from tests.bench.timing import Spent, spent, spread
from tests.bench.week_acts import Writer, a_week, pages
from tests.central.postgres import SETTINGS, new_base, own_server
from tests.central.served import Served, free_port

ACTS = 6_000
SIZE = f"{ACTS // 1000}k"
SINGLE = 500
"""Rows written one per commit: enough to tell."""
ROWS = ("act", *(table.name for table in PROJECTIONS), "search_subject", "search_word")
"""What a desk writes of acts received; its full text index alone is left out of what is written by hand."""


def now() -> datetime:
    """The service is a program of its own: it reads the clock of the machine."""
    return datetime.now(UTC)


def joined(engine: sa.Engine, writer: Writer) -> Enrolled:
    """The desk, enrolled."""
    done = enrol(engine, make_code(engine, SITE, now()), writer.applicant, now())
    assert isinstance(done, Enrolled), done
    return done


@contextmanager
def a_central(folder: Path) -> Iterator[Served]:
    """A PostgreSQL that syncs its disk and a service, each a program of its own, for real homes."""
    with own_server(SETTINGS) as postgres:
        central = Served(postgres, folder / "autorite", free_port())
        where = ("--store", central.store, "--folder", str(central.folder), "--site", SITE)
        subprocess.run(
            (sys.executable, "-m", "counter_app", "central", "init", *where), check=True, capture_output=True
        )
        central.engine = open_central(central.store)
        try:
            central.start()
            yield central
        finally:
            central.stop()
            central.engine.dispose()


def address(central: Served) -> str:
    """Where it answers."""
    return f"https://127.0.0.1:{central.port}"


def way_of(desk: Enrolled, central: Served) -> HttpsCentral:
    """The way of a desk to the service."""
    return HttpsCentral(address(central), open_authority(central.folder).roots, monotonic, desk.token.text)


def exchanges(turned: int) -> Iterator[Figure]:
    """Push to an SQLite file, to a real PostgreSQL that syncs its disk, and through HTTPS; then pull and project."""
    rounds = 3 if turned >= 100 else 1
    with TemporaryDirectory() as folder, a_central(Path(folder)) as central:
        yield from _to_file(Path(folder), rounds)
        yield from _to_server(central, rounds)
    yield from _pulled(rounds)


def _to_file(folder: Path, rounds: int) -> Iterator[Figure]:
    url = f"sqlite:///{folder / 'centrale.db'}"
    init(url, SITE, training=False, clock=now)
    engine = open_central(url)
    turns = [_pushed(engine, Writer(f"Guichet {place}"), place) for place in range(rounds)]
    engine.dispose()
    yield _rate("pushed to an SQLite file", turns, at_least=10_000)
    yield _rate("the same, of the processor alone", [Spent(one.own, one.own) for one in turns])


def _rate(name: str, turns: Sequence[Spent], at_least: float | None = None) -> Figure:
    return Figure(name, SIZE, spread([ACTS / one.clock for one in turns]), "acts/s", at_least=at_least)


def _to_server(central: Served, rounds: int) -> Iterator[Figure]:
    with new_base(central.store) as bare:
        turns = [_turn(central, bare, place) for place in range(rounds)]
    copied, direct, https, single = zip(*turns, strict=True)
    yield _rate("COPY of the same rows", copied)
    yield _rate("pushed to PostgreSQL", direct, at_least=10_000)
    yield from _speeds("pushed to PostgreSQL", direct, copied, "COPY of the same rows", at_least=0.5)
    yield _rate("pushed through HTTPS", https)
    told = [copy.clock / one.clock for one, copy in zip(https, copied, strict=True)]
    yield Figure("pushed through HTTPS, speed", SIZE, spread(told), "x", "COPY of the same rows", at_least=0.5)
    alone = spread([SINGLE / one.clock for one in single])
    yield Figure("one row per commit", str(SINGLE), alone, "acts/s", "PostgreSQL")


def _speeds(
    name: str, mine: Sequence[Spent], theirs: Sequence[Spent], against: str, at_least: float
) -> Iterator[Figure]:
    """How fast one way is of another: by the clock, and by the processor, which other programs do not change."""
    pairs = [*zip(mine, theirs, strict=True)]
    clock, own = ([other[place] / one[place] for one, other in pairs] for place in (0, 1))
    yield Figure(f"{name}, speed", SIZE, spread(clock), "x", against, at_least=at_least)
    yield Figure(f"{name}, of the processor alone", SIZE, spread(own), "x", against)


def _turn(central: Served, bare: str, place: int) -> tuple[Spent, Spent, Spent, Spent]:
    """The same acts copied without a check, pushed, and pushed through HTTPS; some of them, one per commit."""
    acts = a_week(Writer(f"Guichet P{place}"), ACTS, 100 + place)
    copied = spent(lambda: _copied(bare, acts))
    single = spent(lambda: _one_by_one(bare, acts[:SINGLE]))
    direct = _pushed(central.engine, Writer(f"Guichet {place}"), place)
    return copied, direct, _pushed(central.engine, Writer(f"Guichet L{place}"), 50 + place, central), single


def _pushed(engine: sa.Engine, writer: Writer, seed: int, through: Served | None = None) -> Spent:
    """What it took until a week of a desk was on the central's disk."""
    desk, acts = joined(engine, writer), a_week(writer, ACTS, seed)
    session, ledger, way = Session(SITE, writer.device), Ledger(engine, now), way_of(desk, through) if through else None

    def push_all() -> None:
        for page in pages(acts):
            answer = way.ask(Push(page)) if way else ledger.answer(session, Push(page))
            assert isinstance(answer, PushAnswer), answer
            assert all(run.status is PushStatus.ACCEPTED for run in answer.runs), answer

    taken = spent(push_all)
    if way:
        way.close()
    return taken


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
    mine, raw, checks = [], [], []
    for place in range(rounds):
        writer = Writer("Guichet B")
        acts = a_week(writer, ACTS, place)
        home = new_home(FOLDER / "homes" / "pulled")
        with home.desk.store.writing() as connection:
            sync_rows.set_peers(connection, [(writer.device, writer.name, writer.keys.public, {})])
        ledger = DeskLedger(home.desk, lambda: token_hex(6))
        mine.append(spent(partial(_taken, ledger, acts)))
        checks.append(spent(partial(_checked, home, acts)))
        file, key = home.file, home.key
        home.close()
        raw.append(by_hand(file, key))
    yield _rate("pulled and projected", mine, at_least=20_000)
    yield _rate("the same, of the processor alone", [Spent(one.own, one.own) for one in mine])
    yield from _speeds("pulled and projected", mine, raw, "the same rows by hand", at_least=0.65)
    parts = [one.own / other.own for one, other in zip(checks, mine, strict=True)]
    yield Figure("of which signatures", SIZE, spread(parts), "x", "the processor's part of it")


def _checked(home: BenchHome, acts: Sequence[WireAct]) -> None:
    """The signatures of the acts, and nothing else."""
    with home.desk.looking() as connection:
        check = checker(home.desk, connection)
        assert all(check(act.stream, act.digest, act.signature) for act in acts if act.signature)


def _taken(ledger: DeskLedger, acts: Sequence[WireAct]) -> None:
    for start in range(0, len(acts), BACKLOG):
        assert ledger.receive(acts[start : start + BACKLOG]).set_aside == 0


def by_hand(file: Path, key: bytes) -> Spent:
    """What it takes to write again, by hand, the rows that the desk wrote: acts, projections, names of the search."""
    connection = connect(file, key)
    written = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in ROWS}
    for name in ROWS:
        connection.execute(f"DELETE FROM {name}")
    steps = max(1, len(written["act"]) // BACKLOG)

    def write() -> None:
        for step in range(steps):
            connection.execute("BEGIN IMMEDIATE")
            for name, rows in written.items():
                some = rows[len(rows) * step // steps : len(rows) * (step + 1) // steps]
                if some:
                    connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(some[0]))})", some)
            connection.execute("COMMIT")

    taken = spent(write)
    connection.close()
    return taken
