"""A power cut at every write, of a desk and of its central: what was acknowledged is there, and nothing by halves.

What a disk may have kept is what was written so far: the file as it was, and its log up to any frame, or to the middle
of one. Each commit waits for the disk (`synchronous = FULL`), so that nothing acknowledged lies beyond.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from counter_app.central.engine import key_path, open_store
from counter_app.store.pages import FRAME_HEAD, LOG_HEAD, PAGE, commits
from counter_app.sync import desk_ledger
from counter_app.sync import exchange as exchanges
from counter_app.sync.exchange import exchange
from tests.sync.gestures import checks_in, imports, moves_custody, receives
from tests.sync.invariants import check_central, check_desk, held_at_central, held_at_desk
from tests.sync.nodes import CentralNode, DeskNode, Now

FRAME = FRAME_HEAD + PAGE


@dataclass(slots=True)
class Cuts:
    """A file and its log while a node works: what was acknowledged when the log was so long."""

    file: Path
    held: Callable[[], frozenset[str]]
    begun: bytes = b""
    lengths: list[int] = field(default_factory=list)
    acknowledged: list[frozenset[str]] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.file.with_name(f"{self.file.name}-wal")

    def begin(self) -> None:
        self.begun = self.file.read_bytes()
        self.note()

    def note(self) -> None:
        """What stands in the file now is acknowledged."""
        held = self.held()
        self.lengths.append(self.log.stat().st_size)
        self.acknowledged.append(held)

    def each(self, folder: Path) -> Iterator[tuple[Path, frozenset[str], bool]]:
        """The file after a cut at each write since the beginning; what it must hold; whether a commit ends there."""
        assert self.file.read_bytes() == self.begun, "nothing moved from the log to the file meanwhile"
        log, ends = self.log.read_bytes(), set(commits(self.log).ends)
        first = (self.lengths[0] - LOG_HEAD) // FRAME
        for place in range(2 * first, 2 * ((len(log) - LOG_HEAD) // FRAME) + 1):
            length = LOG_HEAD + place * FRAME // 2
            copy = folder / str(place) / self.file.name
            copy.parent.mkdir(parents=True)
            copy.write_bytes(self.begun)
            copy.with_name(f"{copy.name}-wal").write_bytes(log[:length])
            yield copy, self.acknowledged[bisect_right(self.lengths, length) - 1], place % 2 == 0 and place // 2 in ends


@dataclass(slots=True)
class Pair:
    """Two desks and their central."""

    central: CentralNode
    desks: list[DeskNode]

    def exchange(self, node: DeskNode) -> None:
        dialogue = exchange(node.ledger)
        question = next(dialogue)
        while True:
            try:
                question = dialogue.send(self.central.answer(node.device, question))
            except StopIteration:
                return


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    monkeypatch.setattr(exchanges, "NEWEST", 6)
    monkeypatch.setattr(exchanges, "BACKLOG", 9)
    monkeypatch.setattr(desk_ledger, "FEW", 3)
    monkeypatch.setattr(desk_ledger, "MANY", 5)
    chance, now = Random(5), Now()
    central = CentralNode(tmp_path / "centrale", now, chance).begin()
    desks = []
    for number in (1, 2):
        device = f"{number:012x}"
        node = DeskNode(f"Guichet {number}", tmp_path / f"poste-{number}", now, device, f"{device}:a", chance).begin()
        central.enrol(device, node.name, node.secrets.public)
        desks.append(node)
    for gesture in (imports, checks_in, receives, checks_in, moves_custody, checks_in):
        gesture(desks[0].desk, chance)
    yield Pair(central, desks)
    for node in desks:
        node.close()
    central.close()


def test_a_desk_cut_at_any_write_of_an_exchange_holds_what_it_had_acknowledged(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = pair.desks
    pair.exchange(first)
    cuts = Cuts(second.file, lambda: frozenset(held_at_desk(second.desk)))
    cuts.begin()
    real = second.store.courtesy.seat

    def seat() -> object:
        cuts.note()
        return real()

    with monkeypatch.context() as patched:
        patched.setattr(second.store.courtesy, "seat", seat)
        receives(second.desk, Random(1))
        pair.exchange(second)
        checks_in(second.desk, Random(2))
        cuts.note()
    assert len(set(cuts.acknowledged)) > 5
    for file, held, whole in cuts.each(tmp_path / "coupures"):
        node = DeskNode("Guichet 2", file.parent, second.now, second.device, second.stream, Random(1))
        node.folder.joinpath("0").mkdir()
        for part in ("", "-wal"):
            file.with_name(file.name + part).rename(node.file.with_name(node.file.name + part))
        node.open()
        assert held_at_desk(node.desk).keys() == held
        if whole:
            check_desk(node.desk)
        node.close()


def test_a_central_cut_at_any_write_of_a_push_holds_what_it_had_acknowledged(pair: Pair, tmp_path: Path) -> None:
    first, second = pair.desks
    cuts = Cuts(pair.central.file, lambda: frozenset(held_at_central(pair.central.engine)))
    cuts.begin()
    for node in (first, second, first):
        dialogue = exchange(node.ledger)
        question = next(dialogue)
        try:
            while True:
                answer = pair.central.answer(node.device, question)
                cuts.note()
                question = dialogue.send(answer)
        except StopIteration:
            checks_in(node.desk, Random(3))
    assert len(set(cuts.acknowledged)) > 3
    key = key_path(pair.central.file).read_text()
    for file, held, _whole in cuts.each(tmp_path / "coupures"):
        key_path(file).write_text(key)
        engine = open_store(f"sqlite:///{file}")
        assert held_at_central(engine).keys() == held
        check_central(engine)
        engine.dispose()
