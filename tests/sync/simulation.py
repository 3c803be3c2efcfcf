"""A site in simulation: desks, a central and everything that goes wrong between them, by a seed.

All that runs is the production code; the seed decides who does what next, and what breaks. A run ends when faults
stop, every desk has spoken to the central a few times, and the invariants of `invariants` hold of every node.

    python -m tests.sync.simulation --seeds 10000        many runs, on every processor
    python -m tests.sync.simulation --seed 17            one run again, told step by step
"""

import argparse
import os
import shutil
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from random import Random
from unittest.mock import patch

from counter_app.central import pull as central_pull
from counter_app.domain.refusal import StoreRefused
from counter_app.store import sync_rows, work_item_rows
from counter_app.store.statements import rows
from counter_app.sync import desk_ledger
from counter_app.sync import exchange as exchanges
from counter_app.sync.exchange import Dialogue, Outcome
from counter_app.sync.wire import Answer, Hello, PullAnswer, Push, Question, WireAct
from counter_app.usecases.desk import Desk
from tests.sync.gestures import CARDS, NAMED, Gesture, a_gesture, imports
from tests.sync.invariants import (
    Broken,
    ahead,
    check_central,
    check_desk,
    check_newest_list,
    check_same,
    expect,
    held_at_central,
    held_at_desk,
    successors,
)
from tests.sync.nodes import CentralNode, DeskNode, Now, place_of_nodes, seeded
from tests.sync.poison import Hostile
from tests.usecases.permits_at_hand import receive

CLOCK = "SELECT coalesce(max(clock), 0) FROM (SELECT clock FROM act UNION ALL SELECT clock FROM apart)"
STEPS = 70
DESKS = 3
MOST_DESKS = 5
ROUNDS = 8
"""Exchanges of each desk within which a site without faults becomes quiet."""


SPOILT: tuple[tuple[str, object], ...] = (
    *(("details", '{"x":1}'), ("digest", "0" * 64), ("clock", 1 << 62), ("signature", "00" * 64), ("seq", 99)),
)
"""What travels badly: a column, and what arrives in it."""


@dataclass(slots=True, eq=False)
class Talk:
    """One exchange under way: what was asked, and the answer that travels."""

    node: DeskNode
    dialogue: Dialogue
    question: Question
    answer: Answer | None = None
    told: set[str] = field(default_factory=set)
    """What the desk held when it last presented itself."""
    there: set[str] = field(default_factory=set)
    """What the central held when it answered."""


@dataclass(slots=True)
class Told:
    """What happened in a run."""

    steps: Counter[str] = field(default_factory=Counter)
    acts: int = 0
    lost: int = 0
    """Acts of which every copy was destroyed."""
    orphans: int = 0
    """Acts held ahead of others of which every copy was destroyed."""


def _desk(place: Path, number: int, now: Now, chance: Random, source: Path | None = None) -> DeskNode:
    device = f"{number}" * 12
    node = DeskNode(f"Guichet {number}", place / f"g{number}", now, device, f"{device}:{'a' * 12}", chance)
    return node.begin(source / f"g{number}.db" if source else None)


@cache
def _morning() -> Path:
    """A site on which every run begins: three desks that hold the day's list and two permits, and their central."""
    place, now, chance = place_of_nodes(), Now(), Random(0)
    with seeded(chance):
        central = CentralNode(place / "centrale", now, chance).begin()
        desks = [_desk(place, number, now, chance) for number in range(DESKS)]
        for node in desks:
            central.enrol(node.device, node.name, node.secrets.public)
        imports(desks[0].desk, Random(1))
        for card in CARDS:
            receive(desks[0].desk, card)
        for node in (*desks, *desks):
            dialogue = exchanges.exchange(node.ledger)
            question: Question = next(dialogue)
            with suppress(StopIteration):
                while True:
                    question = dialogue.send(central.answer(node.device, question))
    central.copy(place / "centrale.db")
    central.close()
    for number, node in enumerate(desks):
        node.copy(place / f"g{number}.db")
        node.close()
    return place


