"""Work of many transactions takes little at once while the desk works, and more and more while nobody is there."""

from collections.abc import Iterator
from itertools import count

import pytest

from counter_app.usecases import pace
from counter_app.usecases.pace import Pace
from tests.homes import AtDesk

FEW, MOST = 20, 300


def one_transaction(at: Pace, rows: Iterator[int]) -> list[int]:
    """How much each part of it took."""
    parts = [len(some) for some in at.transaction(at.first(rows), rows)]
    at.kept()
    return parts


@pytest.fixture
def at(here: AtDesk) -> Pace:
    return Pace(here.desk, FEW, MOST)


def test_transactions_grow_while_nobody_comes_and_look_for_the_desk_meanwhile(at: Pace) -> None:
    rows = count()
    sizes = [one_transaction(at, rows) for _ in range(6)]
    assert sizes[:3] == [[20], [40], [50, 50]]
    assert sizes[5] == [50] * 6


def test_after_a_while_without_the_desk_it_is_looked_for_less_often(at: Pace) -> None:
    rows = count()
    sizes = [one_transaction(at, rows) for _ in range(pace.QUIET + 2)]
    assert sizes[-1] == [MOST]


def test_somebody_who_scans_makes_the_next_transactions_small_again(at: Pace, here: AtDesk) -> None:
    rows = count()
    for _ in range(pace.QUIET + 2):
        one_transaction(at, rows)
    with here.desk.looking():
        pass
    assert one_transaction(at, rows) == [20]


def test_a_transaction_ends_as_soon_as_the_desk_wants_the_file(at: Pace, here: AtDesk) -> None:
    rows = count()
    for _ in range(5):
        one_transaction(at, rows)
    first = at.first(rows)
    with here.desk.store.courtesy.at_work():
        assert [len(some) for some in at.transaction(first, rows)] == [50]


def test_nothing_is_lost_nor_taken_twice_between_two_transactions(at: Pace) -> None:
    rows, taken = iter(range(1_000)), list[int]()
    while first := at.first(rows):
        for some in at.transaction(first, rows):
            taken += some
        at.kept()
    assert taken == list(range(1_000))
    assert at.done == 1_000
