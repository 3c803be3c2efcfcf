"""The site of an afternoon of pulling cables, what must hold of it in the end, and how to spend one by hand.

python -m tests.journeys.cables --minutes 20 --seed 3
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from os import cpu_count, getloadavg
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic

from counter_app import membership
from counter_app.app import init_home, open_office
from counter_app.config import Settings, write_settings
from counter_app.domain.work_items import WorkItemKind
from counter_app.home import read_home
from counter_app.store import convocation_rows, permit_rows
from counter_app.usecases import custody
from counter_app.usecases.import_list import import_list
from counter_app.usecases.receive_permits import receive_permits
from counter_app.usecases.work_items import open_items
from tests.central.served import SITE, served
from tests.imports.lists import PARTICIPATIONS, csv_text, table, write_xls
from tests.imports.permit_lists import HEADINGS
from tests.journeys import lot, monday
from tests.journeys.afternoon import Afternoon
from tests.journeys.posts import MOMENT, Post
from tests.journeys.xserver import x_server
from tests.sync.invariants import check_central, check_desk, check_same, expect, held_at_desk
from tests.sync.proxy import cable

NAMES = ("Poste 1", "Poste 2", "Poste 3")
AHEAD = timedelta(minutes=6)
"""How much the last desk's clock is ahead: two arrivals that far apart are one for the supervisor."""
LONGEST_ANSWER = 1.0
"""Seconds from the last key of a scan to its painted answer, whatever the network does, without those in which the
window was ready to go on and other programs had the processors. Waits for a network are of five seconds or more."""
PEOPLE_A_MINUTE = 40


