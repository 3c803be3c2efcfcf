"""A scripted agent at a real window: hands on the keyboard and the reader, eyes on the screen, and a second door."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from counter_app.app import open_office
from counter_app.domain.codes import CodeKind, OwnCode, read_code
from counter_app.domain.convocation import Convocation
from counter_app.office import Office
from counter_app.store import convocation_rows
from counter_app.usecases import undo
from counter_app.usecases.answers import RecentGesture
from tests.journeys.xserver import XServer

LOOKS = 3_000
"""Looks at the screen or at the file before giving up."""
BETWEEN = 0.02
"""Seconds between two looks."""
GLANCES = 100
"""Looks before an agent who sees nothing scans again."""
SCANS = 4
REACTION = 0.06
"""Seconds that an answer has to stand before a hand moves: no person is faster."""


def counter_app(home: Path, *words: str, at: str = "") -> dict[str, Any]:
    """The second door: one verb, its JSON."""
    order = [sys.executable, "-m", "counter_app", "--home", str(home), "--json", *(["--at", at] if at else []), *words]
    done = subprocess.run(order, capture_output=True, text=True, timeout=120)
    assert done.returncode in (0, 3), f"{words}: {done.stdout}{done.stderr}"
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@dataclass
class Window:
    """A real window in a process of its own."""

    server: XServer
    process: subprocess.Popen[bytes]
    log: Path

    def until(self, seen: Callable[[], object], what: str) -> None:
        """Look again and again until something is so; the window must live meanwhile."""
        for _ in range(LOOKS):
            if seen():
                return
            self.pause()
        self.server.picture().save(self.log.with_suffix(".png"))
        raise AssertionError(f"never seen: {what}, see {self.log.with_suffix('.png')}\n{self.log.read_text()}")

    def glimpses(self, seen: Callable[[], bool]) -> bool:
        """Look for a while only."""
        for _ in range(GLANCES):
            if seen():
                return True
            self.pause()
        return False

    def pause(self, seconds: float = BETWEEN) -> None:
        """Let time pass, and notice when the window dies."""
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return
        raise AssertionError(f"the window went away ({code})\n{self.log.read_text()}")

    def shown(self, title: str = "Guichet") -> list[str]:
        """Identities of the windows on screen whose title begins so, the newest last."""
        return self.server.run("xdotool", "search", "--onlyvisible", "--name", f"^{title}").split()

    def take_keyboard(self, title: str = "Guichet") -> None:
        """Without a window manager nobody else gives a window the keyboard."""

        def taken() -> bool:
            newest = self.shown(title)[-1:]
            return bool(newest) and not self.server.run("xdotool", "windowfocus", "--sync", *newest)

        self.until(taken, f"a window « {title} »")

    def kill(self) -> None:
        """As a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=30)

    def close(self) -> None:
        """As the system does at the end of a session."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)


def open_window(server: XServer, home: Path, at: str, log: Path) -> Window:
    """Start the window on a home; it is there when the field has the focus."""
    environment = {**os.environ, "DISPLAY": server.display, "QT_QPA_PLATFORM": "xcb"}
    order = [sys.executable, "-m", "counter_app", "--home", str(home), "--at", at]
    with log.open("wb") as file:
        process = subprocess.Popen(order, env=environment, stdout=file, stderr=file)
    return Window(server, process, log)


@contextmanager
def window_on(server: XServer, home: Path, at: str, log: Path) -> Iterator[Window]:
    """A window ready to scan, closed at the end."""
    window = open_window(server, home, at, log)
    try:
        window.until(window.shown, "a window")
        window.until(lambda: ready(window), "the field with the focus")
        yield window
    finally:
        window.close()


def ready(window: Window) -> bool:
    """Give the newest window the keyboard, and see whether its field has the focus."""
    window.take_keyboard()
    return window.server.field_has_focus()


@dataclass
class SecondDoor:
    """The same home, open beside the window."""

    office: Office

    def person(self, code: str) -> Convocation:
        """Who an own code stands for."""
        read = read_code(code)
        assert isinstance(read, OwnCode) and read.kind is CodeKind.CONVOCATION
        with self.office.desk.looking() as connection:
            (one,) = convocation_rows.by_code(connection, read.value)
        return one

    def arrived(self, code: str) -> bool:
        """Whether an arrival stands."""
        return self.person(code).arrival is not None

    def gestures(self) -> list[RecentGesture]:
        """What this desk did, newest first."""
        return undo.recent(self.office.desk, 1000)

    def attempts(self, verdict: str) -> int:
        """How often somebody was told this."""
        return sum(gesture.kind == "arrival_attempted" and gesture.verdict == verdict for gesture in self.gestures())

    def tickets(self) -> list[Path]:
        """Tickets in the folder, originals and duplicates, by name."""
        return sorted(self.office.home.papers.glob("T-*.pdf"))


@contextmanager
def second_door(home: Path, at: datetime) -> Iterator[SecondDoor]:
    """Look at a home while a window works on it."""
    with closing(open_office(home, at=at)) as office:
        yield SecondDoor(office)


@dataclass
class Agent:
    """Hands and eyes. `keys` counts what the hands press; a reader presses none of them."""

    window: Window
    door: SecondDoor
    keys: int = 0
    spent: list[int] = field(default_factory=list)
    """Keys of each person checked in."""
    waits: list[float] = field(default_factory=list)
    """Seconds from the end of a scan to its answer on screen, looked at every 20 ms."""
    misread: int = 0
    """Scans made again: on a machine that other tests keep busy, a reader is held back for longer than any is."""

    def scan(self, code: str) -> None:
        """The reader types as fast as it can, and ends with its own Enter."""
        self._run("type", "--delay", "1", "--args", "1", code, "key", "--delay", "1", "Return")

    def scan_keys(self, *keys: str) -> None:
        """A reader set for another keyboard presses these keys."""
        self._run("key", "--delay", "1", *keys, "Return")

    def shows(self, family: str, scan: Callable[[], None]) -> None:
        """Scan, again if need be, until an answer of this family stands."""
        for _ in range(SCANS):
            scan()
            began = monotonic()
            if self.window.glimpses(lambda: self.window.server.family() == family):
                self.waits.append(monotonic() - began)
                self.sees(family)
                return
            self.misread += 1
            self._run("key", "Escape")
            self.sees_no_answer()
        self.sees(family)

    def type(self, text: str) -> None:
        """A person types."""
        self.keys += len(text)
        self._run("type", "--delay", "8", text)

    def press(self, *keys: str) -> None:
        """A person presses keys."""
        self.keys += len(keys)
        self._run("key", "--delay", "8", *keys)

    def sees(self, family: str) -> None:
        """Wait for an answer of this family that stands long enough for a hand to move."""
        server = self.window.server

        def stands() -> bool:
            if server.family() != family:
                return False
            self.window.pause(REACTION)
            return server.family() == family

        self.window.until(stands, f"an answer « {family} », but « {server.family()} »")

    def sees_no_answer(self) -> None:
        """Wait until nobody is being answered."""
        self.window.until(lambda: not self.window.server.family(), "no answer on screen")

    def sees_arrival(self, code: str) -> None:
        """Wait until the second door knows of the arrival, and the screen is free for the next person."""
        self.window.until(lambda: self.door.arrived(code), f"{self.door.person(code).name} arrived")
        self.sees_no_answer()

    def _run(self, *order: str) -> None:
        self.window.server.run("xdotool", *order)
