"""Work items about what no subject owns: a tax stamp, printed numbers, the clock of a desk, a stream that parted."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import NamedTuple

from counter_app.domain.acts import Act, ActKind, Json, Subject
from counter_app.domain.clock import milliseconds
from counter_app.domain.handover_record import stamps_in
from counter_app.domain.permit_listing import plain_card_number
from counter_app.domain.permit_marks import Mark
from counter_app.domain.work_items import WorkItem, WorkItemKind, make, of_marks

STAMP, TRACKING, LETTER, STREAM = "stamp", "tracking", "letter", "stream"
"""What an item can be about that no act is about: a tax stamp (its keyed digest), the tracking number of a letter that
was posted, a letter of tickets, a stream."""
_TRACKED = f"{TRACKING} "

SKEW = timedelta(minutes=10)
"""How far the hour of an act may lie from its place in the order of acts."""


def used_up(mark: Mark) -> frozenset[str]:
    """What serves one departure only: the stamps that it took, by digest, and the tracking number of its letter."""
    if mark.kind != ActKind.PERMIT_POSTED:
        return frozenset(stamp.digest for stamp in stamps_in(mark))
    number = plain_card_number(mark.text("tracking") or "")
    return frozenset({_TRACKED + number} if number else ())


def used_by(used: str) -> Subject:
    """What the items about it are about."""
    number = used.removeprefix(_TRACKED)
    return Subject(STAMP if number == used else TRACKING, number)


def of_used(used: str, departures: Iterable[tuple[str, Mark]]) -> tuple[WorkItem, ...]:
    """Departures (permit, mark) that cannot all have used it."""
    return of_tracking(used, departures) if used_by(used).type == TRACKING else of_stamp(used, departures)


def of_tracking(used: str, departures: Iterable[tuple[str, Mark]]) -> tuple[WorkItem, ...]:
    """One tracking number given to several cards under several bordereaux: one letter holds those of one bordereau."""
    told = list(departures)
    cards, slips = {permit_id for permit_id, _mark in told}, {mark.text("bordereau") for _permit, mark in told}
    if min(len(cards), len(slips)) < 2:
        return ()
    return (of_marks(WorkItemKind.TRACKING_REUSED, used_by(used), [mark for _permit, mark in told]),)


def of_stamp(digest: str, departures: Iterable[tuple[str, Mark]]) -> tuple[WorkItem, ...]:
    """One tax stamp spent at departures (permit, mark) of several cards. Two of one card are a disputed handover."""
    told = list(departures)
    if len({permit_id for permit_id, _mark in told}) < 2:
        return ()
    return (of_marks(WorkItemKind.STAMP_REUSED, Subject(STAMP, digest), [mark for _permit, mark in told]),)


class Numbered(NamedTuple):
    """A paper that bears a printed number."""

    number: str
    receipt: str
    device: str
    """The device that gave it."""


class Lettered(NamedTuple):
    """Where a printed number comes from: its desk's letter, and its day."""

    letter: str
    day: str
    """ISO day; empty when the number tells none."""


def lettered(number: str) -> Lettered:
    """What a number such as `T-59-CA-261123-004` tells of the desk that gave it; of any other text, that text alone."""
    *before, day, _ordinal = ("", "", *number.rsplit("-", 2))
    letter = before[-1].rpartition("-")[2][-1:]
    try:
        return Lettered(letter, date.fromisoformat(f"20{day}").isoformat())
    except ValueError:
        return Lettered(number, "")


def of_numbers(papers: Iterable[Numbered]) -> tuple[WorkItem, ...]:
    """Desks that gave papers of one number, as two desks of one letter do all day: one item for two devices (or for
    one, of which a copy is in use) and a day, however many the papers are."""
    given: dict[str, list[str]] = {}
    for one in sorted(set(papers)):
        given.setdefault(one.number, []).append(one.device)
    pairs = {
        (lettered(number), tuple(sorted({*pair})))
        for number, devices in given.items()
        for pair in combinations(devices, 2)
    }
    return tuple(_of_letter(where, pair) for where, pair in sorted(pairs))


def _of_letter(where: Lettered, pair: Iterable[str]) -> WorkItem:
    devices: list[Json] = [*pair]
    start = datetime.fromisoformat(where.day or "1970-01-01").replace(tzinfo=UTC)
    facts: dict[str, Json] = {"devices": devices, "letter": where.letter, "day": where.day}
    return make(WorkItemKind.DUPLICATE_NUMBER, subject_of(where), (), [start], facts)


def subject_of(where: Lettered) -> Subject:
    """What the items of a letter and a day are about."""
    return Subject(LETTER, f"{where.day} {where.letter}")


def skew(at: datetime, clock: int) -> timedelta:
    """By how much the hour of an act is ahead of its place in the order of acts; negative when it is behind."""
    return timedelta(milliseconds=int(at.timestamp() * 1000) - milliseconds(clock))


def of_clock(stream: str, at: datetime, clock: int) -> WorkItem | None:
    """The item of a desk's wrong clock: one for a stream and a day (that the act bears), however many acts bear it."""
    if abs(skew(at, clock)) <= SKEW:
        return None
    day = at.date()
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return make(WorkItemKind.CLOCK_SKEW, Subject(STREAM, stream), (), [start], {"day": day.isoformat()})


def of_act(act: Act) -> WorkItem | None:
    """What one act alone tells: that the clock of its desk is wrong."""
    return of_clock(act.author.stream, act.at, act.clock)


def of_fork(stream: str, branches: Iterable[str], at: datetime) -> WorkItem:
    """One stream went on in several ways after one act, from copies of one file; `branches`: each of them."""
    sides: list[Json] = [*sorted(branches)]
    return make(WorkItemKind.STREAM_FORKED, Subject(STREAM, stream), (), [at], {"branches": sides})
