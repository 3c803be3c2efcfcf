"""The story that marks tell: which are the newest, which one speaks, and what became of each call.

Marks that knew of each other follow each other. When several are newest, their desks were apart: the one that speaks is
told by what they did, never by whose clock is later; nobody who is still in the hall goes out of sight.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from counter_app.domain.acts import ActKind, device_of
from counter_app.domain.permit_marks import Mark
from counter_app.domain.visit_marks import CALLS, knowledge, moves_of


class Stage(StrEnum):
    """Where a person is, as shown and as written in JSON."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    ABSENT = "absent"
    FINISHED = "finished"
    LEFT = "left"
    VOID = "void"
    """The arrival was taken back."""


_STAGE = {
    ActKind.VISIT_CALLED: Stage.CALLED,
    ActKind.VISIT_RECALLED: Stage.CALLED,
    ActKind.VISIT_PRESENT: Stage.SERVING,
    ActKind.SERVICE_BEGUN: Stage.SERVING,
    ActKind.SERVICE_FINISHED: Stage.FINISHED,
    ActKind.VISIT_ABSENT: Stage.ABSENT,
    ActKind.VISIT_PARKED: Stage.PARKED,
    ActKind.VISIT_UNPARKED: Stage.WAITING,
    ActKind.VISIT_TRANSFERRED: Stage.WAITING,
    ActKind.VISIT_LEFT: Stage.LEFT,
    ActKind.VISIT_OPENED: Stage.WAITING,
}
_MET = frozenset({ActKind.VISIT_PRESENT, ActKind.SERVICE_BEGUN, ActKind.SERVICE_FINISHED})
"""Marks of a desk that has the person in front of it."""
_BELIEVED = (Stage.SERVING, Stage.CALLED, Stage.WAITING, Stage.PARKED, Stage.FINISHED, Stage.LEFT, Stage.ABSENT)
"""Of two desks that were apart, the one that keeps the person in sight is believed."""
LIVE = frozenset({Stage.CALLED, Stage.SERVING})
"""The person is on the way to a desk, or there."""


def stage_of(mark: Mark) -> Stage:
    """Where a move leaves the person."""
    return _STAGE[ActKind(mark.kind)]


@dataclass(frozen=True, slots=True)
class Story:
    """What the moves of a visit tell."""

    known: Mapping[str, frozenset[str]]
    """For each mark, all those its desk knew of, itself included."""
    heads: tuple[Mark, ...] = ()
    """The newest moves, the one that speaks first; several when desks were apart."""
    service: str | None = None
    """The last service that a desk of this line sent the person to, or began after another one."""
    awaited_by: str | None = None

    @property
    def speaking(self) -> Mark | None:
        """The move that tells where the person is; None while nothing moved since the arrival."""
        return next(iter(self.heads), None)

    @property
    def stage(self) -> Stage:
        return stage_of(self.heads[0]) if self.heads else Stage.WAITING


@dataclass(frozen=True, slots=True)
class Call:
    """One call, and what its desk did of it."""

    called: Mark
    marks: tuple[Mark, ...] = field(default=())
    """Moves that answer this call, in the order of acts."""
    stage: Stage = Stage.CALLED
    ended_by: str | None = None
    """The act after which nobody is awaited there: the one that ended the call, or the call of a desk that took the
    person up. None while it is live."""

    @property
    def act_id(self) -> str:
        return self.called.act_id

    @property
    def desk(self) -> str:
        """Where the person is asked to go."""
        return self.called.desk

    @property
    def device(self) -> str:
        return device_of(self.called.stream)

    @property
    def announced(self) -> tuple[datetime, ...]:
        """Each time the number was called, the first call included."""
        again = (mark.moment for mark in self.marks if mark.kind == ActKind.VISIT_RECALLED)
        return (self.called.moment, *again)

    @property
    def present_at(self) -> datetime | None:
        """When the person came to the desk."""
        return next((mark.moment for mark in self.marks if mark.kind in _MET), None)

    @property
    def live(self) -> bool:
        """Whether the person is still on the way to this desk, or there."""
        return self.ended_by is None


