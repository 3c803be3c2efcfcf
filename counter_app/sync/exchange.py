"""One exchange between a desk and its central: what is asked, in which order, and what is done with the answers.

Sans I/O: a generator that yields questions (`wire`) and is sent their answers, so that the same code runs over HTTPS,
in one process and in simulation. Nothing durable is remembered of what the other side holds: each exchange begins with
both sides' tips and recomputes it. A node that holds a tip holds all before it.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

from counter_app.domain.acts import device_of
from counter_app.domain.lines import Line
from counter_app.sync.desk_side import Ledger
from counter_app.sync.wire import (
    BACKLOG,
    NEWEST,
    Answer,
    HelloAnswer,
    Probe,
    ProbeAnswer,
    Pull,
    PullAnswer,
    Push,
    PushAnswer,
    PushStatus,
    Question,
    Tip,
    Vouched,
)

MANY_QUESTIONS = 32
"""Positions of a stream looked at by one probe, while the place where two histories part is sought."""


@dataclass(slots=True)
class Outcome:
    """What an exchange did."""

    pushed: int = 0
    pulled: int = 0
    set_aside: int = 0
    verified: bool = False
    """Both sides were seen to hold the same at its end."""
    later: bool = False
    """The central asked to come back."""
    revoked: bool = False
    mark: int = 0
    """Doorbell of the central when it was last greeted."""
    time: str = ""
    """The central's wall time then, ISO 8601."""
    to_pull: int = 0
    """Acts that were seen to be missing here when the exchange began: what progress is measured against."""
    subjects: frozenset[tuple[str, str]] = frozenset()
    """What the acts of the last answer are about: type and identity. A week is told page by page."""


Dialogue = Generator[Question, Answer, Outcome]
Told = Callable[[Outcome], None]
"""Called after each answer that brought something: progress."""


def exchange(ledger: Ledger, told: Told | None = None, error: str | None = None, *, pull: bool = True) -> Dialogue:
    """Push what the central lacks, `pull` what this desk lacks, then look whether both hold the same."""
    outcome = Outcome()
    answer = yield from _greet(ledger, outcome, error)
    if answer.lacking and (yield from _push(ledger, outcome, answer)):
        answer = yield from _greet(ledger, outcome, error)
    if pull and not outcome.revoked and (wanted := _wanted(ledger, answer)):
        outcome.to_pull = sum(max(0, tip.seq - tip.first + 1) for tip in wanted.values())
        yield from _pull(ledger, outcome, answer, wanted, told or (lambda _outcome: None))
        answer = yield from _greet(ledger, outcome, error)
    outcome.verified = not answer.lacking and not _wanted(ledger, answer) and not outcome.later
    if outcome.verified or (outcome.revoked and not answer.lacking):
        yield from _deliver_loose(ledger, answer)
    return outcome


A = TypeVar("A")


def _asked(answer: Answer, kind: type[A]) -> A:
    assert isinstance(answer, kind), "a question is answered by its answer"
    return answer


def _greet(ledger: Ledger, outcome: Outcome, error: str | None) -> Generator[Question, Answer, HelloAnswer]:
    answer = _asked((yield ledger.hello(error)), HelloAnswer)
    ledger.greeted(answer)
    outcome.mark, outcome.revoked, outcome.time = answer.mark, answer.revoked, answer.time
    return answer


def _wanted(ledger: Ledger, answer: HelloAnswer) -> dict[str, Tip]:
    """Lines of the central whose last act this desk does not hold."""
    return {key: tip for key, tip in answer.heads.items() if not ledger.holds(stream_of(key), tip)}


def stream_of(key: str) -> str:
    """The stream of a line's key."""
    return key.partition("~")[0]


def _push(ledger: Ledger, outcome: Outcome, answer: HelloAnswer) -> Generator[Question, Answer, bool]:
    """Send what follows the last act that both hold, line after line; True when something went."""
    lines = {line.key: line for line in ledger.lines()}
    for key in answer.lacking:
        line = lines.get(key)
        # A line that parted since the greeting is found again by the next one.
        if line is not None:
            yield from _push_line(ledger, outcome, line, answer)
    return bool(outcome.pushed)


