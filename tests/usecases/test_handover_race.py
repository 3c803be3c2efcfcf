"""Two desks at one permit in the same second: real processes on one file, one hands over, the other is told so."""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from counter_app.domain.permit import PermitState
from tests.homes import Clock, moment, opened
from tests.usecases.permits_at_hand import permit_of, receive

RACER = """
import sys
from pathlib import Path
from counter_app.usecases.hand_over import hand_over
from tests.homes import Clock, moment, opened
from tests.usecases.permits_at_hand import full_draft, sleeve_of

office = opened(Path(sys.argv[1]), Clock(moment("9:15")))
desk, identity = office.desk, sys.argv[2]
draft = full_draft(desk, sleeve_of(desk, identity), sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
answer = hand_over(desk, identity, draft)
print(answer.verdict.value, answer.receipt.number if answer.receipt else "-", flush=True)
office.close()
"""
ROOT = Path(__file__).parents[2]


def racer(home: Path, identity: str, stamp: str) -> "subprocess.Popen[str]":
    """A process that stands at the line: its home is open, its page is full."""
    command = [sys.executable, "-c", RACER, str(home), identity, stamp]
    runner = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert runner.stdout is not None
    assert runner.stdout.readline() == "ready\n"
    return runner


def race(*runners: "subprocess.Popen[str]") -> list[list[str]]:
    """What each answers, all let go at once."""
    for runner in runners:
        assert runner.stdin is not None
        runner.stdin.write("go\n")
        runner.stdin.flush()
    answers = [runner.communicate()[0].split() for runner in runners]
    assert [runner.returncode for runner in runners] == [0] * len(runners)
    return answers


@pytest.mark.parametrize("stamps", [("1234567890123456", "9876543210987654"), ("1234567890123456",) * 2])
def test_two_processes_hand_over_one_permit_and_only_one_does(home: Path, stamps: tuple[str, str]) -> None:
    with closing(opened(home, Clock(moment("9:00")))) as office:
        identity = receive(office.desk)
    answers = race(*[racer(home, identity, stamp) for stamp in stamps])
    assert sorted(verdict for verdict, _receipt in answers) == ["already_handed_over", "handed_over"]
    assert len({receipt for _verdict, receipt in answers}) == 1
    with closing(opened(home, Clock(moment("9:20")))) as office:
        permit = permit_of(office.desk, identity)
        assert (permit.state, len(permit.departures), permit.attempts) == (PermitState.HANDED_OVER, 1, 1)


def test_two_processes_that_spend_one_stamp_do_not_both_get_it(home: Path) -> None:
    with closing(opened(home, Clock(moment("9:00")))) as office:
        first = receive(office.desk)
        second = receive(office.desk, "ZZ99ZZ99Z", foreign_number="5987654321")
    answers = race(*[racer(home, identity, "1234567890123456") for identity in (first, second)])
    assert sorted(answer[0] for answer in answers if answer) == ["handed_over", "stamp_already_used"]


def test_the_command_line_in_two_processes_tells_the_same(home: Path) -> None:
    with closing(opened(home, Clock(moment("9:00")))) as office:
        identity = receive(office.desk)
    command = [
        *(str(Path(sys.executable).with_name("counter-app")), "hand-over", identity, "--home", str(home), "--json"),
        *("--at", "2026-11-23T09:15", "--identity", "passport", "--identity-result", "match"),
        *("--old-document", "surrendered", "--stamp", "1234567890123456", "--signature", "paper"),
    ]
    runners = [subprocess.Popen(command, stdout=subprocess.PIPE) for _desk in range(2)]
    said = [json.loads(runner.communicate()[0]) for runner in runners]
    assert sorted(runner.returncode for runner in runners) == [0, 3]
    assert sorted(one["verdict"] for one in said) == ["already_handed_over", "handed_over"]
