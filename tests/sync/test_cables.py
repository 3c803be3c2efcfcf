"""Bad cables between real desks and a real service: every fault by itself, then all of them by chance."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from counter_app.sync.state import Phase
from counter_app.sync.transport import Central, Trouble
from counter_app.sync.wire import Answer, Look, LookAnswer, Pull, Push, Question
from tests.central.postgres import any_server, new_base
from tests.sync.cables import Impatient, WiredSite, run, wired_site
from tests.sync.gestures import checks_in, imports
from tests.sync.invariants import held_at_central
from tests.sync.proxy import Fault, Proxy

pytestmark = pytest.mark.xdist_group("cables")

SEED, SECONDS, EACH = 1, 6, 0.15
SHORT = 0.6
"""Seconds without a byte after which a desk of these tests gives up."""


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """Address of a real PostgreSQL."""
    with any_server() as server:
        yield server


@pytest.fixture(scope="module")
def wired(postgres: str, made_homes: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WiredSite]:
    """Three desks with a day's list, all quiet."""
    folder = tmp_path_factory.mktemp("site")
    homes = sorted(Path(shutil.copytree(made_homes, folder / "postes")).iterdir())
    with new_base(postgres) as store, wired_site(store, homes, folder, SEED) as site:
        for desk in site.desks:
            desk.gesture(imports)
        site.quiet()
        yield site
        site.quiet()
        site.check()


@dataclass(frozen=True, slots=True)
class Waylaid:
    """A central on the way to which a fault waits for a question of a kind."""

    central: Central
    cable: Proxy
    fault: Fault
    kind: type[Question]

    def ask(self, question: Question, patience: float | None = None) -> Answer | Trouble:
        if isinstance(question, self.kind) and not self.cable.met[self.fault]:
            self.cable.arm(self.fault)
        return self.central.ask(question, patience)

    def endings(self) -> tuple[tuple[str, datetime], ...]:
        return self.central.endings()

    def close(self) -> None:
        self.central.close()


@pytest.mark.parametrize("kind", [Push, Pull])
@pytest.mark.parametrize("fault", Fault)
def test_whatever_a_cable_does_to_a_question_or_its_answer_the_next_exchange_makes_it_good(
    wired: WiredSite, fault: Fault, kind: type[Question]
) -> None:
    desk, other = wired.desks[:2]
    for one in (desk, other):
        one.gesture(checks_in)
    other.sync.once()
    desk.cable.met.clear()
    central = Waylaid(Impatient(desk.sync.central, SHORT), desk.cable, fault, kind)
    replace(desk.sync, central=central).once()
    assert desk.cable.met == {fault: 1}
    if fault is Fault.ANSWER_LOST:
        assert desk.committed <= held_at_central(wired.service.engine).keys(), "the central did as it was asked"
    desk.cable.calm()
    wired.quiet()


def test_a_pulled_cable_stops_exchanges_and_no_gesture(wired: WiredSite) -> None:
    desk = wired.desks[0]
    desk.cable.pull()
    for _ in range(5):
        desk.gesture(checks_in)
    state, _outcome = replace(desk.sync, central=Impatient(desk.sync.central, SHORT)).once()
    assert (state.phase, bool(state.error), state.waiting > 0) == (Phase.OFFLINE, True, True)
    assert not desk.committed <= held_at_central(wired.service.engine).keys()
    desk.cable.put_back()
    wired.quiet()


def test_altered_bytes_are_never_taken_for_an_answer(wired: WiredSite) -> None:
    desk = wired.desks[0]
    desk.cable.met.clear()
    for _ in range(20):
        desk.cable.arm(Fault.CORRUPT)
        found = desk.sync.central.ask(Look("convocation", "x", "Guichet 1", "L. 1"), SHORT)
        assert isinstance(found, Trouble) or found == LookAnswer(()), "nothing, or what the central said"
    assert desk.cable.met == {Fault.CORRUPT: 20}
    desk.cable.calm()


def test_random_gestures_over_cables_that_do_everything_end_alike_and_lose_nothing(
    postgres: str, made_homes: Path, tmp_path: Path
) -> None:
    homes = sorted(Path(shutil.copytree(made_homes, tmp_path / "postes")).iterdir())
    with new_base(postgres) as store:
        site = run(store, homes, tmp_path, SEED, SECONDS, EACH)
    assert site.met.keys() == set(Fault), "every fault struck"
    assert sum(desk.phases[Phase.OFFLINE] for desk in site.desks) > 2
    assert all(desk.committed for desk in site.desks)