def write_people(path: Path, count: int) -> Path:
    """People who may come in all through the run."""
    families, given = monday.FAMILIES, monday.GIVEN
    rows = []
    for place in range(count):
        beside, first = (
            families[place // (len(families) * len(given)) % len(families)],
            given[place // len(families) % len(given)],
        )
        number = f"59{10_000_000 + place * 37_911 % 90_000_000:08d}"
        listed = monday.Listed(
            f"{families[place % len(families)]}-{beside} {first}",
            number,
            f"09h{30 + 10 * (place % 3)}",
            "11/02/1984",
            number,
        )
        rows.append(monday.row(place, listed))
    return write_xls(path, table(PARTICIPATIONS, *rows))


def write_permits(path: Path) -> list[lot.Holder]:
    """Permits of people who are due all through the run."""
    ready = [replace(one, slot="23/11/2026 09:30") for name, one in lot.holders().items() if name.isdigit()]
    path.write_bytes(csv_text([list(HEADINGS), *map(lot.row, ready)]).encode())
    return ready


def make_home(folder: Path, name: str) -> Path:
    home = folder / name.lower().replace(" ", "-")
    init_home(home, SITE, training=True, clock=lambda: MOMENT)
    write_settings(
        home, Settings(desk=name, agent=f"Agent {name[-1]}", ticket_letter="ABC"[int(name[-1]) - 1], theme="light")
    )
    return home


def exchange(home: Path) -> None:
    """Exchanges of a desk until both hold the same."""
    with closing(open_office(home, at=MOMENT)) as office:
        assert office.sync is not None
        *_others, (state, _outcome) = office.sync.through()
        assert state.phase == "up_to_date", state


@contextmanager
def site(folder: Path, seed: int, minutes: float, harsh: float, pause: float) -> Iterator[Afternoon]:
    """Three desks that know the day's people and hold twenty permits each, and their central."""
    chance = Random(seed)
    with ExitStack() as closing_:
        central = closing_.enter_context(served(folder))
        homes = [make_home(folder, name) for name in NAMES]
        cables = [
            closing_.enter_context(cable(("127.0.0.1", central.port), seed * 10 + place)) for place in range(len(homes))
        ]
        for home, proxy in zip(homes, cables, strict=True):
            membership.enrol(read_home(home), central.code(), proxy.url, monotonic)
        people, permits = fill(homes, folder, int(PEOPLE_A_MINUTE * max(minutes, 1)))
        twice, drawers = permits[-1], [permits[place:-1:3] for place in range(3)]
        posts, received = [], list[str]()
        for place, (name, home) in enumerate(zip(NAMES, homes, strict=True)):
            screen = closing_.enter_context(x_server(_made(folder / f"x-{place}")))
            posts.append(
                Post(
                    name,
                    home,
                    screen,
                    cables[place],
                    Random(seed * 100 + place),
                    0.0,
                    people,
                    received,
                    drawers[place],
                    AHEAD if place == 2 else timedelta(),
                    pause,
                )
            )
        chance.shuffle(people)
        yield Afternoon(central, posts, seed, harsh, twice)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def fill(homes: Sequence[Path], folder: Path, count: int) -> tuple[list[str], list[lot.Holder]]:
    """The day's list and a lot, at the second desk, then at each; permits move to the drawer of each desk."""
    holders = write_permits(folder / "titres.csv")
    with closing(open_office(homes[1], at=MOMENT)) as office:
        import_list(office.desk, write_people(folder / "liste.xls", count))
        receive_permits(office.desk, folder / "titres.csv")
    for home in (homes[1], *homes):
        exchange(home)
    with closing(open_office(homes[1], at=MOMENT)) as office:
        for place, name in ((0, NAMES[0]), (2, NAMES[2])):
            answers = custody.offer(office.desk, [one.card for one in holders[place:-1:3]], name)
            assert all(answer.done for answer in answers), answers
        with office.desk.looking() as connection:
            codes = [convocation_rows.code_of(one) for one in convocation_rows.every(connection)]
    for home in (homes[1], homes[0], homes[2]):
        exchange(home)
        with closing(open_office(home, at=MOMENT)) as office:
            custody.take(office.desk)
    for _ in range(2):
        for home in homes:
            exchange(home)
    return codes, holders


def check(afternoon: Afternoon) -> None:
    """What must hold once all is quiet and every window is closed."""
    for post in afternoon.posts:
        for log in (*post.home.parent.glob(f"{post.home.name}-*.log"), *post.home.glob("journaux/*.log")):
            words = log.read_text()
            expect("Traceback" not in words and " ERROR " not in words, f"nothing broke: {log}\n{words[-2000:]}")
        longest = max(wait for waits in post.own.values() for wait in waits)
        expect(longest < LONGEST_ANSWER, f"{post.name}: an answer took {longest:.2f} s")
    engine = afternoon.central.engine
    check_central(engine)
    with ExitStack() as offices:
        desks = [offices.enter_context(closing(open_office(one.home, at=MOMENT))).desk for one in afternoon.posts]
        check_same(desks, engine)
        acknowledged = set().union(*(post.seen for post in afternoon.posts))
        for desk in desks:
            check_desk(desk)
            expect(acknowledged <= held_at_desk(desk).keys(), f"{desk.name} holds all that was acknowledged")
            kinds = {item.kind for item in open_items(desk)}
            expect(
                {WorkItemKind.DOUBLE_CHECK_IN, WorkItemKind.DOUBLE_HANDOVER} <= kinds,
                f"{desk.name} tells the contradictions: {kinds}",
            )
            with desk.looking() as connection:
                (permit,) = permit_rows.by_card(connection, afternoon.twice.card)
            expect(permit.disputed, "a permit handed over twice is told so")


def spend(
    folder: Path, seed: int, seconds: float, harsh: float, pause: float, say: Callable[[str], object]
) -> Afternoon:
    """An afternoon, from its morning to its proof; `say` is told the figures, whatever the proof is."""
    with site(folder, seed, seconds / 60, harsh, pause) as afternoon:
        began = monotonic()
        for post in afternoon.posts:
            post.began = began
        try:
            afternoon.run(seconds)
        finally:
            for line in told(afternoon):
                say(line)
        for post in (*afternoon.posts, *afternoon.posts):
            exchange(post.home)  # what a window recorded while it closed leaves when it is opened again
        check(afternoon)
        return afternoon


def told(afternoon: Afternoon) -> Iterator[str]:
    """Figures of a run."""
    for post in afternoon.posts:
        yield f"{post.name}: {len(post.seen)} acts acknowledged, {dict(post.done)}, {post.lives} windows"
        for state in ("good", "bad", "cut"):
            if post.waits[state]:
                yield f"  cable {state}: {len(post.waits[state])} answers, {_spread(post.waits[state])}"
                yield f"    without the time that other programs took: {_spread(post.own[state])}"
        yield from (f"  slow: {one}" for one in post.slow)
        yield f"  faults: {dict(post.cable.met)}"
    yield f"{len(afternoon.troubles)} troubles: {', '.join(sorted(afternoon.troubles))}"
    load = f"{getloadavg()[1]:.1f} on {cpu_count()} processors"
    yield f"quiet after {afternoon.quiet_after:.1f} s; load of the machine {load}"


def _spread(seconds: list[float]) -> str:
    waits = sorted(seconds)
    middle, most = waits[len(waits) // 2], waits[int(len(waits) * 0.95)]
    return f"p50 {middle * 1000:.0f} ms, p95 {most * 1000:.0f} ms, longest {waits[-1] * 1000:.0f} ms"


def main() -> int:
    asked = argparse.ArgumentParser(description="An afternoon of pulling cables.")
    asked.add_argument("--minutes", type=float, default=20)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", type=Path, help="a folder that is not there yet, kept afterwards")
    options = asked.parse_args()
    with TemporaryDirectory(prefix="guichet-cables-") as made:
        folder = options.keep or Path(made)
        folder.mkdir(exist_ok=True)
        spend(folder, options.seed, 60 * options.minutes, 1.0, 2.0, partial(print, flush=True))
        print("nothing lost, all alike")
    return 0


if __name__ == "__main__":
    sys.exit(main())
