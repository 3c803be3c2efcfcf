"""Real desks, each behind its own bad cable, and a real service: production code over TLS, with a seed for what breaks.

python -m tests.sync.cables --minutes 5 --seed 3
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Event
from time import monotonic

from counter_app import membership
from counter_app.app import init_home
from counter_app.central.codes import make_code
from counter_app.central.sites import init, open_central
from counter_app.config import Settings, write_settings
from counter_app.domain.enrolment_code import grouped, make_enrolment_code
from counter_app.home import read_home
from counter_app.store import sync_rows
from counter_app.sync.desk_sync import DeskSync
from counter_app.sync.state import Phase
from counter_app.sync.transport import Central, Trouble
from counter_app.sync.wire import Answer, Question
from tests.central.live import Live, live
from tests.central.postgres import any_server, new_base
from tests.homes import EIGHT, AtDesk, Clock, Lists, opened
from tests.sync.gestures import Gesture, a_gesture, imports
from tests.sync.invariants import check_central, check_desk, check_same, expect, held_at_central, held_at_desk
from tests.sync.proxy import Fault, Proxy, cable

NAMES = ("Guichet 1", "Guichet 2", "Guichet 3")
PATIENCE = 3.0
"""Seconds without a byte after which these desks give a question up: thirty would make a run long."""
STALLED = 2.0
"""Seconds that a gesture never takes, whatever the network does: less than anything waits for a network here."""
PATIENT = 60.0
"""Seconds more that a run may take until every fault has struck."""
ROUNDS = 8
"""Exchanges of each desk within which a site is quiet, once cables are good."""


@dataclass(frozen=True, slots=True)
class Impatient:
    """A central that is given up sooner."""

    central: Central
    patience: float = PATIENCE

    def ask(self, question: Question, patience: float | None = None) -> Answer | Trouble:
        return self.central.ask(question, min(patience or self.patience, self.patience))

    def endings(self) -> tuple[tuple[str, datetime], ...]:
        return self.central.endings()

    def close(self) -> None:
        self.central.close()


@dataclass(slots=True)
class Wired:
    """A desk at work, and what links it to the central."""

    here: AtDesk
    sync: DeskSync
    cable: Proxy
    committed: set[str] = field(default_factory=set)
    phases: Counter[Phase] = field(default_factory=Counter)
    longest: float = 0.0
    """Seconds of the longest gesture."""

    chance: Random = field(default_factory=lambda: Random(0))

    def gesture(self, gesture: Gesture) -> None:
        """What somebody does, timed; what it wrote is committed from now on."""
        before, began = self._own(), monotonic()
        gesture(self.here.desk, self.chance)
        self.longest = max(self.longest, monotonic() - began)
        self.committed |= self._own() - before

    def _own(self) -> set[str]:
        held = held_at_desk(self.here.desk)
        return {act for act, place in held.items() if place[0] == self.here.desk.stream}

    def exchanges(self, stop: Event) -> None:
        """One exchange after the other, as the window's lane does."""
        while not stop.wait(0.02):
            state, _outcome = self.sync.once()
            self.phases[state.phase] += 1
        self.here.desk.store.close()

    def listens(self, stop: Event) -> None:
        """The bell, on a connection of its own."""
        while not stop.wait(0.02):
            self.sync.ring(1)
        self.here.desk.store.close()


