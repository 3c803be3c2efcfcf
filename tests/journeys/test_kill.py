"""Power cuts, and a second window: what was acknowledged is never lost, and one home has one window."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from counter_app.usecases.receipts import find_receipt
from tests.journeys.agent import Agent, SecondDoor, counter_app, open_window, second_door, window_on
from tests.journeys.monday import AT
from tests.journeys.xserver import XServer

pytestmark = pytest.mark.xdist_group("window")

CUTS = 4
BETWEEN_CUTS = 5
"""People received before each power cut."""
MOMENT = datetime.fromisoformat(AT).replace(tzinfo=ZoneInfo("Europe/Paris"))


@contextmanager
def agent_at(server: XServer, home: Path, log: Path) -> Iterator[Agent]:
    with window_on(server, home, AT, log) as window, second_door(home, MOMENT) as door:
        yield Agent(window, door)


def due(home: Path) -> list[str]:
    """Codes of people who may come in now."""
    people = counter_app(home, "convocations", "--day", AT[:10], at=AT)["convocations"]
    return [one["code"] for one in people if one["status"] == "expected" and "09:00" <= one["slot"][11:16] <= "09:50"]


def receive(agent: Agent, code: str) -> None:
    agent.shows("ok", lambda: agent.scan(code))
    agent.press("Return")


def ticketed(door: SecondDoor) -> list[str]:
    """People whose ticket is in the folder, by convocation."""
    receipts = [find_receipt(door.office.desk, path.stem.rpartition("-")[0]) for path in door.tickets()]
    assert all(receipts), "a ticket without its act"
    return [receipt.convocation_id for receipt in receipts if receipt]


def receive_until_cut(agent: Agent, people: list[str], *, patient: bool) -> set[str]:
    """Receive them one after the other and cut the power on the last; whom the second door had seen by then."""
    *others, last = people
    for code in others:
        receive(agent, code)
        agent.sees_arrival(code)
    receive(agent, last)
    if patient:
        agent.window.until(lambda: agent.door.arrived(last), "the last arrival")
    seen = {code for code in people if agent.door.arrived(code)}
    agent.window.kill()
    return seen


def test_power_cuts_in_the_middle_of_scans_lose_no_acknowledged_arrival(
    server: XServer, monday: Path, tmp_path: Path
) -> None:
    waiting = due(monday)
    seen: set[str] = set()
    for cut in range(CUTS):
        with agent_at(server, monday, tmp_path / f"window-{cut}.log") as agent:
            people = waiting[cut * BETWEEN_CUTS :][:BETWEEN_CUTS]
            seen |= receive_until_cut(agent, people, patient=bool(cut % 2))
    assert len(seen) >= CUTS * (BETWEEN_CUTS - 1) + CUTS // 2
    with second_door(monday, MOMENT) as door:
        here = [code for code in waiting if door.arrived(code)]
        assert seen <= set(here)
        assert set(ticketed(door)) <= {door.person(code).id for code in here}
    assert counter_app(monday, "verify")["ok"]
    assert counter_app(monday, "rebuild")["same"]


def test_a_ticket_that_a_power_cut_kept_in_is_printed_by_f9(server: XServer, monday: Path, tmp_path: Path) -> None:
    """The arrival was recorded by the second door: as after a cut, no paper came out of this window."""
    code = due(monday)[0]
    assert counter_app(monday, "check-in", code, at=AT)["recorded"]
    with agent_at(server, monday, tmp_path / "window.log") as agent:
        agent.shows("warn", lambda: agent.scan(code))
        agent.press("F9")
        agent.window.until(agent.door.tickets, "the ticket")
        assert [path.stem[-1] for path in agent.door.tickets()] == ["1"]


def test_a_second_window_is_refused_in_french_and_the_first_goes_on(
    server: XServer, monday: Path, tmp_path: Path
) -> None:
    code = due(monday)[0]
    with agent_at(server, monday, tmp_path / "first.log") as agent:
        first = agent.window.shown()
        second = open_window(server, monday, AT, tmp_path / "second.log")
        second.until(lambda: set(second.shown()) - set(first), "the refusal")
        second.take_keyboard()
        server.run("xdotool", "key", "Return")
        assert second.process.wait(timeout=30) == 3
        assert "déjà ouverte sur ce poste" in second.log.read_text()
        agent.window.take_keyboard()
        receive(agent, code)
        agent.sees_arrival(code)
