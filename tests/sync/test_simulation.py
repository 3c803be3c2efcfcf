"""Hundreds of sites in trouble: nothing is lost, all end with the same, none shows itself fresher than it is."""

import pytest

from tests.sync.kept_seeds import KEPT
from tests.sync.simulation import simulate

RUNS, SHARD = 1000, 10


@pytest.mark.parametrize("seed", KEPT)
def test_a_run_that_once_failed_holds(seed: int) -> None:
    simulate(seed)


@pytest.mark.parametrize("first", range(0, RUNS, SHARD))
def test_whatever_happens_between_desks_nothing_is_lost(first: int) -> None:
    for seed in range(first, first + SHARD):
        simulate(seed)


def test_the_same_seed_is_the_same_run() -> None:
    assert simulate(7) == simulate(7)
