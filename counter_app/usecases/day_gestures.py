"""What the journal tells of some days beside people: orientations, answers that stopped somebody, agreements."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from counter_app.domain.acts import ActKind
from counter_app.domain.day_figures import Agreement, Gestures
from counter_app.domain.handover_record import record_in
from counter_app.domain.permit import Permit
from counter_app.store import convocation_rows, counted_acts, counted_days, permit_rows
from counter_app.store.connection import Connection
from counter_app.store.counted_acts import CountedActs
from counter_app.usecases.period_facts import Known

_ATTEMPTS = (ActKind.ARRIVAL_ATTEMPTED, ActKind.HANDOVER_ATTEMPTED)


@dataclass(slots=True)
class Noted:
    """Gestures of one day, counted."""

    oriented: Counter[str] = field(default_factory=Counter)
    stopped: Counter[str] = field(default_factory=Counter)
    agreements: list[Agreement] = field(default_factory=list)
    reprints: int = 0
    offline: int = 0
    arrivals_taken_back: int = 0
    wrong_sleeves: int = 0


def noted(connection: Connection, first: date, last: date, known: Known) -> dict[date, Noted]:
    """Gestures of the days from `first` to `last`."""
    found: dict[date, Noted] = defaultdict(Noted)
    for acts in counted_acts.of_days(connection, first, last):
        _count(found[date.fromisoformat(acts.day)], acts)
    for one in counted_days.reprints(connection, first, last):
        found[date.fromisoformat(one.day)].reprints += one.copies
    for permit in known.handed:
        found[date.fromisoformat(str(permit.handed_on))].offline += permit.offline
    for day, passages in known.passages.items():
        found[day].oriented.update(passages.channels)
    for day, agreement in _agreements(connection, known):
        found[day].agreements.append(agreement)
    return found


def gestures(noted: Iterable[Noted]) -> Gestures:
    """Gestures of one day, or of several together."""
    some = list(noted)
    return Gestures(
        oriented=_sum(one.oriented for one in some),
        stopped=_sum(one.stopped for one in some),
        agreements=tuple(sorted((told for one in some for told in one.agreements), key=lambda one: one.at)),
        reprints=sum(one.reprints for one in some),
        offline=sum(one.offline for one in some),
        arrivals_taken_back=sum(one.arrivals_taken_back for one in some),
        wrong_sleeves=sum(one.wrong_sleeves for one in some),
    )


def _sum(counters: Iterable[Counter[str]]) -> Mapping[str, int]:
    whole: Counter[str] = Counter()
    for one in counters:
        whole.update(one)
    return dict(sorted(whole.items()))


def _count(noted: Noted, acts: CountedActs) -> None:
    if acts.kind == ActKind.ORIENTED:
        noted.oriented[acts.word or "unknown"] += acts.acts
    elif acts.kind in _ATTEMPTS:
        noted.stopped[acts.word or "unknown"] += acts.acts
        noted.wrong_sleeves += acts.acts if acts.near_miss else 0
    else:
        noted.arrivals_taken_back += acts.acts


def _agreements(connection: Connection, known: Known) -> Iterator[tuple[date, Agreement]]:
    """Of arrivals by the day of the appointment, of handovers by their own."""
    people = convocation_rows.by_ids(connection, [one.id for one in known.agreed])
    for person in known.agreed:
        arrival = people[person.id].arrival
        if arrival and arrival.approved_by:
            told = Agreement(arrival.moment, arrival.desk, arrival.reason or "", arrival.approved_by)
            yield person.day, told
    agreed = [one for one in known.handed if one.agreed]
    permits = permit_rows.by_ids(connection, [one.id for one in agreed])
    for one in agreed:
        for told in _of_handover(permits[one.id]):
            yield date.fromisoformat(str(one.handed_on)), told


def _of_handover(permit: Permit) -> Sequence[Agreement]:
    told = ((mark, record_in(mark)) for mark in permit.handovers)
    return [
        Agreement(mark.moment, mark.desk, record.agreed.reason, record.agreed.approved_by)
        for mark, record in told
        if record and record.agreed
    ]