@dataclass(slots=True)
class WiredSite:
    """All of them."""

    service: Live
    desks: list[Wired] = field(default_factory=list)

    def work(self, chance: Random, seconds: float, each: float) -> None:
        """Gestures at every desk while cables do what they like."""
        stop = Event()
        for desk in self.desks:
            desk.gesture(imports)
            desk.cable.each = each
        with ThreadPoolExecutor(2 * len(self.desks)) as lanes:
            running = [lanes.submit(work, stop) for desk in self.desks for work in (desk.exchanges, desk.listens)]
            try:
                self._gestures(chance, monotonic() + seconds, running)
            finally:
                for desk in self.desks:
                    desk.cable.calm()
                stop.set()
        for one in running:
            one.result()

    def _gestures(self, chance: Random, until: float, running: list["Future[None]"]) -> None:
        pause = Event()
        longest = until + PATIENT
        while not any(one.done() for one in running):
            if monotonic() > (until if self.met.keys() == set(Fault) else longest):
                return
            desk = chance.choice(self.desks)
            desk.here.clock.now += timedelta(seconds=chance.randrange(90))
            desk.gesture(a_gesture(chance))
            pause.wait(0.1 * chance.random())

    @property
    def met(self) -> Counter[Fault]:
        """How often each fault struck."""
        return sum((desk.cable.met for desk in self.desks), Counter())

    def quiet(self) -> None:
        """Cables are good: all hold the same within a few exchanges, and every gesture of every desk."""
        for _ in range(ROUNDS):
            done = [one.sync.once() for one in self.desks]
            if all(told.verified and not told.pushed and not told.pulled for _state, told in done):
                break
        else:
            raise AssertionError(f"it does not become quiet within {ROUNDS} rounds: {done}")
        check_same([one.here.desk for one in self.desks], self.service.engine)
        written, held = set().union(*(one.committed for one in self.desks)), held_at_central(self.service.engine)
        expect(written <= held.keys(), "every gesture of every desk is held")
        longest = max(one.longest for one in self.desks)
        expect(longest < STALLED, f"a gesture took {longest:.2f} s")

    def check(self) -> None:
        """What must hold of every node."""
        check_central(self.service.engine)
        for one in self.desks:
            check_desk(one.here.desk)
            with one.here.desk.looking() as connection:
                apart = sync_rows.set_aside(connection)
            expect({one.reason for one in apart} <= {"newer"}, "nothing that travelled was spoilt")


def make_homes(folder: Path) -> list[Path]:
    """Three training homes of the Nord."""
    for name in NAMES:
        init_home(folder / name, "nord", training=True, clock=Clock())
        write_settings(
            folder / name, Settings(desk=name, agent=f"L. {name[-1]}", ticket_letter="ABC"[int(name[-1]) - 1])
        )
    return [folder / name for name in NAMES]


@contextmanager
def wired_site(store: str, homes: list[Path], folder: Path, seed: int) -> Iterator[WiredSite]:
    """A service over a store, and desks enrolled through their cables, which are good until somebody says otherwise."""
    clock = Clock(EIGHT)
    init(store, "nord", training=True, clock=clock)
    with ExitStack() as closing:
        engine = open_central(store)
        closing.callback(engine.dispose)
        site = WiredSite(closing.enter_context(live(engine, folder / "autorite", clock)))
        for place, home in enumerate(homes):
            proxy = closing.enter_context(cable(("127.0.0.1", site.service.port), seed * 10 + place))
            site.desks.append(_wired(site.service, home, proxy, folder, closing.callback))
        yield site


def _wired(service: Live, home: Path, proxy: Proxy, folder: Path, closing: Callable[..., object]) -> Wired:
    secret = make_code(service.engine, "nord", service.clock(), timedelta(hours=1))
    typed = grouped(make_enrolment_code(secret, service.authority.root_der))
    membership.enrol(read_home(home), typed, proxy.url, monotonic)
    clock = Clock(EIGHT)
    office = opened(home, clock)
    closing(office.close)
    assert office.sync is not None, "it is enrolled"
    sync = replace(office.sync, central=Impatient(office.sync.central))
    return Wired(
        AtDesk(office, clock, Lists(folder / f"listes-{home.name}", clock)), sync, proxy, chance=Random(home.name)
    )


def run(store: str, homes: list[Path], folder: Path, seed: int, seconds: float, each: float) -> WiredSite:
    """Bad cables for so many seconds, then quiet; raises what does not hold."""
    with wired_site(store, homes, folder, seed) as site:
        site.work(Random(seed), seconds, each)
        site.quiet()
        site.check()
        return site


def main() -> int:
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    told.add_argument("--minutes", type=float, default=1.0)
    told.add_argument("--seed", type=int, default=1)
    told.add_argument("--each", type=float, default=0.08, help="how likely a piece of bytes meets a fault")
    asked = told.parse_args()
    with TemporaryDirectory(prefix="guichet-cables-") as made, any_server() as server, new_base(server) as store:
        folder = Path(made)
        site = run(store, make_homes(folder), folder, asked.seed, 60 * asked.minutes, asked.each)
    for desk in site.desks:
        print(f"{len(desk.committed)} acts, longest gesture {desk.longest:.3f} s, exchanges {dict(desk.phases)}")
    print("faults:", ", ".join(f"{count} {fault}" for fault, count in site.met.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