class Simulation:
    """One run."""

    def __init__(self, seed: int, place: Path, *, aloud: bool = False) -> None:
        self.seed, self.chance, self.aloud = seed, Random(seed), aloud
        self.place, self.now, self.told = place, Now(), Told()
        morning = _morning()
        self.central = CentralNode(place / "centrale", self.now, self.chance).begin(morning / "centrale.db")
        self.desks = [_desk(place, number, self.now, self.chance, morning) for number in range(DESKS)]
        self.talks: list[Talk] = []
        self.asked: list[tuple[DeskNode, Question]] = []
        self.copies: list[tuple[DeskNode | None, Path]] = []
        self.committed = set(held_at_central(self.central.engine))
        self.doubtful: set[str] = set()
        self.spoiling: set[str] = set()
        self.hostile = Hostile(self.central, self.now, self.chance)

    def close(self) -> None:
        for node in self.desks:
            node.close()
        self.central.close()

    # What may happen, and how often.

    def run(self) -> Told:
        """Some steps by chance, then quiet."""
        faults = self._faults()
        for _ in range(STEPS):
            (step,) = self.chance.choices(list(faults), list(faults.values()))
            self.step(step)
        self.settle()
        self.told.acts, self.told.lost = len(self.committed), len(self.doubtful)
        return self.told

    def _faults(self) -> dict[Callable[[], object], float]:
        """What this run may meet: each kind of trouble in some runs only, so that each is also met alone."""
        usual: dict[Callable[[], object], float] = {self.gesture: 25, self.talk: 45, self.begin_talk: 10}
        trouble: dict[Callable[[], object], float] = {
            self.lose_question: 3,
            self.lose_answer: 3,
            self.say_again: 3,
            self.kill_desk: 2,
            self.keep_copy: 3,
            self.restore_desk: 2,
            self.clone_desk: 1.5,
            self.keep_central: 4,
            self.roll_central_back: 2,
            self.jump_clock: 3,
            self.full_disk: 3,
            self.poison: 3,
            self.spoil_answer: 2,
            self.spoil_question: 1,
            self.revoke: 0.3,
            self.cut_cables: 1,
        }
        met = {step: weight for step, weight in trouble.items() if self.chance.random() < 0.5}
        return usual | met

    def step(self, step: Callable[[], object]) -> None:
        self.now.at += timedelta(seconds=self.chance.choice((0, 1, 7, 60, 400)))
        said = step()
        self.told.steps[step.__name__] += 1
        if self.aloud:
            print(f"{self.now.at:%H:%M:%S} {step.__name__} {said or ''}")

    def _a_desk(self) -> DeskNode:
        return self.chance.choice(self.desks)

    def _a_talk(self) -> Talk | None:
        return self.chance.choice(self.talks) if self.talks else None

    # Gestures.

    def gesture(self) -> str:
        return self._gesture(self._a_desk(), a_gesture(self.chance))

    def _gesture(self, node: DeskNode, gesture: Gesture) -> str:
        with node.store.reading() as connection:
            (clock,) = rows(connection, CLOCK)[0]
            (last,) = rows(connection, "SELECT coalesce(max(rowid), 0) FROM act")[0]
        gesture(node.desk, self.chance)
        with node.store.reading() as connection:
            new = rows(connection, "SELECT act_id, clock FROM act WHERE rowid > ?", (last,))
        expect(all(act[1] > clock for act in new), f"{node.name} writes after all it has seen")
        self.committed |= {act[0] for act in new}
        return f"{node.name} {gesture.__name__}: {len(new)}"

    # Exchanges.

    def begin_talk(self) -> str:
        node = self._a_desk()
        with suppress(StoreRefused):
            self._begin(node)
        return node.name

    def _begin(self, node: DeskNode) -> Talk:
        dialogue = exchanges.exchange(node.ledger)
        talk = Talk(node, dialogue, next(dialogue))
        self.talks.append(talk)
        talk.told = set(held_at_desk(node.desk))
        return talk

    def talk(self) -> str:
        """An exchange goes on for a while, then others do something."""
        talk = self._a_talk()
        if talk is None:
            return self.begin_talk()
        said: list[str] = []
        with suppress(StoreRefused):
            for _ in range(self.chance.choice((1, 2, 3, 6))):
                if talk not in self.talks:
                    break
                said.append(type(talk.answer or talk.question).__name__)
                if talk.answer is None:
                    self.ask(talk)
                else:
                    self.deliver(talk)
        return f"{talk.node.name} {' '.join(said)}"

    def ask(self, talk: Talk) -> None:
        """The question reaches the central, which does what it says."""
        if "question" in self.spoiling and isinstance(talk.question, Push):
            self.spoiling.discard("question")
            talk.question = replace(talk.question, acts=self._spoilt(talk.question.acts))
        self.asked = [*self.asked[-20:], (talk.node, talk.question)]
        talk.answer = self.central.answer(talk.node.device, talk.question, revoked=talk.node.revoked)
        if "answer" in self.spoiling and isinstance(talk.answer, PullAnswer) and talk.answer.acts:
            self.spoiling.discard("answer")
            talk.answer = replace(talk.answer, acts=self._spoilt(talk.answer.acts))
        if isinstance(talk.question, Hello):
            talk.there = set(held_at_central(self.central.engine))

    def deliver(self, talk: Talk) -> Outcome | None:
        """The answer reaches the desk: however late, it was the answer to its question."""
        assert talk.answer is not None, "there is something to deliver"
        answer, talk.answer = talk.answer, None
        try:
            talk.question = talk.dialogue.send(answer)
        except StopIteration as ended:
            self.talks.remove(talk)
            outcome: Outcome = ended.value
            self._check_freshness(talk, outcome)
            return outcome
        except StoreRefused:
            self._end(talk)
            raise
        if isinstance(talk.question, Hello):
            talk.told = set(held_at_desk(talk.node.desk))
        return None

    def _check_freshness(self, talk: Talk, outcome: Outcome) -> None:
        if outcome.verified:
            here = held_at_desk(talk.node.desk).keys()
            expect(talk.there <= here, f"{talk.node.name} is not verified before it holds what the central held")
            self.told.steps["verified"] += 1
            expect(talk.told <= talk.there, f"{talk.node.name} is not verified before the central holds what it held")

    def _end(self, talk: Talk) -> None:
        talk.dialogue.close()
        if talk in self.talks:
            self.talks.remove(talk)

    def _end_all(self, node: DeskNode) -> None:
        for talk in [one for one in self.talks if one.node is node]:
            self._end(talk)

    # The network.

    def lose_question(self) -> None:
        if talk := next((one for one in self.talks if one.answer is None), None):
            self._end(talk)

    def lose_answer(self) -> None:
        if talk := next((one for one in self.talks if one.answer is not None), None):
            self._end(talk)

    def say_again(self) -> None:
        """A question of before arrives a second time."""
        if self.asked:
            node, question = self.chance.choice(self.asked)
            self.central.answer(node.device, question, revoked=node.revoked)

    def cut_cables(self) -> None:
        for talk in list(self.talks):
            self._end(talk)

    # Machines.

    def kill_desk(self) -> str:
        node = self._a_desk()
        self._end_all(node)
        node.kill()
        return node.name

    def keep_copy(self) -> str:
        node = self._a_desk()
        self.copies.append((node, node.copy(self.place / "copies" / str(len(self.copies)))))
        return node.name

    def restore_desk(self) -> str:
        mine = [(node, path) for node, path in self.copies if node is not None]
        if not mine:
            return ""
        node, path = self.chance.choice(mine)
        self._end_all(node)
        gone = set(held_at_desk(node.desk))
        node.start_from(path)
        self._destroyed(gone)
        return node.name

    def clone_desk(self) -> str:
        if len(self.desks) >= MOST_DESKS:
            return ""
        node = self._a_desk()
        self.desks.append(node.clone(f"Guichet {len(self.desks)}"))
        return f"{node.name} as {self.desks[-1].name}"

    def keep_central(self) -> None:
        self.copies.append((None, self.central.copy(self.place / "copies" / str(len(self.copies)))))

    def roll_central_back(self) -> str:
        mine = [path for node, path in self.copies if node is None]
        if not mine:
            return ""
        gone = set(held_at_central(self.central.engine))
        self.central.restore(self.chance.choice(mine))
        for node in self.desks:
            if node.revoked:
                self.central.revoke(node.device)
        self._destroyed(gone)
        return "rolled back"

    def _destroyed(self, gone: set[str]) -> None:
        """Acts that no node holds any more in their place may never come back."""
        for node in self.desks:
            gone -= held_at_desk(node.desk).keys()
        self.doubtful |= gone - held_at_central(self.central.engine).keys()

    def jump_clock(self) -> str:
        node = self._a_desk()
        node.offset = self.chance.choice((timedelta(), timedelta(days=3), -timedelta(days=3), timedelta(minutes=20)))
        return f"{node.name} {node.offset}"

    def full_disk(self) -> str:
        """The disk is full for one gesture, or for one answer."""
        node, room = self._a_desk(), self.chance.randrange(6)
        talk = next((one for one in self.talks if one.node is node and one.answer is not None), None)
        with suppress(StoreRefused), node.full_disk(room):
            before = held_at_desk(node.desk).keys()
            try:
                if talk:
                    self.deliver(talk)
                else:
                    a_gesture(self.chance)(node.desk, self.chance)
            finally:
                self.committed |= set() if talk else held_at_desk(node.desk).keys() - before
        return f"{node.name} {room} {'exchange' if talk else 'gesture'}"

    def revoke(self) -> str:
        node = self._a_desk()
        for one in self.desks:
            one.revoked |= one.device == node.device and len({two.device for two in self.desks if not two.revoked}) > 1
        if node.revoked:
            self.central.revoke(node.device)
        return node.name

    # Poison.

    def poison(self) -> str:
        return self.hostile.some_poison(held_at_central(self.central.engine))

    def spoil_answer(self) -> None:
        """The next acts that travel to a desk arrive altered: it keeps them apart, and asks again."""
        self.spoiling.add("answer")

    def spoil_question(self) -> None:
        """The next acts that travel to the central do."""
        self.spoiling.add("question")

    def _spoilt(self, acts: tuple[WireAct, ...]) -> tuple[WireAct, ...]:
        place = self.chance.randrange(len(acts))
        column, value = self.chance.choice(SPOILT)
        return (*acts[:place], acts[place]._replace(**{column: value}), *acts[place + 1 :])  # type: ignore[arg-type]

    # Quiet.

    def settle(self) -> None:
        """No more faults: every desk exchanges until all hold the same, within a bounded number of rounds."""
        self.spoiling.clear()
        for talk in list(self.talks):
            self._end(talk)
        before = self._everything()
        for node in [one for one in self.desks if one.revoked]:
            self._leave(node)
        for _ in range(ROUNDS):
            outcomes = [self.exchange(node) for node in self.desks]
            if all(one.verified and not one.pushed and not one.pulled for one in outcomes):
                break
        else:
            raise Broken(f"it does not quiesce within {ROUNDS} rounds")
        self._check(before)

    def _everything(self) -> set[str]:
        held = set(held_at_central(self.central.engine))
        return held.union(*(held_at_desk(node.desk) for node in self.desks))

    def exchange(self, node: DeskNode) -> Outcome:
        """One exchange from its beginning to its end."""
        talk = self._begin(node)
        while True:
            self.ask(talk)
            outcome = self.deliver(talk)
            if outcome is not None:
                return outcome

    def _leave(self, node: DeskNode) -> None:
        """A revoked desk sends what it can, then is gone."""
        outcome = self.exchange(node)
        expect(outcome.revoked, f"{node.name} is told that it is revoked")
        unsent = held_at_desk(node.desk).keys() - held_at_central(self.central.engine).keys()
        self.desks.remove(node)
        node.close()
        self._destroyed(set(unsent))

    def _check(self, before: set[str]) -> None:
        desks = [node.desk for node in self.desks]
        kept = held_at_central(self.central.engine).keys()
        lost = self.committed - self.doubtful - kept
        expect(not lost, f"{len(lost)} acts are lost: {sorted(lost)[:3]}")
        expect(before - self.doubtful <= kept, "what any node held is held when all is quiet")
        self.told.orphans = sum(map(ahead, desks))
        self._count(desks[0])
        expect(not self.told.orphans or self.doubtful, "acts ahead of their turn have come to it")
        check_central(self.central.engine)
        copied = self.told.steps["restore_desk"] or self.told.steps["clone_desk"]
        expect(copied or not any(map(successors, desks)), "a desk leaves its stream only for a copy of its file")
        if not self.told.orphans:
            check_same(desks, self.central.engine)
            check_newest_list(desks[0], NAMED)
        # Nodes that hold the same and show the same: what one of them proves holds for each.
        for desk in desks if self.told.orphans else [self.chance.choice(desks)]:
            check_desk(desk)

    def _count(self, desk: Desk) -> None:
        """What the run met, to know that the simulation is worth something."""
        with desk.looking() as connection:
            self.told.steps.update(item.kind for item in work_item_rows.live(connection))
            self.told.steps.update(f"set aside: {one.reason}" for one in sync_rows.set_aside(connection))
        self.told.steps["successors"] += successors(desk)


