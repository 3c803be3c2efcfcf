"""An agent at the handover window: scans of sleeves, passports and stamps, and eyes on the ticks of the page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby

from counter_app.domain.acts import ActKind
from counter_app.domain.permit import Permit, PermitState
from counter_app.store import journal, permit_rows
from tests.journeys.agent import REACTION, SCANS, Agent
from tests.journeys.lot import Holder
from tests.journeys.xserver import XServer, colours

LEFT, TOP, RIGHT, BOTTOM = 242, 290, 266, 728
"""Where the signs of the lines stand."""
SIGN = 12
"""Least height of a sign; a letter of the answer above is smaller."""
SCANNED, SHOWN, PAID, GIVEN_BACK, FULL = 3, 4, 5, 6, 7
"""Lines ticked, step by step: the summons and who collects are ticked from the start."""
AT_ONCE = ("--delay", "0")
"""A reader holds its keys ready: between two of them nothing may put it to sleep, as a busy machine does a program that
waits, or the window takes them for typing."""
LOOKED_AT = 400
"""Last acts of the desk that are looked at for what somebody was told."""


def ticks(server: XServer) -> int:
    """How many lines of the page bear the sign « fait »."""
    done = bytes(reversed(colours()["ok-text"]))
    inked = (done in row for row in server.rows(LEFT, TOP, RIGHT, BOTTOM))
    return sum(1 for ink, run in groupby(inked) if ink and len(list(run)) >= SIGN)


@dataclass
class Remise(Agent):
    """Hands and eyes at « Remise »."""

    served: list[int] = field(default_factory=list)
    """Keys of each permit handed over when all is scanned."""

    def permit(self, one: Holder) -> Permit:
        """What the second door knows of a permit."""
        with self.door.office.desk.looking() as connection:
            (known,) = permit_rows.by_card(connection, one.card)
        return known

    def sleeve(self, one: Holder) -> str:
        """The code on the sleeve."""
        return permit_rows.code_of(self.permit(one))

    def told(self, one: Holder | None, verdict: str) -> int:
        """How often this permit, or nobody's, was answered so."""
        desk = self.door.office.desk
        kinds = (ActKind.HANDOVER_ATTEMPTED, ActKind.SCAN_UNKNOWN)
        with desk.looking() as connection:
            acts = journal.latest(connection, desk.stream, kinds, LOOKED_AT)
        mine = [act for act in acts if one is None or act.subject.id == self.permit(one).id]
        return sum(act.details.get("verdict") == verdict for act in mine)

    def scan(self, code: str) -> None:
        """The reader's keys, and its own Enter."""
        self._run("type", *AT_ONCE, "--args", "1", code, "key", *AT_ONCE, "Return")

    def keeps(self, one: Holder | None, verdict: str, before: int, misread: int) -> None:
        """What was told is kept, once: once more at most for each scan that a busy machine had made again."""
        self.window.until(lambda: self.told(one, verdict) > before, f"« {verdict} » kept")
        assert self.told(one, verdict) <= before + 1 + self.misread - misread

    def hears(self, one: Holder | None, verdict: str, family: str, scan: Callable[[], None]) -> None:
        """Scan until somebody is told this, and it is kept: a scan cut in two may have an answer of the same colour."""
        before, misread = self.told(one, verdict), self.misread
        for _ in range(SCANS):
            self.shows(family, scan)
            if self.window.glimpses(lambda: self.told(one, verdict) > before):
                break
            self.misread += 1
            self._run("key", "Escape")
            self.sees_no_answer()
        self.keeps(one, verdict, before, misread)

    def scan_passport(self, one: Holder, *then: str) -> None:
        """Both lines, each with the reader's own Enter; then, without waiting, what else the reader reads."""
        keys = ("key", *AT_ONCE, "Return")
        lines = (("type", *AT_ONCE, "--args", "1", line, *keys) for line in (*one.passport, *then))
        self._run(*(word for line in lines for word in line))

    def sees_ticks(self, count: int) -> None:
        """Wait until so many lines are done, long enough for a hand to move."""
        server = self.window.server
        self.window.until(lambda: ticks(server) == count, f"{count} lines done, but {ticks(server)}")
        self.window.pause(REACTION)

    def ticks_by(self, scan: Callable[[], None], count: int) -> None:
        """Scan, again when a busy machine held the reader back, until so many lines are done."""
        for _ in range(3):
            scan()
            if self.window.glimpses(lambda: ticks(self.window.server) == count):
                return
            self.misread += 1
        self.sees_ticks(count)

    def at_the_line(self, count: int) -> None:
        """So many lines are done and the next one has the keyboard. Under load a scan made again may come in two
        parts, of which the second one calls the keyboard back to the field: a hand looks before it presses."""
        self.sees_ticks(count)
        if self.window.server.field_has_focus():
            self.misread += 1
            self._run("key", "Down")
            self.window.until(lambda: not self.window.server.field_has_focus(), "the keyboard on a line")

    def does(self, count: int) -> None:
        """Enter does the line; pressed again when the tail of a scan took it, where the hand sees that nothing came."""
        server = self.window.server
        if ticks(server) >= count:  # the Enter pressed again for the line before came after all: it did this one
            self.keys += 1
            return
        self.press("Return")
        for _ in range(SCANS):
            if self.window.glimpses(lambda: ticks(server) >= count):
                return
            self.misread += 1
            self._run("key", *(["Down"] if server.field_has_focus() else []), "Return")
        self.sees_ticks(count)

    def opens(self, one: Holder) -> None:
        """The page of somebody, by the sleeve taken from its tray."""
        self.ticks_by(lambda: self.scan(self.sleeve(one)), SCANNED)
        self.sees("ok")

    def scans_all(self, one: Holder) -> None:
        """The sleeve; then passport and stamp in a row, without waiting."""
        self.opens(one)
        self.ticks_by(lambda: self.scan_passport(one, one.stamp), PAID)

    def confirms(self, one: Holder) -> None:
        """The summary, then the act; nothing is recorded before."""
        self.press("ctrl+Return")
        self.sees_ticks(0)
        assert self.permit(one).state is not PermitState.HANDED_OVER
        self.press("ctrl+Return")
        self.window.until(lambda: self.permit(one).state is PermitState.HANDED_OVER, f"{one.family} has their permit")

    def fills_in(self) -> None:
        """All is scanned: the récépissé given back, signed on paper. Two keys."""
        self.at_the_line(PAID)
        for done in (GIVEN_BACK, FULL):
            self.does(done)
        self.sees_ticks(FULL)

    def closes(self, one: Holder) -> None:
        """All is scanned: filled in, read again, handed over. Four keys."""
        self.fills_in()
        self.confirms(one)

    def from_the_field(self, *keys: str) -> None:
        """Keys that count from the one field, once it has the keyboard."""
        self.window.until(self.window.server.field_has_focus, "the keyboard in the field")
        self.press(*keys)

    def hands_over(self, one: Holder) -> None:
        """Everything in order: three scans, four keys."""
        before = self.keys
        self.scans_all(one)
        self.closes(one)
        self.served.append(self.keys - before)
