"""Marks: what desks did with a permit, as its fold keeps them, and which mark takes back which."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from counter_app.domain.acts import Act, ActKind, Details, Json, device_of
from counter_app.domain.answers import effective
from counter_app.domain.instants import read_instant


@dataclass(frozen=True, slots=True)
class Mark:
    """One act about a permit that counts for its state."""

    act_id: str
    kind: str
    at: str
    """ISO 8601 with the site's offset."""
    desk: str
    agent: str
    stream: str
    details: Details = field(default_factory=dict)

    @staticmethod
    def of(act: Act) -> "Mark":
        """The mark that an act leaves."""
        author = act.author
        at = act.at.isoformat()
        return Mark(act.act_id, str(act.kind), at, author.desk, author.agent, author.stream, dict(act.details))

    @property
    def moment(self) -> datetime:
        """Aware instant of the gesture, by the desk's own clock."""
        return datetime.fromisoformat(self.at)

    def text(self, name: str) -> str | None:
        """A detail as text; None when it is not told."""
        value = self.details.get(name)
        return None if value in (None, "") else str(value)

    def to_json(self) -> dict[str, Json]:
        """As the projection keeps it."""
        return {**dict(zip(_TEXTS, _texts(self), strict=True)), "details": dict(self.details)}

    @staticmethod
    def from_json(values: Details) -> "Mark":
        """Read back what `to_json` wrote."""
        details = values["details"]
        assert isinstance(details, dict)
        act_id, kind, at, desk, agent, stream = (str(values[name]) for name in _TEXTS)
        return Mark(act_id, kind, at, desk, agent, stream, details)


_TEXTS = ("act_id", "kind", "at", "desk", "agent", "stream")
_texts = attrgetter(*_TEXTS)

REMOVALS = frozenset({ActKind.PERMIT_SENT_BACK, ActKind.PERMIT_POSTED, ActKind.PERMIT_DESTROYED})
"""Departures by a bordereau."""

DEPARTURES = REMOVALS | {ActKind.PERMIT_HANDED_OVER}
"""What takes a card out of the stock."""

UNDOES = frozenset({ActKind.HANDOVER_UNDONE, ActKind.BORDEREAU_VOIDED, ActKind.PERMIT_BACK_IN_STOCK})
"""What a desk takes a departure back by."""

STOCK = frozenset(
    {
        *(ActKind.PERMIT_SHELVED, ActKind.PERMIT_TO_LOCATE, ActKind.PERMIT_FOUND, ActKind.PERMIT_HELD),
        *(ActKind.PERMIT_FAULTY, ActKind.PERMIT_TO_SEND_BACK),
    }
)
"""Gestures inside the stock: each can be taken back."""

IN_HAND = "in_hand"
"""The detail of a reception by a desk that had the card in hand and knew nothing of it: such ones leave a mark."""

UNHEARD = "unheard"
"""The detail of a reception by a lot at a desk that knew nothing of the card: it leaves a mark where another desk read
another person."""

CUSTODY = frozenset({ActKind.CUSTODY_OFFERED, ActKind.CUSTODY_TAKEN, ActKind.CUSTODY_OVERRIDDEN})
"""What moves custody, or offers to."""

SEEN = frozenset({ActKind.PERMIT_SHELVED, ActKind.PERMIT_FOUND, ActKind.CUSTODY_TAKEN})
"""What a desk says with the card in its hands: it is here."""

RESETS = frozenset({ActKind.PERMIT_BACK_IN_STOCK, ActKind.DISPUTE_SETTLED})
"""After these nobody knows the card's place any more, until a desk shelves it."""

SUMMONS = frozenset({ActKind.PERMIT_SUMMONED, ActKind.SLOT_MOVED})
"""What gives a person an hour."""

TELLING = frozenset({ActKind.SUMMONS_SENT, ActKind.MISSED_TOLD, ActKind.MESSAGE_DOUBTFUL})
"""What was said to a person, or may have been: a mail server took the message and its answer was lost."""

CONVENING = SUMMONS | TELLING | {ActKind.PHONE_CHANGED, ActKind.SLOT_MISSED}
"""What is done about the person whom a permit waits for."""

_TAKES_BACK: dict[str, frozenset[ActKind]] = {
    ActKind.HANDOVER_UNDONE: frozenset({ActKind.PERMIT_HANDED_OVER}),
    ActKind.PERMIT_RELEASED: frozenset({ActKind.PERMIT_HELD}),
    ActKind.PERMIT_BACK_IN_STOCK: REMOVALS,
    ActKind.DISPUTE_SETTLED: DEPARTURES | {ActKind.HANDOVER_CONTESTED},
    ActKind.DEPARTURE_SETTLED: DEPARTURES
    | STOCK
    | SUMMONS
    | {ActKind.SLOT_MISSED, ActKind.HANDOVER_ATTEMPTED, ActKind.HANDOVER_CONTESTED, ActKind.CUSTODY_TAKEN},
    ActKind.SUMMONS_SETTLED: SUMMONS | {ActKind.PHONE_CHANGED},
    ActKind.HOLDER_SETTLED: frozenset({ActKind.PERMIT_RECEIVED}),
    ActKind.CUSTODY_SETTLED: CUSTODY,
    ActKind.STOCK_UNDONE: STOCK,
    ActKind.CUSTODY_UNDONE: CUSTODY,
    ActKind.SUMMONS_UNDONE: CONVENING,
    ActKind.BORDEREAU_VOIDED: REMOVALS,
}
"""What each of these acts may take back, among the acts it names in `acts`."""

