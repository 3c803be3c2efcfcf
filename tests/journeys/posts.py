"""An agent of an afternoon at a real window behind a bad cable: arrivals, handovers, undone gestures, power cuts."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from threading import Event
from time import monotonic
from zoneinfo import ZoneInfo

from counter_app.domain.acts import ActKind, device_of
from counter_app.store import journal
from counter_app.usecases import undo
from counter_app.usecases.answers import RecentGesture
from tests.journeys.agent import BETWEEN, REACTION, SecondDoor, Window, counter_app, open_window, ready, second_door
from tests.journeys.handing import Remise
from tests.journeys.lot import Holder
from tests.journeys.xserver import XServer
from tests.sync.invariants import held_at_desk
from tests.sync.proxy import Proxy

AT = "2026-11-23T09:05:00"
"""When the run begins."""
MOMENT = datetime.fromisoformat(AT).replace(tzinfo=ZoneInfo("Europe/Paris"))
GIVEN_UP = 15.0
"""Seconds without any answer after which an agent scans again."""
PAGE = (242, 180, 1040, 730)
"""Where the page of a handover stands: left, top, right and bottom."""
LOOKS_AT_PAGE = 400
STILL = 10
"""Looks at a page that does not move after which it is read."""
SLOW = 0.3
"""Seconds of an answer that is told by itself."""
UNDONE = (ActKind.ARRIVAL_UNDONE, ActKind.HANDOVER_UNDONE)


class Killed(Exception):
    """The window is gone: somebody pulled its plug."""


Order = Callable[["Post"], object]


@dataclass(slots=True)
class Post:
    """A desk: its home, its screen, its cable, what its agent did and saw."""

    name: str
    home: Path
    server: XServer
    cable: Proxy
    chance: Random
    began: float
    people: list[str]
    """Codes that the three agents share."""
    received: list[str]
    """Those whom one of them received, or is receiving."""
    permits: list[Holder]
    """Permits in the drawer of this desk."""
    ahead: timedelta = timedelta()
    """How much its clock is ahead."""
    pause: float = 2.0
    """Longest seconds between two people."""
    cable_is: str = "good"
    """`good`, `bad` or `cut`."""
    central_down: bool = False
    orders: "deque[Order]" = field(default_factory=deque)
    waits: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Seconds from the last key of a scan to the first pixel of its answer, by how the network was."""
    own: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """The same without the time in which other programs had the processors."""
    slow: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    """Acts of this desk seen in its file: acknowledged."""
    done: Counter[str] = field(default_factory=Counter)
    doomed: bool = False
    """The plug is pulled in the middle of the next gesture."""
    door: SecondDoor = field(init=False)
    agent: Remise = field(init=False)
    lives: int = 0
    idle: bool = False
    """Nobody is served any more; what is left is exchanged."""

    @property
    def now(self) -> str:
        """What its clock says, on a day that began with the run."""
        moment = datetime.fromisoformat(AT) + timedelta(seconds=monotonic() - self.began) + self.ahead
        return moment.isoformat(timespec="seconds")

    def work(self, stop: Event, leave: Event) -> None:
        """Serve people, each window after the other, until `stop`; then have all exchanged until `leave`."""
        with second_door(self.home, MOMENT) as self.door:
            while not leave.is_set():
                with self._window() as window:
                    self.agent = Remise(window, self.door)
                    try:
                        if self._serves(stop):
                            self._exchanges(leave)
                    except AssertionError as error:
                        picture = self.home.with_suffix(".png")
                        self.server.picture().save(picture)
                        error.add_note(f"{self.name} at {self.now}, cable {self.cable_is}: {picture}")
                        raise

    def _serves(self, stop: Event) -> bool:
        """False when the window was killed meanwhile."""
        try:
            while not stop.is_set():
                (self.orders.popleft() if self.orders else self._a_gesture())(self)
                self.note()
                self.agent.window.pause(BETWEEN + self.pause * self.chance.random())
        except Killed:
            self.done["power cuts"] += 1
            return False
        return True

    def _exchanges(self, leave: Event) -> None:
        self.idle = True
        while not leave.is_set():
            self.agent.window.take_keyboard()
            self.agent.press("ctrl+shift+s")
            leave.wait(2)
        self.agent.window.pause()

    @contextmanager
    def _window(self) -> Iterator[Window]:
        self.lives += 1
        window = open_window(
            self.server, self.home, self.now, self.home.with_name(f"{self.home.name}-{self.lives}.log")
        )
        try:
            window.until(window.shown, "a window")
            window.until(lambda: ready(window), "the field with the focus")
            yield window
        finally:
            window.close()

    def note(self) -> None:
        """What stands in the file is acknowledged: it may never be lost."""
        desk = self.door.office.desk
        mine = device_of(desk.stream)
        self.seen |= {act for act, place in held_at_desk(desk).items() if device_of(place[0]) == mine}

    def _a_gesture(self) -> Order:
        usual: dict[Order, int] = {Post.receives: 12, Post.receives_and_undoes: 2, Post.looks_again: 2}
        if self.permits:
            usual[Post.hands_over] = 2
        return self.chance.choices(list(usual), list(usual.values()))[0]

    # What an agent does.

    def receives(self) -> None:
        """The next person of the list."""
        if self.people:
            self.checks_in(self.people.pop(self.chance.randrange(min(len(self.people), 40))))

    def looks_again(self) -> None:
        """Somebody whom a desk received a while ago, or is receiving."""
        if self.received:
            self.done[f"again: {self.scan(self.chance.choice(self.received[-12:]))}"] += 1
            self.free()

    def receives_and_undoes(self) -> None:
        """An arrival taken back at once."""
        if not self.people:
            return
        code = self.people.pop(0)
        if self.checks_in(code):
            before = self._undone()
            self.agent.press("ctrl+z")
            self.agent.window.until(lambda: self._undone() != before, "an arrival taken back")
            self.done["undone"] += 1
            self.free()
            self.people.append(code)

    def checks_in(self, code: str) -> bool:
        """Scan, Enter: whether it was recorded here."""
        self.received.append(code)
        family = self.scan(code)
        if family != "ok":
            self.done[f"arrival: {family}"] += 1
            self.free()
            return False
        self.agent.press("Return")
        self.dies()
        server = self.server
        self.agent.window.until(lambda: server.family() != "ok", "an answer to Enter")
        recorded = self._own_arrival(code)
        self.done["arrival" if recorded else f"arrival not recorded: {server.family()}"] += 1
        self.free()
        return recorded

    def receives_for_sure(self, code: str) -> None:
        """Somebody who stands there until it is done."""
        if not any(self.checks_in(code) for _ in range(4)):
            raise AssertionError(f"{code} is not received at {self.name}: {dict(self.done)}")

    def hands_over(self) -> None:
        """A permit of the drawer to its holder."""
        if self.permits:
            self.gives(self.permits.pop())

    def gives(self, one: Holder) -> None:
        """The whole page; again when a busy machine held the reader back."""
        for _ in range(4):
            self._page(one)
            if self.agent.window.glimpses(lambda: self._gone(one)):
                self.done["handed over"] += 1
                self.free()
                self.agent.press("F2")
                return
            self.done["page begun again"] += 1
            self.free()
        raise AssertionError(f"{one.family} does not get their permit at {self.name}")

    def _page(self, one: Holder) -> None:
        """Three scans, four keys. What stands on the page depends on the network; that it answers each does not."""
        agent = self.agent
        self.scan(agent.sleeve(one))
        self._moves(lambda: agent.scan_passport(one, one.stamp))
        self.dies()
        for keys in ("Return", "Return", "ctrl+Return", "ctrl+Return"):
            self._moves(partial(agent.press, keys))

    def _gone(self, one: Holder) -> bool:
        """Whether this desk handed it over."""
        permit = self.agent.permit(one).id
        return any(act.kind == ActKind.PERMIT_HANDED_OVER and act.subject_id == permit for act in self._last())

    def _last(self) -> list[RecentGesture]:
        """What this desk did last."""
        return undo.recent(self.door.office.desk, 5)

    def _moves(self, hands: Callable[[], object]) -> None:
        """Do something, and wait until the page has answered it and stands still."""
        self._stands_still()
        before = self.server.rows(*PAGE)
        hands()
        for _ in range(LOOKS_AT_PAGE):
            if self.server.rows(*PAGE) != before:
                break
            self.agent.window.pause(0.03)
        self._stands_still()

    def _stands_still(self) -> None:
        before, since = self.server.rows(*PAGE), 0
        for _ in range(LOOKS_AT_PAGE):
            self.agent.window.pause(0.03)
            now = self.server.rows(*PAGE)
            before, since = now, since + 1 if now == before else 0
            if since >= STILL:
                return

    def takes_over(self, one: Holder) -> None:
        """The permit lies here, whatever the others believe: a supervisor agrees, at the second door."""
        told = ("--override", "Le titre est ici", "--approved-by", "M. Roux")
        counter_app(self.home, "permits", "custody", one.card, *told, at=self.now)
        self.done["custody taken over"] += 1

    def dies(self) -> None:
        """The plug is pulled, when it was going to be."""
        if self.doomed:
            self.doomed = False
            self.note()
            self.agent.window.kill()
            raise Killed

    # Hands and eyes.

    def scan(self, code: str) -> str:
        """The family of the answer; timed from the last key to its first pixel."""
        window, server = self.agent.window, self.server
        for _ in range(4):
            window.take_keyboard()
            self.agent.scan(code)
            began, starved = monotonic(), self._starved()
            state = "cut" if self.central_down else self.cable_is
            while monotonic() - began < GIVEN_UP:
                if server.family():
                    self._measured(state, monotonic() - began, self._starved() - starved)
                    window.pause(REACTION)
                    return server.family()
                window.pause(0.004)
            self.done["scanned again"] += 1
            self.free()
        raise AssertionError(f"no answer to a scan at {self.name}")

    def _measured(self, state: str, waited: float, starved: float) -> None:
        own = max(0.0, waited - starved)
        self.waits[state].append(waited)
        self.own[state].append(own)
        if own > SLOW:
            self.slow.append(f"{self.now} {state}: {waited:.2f} s, of which {starved:.2f} s without a processor")

    def _starved(self) -> float:
        """Seconds in which the screen and the window were ready to go on and the machine did not let them.

        Of the window: its own thread, and the lane that waited longest, since one lane at a time is on the way to an
        answer (`/proc/PID/schedstat`, second figure, nanoseconds).
        """
        window, screen = self.agent.window.process.pid, self.server.process.pid
        lanes = {path.parent.name: _delay(path) for path in Path(f"/proc/{window}/task").glob("*/schedstat")}
        own = lanes.pop(str(window), 0.0)
        return own + max(lanes.values(), default=0.0) + _delay(Path(f"/proc/{screen}/schedstat"))

    def free(self) -> None:
        """Back to an empty field: a key that is pressed twice would take the next answer away."""
        window, server = self.agent.window, self.server
        for _ in range(3):
            if not server.family():
                return
            self.agent.press("Escape")
            for _look in range(LOOKS_AT_PAGE):
                window.pause(0.03)
                if not server.family():
                    return
        self.agent.sees_no_answer()

    def _undone(self) -> str:
        """The act that took a gesture back last."""
        desk = self.door.office.desk
        with desk.looking() as connection:
            last = journal.latest(connection, desk.stream, UNDONE, 1)
        return last[0].act_id if last else ""

    def _own_arrival(self, code: str) -> bool:
        """Whether the last arrival recorded here is theirs."""
        who = self.door.person(code).id
        return any(one.kind == ActKind.CHECKED_IN and one.subject_id == who for one in self._last())


def _delay(told: Path) -> float:
    """Seconds for which a thread waited for a processor; none when it is gone."""
    try:
        return int(told.read_text().split()[1]) / 1e9
    except OSError:
        return 0.0
