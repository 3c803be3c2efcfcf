"""What was asked of a permit already, and what it tells of the next question: another sleeve was read, and the right
one not since; today, a document did not match, the person was inside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.acts import Act, ActKind, Json, device_of
from counter_app.domain.handover_draft import IdentityResult
from counter_app.domain.instants import read_instant
from counter_app.domain.verdict import Verdict

SCANNED = "scanned"
"""What acts say of a sleeve that the reader saw, and that was the right one."""

WARNS = "warns"
"""The detail of an attempt that other desks have to know of: a document did not match, of a card that was here."""

CUSTODY_ELSEWHERE = "custody_elsewhere"
"""Note of a permit that another desk, or the safe, has in its custody, and detail of an attempt that was told so: the
verdict is that of a permit to be located (R05), and nobody here can find it."""

INSIDE_SINCE = "inside_since"
"""The detail of a handover after closing: when the person came in, ISO 8601. Once taken back, they are still inside."""

SENT_AWAY = frozenset({Verdict.HANDOVER_CLOSED, Verdict.PERMIT_OTHER_DAY, Verdict.PERMIT_NOT_SUMMONED})
"""After these a person goes: to be at this desk again after closing is to come again."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One handover asked for: answered no, or done and taken back since."""

    at: datetime
    """When it was asked for; of a handover after closing, since when the person was inside."""
    desk: str
    here: bool
    """Whether it was at this desk."""
    verdict: str = ""
    near_miss: bool = False
    """The sleeve of somebody else was read."""
    right_sleeve: bool = False
    """The reader saw the sleeve of this very permit."""
    mismatch: bool = False
    """A document was shown that did not match."""


def attempts_of(acts: Sequence[Act], stream: str) -> tuple[Attempt, ...]:
    """Those that the acts about a permit tell, in their order; `stream`: that of the desk which asks."""
    asked = (act for act in acts if act.kind in (ActKind.HANDOVER_ATTEMPTED, ActKind.PERMIT_HANDED_OVER))
    return tuple(_attempt(act, stream) for act in asked)


def _attempt(act: Act, stream: str) -> Attempt:
    told: Mapping[str, Json] = act.details
    identity = told.get("identity")
    found = identity.get("result") if isinstance(identity, dict) else None
    return Attempt(
        at=_inside_since(act),
        desk=act.author.desk,
        here=device_of(act.author.stream) == device_of(stream),
        verdict=str(told.get("verdict") or ""),
        near_miss=told.get("near_miss") is True,
        right_sleeve=told.get("sleeve") == SCANNED,
        mismatch=act.kind == ActKind.HANDOVER_ATTEMPTED and found == IdentityResult.MISMATCH,
    )


def _inside_since(act: Act) -> datetime:
    try:
        return read_instant(str(act.details[INSIDE_SINCE]))
    except (KeyError, ValueError):
        return act.at


def counted_as(verdict: str, details: Mapping[str, Json]) -> str:
    """What an attempt is called where it is listed and counted: its verdict, or what changes the meaning of it."""
    return CUSTODY_ELSEWHERE if details.get(CUSTODY_ELSEWHERE) is True else verdict


def gone_astray(attempts: Sequence[Attempt]) -> bool:
    """Whether somebody else's sleeve was read for this permit, at any desk and on any day, and the right one not since:
    « by hand » is then no way round it."""
    seen = [one.near_miss for one in attempts if one.near_miss or one.right_sleeve]
    return bool(seen) and seen[-1]


def first_inside(attempts: Sequence[Attempt], now: datetime) -> datetime | None:
    """When the person was first at this desk today; being told that it is closed, or not their day, lets nobody in."""
    inside = (one.at for one in _of_day(attempts, now) if one.here and one.verdict not in SENT_AWAY)
    return min(inside, default=None)


def last_mismatch(attempts: Sequence[Attempt], now: datetime) -> Attempt | None:
    """The last document shown today, at any desk, that did not match."""
    return next((one for one in reversed(_of_day(attempts, now)) if one.mismatch), None)


def _of_day(attempts: Sequence[Attempt], now: datetime) -> list[Attempt]:
    return [one for one in attempts if one.at.astimezone(now.tzinfo).date() == now.date()]
