"""Real processes over TLS and PostgreSQL: killed in the middle of a push, put back from old copies, cloned."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import pytest
import sqlalchemy as sa

from counter_app import membership
from counter_app.app import init_home
from counter_app.central.folder import back_up
from counter_app.central.tables import act
from counter_app.config import Settings, write_settings
from counter_app.home import read_home
from counter_app.store import sync_rows
from tests.central.postgres import new_base
from tests.central.served import Served, served
from tests.homes import EIGHT, AtDesk, Clock, Lists, opened, person
from tests.sync.invariants import check_central, check_desk, check_same, held_at_central, held_at_desk, successors
from tests.sync.proxy import Fault, cable

pytestmark = pytest.mark.xdist_group("killed")
PEOPLE = 40
"""Arrivals that a desk has to send, a few at a time."""
PUSHING = """
import sys
from counter_app.cli import run
from counter_app.sync import exchange

exchange.BACKLOG = 9
sys.exit(run(sys.argv[1:]))
"""
"""The command, with batches of a few acts: a short history then meets what a long one does."""


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One central for all of these tests: what each leaves there, the next ones live with."""
    with served(tmp_path_factory.mktemp("centrale")) as central:
        yield central


@dataclass(slots=True)
class Desks:
    """Homes that join a central, opened and closed at will."""

    central: Served
    folder: Path
    open: list[AtDesk] = field(default_factory=list)

    def join(self, name: str, url: str = "") -> Path:
        home = self.folder / name
        init_home(home, "nord", training=True, clock=Clock())
        write_settings(home, Settings(desk=name, agent="A. Petit", ticket_letter=name[-1]))
        membership.enrol(read_home(home), self.central.code(), url or self.central.url, monotonic)
        return home

    def at(self, home: Path) -> AtDesk:
        clock = Clock(EIGHT)
        self.open.append(AtDesk(opened(home, clock), clock, Lists(self.folder / f"listes-{home.name}", clock)))
        return self.open[-1]

    def close(self) -> None:
        for one in self.open:
            one.office.close()
        self.open.clear()

    def quiet(self) -> None:
        """All hold the same, and what must hold does."""
        for _ in range(4):
            done = [exchanged(one) for one in self.open]
            if not any(done):
                break
        check_central(self.central.engine)
        check_same([one.desk for one in self.open], self.central.engine)
        for one in self.open:
            check_desk(one.desk)


def exchanged(here: AtDesk) -> int:
    """How many acts went and came."""
    assert here.office.sync is not None
    moved = 0
    for state, outcome in here.office.sync.through():
        assert state.error is None, state.error
        moved += outcome.pushed + outcome.pulled
    return moved


def listed(here: AtDesk, first: int, many: int) -> None:
    """A list of so many people, from a number on."""
    people = (person(f"SOW {place:05d}", f"59{place:08d}", rdv_id=str(place)) for place in range(first, first + many))
    here.expects(*people)
    here.clock.at("9:05")


@pytest.fixture
def desks(central: Served, tmp_path: Path) -> Iterator[Desks]:
    desks = Desks(central, tmp_path)
    yield desks
    desks.close()


KILLS: dict[str, Callable[[Served, "subprocess.Popen[bytes]"], None]] = {
    "desk": lambda _central, desk: desk.kill(),
    "service": lambda central, _desk: central.kill(),
    "PostgreSQL": lambda central, _desk: central.postgres.kill(),
}


@pytest.mark.parametrize("who", KILLS)
def test_a_kill_in_the_middle_of_a_push_loses_nothing_and_doubles_nothing(
    central: Served, desks: Desks, who: str
) -> None:
    with cable(("127.0.0.1", central.port), seed=1) as line:
        place = list(KILLS).index(who)
        home = desks.join(f"Poste {'ABC'[place]}", line.url)
        here = desks.at(home)
        listed(here, 100 * place, PEOPLE)
        for number in range(100 * place, 100 * place + PEOPLE):
            assert here.scan(here.code(f"{number:05d}")).recorded
        before, mine = held_at_desk(here.desk), here.desk.stream
        desks.close()
        line.arm(Fault.LATENCY)
        command = [sys.executable, "-c", PUSHING, "--home", str(home), "--at", EIGHT.isoformat()]
        with subprocess.Popen([*command, "sync", "--once", "--json"], stdout=subprocess.PIPE) as desk:
            while not (there := pushed(central, mine)) > 2 * PEOPLE:
                still_at_it(desk)
            KILLS[who](central, desk)
            desk.wait(60)
        line.calm()
        central.whole_again()
        check_central(central.engine)
        assert there <= pushed(central, mine) < len(before), "what was answered is there; something is left"
        desks.at(home)
        desks.quiet()
        assert before.keys() <= held_at_central(central.engine).keys()


def pushed(central: Served, stream: str) -> int:
    """How many acts of a stream the central holds."""
    with central.engine.connect() as connection:
        counted = sa.select(sa.func.count()).select_from(act).where(act.c.stream == stream)
        return connection.execute(counted).scalar_one()


def still_at_it(desk: "subprocess.Popen[bytes]") -> None:
    """A moment in which the desk goes on."""
    try:
        raise AssertionError(f"it ended before: {desk.wait(0.05)}")
    except subprocess.TimeoutExpired:
        return


def test_an_old_file_of_a_desk_and_a_clone_of_it_go_on_and_all_end_alike(desks: Desks, tmp_path: Path) -> None:
    home, other = desks.join("Poste D"), desks.join("Poste E")
    here = desks.at(home)
    listed(here, 5_000, 6)
    exchanged(here)
    old = Path(shutil.copytree(home, tmp_path / "ancien"))
    here.scan(here.code("05000"))
    exchanged(here)
    desks.close()
    clone = Path(shutil.copytree(home, tmp_path / "clone"))
    shutil.rmtree(home)
    shutil.copytree(old, home)
    back, twin, colleague = desks.at(home), desks.at(clone), desks.at(other)
    for one in (back, twin):
        one.clock.at("9:15")
    back.scan(back.code("05001"))
    twin.scan(twin.code("05002"))
    exchanged(colleague)
    desks.quiet()
    arrived = sorted(one.name for one in colleague.everybody() if one.arrival and "SOW 0500" in one.name)
    assert arrived == ["SOW 05000", "SOW 05001", "SOW 05002"]
    assert successors(back.desk) >= 1


def test_an_old_copy_of_postgresql_is_made_whole_again_by_the_desks(
    central: Served, desks: Desks, tmp_path: Path
) -> None:
    first, second = desks.at(desks.join("Poste F")), desks.at(desks.join("Poste G"))
    listed(first, 6_000, 5)
    exchanged(first)
    back_up(central.engine, central.folder, tmp_path / "copie")
    for one in (first, second):
        exchanged(one)
    first.scan(first.code("06000"))
    exchanged(first)
    exchanged(second)
    whole, generation = held_at_central(central.engine), noted(second)
    server = central.postgres.url.render_as_string(hide_password=False)
    with new_base(server) as base, central.moved_to(base, tmp_path / "copie"):
        assert not whole.keys() <= held_at_central(central.engine).keys(), "the copy is older"
        exchanged(second)
        assert whole.keys() <= held_at_central(central.engine).keys(), "a colleague brings back what it forgot"
        assert noted(second) != generation
        second.scan(second.code("06001"))
        desks.quiet()


def noted(here: AtDesk) -> object:
    with here.desk.looking() as connection:
        return sync_rows.noted(connection, "generation")
