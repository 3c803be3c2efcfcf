"""What is known of some days, read from narrow rows and tallied by day, service and purpose.

A year is 200 000 people: they are first counted by what their rows say, and each kind is judged once.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from counter_app.domain.convocation import ConvocationStatus
from counter_app.domain.custody import desk_key
from counter_app.domain.day_balance import Ending, ending_of, walk_in_ending
from counter_app.domain.day_figures import HALF_HOUR
from counter_app.domain.day_tally import Kind, Passages, Tally
from counter_app.domain.period_figures import Only
from counter_app.domain.visit import identity
from counter_app.domain.visit_story import Stage
from counter_app.store import convocation_rows, counted_rows
from counter_app.store.connection import Connection
from counter_app.store.counted_rows import PermitRow, Person, Seen
from counter_app.usecases.desk import Desk

HANDOVERS = "remise"
"""Key of the service that hands permits over, in the rules of a site."""


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
    """People whose arrival was let in beyond the rules."""
    handed: list[PermitRow] = field(default_factory=list)


def known(desk: Desk, connection: Connection, first: date, last: date, only: Only) -> Known:
    """Read and tally what is known of the days from `first` to `last`, one after the other."""
    rules, told = Rules(desk), Known(handed=counted_rows.handed_over(connection, first, last))
    numbers: defaultdict[str | None, set[str | None]] = defaultdict(set)
    for one in told.handed:
        if one.foreign_number:
            numbers[one.handed_on].add(one.foreign_number)
    for place in range((last - first).days + 1):
        day = first + timedelta(days=place)
        people, visits = counted_rows.people(connection, day), counted_rows.visits(connection, day)
        elsewhere = _on_other_days(connection, people, visits)
        collected = _collected(rules, people, numbers[day.isoformat()])
        if only.desk:
            visits = [one for one in visits if desk_key(one[3] or "") == desk_key(only.desk)]
            elsewhere = [one for one in elsewhere if desk_key(one[3] or "") == desk_key(only.desk)]
            called = {one[0] for one in (*visits, *elsewhere)}
            people = [one for one in people if one[0] in called]
        _tally_people(_Day(rules, day, only.service, collected), people, [*visits, *elsewhere], told)
        _tally_visits(rules, day, [one for one in visits if only.service in ("", one[1])], told)
    return told


class Rules:
    """The site's rules as a year of people asks for them: each answer worked out once."""

    def __init__(self, desk: Desk) -> None:
        queue, now, zone = desk.rules.queue, desk.now(), desk.rules.zone

        @cache
        def service_of(key: str | None, purpose: str, told: str | None) -> tuple[str, str]:
            service = (queue.service(key) if key else None) or queue.service_for(purpose, told)
            return service.key, service.name

        @cache
        def target_on(day: date) -> float:
            return queue.limits_on(day).target.total_seconds()

        @cache
        def limit_on(day: date) -> datetime:
            return now - timedelta(minutes=desk.rules.limits_on(day).late)

        self.zone = zone
        self.service_of: Callable[[str | None, str, str | None], tuple[str, str]] = service_of
        """Key and name of a service: that of the visit, else what the purpose and the lists tell."""
        self.target_on: Callable[[date], float] = target_on
        """Seconds of wait aimed at."""
        self._limit_on: Callable[[date], datetime] = limit_on

    def past(self, day: date, slot: str) -> bool:
        """Nobody is waited for beyond the limit of the site; then who has not come is absent."""
        return self._limit_on(day) > datetime.fromisoformat(slot)


@dataclass(slots=True)
class _Day:
    """A day, and what judges its people."""

    rules: Rules
    day: date
    service: str
    """Only people of the service of this key; empty: everybody."""
    collected: frozenset[str]


class _Same(NamedTuple):
    """What people of a day have in common whom nothing but their durations tells apart."""

    service: str | None
    purpose: str
    listed: str | None
    status: str
    stage: str | None
    outcome: str | None


_NOT_SEEN = (None,) * 9
_STATUSES = {status.value: status for status in ConvocationStatus}
_STAGES: dict[str | None, Stage | None] = {None: None, **{stage.value: stage for stage in Stage}}
_Alike = list[tuple[str, str, float | None]]
"""Identity, slot, wait."""