def _push_line(
    ledger: Ledger, outcome: Outcome, line: Line, greeting: HelloAnswer
) -> Generator[Question, Answer, None]:
    seq = yield from _common(ledger, line, greeting.heads.get(line.key))
    vouched = _vouched(ledger, device_of(line.stream), greeting)
    while acts := ledger.read_after(line, seq, BACKLOG):
        answer = _asked((yield Push(tuple(acts), vouched)), PushAnswer)
        ledger.pushed(answer.runs)
        taken = [run for run in answer.runs if run.status is PushStatus.ACCEPTED]
        outcome.pushed += sum(run.last - run.first + 1 for run in taken)
        outcome.later |= any(run.status is PushStatus.LATER for run in answer.runs)
        if len(taken) < len(answer.runs) or not taken:
            return
        seq = acts[-1].seq


def _deliver_loose(ledger: Ledger, greeting: HelloAnswer) -> Generator[Question, Answer, None]:
    """Acts whose predecessors neither side holds are kept apart at the central: they are not lost with this desk.

    What they wait for may still come from another desk: they stay here too, and count.
    """
    loose = ledger.loose(greeting.generation)
    for acts in loose:
        vouched = {act.stream: _vouched(ledger, device_of(act.stream), greeting) for act in acts}
        known = tuple({one.device: one for told in vouched.values() for one in told}.values())
        answer = _asked((yield Push(tuple(acts), known, loose=True)), PushAnswer)
        if any(run.status is PushStatus.LATER for run in answer.runs):
            return
    if loose:
        ledger.loose_kept(greeting.generation)


def _vouched(ledger: Ledger, device: str, greeting: HelloAnswer) -> tuple[Vouched, ...]:
    """A restored central forgot who was enrolled since its copy: it cannot check their acts until it is told."""
    if any(peer.device == device for peer in greeting.peers):
        return ()
    known = ledger.vouched(device)
    return () if known is None else (known,)


def _common(ledger: Ledger, line: Line, head: Tip | None) -> Generator[Question, Answer, int]:
    """The last position of a line of this desk that the central holds too."""
    if head is not None and head.seq <= line.seq and ledger.holds(line.stream, head):
        return head.seq
    low, high = line.first - 1, line.seq
    while high > low:
        places = _between(low, high)
        answer = _asked((yield Probe({line.stream: places})), ProbeAnswer)
        theirs = answer.digests.get(line.stream, {})
        mine = ledger.digests(line, places)
        both = [place for place in places if mine.get(place) in theirs.get(place, ())]
        low = max([low, *both])
        high = min([high, *(place - 1 for place in places if place > low)])
    return low


def _between(low: int, high: int) -> tuple[int, ...]:
    """Positions above `low` up to `high`, evenly spread, both the nearest and the last among them."""
    step = max(1, (high - low) // MANY_QUESTIONS)
    return tuple(sorted({low + 1, *range(low + step, high + 1, step), high}))


def _pull(
    ledger: Ledger, outcome: Outcome, answer: HelloAnswer, wanted: dict[str, Tip], told: Told
) -> Generator[Question, Answer, None]:
    after = yield from _starts(ledger, answer, wanted)
    outcome.to_pull = sum(max(0, wanted[key].seq - seq) for key, seq in after.items())
    if outcome.to_pull > NEWEST:
        newest = _asked((yield Pull(after, NEWEST, newest=True)), PullAnswer)
        _take(ledger, outcome, newest, told, ahead=True)
    more = True
    while more:
        page = _asked((yield Pull(after, BACKLOG)), PullAnswer)
        _take(ledger, outcome, page, told)
        after = {**after, **{key: seq for key, seq in page.after.items() if key in after}}
        more = page.more and bool(page.acts)


def _take(ledger: Ledger, outcome: Outcome, page: PullAnswer, told: Told, *, ahead: bool = False) -> None:
    taken = ledger.receive(page.acts, ahead=ahead)
    outcome.pulled += taken.added
    outcome.set_aside += taken.set_aside
    outcome.subjects = taken.subjects
    told(outcome)


def _starts(ledger: Ledger, answer: HelloAnswer, wanted: dict[str, Tip]) -> Generator[Question, Answer, dict[str, int]]:
    """Of each wanted line, the last position from which on this desk lacks acts."""
    mine = {line.key: line for line in ledger.lines()}
    lacking = set(answer.lacking)
    starts: dict[str, int] = {}
    for key, tip in wanted.items():
        line = mine.get(key)
        if line is None:
            starts[key] = tip.first - 1
        elif key not in lacking and line.seq <= tip.seq:
            starts[key] = line.seq
        else:
            starts[key] = yield from _common(ledger, line, None)
    return starts