@contextmanager
def small_batches(chance: Random) -> Iterator[None]:
    """Batches of a few acts, so that short histories meet what long ones do."""
    backlog = chance.choice((4, 9, 2000))
    with ExitStack() as patches:
        for module, name, value in (
            (exchanges, "NEWEST", chance.choice((2, 6, 500))),
            (exchanges, "BACKLOG", backlog),
            (central_pull, "BACKLOG", backlog),
            (exchanges, "MANY_QUESTIONS", chance.choice((2, 32))),
            (desk_ledger, "FEW", chance.choice((2, 50))),
            (desk_ledger, "MANY", chance.choice((3, 1000))),
        ):
            patches.enter_context(patch.object(module, name, value))
        yield


def simulate(seed: int, *, aloud: bool = False) -> Told:
    """One run. Raises whatever breaks; the note on it says how to see it again."""
    place, chance = place_of_nodes(), Random(seed ^ 0x5EED)
    try:
        with seeded(chance), small_batches(chance):
            simulation = Simulation(seed, place, aloud=aloud)
            try:
                return simulation.run()
            finally:
                simulation.close()
    except BaseException as error:
        error.add_note(f"python -m tests.sync.simulation --seed {seed}")
        raise
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _outcome(seed: int) -> tuple[int, Told | None, str]:
    try:
        return seed, simulate(seed), ""
    except Exception as error:  # noqa: BLE001 - whatever breaks in a run is what this looks for
        return seed, None, "".join(traceback.format_exception(error))


