"""What is known of some days, read from narrow rows and tallied by day, service and purpose.

A year is 200 000 people: the file tells those of a day apart by what their rows say, and each kind is judged once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import repeat
from typing import NamedTuple

from counter_app.domain.convocation import ConvocationStatus
from counter_app.domain.custody import desk_key
from counter_app.domain.day_balance import Ending, ending_of, walk_in_ending
from counter_app.domain.day_figures import HALF_HOUR
from counter_app.domain.day_tally import Kind, Passages, Tally
from counter_app.domain.period_figures import Only
from counter_app.domain.queue_rules import COLLECTING
from counter_app.domain.visit import identity
from counter_app.domain.visit_story import Stage
from counter_app.store import convocation_rows, counted_days
from counter_app.store.connection import Connection
from counter_app.store.counted_days import Alike, Elsewhere, Given, Named, Passed
from counter_app.store.counted_rows import PermitRow
from counter_app.usecases.desk import Desk
from counter_app.usecases.lookalikes import lookalikes
from counter_app.usecases.period_rules import Rules


class Still(NamedTuple):
    """Somebody to look at again: day and identity of the convocation."""

    day: date
    id: str


@dataclass(slots=True)
class Known:
    """Everybody of some days, tallied."""

    tallies: dict[Kind, Tally] = field(default_factory=lambda: defaultdict(Tally))
    passages: dict[date, Passages] = field(default_factory=lambda: defaultdict(Passages))
    open_people: list[Still] = field(default_factory=list)
    agreed: list[Still] = field(default_factory=list)
    """People whose arrival was let in beyond the rules, at any desk."""
    handed: list[PermitRow] = field(default_factory=list)
    """Handovers out of reach of the central, or beyond the rules."""


def known(desk: Desk, connection: Connection, first: date, last: date, only: Only) -> Known:
    """Read and tally what is known of the days from `first` to `last`, one after the other."""
    rules, alike = Rules(desk), lookalikes(connection, first, last)
    told = Known(handed=counted_days.handed_beyond(connection, first, last))
    names, numbers = _names(connection, first, last, only.desk), counted_days.numbers_handed(connection, first, last)
    for place in range((last - first).days + 1):
        day = first + timedelta(days=place)
        people, passed = counted_days.people(connection, day), counted_days.passages(connection, day)
        elsewhere, everybody = _on_other_days(connection, people, passed), passed
        if names is not None:
            passed = counted_days.passages(connection, day, names)
            elsewhere = [one for one in elsewhere if desk_key(one.desk or "") == desk_key(only.desk)]
        seen = _seen(passed, elsewhere)
        told.agreed.extend(Still(day, person) for one in people if one.agreed for person in one.ids)
        convened = people
        if names is not None:
            people = [one.of(seen) for one in people]
        collected = _collected(rules, connection, day, numbers.get(day.isoformat()))
        today = _Day(rules, day, only, collected, alike)
        _tally_people(today, people, seen, told)
        _tally_parts(today, convened, everybody, told)
        _tally_passages(rules, day, passed.of_service(only.service) if only.service else passed, told)
    return told


def _names(connection: Connection, first: date, last: date, desk: str) -> list[str] | None:
    """A desk as it was written, in whatever case; None when all desks are asked for."""
    if not desk:
        return None
    return [name for name in counted_days.desks(connection, first, last) if desk_key(name) == desk_key(desk)]


@dataclass(slots=True)
class _Day:
    """A day, and what judges its people."""

    rules: Rules
    day: date
    only: Only
    """Whose figures are asked for."""
    collected: set[str]
    alike: frozenset[str]
    """People expected who may be somebody that a desk received (see `lookalikes`)."""


_Met = tuple[str | None, str | None, str | None]
"""Service, stage and outcome of a passage."""
_Seen = dict[str | None, tuple[_Met, float | None]]
"""What desks did with each person, and how long they waited."""
_NOT_SEEN = ((None, None, None), None)
_VOID = Stage.VOID.value
_STATUSES = {status.value: status for status in ConvocationStatus}
_STAGES: dict[str | None, Stage | None] = {None: None, **{stage.value: stage for stage in Stage}}


class _Kind(NamedTuple):
    """What people of a day have in common whom nothing but their durations tells apart."""

    met: _Met
    past: bool
    """They are expected, and nobody waits for them any more."""
    resembles: bool


_Some = list[tuple[str, float | None]]
"""Identity and wait of each."""


def _seen(passed: Passed, elsewhere: Iterable[Elsewhere]) -> _Seen:
    met = zip(passed.services, passed.stages, passed.outcomes, strict=True)
    seen: _Seen = dict(zip(passed.people, zip(met, passed.waits, strict=True), strict=True))
    seen.update((one.person, ((one.service, one.stage, one.outcome), one.wait)) for one in elsewhere)
    return seen


def _tally_people(day: _Day, people: Iterable[Alike], seen: _Seen, told: Known) -> None:
    for alike in people:
        kinds: defaultdict[tuple[_Met, bool, bool], _Some] = defaultdict(list)
        late = (day.rules.past(day.day, slot) for slot in alike.slots) if alike.slots else repeat(False)
        for person, past in zip(alike.ids, late, strict=False):
            met, wait = seen.get(person, _NOT_SEEN)
            kinds[met, past, person in day.alike].append((person, wait))
        for kind, mine in kinds.items():
            key, name = day.rules.service_of(kind[0][0], alike.purpose, alike.service)
            if day.only.service in ("", key):
                _judge(day, alike, _Kind(*kind), told.tallies[Kind(day.day, name, alike.purpose)], mine, told)


def _judge(day: _Day, alike: Alike, kind: _Kind, tally: Tally, people: _Some, told: Known) -> None:
    _service, stage, outcome = kind.met
    tally.waited([wait for _person, wait in people if wait is not None], day.rules.target_on(day.day))
    others = [person for person, _wait in people if person not in day.collected]
    tally.endings[Ending.RECEIVED] += len(people) - len(others)
    ending, _why = ending_of(_STATUSES[alike.status], _STAGES[stage], outcome, past=kind.past, resembles=kind.resembles)
    tally.endings[ending] += len(others)
    if ending is Ending.OPEN:
        told.open_people.extend(Still(day.day, person) for person in others)


def _tally_parts(day: _Day, people: Iterable[Alike], passed: Passed, told: Known) -> None:
    """Each service under the one that gave it, and at the desk that gave it, wherever the person went afterwards; of
    people convened, under what the lists of the day say that they came for too, else what was said when they arrived
    for an hour of another day."""
    parts = [(name, one) for one in passed.parts() if (name := _meant_by(day, one))]
    if not parts:
        return
    purposes, passages = {person: one.purpose for one in people for person in one.ids}, told.passages[day.day]
    for name, one in parts:
        passages.by_service[name].append(one.seconds)
        if one.person is not None and (what := purposes.get(one.person, one.purpose)):
            passages.by_purpose[what].append(one.seconds)


def _meant_by(day: _Day, given: Given) -> str:
    """The name of the service that was given; empty of one that is not asked for."""
    key, name = day.rules.given(given.service)
    asked = day.only.service in ("", key) and (not day.only.desk or day.rules.same_desk(given.desk, day.only.desk))
    return name if asked else ""


def _tally_passages(rules: Rules, day: date, passed: Passed, told: Known) -> None:
    """Arrivals are counted by ten minutes at first: no half hour of any site parts them."""
    arrived = Counter(passed.arrived)
    arrived.pop(None, None)
    if not arrived:
        return
    passages = told.passages[day]
    for ten_minutes, count in arrived.items():
        half = _half_hour(datetime.fromisoformat(f"{ten_minutes}0:00+00:00").astimezone(rules.zone))
        passages.half_hours[half] += count
    if None in passed.people:
        _walk_ins(passages.walk_ins, passages.channels, passed, rules.target_on(day))


_CAME = frozenset({ConvocationStatus.CHECKED_IN.value, ConvocationStatus.SERVED.value})
"""What is said of somebody who came: a list may say « honoré » of whom a desk saw."""


def _on_other_days(connection: Connection, people: Iterable[Alike], passed: Passed) -> list[Elsewhere]:
    """Passages of people who did not come on the day of their hour but on another one, the last one last: a supervisor
    let them in, or a desk's clock was a day off."""
    here = {person for person, stage in zip(passed.people, passed.stages, strict=True) if stage != _VOID}
    away = [person for one in people if one.status in _CAME for person in one.ids if person not in here]
    came = convocation_rows.arrived(connection, away)
    days = [(one.id, day) for one in came for day in sorted(told.moment.date() for told in one.standing_arrivals)]
    keys = [(day.isoformat(), identity(person, day)) for person, day in days]
    return counted_days.passages_elsewhere(connection, keys)


