"""Every bug that was planted is seen: by a run of the simulation, or by a test by hand where runs seldom meet it."""

import inspect
from collections.abc import Callable

import pytest

from tests.sync import test_exchange, test_poison
from tests.sync.planted import BUGS
from tests.sync.simulation import simulate
from tests.sync.site import Site

RUNS = 200
SEEN_BY_RUN: dict[str, int] = {
    "cursor by what arrived": 1,
    "acknowledgement stored": 5,
    "lower head taken for a fork": 2,
    "signatures not checked at the desk": 11,
    "signatures not checked at the central": 9,
    "details not checked": 24,
    "branch named by its turn": 1,
    "acts ahead counted twice": 1,
    "acts ahead never placed": 1,
    "gap accepted": 0,
    "older acts folded last": 0,
    "identity of another act accepted": 2,
    "work items named by chance": 0,
    "verified because the central answered": 0,
    "stream parted without its acts": 1,
    "lists compared at their import only": 8,
}
"""The seed from which the simulation is known to see each."""

SEEN_BY_HAND: dict[str, Callable[..., None]] = {
    "no new incarnation for a copy": test_exchange.test_a_cloned_disk_and_its_original_both_go_on_and_nothing_is_lost,
    "clock not merged": test_exchange.test_acts_of_a_desk_whose_clock_is_wrong_are_kept_and_shown,
    "poison stops every stream": test_poison.test_poison_delays_no_other_stream,
    "central healed of own acts only": test_exchange.test_a_restored_central_is_told_again_by_whoever_still_holds_it,
}


def test_every_planted_bug_is_looked_for() -> None:
    assert BUGS.keys() == SEEN_BY_RUN.keys() | SEEN_BY_HAND.keys()


@pytest.mark.parametrize("name", SEEN_BY_RUN)
def test_a_planted_bug_is_seen_by_the_simulation(name: str) -> None:
    # From the seed that is known to see it: when the simulation changes, the others are tried too.
    for seed in sorted(range(RUNS), key=lambda seed: (seed - SEEN_BY_RUN[name]) % RUNS):
        try:
            with BUGS[name]():
                simulate(seed)
        except Exception:  # noqa: BLE001 - whatever breaks is how it is seen
            return
    pytest.fail(f"{name}: not seen in {RUNS} runs")


@pytest.mark.parametrize("name", SEEN_BY_HAND)
def test_a_planted_bug_is_seen_by_a_test_by_hand(name: str, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    test = SEEN_BY_HAND[name]
    usual = {"site": site, "monkeypatch": monkeypatch, "days": 3, "column": "details", "value": '{"x":1}'}
    with BUGS[name](), pytest.raises(AssertionError):
        test(**{given: usual[given] for given in inspect.signature(test).parameters})