_NEEDED = {
    ActKind.PERMIT_SHELVED: ("tray",),
    ActKind.CUSTODY_OFFERED: ("from", "to"),
    ActKind.CUSTODY_TAKEN: ("offer",),
    ActKind.CUSTODY_OVERRIDDEN: ("to",),
    ActKind.PHONE_CHANGED: ("phone",),
    ActKind.SLOT_MISSED: ("slot",),
    ActKind.MISSED_TOLD: ("slot",),
    ActKind.MESSAGE_DOUBTFUL: ("slot", "about"),
}

KEPT = (
    DEPARTURES
    | STOCK
    | CONVENING
    | frozenset(map(ActKind, _TAKES_BACK))
    | frozenset(_NEEDED)
    | {ActKind.HANDOVER_CONTESTED}
)
"""Kinds of acts that leave a mark on a permit."""


_DATED = SUMMONS | {ActKind.SLOT_MISSED, ActKind.MISSED_TOLD, ActKind.MESSAGE_DOUBTFUL}
"""What names an hour."""


def check(act: Act) -> None:
    """Raise one of `UNREADABLE` when a mark of these details would say nothing. A departure always counts."""
    if act.kind in _TAKES_BACK and not isinstance(act.details["acts"], list):
        raise TypeError("an act that takes back names acts")
    if act.kind in _DATED:
        read_instant(str(act.details["slot"]))
    if not all(isinstance(act.details[name], str) and act.details[name] for name in _NEEDED.get(ActKind(act.kind), ())):
        raise TypeError("a detail that this kind needs is missing")


def standing(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Marks that no other takes back, in their order."""
    if not any(mark.kind in _TAKES_BACK for mark in marks):
        return tuple(marks)
    settled = ([mark for mark in marks if mark.kind == kind] for kind in _SETTLES)
    idle = frozenset[str]().union(*map(without_effect, settled))
    taking = (mark for mark in marks if mark.act_id not in idle)
    gone = {
        (str(act_id), kind) for mark in taking for act_id in _named(mark) for kind in _TAKES_BACK.get(mark.kind, ())
    }
    others = _of_other_cards(marks, gone)
    return tuple(mark for mark in marks if (mark.act_id, mark.kind) not in gone and mark.act_id not in others)


def _of_other_cards(marks: Sequence[Mark], gone: Collection[tuple[str, str]]) -> frozenset[str]:
    """Where desks put the card that they read under another name, until it was answered whose this one is."""
    read = (mark for mark in marks if mark.kind == ActKind.PERMIT_RECEIVED)
    misread = {device_of(mark.stream) for mark in read if (mark.act_id, mark.kind) in gone}
    answers = [place for place, mark in enumerate(marks) if mark.kind == ActKind.HOLDER_SETTLED] if misread else []
    before = marks[: answers[-1]] if answers else ()
    placing = SEEN | {ActKind.PERMIT_TO_LOCATE}
    return frozenset(one.act_id for one in before if one.kind in placing and device_of(one.stream) in misread)


def elsewhere(mark: Mark, other: Mark) -> bool:
    """Whether two marks were made by different devices."""
    return device_of(mark.stream) != device_of(other.stream)


def absences(marks: Sequence[Mark]) -> tuple[tuple[tuple[Mark, ...], Mark], ...]:
    """Each time that a card left by a bordereau and came back: the departures that this ended, and the mark of its
    return. A departure that anything else took back never took place."""
    backs = [mark for mark in marks if mark.kind == ActKind.PERMIT_BACK_IN_STOCK]
    if not backs:
        return ()
    others = standing([mark for mark in marks if mark.kind != ActKind.PERMIT_BACK_IN_STOCK])
    left = {mark.act_id: mark for mark in others if mark.kind in REMOVALS}
    told = ((tuple(left.pop(str(act)) for act in dict.fromkeys(_named(back)) if act in left), back) for back in backs)
    return tuple((gone, back) for gone, back in told if gone)


def in_doubt(marks: Sequence[Mark], kind: ActKind) -> Mark | None:
    """The last word about messages of a kind (`SUMMONS_SENT`, `MISSED_TOLD`), when it is that one may have left."""
    told = (mark for mark in reversed(marks) if kind in (mark.kind, mark.text("about")))
    last = next(told, None)
    return last if last and last.kind == ActKind.MESSAGE_DOUBTFUL else None


_SETTLES = (
    *(ActKind.DISPUTE_SETTLED, ActKind.DEPARTURE_SETTLED, ActKind.SUMMONS_SETTLED),
    *(ActKind.HOLDER_SETTLED, ActKind.CUSTODY_SETTLED),
)
"""Answers of supervisors: of two desks apart, both may have given one."""


def without_effect(settled: Sequence[Mark]) -> frozenset[str]:
    """Settlements (of marks named in `about`, or else in `acts`; `kept` stays) that another one, of desks that were
    apart, leaves without effect (see `answers.effective`)."""
    if len(settled) < 2:
        return frozenset()
    held = effective([_about(mark) for mark in settled])
    return frozenset(mark.act_id for place, mark in enumerate(settled) if place not in held)


def _about(mark: Mark) -> frozenset[str]:
    return frozenset(map(str, (*_listed(mark), *_listed(mark, "about"), mark.text("kept") or ""))) - {""}


def _listed(mark: Mark, name: str = "acts") -> list[Json]:
    listed = mark.details.get(name)
    return listed if isinstance(listed, list) else []


def names(mark: Mark, act_id: str | None) -> bool:
    """Whether a mark takes back this act, or means to."""
    return act_id in _named(mark)


def _named(mark: Mark) -> list[Json]:
    return _listed(mark) if mark.kind in _TAKES_BACK else []