def _walk_ins(tally: Tally, channels: Counter[str], passed: Passed, target: float) -> None:
    each = zip(passed.stages, passed.outcomes, passed.channels, strict=True)
    stand = zip(each, passed.people, passed.arrived, strict=True)
    alike = Counter(told for told, person, arrived in stand if person is None and arrived)
    for (stage, outcome, channel), count in alike.items():
        ending = walk_in_ending(Stage(stage), outcome)
        channels[channel or "unknown"] += count
        if ending:
            tally.endings[ending] += count
    met = zip(passed.people, passed.arrived, passed.waits, strict=True)
    tally.waited([wait for person, arrived, wait in met if person is None and arrived and wait is not None], target)


def _half_hour(moment: datetime) -> int:
    return (moment.hour * 60 + moment.minute) // HALF_HOUR


def _collected(rules: Rules, connection: Connection, day: date, numbers: str | None) -> set[str]:
    """Convocations answered by a handover: the only one of the day under that number, else the one for a handover."""
    if numbers is None:
        return set()
    people, theirs = counted_days.who_has(connection, day, numbers)
    several = [number for number, count in Counter(theirs).items() if count > 1]
    alone = {person for person, number in zip(people, theirs, strict=True) if number not in several}
    mine: defaultdict[str, list[Named]] = defaultdict(list)
    for one in counted_days.named(connection, day, several) if several else ():
        mine[one.foreign_number].append(one)
    return alone.union(found for some in mine.values() if (found := _meant(rules, some)))


def _meant(rules: Rules, people: Sequence[Named]) -> str:
    meant = ((one.slot, one.id) for one in people if rules.service_of(None, one.purpose, one.service)[0] == COLLECTING)
    return min(meant, default=("", ""))[1]
