"""A whole morning: a real window, a real keyboard, a hundred people, and what the second door says of it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

import pytest

from tests.documents.reading import THERMAL, codes_on, pictures, words
from tests.journeys.agent import REACTION, Agent, counter_app, second_door, window_on
from tests.journeys.monday import AT
from tests.journeys.xserver import XServer

pytestmark = pytest.mark.xdist_group("window")

HUNDRED = 100
ROW = "ampersand eacute quotedbl apostrophe parenleft minus egrave underscore ccedilla agrave"
AZERTY = dict(zip("1234567890", ROW.split(), strict=True))
"""What a reader set for a US keyboard presses on a French one."""


@pytest.fixture
def agent(server: XServer, monday: Path, tmp_path: Path) -> Iterator[Agent]:
    moment = datetime.fromisoformat(AT).replace(tzinfo=ZoneInfo("Europe/Paris"))
    with window_on(server, monday, AT, tmp_path / "window.log") as window, second_door(monday, moment) as door:
        yield Agent(window, door)


def listed(home: Path) -> dict[str, dict[str, str]]:
    """Everybody on the list, by own code."""
    days = ("2026-11-23", "2026-11-24")
    found = [one for day in days for one in counter_app(home, "convocations", "--day", day, at=AT)["convocations"]]
    return {one["code"]: one for one in found}


class Morning:
    """The steps of the morning, one after the other, in one window."""

    def __init__(self, agent: Agent, people: dict[str, dict[str, str]]) -> None:
        self.agent, self.people = agent, people
        self.came: list[str] = []

    def code_of(self, name: str, born: str = "") -> str:
        """The own code of somebody with a part to play."""
        (code,) = (
            code for code, one in self.people.items() if one["name"] == name and one["birth_date"].startswith(born)
        )
        return code

    def confirm(self, code: str, keys_before: int) -> None:
        """The answer is on screen: one Enter records it, and nothing did before."""
        assert not self.agent.door.arrived(code), "the reader's own Enter pressed something"
        self.agent.press("Return")
        self.agent.sees_arrival(code)
        self.agent.spent.append(self.agent.keys - keys_before)
        self.came.append(code)

    def by_scan(self, code: str, text: str = "") -> None:
        """Scan, look, Enter."""
        before = self.agent.keys
        self.agent.shows("ok", lambda: self.agent.scan(text or code))
        self.confirm(code, before)

    def by_name(self, code: str, typed: str, *moves: str) -> None:
        """A few letters, Enter, look, Enter."""
        before = self.agent.keys
        self.agent.type(typed)
        self.agent.press(*moves, "Return")
        self.agent.sees("ok")
        self.confirm(code, before)

    def is_told(self, family: str, verdict: str, code: str) -> None:
        """Scan somebody who cannot simply come in: the desk says so, records it, and Enter lets nobody in."""
        before = self.agent.door.attempts(verdict)
        self.agent.shows(family, lambda: self.agent.scan(code))
        assert self.agent.door.attempts(verdict) == before + 1
        self.agent.press("Return")
        self.agent.sees_no_answer()


def test_an_agent_receives_a_hundred_people(agent: Agent, monday: Path) -> None:
    morning = Morning(agent, listed(monday))
    for step in STEPS:
        step(morning)
    fill_up(morning)
    assert max(agent.spent) <= 7
    undo_one(morning)
    reprint(morning)
    assert len(morning.came) == HUNDRED
    agent.window.close()
    by_the_second_door(morning, monday)


def names(morning: Morning) -> None:
    morning.by_name(morning.code_of("YILMAZ Zeynep"), "yil")
    morning.by_name(morning.code_of("WOJCIK Irena"), "woj")
    morning.by_name(morning.code_of("ZIANI Samir"), "zian")
    morning.by_name(morning.code_of("XHAKA Blerim"), "2135")


def homonyms(morning: Morning) -> None:
    """Enter does not choose between two people of one name: an arrow does."""
    agent, both = morning.agent, [morning.code_of("DIALLO Mariama", born) for born in ("1991", "1958")]
    agent.type("dia")
    agent.press("Return")
    agent.sees("warn")
    agent.press("Return")
    agent.window.pause(REACTION)
    agent.sees("warn")
    assert not any(agent.door.arrived(code) for code in both)
    agent.press("Escape")
    agent.sees_no_answer()
    morning.by_name(both[1], "dia", "Down")


def nine_digits(morning: Morning) -> None:
    """An old card: the number is proposed, Enter accepts it, Enter records."""
    agent, code = morning.agent, morning.code_of("KEBE Oumar")
    before = agent.keys
    agent.shows("warn", lambda: agent.scan("770804321"))
    agent.press("Return")
    agent.sees("ok")
    morning.confirm(code, before)


def azerty(morning: Morning) -> None:
    """A reader set for a US keyboard."""
    agent, code = morning.agent, morning.code_of("KEBE Ousmane")
    before = agent.keys
    agent.shows("ok", lambda: agent.scan_keys(*(AZERTY[digit] for digit in "7704321987")))
    morning.confirm(code, before)


def refusals(morning: Morning) -> None:
    morning.is_told("warn", "already_checked_in", morning.came[0])
    morning.is_told("warn", "other_day", morning.code_of("MARDI Aline"))
    morning.is_told("stop", "cancelled", morning.code_of("EXCUSE Paul"))
    morning.is_told("go", "cancelled_by_office", morning.code_of("SERVICE Rita"))
    first = counter_app(morning.agent.door.office.home.path, "check-in", morning.came[0], "--dry-run", at=AT)["first"]
    assert (first["desk"], first["agent"], first["certainty"]) == ("Poste 2", "M. Durand", "this_desk")
    assert first["at"].startswith("2026-11-23T07:5") or first["at"].startswith("2026-11-23T08:5")


def twice(morning: Morning) -> None:
    """Enter pressed twice records once, and scolds nobody."""
    agent, code = morning.agent, next(free(morning))
    told = agent.door.attempts("already_checked_in")
    agent.shows("ok", lambda: agent.scan(code))
    agent.press("Return", "Return")
    agent.sees_arrival(code)
    assert agent.door.attempts("already_checked_in") == told
    morning.came.append(code)


def in_a_row(morning: Morning) -> None:
    """Two scans without waiting: both are answered, and the second person is in front of the agent."""
    agent = morning.agent
    first, second = morning.came[0], next(free(morning))
    before, told = agent.keys, agent.door.attempts("already_checked_in")
    agent.scan(first)
    agent.shows("ok", lambda: agent.scan(second))
    morning.confirm(second, before)
    agent.window.until(lambda: agent.door.attempts("already_checked_in") == told + 1, "the first one answered too")


def home_again(morning: Morning) -> None:
    """Escape clears the answer, Escape again goes home from anywhere."""
    agent = morning.agent
    agent.shows("ok", lambda: agent.scan(next(free(morning))))
    agent.press("Escape", "Escape")
    agent.sees_no_answer()
    agent.press("F8")
    agent.press("Escape", "Escape")
    agent.window.until(agent.window.server.field_has_focus, "the field of Accueil with the focus")


def agreed(morning: Morning) -> None:
    """Somebody of the afternoon comes at nine: a reason by its digit; a scan meanwhile is refused."""
    agent = morning.agent
    window, code = agent.window, next(late for late, one in morning.people.items() if "T16:00" in one["slot"])
    agent.shows("warn", lambda: agent.scan(code))
    agent.press("ctrl+Return")
    window.until(lambda: window.shown("Pourquoi"), "the question why")
    window.take_keyboard("Pourquoi")
    agent.scan(morning.came[0])
    agent.press("2", "Return")
    agent.sees_arrival(code)
    window.take_keyboard()
    assert agent.door.gestures()[0].verdict == "too_early"
    morning.came.append(code)


STEPS = (names, homonyms, nine_digits, azerty, refusals, twice, in_a_row, agreed, home_again)


def free(morning: Morning) -> Iterator[str]:
    """People who may come in now and did not yet."""
    for code, one in morning.people.items():
        soon = "09:00" <= one["slot"][11:16] <= "09:50" and one["slot"].startswith("2026-11-23")
        if soon and one["status"] == "expected" and not one["name"].startswith("DIALLO") and code not in morning.came:
            yield code


def fill_up(morning: Morning) -> None:
    """The others come by scan: own codes, then foreign numbers, one key each."""
    began, spent = monotonic(), len(morning.agent.spent)
    waiting = list(free(morning))[: HUNDRED - len(morning.came)]
    for place, code in enumerate(waiting):
        number = morning.people[code]["foreign_number"]
        morning.by_scan(code, number if place % 2 and number else "")
    assert set(morning.agent.spent[spent:]) == {1}
    each, seen = (monotonic() - began) / len(waiting), sorted(morning.agent.waits[-len(waiting) :])
    print(f"{len(waiting)} people by scan, {each:.2f} s each, 1 key each, {morning.agent.misread} scans made again")
    print(f"answer seen after {seen[len(seen) // 2]:.3f} s (median), {seen[-1]:.3f} s (longest)")


def undo_one(morning: Morning) -> None:
    """Ctrl+Z in the empty field takes the last arrival back, by an act; the person comes in again."""
    agent, last = morning.agent, morning.came.pop()
    agent.press("ctrl+z")
    agent.window.until(lambda: not agent.door.arrived(last), "the arrival undone")
    morning.by_scan(last)


def reprint(morning: Morning) -> None:
    """F9 prints the last paper again, as a DUPLICATA."""
    agent = morning.agent
    agent.window.until(lambda: len(agent.door.tickets()) == HUNDRED + 1, "every ticket in the folder")
    agent.press("F9")
    agent.window.until(lambda: len(agent.door.tickets()) == HUNDRED + 2, "the duplicate")


def by_the_second_door(morning: Morning, home: Path) -> None:
    """The journal holds, the projections are what the journal says, and every paper can be read."""
    assert counter_app(home, "verify")["ok"]
    assert counter_app(home, "rebuild")["same"]
    here = [code for code, one in listed(home).items() if one["status"] == "checked_in"]
    assert sorted(here) == sorted(morning.came)
    papers = [path.read_bytes() for path in sorted((home / "papiers").glob("T-*.pdf"))]
    assert sum("DUPLICATA" in words(pdf) for pdf in papers) == 1
    codes = [codes_on(pictures(pdf, THERMAL)[0])["Code 128"] for pdf in papers]
    assert len(set(codes)) == HUNDRED + 1
    assert all(code.startswith("PGT") for code in codes)