def _tally_people(day: _Day, people: Iterable[Person], visits: Iterable[Seen], told: Known) -> None:
    seen = {one[0]: one for one in visits}
    alike: defaultdict[tuple[str | None, ...], _Alike] = defaultdict(list)
    agreed: set[str] = set()
    for person, slot, purpose, listed, _number, status, beyond in people:
        _, at, stage, _, outcome, wait, _, _, _ = seen.get(person, _NOT_SEEN)
        alike[at, purpose, listed, status, stage, outcome].append((person, slot, wait))
        if beyond:
            agreed.add(person)
    for same, mine in alike.items():
        kind = _Same._make(same)
        key, name = day.rules.service_of(kind.service, kind.purpose, kind.listed)
        if day.service in ("", key):
            _judge(day, kind, name, mine, told)
            told.agreed.extend(Still(day.day, person) for person, _slot, _wait in mine if person in agreed)


def _judge(day: _Day, kind: _Same, service: str, people: _Alike, told: Known) -> None:
    tally, status, stage = (
        told.tallies[Kind(day.day, service, kind.purpose)],
        _STATUSES[kind.status],
        _STAGES[kind.stage],
    )
    tally.waited([wait for _person, _slot, wait in people if wait is not None], day.rules.target_on(day.day))
    others = [(person, slot) for person, slot, _wait in people if person not in day.collected]
    tally.endings[Ending.RECEIVED] += len(people) - len(others)
    waited_for = stage in (None, Stage.VOID) and status is ConvocationStatus.EXPECTED
    late = {person for person, slot in others if day.rules.past(day.day, slot)} if waited_for else frozenset()
    for past in (False, True):
        some = [person for person, _slot in others if (person in late) is past]
        ending, _why = ending_of(status, stage, kind.outcome, handed_over=False, past=past)
        tally.endings[ending] += len(some)
        if ending is Ending.OPEN:
            told.open_people.extend(Still(day.day, person) for person in some)


def _tally_visits(rules: Rules, day: date, visits: Iterable[Seen], told: Known) -> None:
    """Arrivals are counted by ten minutes at first: no half hour of any site parts them."""
    arrived: Counter[str] = Counter()
    served: list[str] = []
    for person, _service, stage, _desk, outcome, _wait, at, durations, channel in visits:
        if at is None:
            continue
        arrived[at[:15]] += 1
        served.append(durations)
        if person is None:
            _walk_in(told.passages[day], stage, outcome, channel)
    if arrived:
        told.passages[day].services.extend(map(float, " ".join(served).split()))
    for ten_minutes, count in arrived.items():
        half = _half_hour(datetime.fromisoformat(f"{ten_minutes}0:00+00:00").astimezone(rules.zone))
        told.passages[day].half_hours[half] += count


_CAME = frozenset({ConvocationStatus.CHECKED_IN.value, ConvocationStatus.SERVED.value})
"""What is said of somebody who came: a list may say « honoré » of whom a desk saw."""


def _on_other_days(connection: Connection, people: Iterable[Person], visits: Iterable[Seen]) -> list[Seen]:
    """Passages of people who did not come on the day of their hour but on another one, the last one last: a supervisor
    let them in, or a desk's clock was a day off."""
    here = {visit[0] for visit in visits if visit[2] != Stage.VOID.value}
    away = [one[0] for one in people if one[5] in _CAME and one[0] not in here]
    came = convocation_rows.arrived(connection, away)
    days = [(one.id, day) for one in came for day in sorted(told.moment.date() for told in one.standing_arrivals)]
    return counted_rows.visits_by_id(connection, [(day.isoformat(), identity(person, day)) for person, day in days])


def _walk_in(passages: Passages, stage: str, outcome: str | None, channel: str | None) -> None:
    ending = walk_in_ending(Stage(stage), outcome)
    passages.channels[channel or "unknown"] += 1
    if ending:
        passages.walk_ins[ending] += 1


def _half_hour(moment: datetime) -> int:
    return (moment.hour * 60 + moment.minute) // HALF_HOUR


def _collected(rules: Rules, people: Iterable[Person], numbers: Collection[str | None]) -> frozenset[str]:
    """Convocations answered by a handover: the only one of the day under that number, else the one for a handover."""
    mine: defaultdict[str | None, list[Person]] = defaultdict(list)
    for one in people if numbers else ():
        if one[4] in numbers:
            mine[one[4]].append(one)
    return frozenset(found for some in mine.values() if (found := _meant(rules, some)))


def _meant(rules: Rules, people: list[Person]) -> str:
    if len(people) == 1:
        return people[0][0]
    meant = [
        (slot, person)
        for person, slot, purpose, listed, *_ in people
        if rules.service_of(None, purpose, listed)[0] == HANDOVERS
    ]
    return min(meant, default=("", ""))[1]
