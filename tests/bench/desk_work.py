"""Scans answered and arrivals recorded, against the same SQL by hand."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from counter_app.usecases.check_in import admit
from counter_app.usecases.present import preview
from tests.bench.by_hand import ByHand, connect
from tests.bench.figures import Figure
from tests.bench.homes import BenchHome
from tests.bench.timing import turns

BY_HAND = "the same SQL by hand on SQLCipher"


def scans(home: BenchHome, count: int) -> Iterator[Figure]:
    """From a code or a number to a verdict, nothing recorded."""
    hand = ByHand(home.file, home.key)
    people = home.expected(count)

    def ours(raw: str, slot: datetime) -> None:
        home.clock.now = slot
        answer = preview(home.desk, raw)
        assert answer.would_record or answer.matches

    code, code_by_hand, one_statement = turns(
        count,
        lambda turn: ours(people[turn].code, people[turn].slot),
        lambda turn: hand.of_code(people[turn]),
        lambda turn: hand.lookup(people[turn]),
    )
    number, number_by_hand = turns(
        count,
        lambda turn: ours(people[turn].number, people[turn].slot),
        lambda turn: hand.of_number(people[turn]),
    )
    hand.close()
    of_code, of_number = code.alone.per(code_by_hand.alone), number.alone.per(number_by_hand.alone)
    yield Figure("scan of a code -> decision", home.size, of_code, "x", BY_HAND, at_most=3)
    yield Figure("scan of a number -> decision", home.size, of_number, "x", BY_HAND, at_most=3)
    lookups = code.alone.per(one_statement.alone)
    yield Figure("scan of a code -> decision", home.size, lookups, "x", "one statement by hand")


def arrivals(home: BenchHome, count: int) -> Iterator[Figure]:
    """Arrival recorded with its ticket, on disk when answered."""
    copy = copy_of(home)
    hand = ByHand(copy, home.key)
    people = home.expected(count)

    def ours(turn: int) -> None:
        home.clock.now = people[turn].slot
        assert admit(home.desk, people[turn].id).recorded

    mine, theirs = turns(count, ours, lambda turn: hand.admit(people[turn]))
    hand.close()
    copy.unlink()
    yield Figure("arrival recorded", home.size, mine.per(theirs), "x", BY_HAND, at_most=1.8)


def copy_of(home: BenchHome) -> Path:
    """The same file beside, for the hand to write in: its acts belong to no chain."""
    target = home.file.with_name("by-hand.db")
    hand = connect(home.file, home.key)
    hand.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    hand.close()
    shutil.copy(home.file, target)
    return target
