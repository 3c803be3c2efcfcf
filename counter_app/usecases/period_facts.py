"""What is known of some days, read from narrow rows and tallied by day, service and purpose."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

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
from counter_app.store.counted_rows import PermitRow, PersonRow, VisitRow
from counter_app.usecases.desk import Desk

HANDOVERS = "remise"
"""Key of the service that hands permits over, in the rules of a site."""


@dataclass(slots=True)
class Known:
    """Everybody of some days, tallied."""

    tallies: dict[Kind, Tally] = field(default_factory=lambda: defaultdict(Tally))
    passages: dict[date, Passages] = field(default_factory=lambda: defaultdict(Passages))
    open_people: list[PersonRow] = field(default_factory=list)
    agreed: list[PersonRow] = field(default_factory=list)
    """People whose arrival was let in beyond the rules."""
    handed: list[PermitRow] = field(default_factory=list)
    collected: frozenset[str] = frozenset()
    """Convocations answered by a handover."""


def known(desk: Desk, connection: Connection, first: date, last: date, only: Only) -> Known:
    """Read and tally what is known of the days from `first` to `last`."""
    people, visits = counted_rows.people(connection, first, last), counted_rows.visits(connection, first, last)
    told = Known(handed=counted_rows.handed_over(connection, first, last))
    told.collected = _collected(desk, people, told.handed)
    passages = _passages(connection, people, visits)
    _tally_people(Rules(desk), only, people, passages, told)
    _tally_visits(Rules(desk), only, visits, told)
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
        def offset(hour: str) -> int:
            there = datetime.fromisoformat(f"{hour}:00+00:00").astimezone(zone).utcoffset()
            return int(there.total_seconds()) // 60 if there else 0

        @cache
        def limit_on(day: str) -> datetime:
            """People whose hour was before this have come or are absent."""
            return now - timedelta(minutes=desk.rules.limits_on(date.fromisoformat(day)).late)

        self.service_of: Callable[[str | None, str, str | None], tuple[str, str]] = service_of
        self.target_on: Callable[[date], float] = target_on
        self.offset: Callable[[str], int] = offset
        self.limit_on: Callable[[str], datetime] = limit_on

    def past(self, day: str, slot: str) -> bool:
        """Nobody is waited for beyond the limit of the site; then who has not come is absent."""
        return self.limit_on(day) > datetime.fromisoformat(slot)

    def half_hour(self, arrived_at: str) -> int:
        """The place in the day, at the site, of the half hour of a moment told in UTC."""
        minutes = int(arrived_at[11:13]) * 60 + int(arrived_at[14:16]) + self.offset(arrived_at[:13])
        return minutes % (24 * 60) // HALF_HOUR


def _tally_people(
    rules: Rules, only: Only, people: Iterable[PersonRow], met: Mapping[tuple[str, str], VisitRow], told: Known
) -> None:
    wanted, day_of = desk_key(only.desk), cache(date.fromisoformat)
    for person in people:
        visit = met.get((person.day, person.id))
        if wanted and not (visit and visit.desk and desk_key(visit.desk) == wanted):
            continue
        key, name = rules.service_of(visit.service if visit else None, person.purpose, person.service)
        if only.service and only.service != key:
            continue
        day = day_of(person.day)
        tally = told.tallies[Kind(day, name, person.purpose)]
        ending = _ending(rules, person, visit, told.collected)
        tally.endings[ending] += 1
        if ending is Ending.OPEN:
            told.open_people.append(person)
        if person.agreed:
            told.agreed.append(person)
        if visit and visit.wait is not None:
            tally.waited(visit.wait, rules.target_on(day))


def _passages(
    connection: Connection, people: Iterable[PersonRow], visits: Iterable[VisitRow]
) -> dict[tuple[str, str], VisitRow]:
    """The passage of each person, by the day of their hour: of that day, else of the last other day they came on (a
    supervisor let them in, or a desk's clock was a day off)."""
    met = {(one.day, one.convocation_id): one for one in visits if one.convocation_id}
    here = {key for key, one in met.items() if one.stage != Stage.VOID.value}
    came = ((one.day, one.id) for one in people if one.status == ConvocationStatus.CHECKED_IN.value)
    away = {key[1]: key[0] for key in came if key not in here}
    for convocation in convocation_rows.by_ids(connection, list(away)).values():
        days = sorted(one.moment.date() for one in convocation.standing_arrivals)
        ids = [(day.isoformat(), identity(convocation.id, day)) for day in days]
        for visit in counted_rows.visits_by_id(connection, ids):
            met[away[convocation.id], convocation.id] = visit
    return met


def _ending(rules: Rules, person: PersonRow, visit: VisitRow | None, collected: frozenset[str]) -> Ending:
    status = _STATUSES[person.status]
    stage, outcome = (_STAGES[visit.stage], visit.outcome) if visit else (None, None)
    waited_for = stage in (None, Stage.VOID) and status is ConvocationStatus.EXPECTED
    past = waited_for and rules.past(person.day, person.slot)
    return ending_of(status, stage, outcome, handed_over=person.id in collected, past=past)[0]


_STATUSES = {status.value: status for status in ConvocationStatus}
_STAGES = {stage.value: stage for stage in Stage}


def _tally_visits(rules: Rules, only: Only, visits: Iterable[VisitRow], told: Known) -> None:
    wanted, day_of = desk_key(only.desk), cache(date.fromisoformat)
    for visit in visits:
        if visit.arrived_at is None:
            continue
        if (wanted and desk_key(visit.desk or "") != wanted) or (only.service and only.service != visit.service):
            continue
        passages = told.passages[day_of(visit.day)]
        passages.half_hours[rules.half_hour(visit.arrived_at)] += 1
        passages.services.extend(map(float, visit.served.split()))
        if visit.convocation_id is None:
            ending = walk_in_ending(_STAGES[visit.stage], visit.outcome)
            passages.channels[visit.channel or "unknown"] += 1
            if ending:
                passages.walk_ins[ending] += 1


def _collected(desk: Desk, people: Iterable[PersonRow], handed: Iterable[PermitRow]) -> frozenset[str]:
    """Convocations answered by a handover: the only one of the day under that number, else the one for a handover."""
    numbers = {(one.handed_on, one.foreign_number) for one in handed if one.foreign_number}
    mine: defaultdict[tuple[str, str], list[PersonRow]] = defaultdict(list)
    for one in people:
        if one.foreign_number and (one.day, one.foreign_number) in numbers:
            mine[one.day, one.foreign_number].append(one)
    return frozenset(found.id for some in mine.values() if (found := _meant(desk, some)))


def _meant(desk: Desk, people: list[PersonRow]) -> PersonRow | None:
    for_handover = [one for one in people if desk.rules.queue.service_for(one.purpose, one.service).key == HANDOVERS]
    meant = people if len(people) == 1 else for_handover
    return min(meant, key=lambda one: (one.slot, one.id), default=None)
