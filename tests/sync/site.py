"""A site put together by hand in tests: its desks, its central, and exchanges between them."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree, rmtree

from counter_app.sync.desk_ledger import DeskLedger
from counter_app.sync.exchange import Dialogue, Outcome, exchange
from counter_app.sync.wire import Answer, Question
from tests.homes import AtDesk, Clock, Lists, opened
from tests.sync.invariants import check_central, check_desk, check_same
from tests.sync.nodes import CentralNode

Network = Callable[[Question], Question]
"""What becomes of a question on its way; it may raise."""


@dataclass(slots=True)
class Site:
    """Desks and the central that they exchange with."""

    central: CentralNode
    clock: Clock
    folder: Path
    desks: list[AtDesk] = field(default_factory=list)
    incarnations: int = 0

    def ledger(self, here: AtDesk) -> DeskLedger:
        return DeskLedger(here.desk, self._incarnation)

    def _incarnation(self) -> str:
        self.incarnations += 1
        return f"{self.incarnations:012x}"

    def answer(self, here: AtDesk, question: Question) -> Answer:
        return self.central.answer(here.office.home.identity.device, question)

    def dialogue(self, here: AtDesk) -> Dialogue:
        return exchange(self.ledger(here))

    def sync(self, here: AtDesk, spoil: Callable[[Answer], Answer] = lambda answer: answer) -> Outcome:
        """One exchange from its beginning to its end; `spoil` sees each answer on its way."""
        dialogue = self.dialogue(here)
        question = next(dialogue)
        while True:
            try:
                question = dialogue.send(spoil(self.answer(here, question)))
            except StopIteration as ended:
                outcome: Outcome = ended.value
                return outcome

    def questions(self, here: AtDesk, many: int) -> int:
        """The same, cut after so many answers: as when the cable is pulled. Answers how many there were."""
        dialogue, done = self.dialogue(here), 0
        question = next(dialogue)
        with suppress(StopIteration):
            while done < many:
                question = dialogue.send(self.answer(here, question))
                done += 1
        dialogue.close()
        return done

    def quiet(self, rounds: int = 4) -> None:
        """Every desk exchanges until all hold the same; then everything that must hold of them does."""
        for _ in range(rounds):
            outcomes = [self.sync(here) for here in self.desks]
            if all(one.verified and not one.pushed and not one.pulled for one in outcomes):
                break
        else:
            raise AssertionError(f"it does not become quiet within {rounds} rounds: {outcomes}")
        check_central(self.central.engine)
        check_same([here.desk for here in self.desks], self.central.engine)
        for here in self.desks:
            check_desk(here.desk)

    def copy(self, here: AtDesk, name: str) -> Path:
        """The folder of a home as it lies while the program works, as a copy of the disk takes it."""
        return Path(copytree(here.office.home.path, self.folder / name))

    def start(self, home: Path, clock: Clock) -> AtDesk:
        """A machine started on a home."""
        return AtDesk(opened(home, clock), clock, Lists(self.folder / f"listes-{home.name}", clock))

    def replace(self, here: AtDesk, by: Path) -> AtDesk:
        """The home of a desk is put back as it was in a copy."""
        here.office.close()
        home, place = here.office.home.path, self.desks.index(here)
        rmtree(home)
        copytree(by, home)
        self.desks[place] = self.start(home, here.clock)
        return self.desks[place]

    def close(self) -> None:
        for here in self.desks:
            here.office.close()