def _many(first: int, count: int) -> int:
    began, steps, failed = time.perf_counter(), Counter[str](), dict[int, str]()
    acts = lost = orphans = 0
    with get_context("fork").Pool(os.cpu_count()) as pool:
        for seed, told, words in pool.imap_unordered(_outcome, range(first, first + count), chunksize=4):
            if told is None:
                failed[seed] = words
                print(f"seed {seed} fails: {words.strip().splitlines()[-2]}", flush=True)
                continue
            steps += told.steps
            acts, lost, orphans = acts + told.acts, lost + told.lost, orphans + bool(told.orphans)
    spent = time.perf_counter() - began
    print(f"{count} runs in {spent:.0f} s: {len(failed)} failed; {acts} acts, of which {lost} had every copy destroyed")
    print(f"{orphans} runs kept acts whose predecessors were destroyed everywhere")
    print(", ".join(f"{count} {name}" for name, count in sorted(steps.items(), key=lambda one: -one[1])))
    for seed, words in sorted(failed.items())[:3]:
        print(f"\nseed {seed}\n{words}")
    return bool(failed)


def main() -> int:
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    told.add_argument("--seeds", type=int, default=1000, help="how many runs")
    told.add_argument("--first", type=int, default=0, help="the first seed")
    told.add_argument("--seed", type=int, help="one run, told step by step")
    asked = told.parse_args()
    if asked.seed is not None:
        print(simulate(asked.seed, aloud=True))
        return 0
    return _many(asked.first, asked.seeds)


if __name__ == "__main__":
    sys.exit(main())