def story_of(marks: Sequence[Mark]) -> Story:
    """What marks in the order of acts tell."""
    known = knowledge(marks)
    moves = moves_of(marks)
    heads = _newest(moves, known)
    if not heads:
        return Story(known)
    line = [mark for mark in moves if mark.act_id in known[heads[0].act_id]]
    return Story(known, heads, _sent_to(line), _awaited_by(line))


def _sent_to(line: Sequence[Mark]) -> str | None:
    """A service that began as the person came only repeats where that desk knew the person to be: one cut off from the
    desk that sent the person elsewhere takes nothing of that back."""
    chosen = (mark for mark in reversed(line) if not mark.text("with"))
    return next((told for mark in chosen if (told := mark.text("service"))), None)


def _awaited_by(line: Sequence[Mark]) -> str | None:
    for mark in reversed(line):
        if mark.kind == ActKind.VISIT_TRANSFERRED:
            return mark.text("to")
        if mark.kind in CALLS:
            return None
    return None


def _newest(moves: Sequence[Mark], known: Mapping[str, frozenset[str]]) -> tuple[Mark, ...]:
    """Moves that no other one knew of, the one to believe first."""
    followed: set[str] = set()
    for mark in moves:
        followed |= known[mark.act_id] - {mark.act_id}
    heads = [mark for mark in moves if mark.act_id not in followed]
    return tuple(sorted(heads, key=lambda head: (not _met(head, heads, moves, known), _BELIEVED.index(stage_of(head)))))


def _met(head: Mark, heads: Sequence[Mark], moves: Sequence[Mark], known: Mapping[str, frozenset[str]]) -> bool:
    """Whether a desk had the person in front of it, in what this line alone tells."""
    elsewhere = frozenset[str]().union(*(known[other.act_id] for other in heads if other is not head))
    alone = known[head.act_id] - elsewhere
    return any(mark.kind in _MET and mark.act_id in alone for mark in moves)


def calls_of(marks: Sequence[Mark]) -> tuple[Call, ...]:
    """Every call that stands, each with the moves that answer it."""
    known = knowledge(marks)
    moves = moves_of(marks)
    calls = [mark for mark in moves if mark.kind in CALLS]
    return tuple(_call(call, calls, moves, known) for call in calls)


def _call(call: Mark, calls: Sequence[Mark], moves: Sequence[Mark], known: Mapping[str, frozenset[str]]) -> Call:
    later = [other.act_id for other in calls if other is not call and call.act_id in known[other.act_id]]
    mine = [mark for mark in moves if call.act_id in known[mark.act_id] and known[mark.act_id].isdisjoint(later)]
    stage = stage_of(_newest(mine, known)[0])
    answers = tuple(mark for mark in mine if mark is not call)
    if stage not in LIVE:
        return Call(call, answers, stage, answers[-1].act_id)
    return Call(call, answers, Stage.WAITING, later[0]) if later else Call(call, answers, stage)


def contradicting(marks: Sequence[Mark]) -> tuple[Call, ...]:
    """Calls of desks that did not know of each other and that cannot both be: both had the person before them, or one
    called while the other was still waiting for an answer."""
    known = knowledge(marks)
    places = {mark.act_id: place for place, mark in enumerate(marks)}
    calls = calls_of(marks)
    return tuple(one for one in calls if any(_contradict(one, other, known, places) for other in calls))


def _contradict(one: Call, other: Call, known: Mapping[str, frozenset[str]], places: Mapping[str, int]) -> bool:
    if one.device == other.device or one.act_id in known[other.act_id] or other.act_id in known[one.act_id]:
        return False
    first, second = sorted((one, other), key=lambda call: places[call.act_id])
    meanwhile = first.ended_by is None or places[first.ended_by] > places[second.act_id]
    return meanwhile or (one.present_at is not None and other.present_at is not None)
