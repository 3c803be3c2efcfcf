"""A process killed in the middle of a thousand check-ins loses none that it had said."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from counter_app.store import convocation_rows, heads
from counter_app.usecases.audit import rebuild, verify
from tests.homes import AtDesk, Clock, Lists, opened, person

PEOPLE = 1000
ROOT = Path(__file__).parents[2]


def killed_after(home: Path, lines: int) -> dict[str, str]:
    """Start the desk, kill it without warning once it said so many arrivals; answers all that it said."""
    desk = [sys.executable, "-m", "tests.usecases.checking_in", str(home)]
    with subprocess.Popen(desk, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        said += process.stdout.readlines()
    whole = [line.split() for line in said if line.endswith("\n")]
    return {line[0]: line[1] for line in whole}


@pytest.mark.parametrize("seed", [1])
def test_every_arrival_that_was_said_is_there_after_kills_at_random_moments(
    home: Path, clock: Clock, tmp_path: Path, seed: int
) -> None:
    with closing(opened(home, clock)) as office:
        rows = (person(f"SOW {place:04d}", f"59{place:08d}", rdv_id=str(place)) for place in range(PEOPLE))
        AtDesk(office, clock, Lists(tmp_path / "listes", clock)).expects(*rows)
    chance, said = Random(seed), dict[str, str]()
    while len(said) < PEOPLE:
        said |= killed_after(home, chance.randint(40, 400))
        said = kept_after(home, clock, said)


def kept_after(home: Path, clock: Clock, said: dict[str, str]) -> dict[str, str]:
    """What the file holds after a kill; every arrival said must be there, with its ticket, and nothing broken."""
    with closing(opened(home, clock)) as office:
        outcome = verify(office.desk)
        assert outcome.ok, outcome.faults
        assert rebuild(office.desk).same
        with office.desk.looking() as connection:
            arrived = {
                convocation_rows.code_of(one): one.id for one in convocation_rows.every(connection) if one.arrival
            }
            numbers = connection.exec_driver_sql("SELECT convocation_id, number FROM receipt").fetchall()
            assert heads.read_head(connection, office.desk.stream).seq == outcome.acts
    tickets = dict(map(tuple, numbers))
    kept = {code: tickets[convocation] for code, convocation in arrived.items()}
    assert said.items() <= kept.items()
    ordinals = sorted(int(number[-4:].lstrip("-")) for number in kept.values())
    assert ordinals == list(range(1, len(kept) + 1)), "tickets run without gap through kills"
    return kept
