"""Whatever the order, the cuts and the repetitions of pushes, and however histories part: one state, on every store."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from random import Random

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.central.ledger import Ledger
from counter_app.central.sites import make_site
from counter_app.domain.acts import GENESIS
from counter_app.domain.lines import branch_name
from counter_app.sync.wire import Hello, Probe, Push, Tip, WireAct
from tests.central.desks import EIGHT, Desk, enrolled, push
from tests.central.test_conformance import everything

_NUMBERS = count(1)


def lines_of(acts: set[WireAct]) -> dict[str, Tip]:
    """The lines of acts, read from the tree that they make: the definition of `domain.lines`, told another way."""
    following: dict[tuple[str, str], list[WireAct]] = defaultdict(list)
    for act in acts:
        following[act.stream, act.prev].append(act)
    found: dict[str, Tip] = {}
    for (stream, prev), begun in following.items():
        for first in begun:
            alone = len(begun) == 1
            if alone and prev != GENESIS:
                continue
            last = first
            while len(following.get((stream, last.digest), ())) == 1:
                (last,) = following[stream, last.digest]
            name = stream if alone else f"{stream}~{branch_name(stream, first.digest)}"
            found[name] = Tip(first.seq, last.seq, last.digest)
    return found


@dataclass
class Histories:
    """Desks of one site, some of them copies of others, and what they wrote."""

    site: str
    desks: list[Desk] = field(default_factory=list)

    def go_on(self, steps: list[tuple[int, int]]) -> None:
        """Each step: a desk writes a gesture of some acts; of none: its disk is copied."""
        self.desks = [Desk("Guichet 1", site=self.site), Desk("Guichet 2", site=self.site)]
        for who, number in steps:
            desk = self.desks[who % len(self.desks)]
            if number:
                desk.write(number)
            else:
                self.desks.append(desk.cloned())

    @property
    def acts(self) -> set[WireAct]:
        return {act for desk in self.desks for act in desk.acts}


def cut(desk: Desk, first: int, number: int) -> list[WireAct]:
    """Some acts of a history, on to a signature."""
    end = first + number
    while end < len(desk.acts) and desk.acts[end - 1].signature is None:
        end += 1
    return desk.acts[first:end]


def holds(ledger: Ledger, desk: Desk, act: WireAct) -> bool:
    digests = ledger.answer(desk.session, Probe({act.stream: (act.seq,)})).digests
    return act.digest in digests[act.stream].get(act.seq, ())


STEPS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=14)
CUTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 12), st.integers(1, 9)), max_size=10)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, cuts=CUTS, order=st.randoms(use_true_random=False))
def test_any_order_of_pushes_makes_the_lines_that_the_acts_themselves_make(
    engine: sa.Engine, inside: Ledger, steps: list[tuple[int, int]], cuts: list[tuple[int, int, int]], order: Random
) -> None:
    histories = Histories(f"site-{next(_NUMBERS)}")
    histories.go_on(steps)
    make_site(engine, histories.site, training=False, at=EIGHT)
    one = histories.desks[0]
    for desk in histories.desks[:2]:
        enrolled(engine, desk)
    for who, first, number in cuts:
        some = cut(histories.desks[who % len(histories.desks)], first, number)
        told = {str(run.status) for run in push(inside, one, some).runs}
        assert told <= {"accepted", "later"}
        assert "accepted" not in told or holds(inside, one, some[-1]), "what is acknowledged is held"
    pushed = [*histories.desks, *histories.desks[:1]]
    order.shuffle(pushed)
    answer = inside.answer(one.session, Push(tuple(act for desk in pushed for act in desk.acts)))
    assert {str(run.status) for run in answer.runs} <= {"accepted"}
    found = everything(inside, one)
    assert len(found) == len(set(found))
    assert set(found) == histories.acts
    heads = inside.answer(one.session, Hello(one.device, one.stream, {}, "")).heads
    assert heads == lines_of(histories.acts)
    assert inside.mark(histories.site) == len(histories.acts)
