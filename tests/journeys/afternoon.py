"""Pulling cables between three real windows, a service and PostgreSQL, while agents go on serving people.

Cables are pulled, put back and spoilt; windows, the service and PostgreSQL are killed and started again; two desks that
do not hear each other receive the same person and hand over the same permit.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from random import Random
from threading import Event
from time import monotonic

from counter_app.app import open_office
from tests.central.served import Served
from tests.journeys.lot import Holder
from tests.journeys.posts import MOMENT, Post
from tests.sync.invariants import expect, held_at_central, held_at_desk

QUIET_WITHIN = 600.0
"""Seconds within which all hold the same once every cable is good, on a machine that is shared."""
A_WHILE = 600.0
"""Seconds in which two agents who do not hear each other have done as they were told, on a machine that is shared."""
EACH = 0.15
"""How likely a piece of bytes meets a fault on a bad cable."""
Mend = Callable[[], None]


@dataclass(slots=True)
class Afternoon:
    """The three desks, their central, and who pulls cables."""

    central: Served
    posts: list[Post]
    seed: int
    harsh: float
    """How long troubles last: 1 as told below."""
    twice: Holder
    """Whose permit is going to be handed over twice."""
    troubles: list[str] = field(default_factory=list)
    quiet_after: float = 0.0

    def run(self, seconds: float) -> None:
        """Two desks apart, then trouble everywhere for so long, then quiet. Raises what does not hold."""
        stop, leave = Event(), Event()
        with ThreadPoolExecutor(len(self.posts)) as lanes:
            at_work = [lanes.submit(post.work, stop, leave) for post in self.posts]
            try:
                self._apart(lambda: any(one.done() for one in at_work))
                until = monotonic() + seconds
                self._trouble(lambda: monotonic() > until or any(one.done() for one in at_work))
                stop.set()
                self._wait_for_quiet(lambda: any(one.done() for one in at_work))
            finally:
                stop.set()
                leave.set()
                self._whole_again()
        for one in at_work:
            one.result()

    # Trouble.

    def _apart(self, over: Callable[[], bool]) -> None:
        """Two desks out of touch receive the same person, and hand over the same permit."""
        _first, second, third = self.posts
        code = second.people.pop()
        for post in (second, third):
            self._pull(post)
            post.orders.append(partial(Post.receives_for_sure, code=code))
        third.orders.append(partial(Post.takes_over, one=self.twice))
        for post in (second, third):
            post.orders.append(partial(Post.gives, one=self.twice))
            post.orders.append(Post.note)
        self._until(lambda: over() or not (second.orders or third.orders), A_WHILE)
        for post in (second, third):
            self._put_back(post)

    def _trouble(self, over: Callable[[], bool]) -> None:
        """One trouble after the other at each place, several places at once."""
        chances = [Random(self.seed * 10 + number) for number in range(len(self.posts) + 1)]
        places = [partial(self._at_cable, chance, post) for chance, post in zip(chances, self.posts, strict=False)]
        places.append(partial(self._at_central, chances[-1]))
        due = [monotonic() + self._draw(chance, 1, 10) for chance in chances]
        mends: list[Mend | None] = [None] * len(places)
        wait = Event()
        while not over():
            for number, place in enumerate(places):
                if monotonic() < due[number]:
                    continue
                mend = mends[number]
                if mend is None:
                    due[number], mends[number] = place()
                else:
                    mend()
                    due[number], mends[number] = monotonic() + self._draw(chances[number], 3, 20), None
            wait.wait(0.1)
        for mend in mends:
            if mend:
                mend()

    def _draw(self, chance: Random, least: float, most: float) -> float:
        return self.harsh * chance.uniform(least, most)

    def _at_cable(self, chance: Random, post: Post) -> tuple[float, Mend | None]:
        match chance.choice(("pull", "pull", "spoil", "plug")):
            case "pull":
                self._pull(post)
                return monotonic() + self._draw(chance, 3, 45), partial(self._put_back, post)
            case "spoil":
                self.troubles.append(f"bad cable at {post.name}")
                post.cable.each, post.cable_is = EACH, "bad"
                return monotonic() + self._draw(chance, 10, 40), partial(self._calm, post)
            case _:
                self.troubles.append(f"plug of {post.name}")
                post.doomed = True
                return monotonic() + self._draw(chance, 10, 60), None

    def _at_central(self, chance: Random) -> tuple[float, Mend | None]:
        which = chance.choice(("service", "PostgreSQL", "both"))
        self.troubles.append(f"kill -9 of {which}")
        if which != "PostgreSQL":
            self.central.kill()
        if which != "service":
            self.central.postgres.kill()
        self._central_down(True)
        return monotonic() + self._draw(chance, 1, 12), partial(self._start_again, which)

    def _start_again(self, which: str) -> None:
        if which != "service":
            self.central.postgres.start()
        if which != "PostgreSQL":
            self.central.start()
        self._central_down(False)

    def _central_down(self, down: bool) -> None:
        for post in self.posts:
            post.central_down = down

    def _pull(self, post: Post) -> None:
        self.troubles.append(f"cable of {post.name} out")
        post.cable_is = "cut"
        post.cable.pull()

    def _put_back(self, post: Post) -> None:
        post.cable.put_back()
        post.cable_is = "good"

    def _calm(self, post: Post) -> None:
        post.cable.calm()
        post.cable_is = "good"

    def _whole_again(self) -> None:
        for post in self.posts:
            post.cable.calm()

    # Quiet.

    def _wait_for_quiet(self, over: Callable[[], bool]) -> None:
        began = monotonic()
        with ExitStack() as offices:
            desks = [offices.enter_context(closing(open_office(one.home, at=MOMENT))).desk for one in self.posts]

            def same() -> bool:
                there = held_at_central(self.central.engine)
                return all(post.idle for post in self.posts) and all(held_at_desk(desk) == there for desk in desks)

            self._until(lambda: over() or same(), QUIET_WITHIN)
        self.quiet_after = monotonic() - began

    def _until(self, seen: Callable[[], bool], longest: float) -> None:
        wait, until = Event(), monotonic() + longest
        while not seen():
            expect(monotonic() < until, f"not within {longest:.0f} s")
            wait.wait(0.5)
