"""What the journal tells of some days beside people: orientations, answers that stopped somebody, agreements."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from counter_app.domain.acts import ActKind
from counter_app.domain.custody import desk_key
from counter_app.domain.day_figures import Agreement, Gestures
from counter_app.domain.handover_record import record_in
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import Mark
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


def noted(connection: Connection, first: date, last: date, known: Known, desk: str = "") -> dict[date, Noted]:
    """Gestures of the days from `first` to `last`; of one desk, those that it signed."""
    found: dict[date, Noted] = defaultdict(Noted)

    def theirs(name: str) -> bool:
        return not desk or desk_key(name) == desk_key(desk)

    for acts in counted_acts.of_days(connection, first, last):
        if theirs(acts.desk):
            _count(found[date.fromisoformat(acts.day)], acts)
    for one in counted_days.reprints(connection, first, last):
        if theirs(one.desk):
            found[date.fromisoformat(one.day)].reprints += one.copies
    looked_at = [one.id for one in known.handed if desk or one.agreed]
    _count_handovers(found, known, permit_rows.by_ids(connection, looked_at), theirs)
    for day, passages in known.passages.items():
        found[day].oriented.update(passages.channels)
    for day, agreement in _of_arrivals(connection, known):
        if theirs(agreement.desk):
            found[day].agreements.append(agreement)
    return {day: one for day, one in found.items() if one != Noted()}


def _count_handovers(
    found: dict[date, Noted], known: Known, permits: Mapping[str, Permit], theirs: Callable[[str], bool]
) -> None:
    """Handovers out of reach of the central, or beyond the rules; `permits`: those to be looked at."""
    for row in known.handed:
        mine = found[date.fromisoformat(str(row.handed_on))]
        if row.id not in permits:
            mine.offline += row.offline
            continue
        signed = [mark for mark in permits[row.id].handovers if theirs(mark.desk)]
        mine.offline += sum(bool(record and record.offline) for record in map(record_in, signed))
        mine.agreements += _of_handovers(signed)


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


def _of_arrivals(connection: Connection, known: Known) -> Iterator[tuple[date, Agreement]]:
    """By the day of the appointment."""
    people = convocation_rows.by_ids(connection, [one.id for one in known.agreed])
    for person in known.agreed:
        for arrival in people[person.id].daily_arrivals:
            if arrival.approved_by:
                yield person.day, Agreement(arrival.moment, arrival.desk, arrival.reason or "", arrival.approved_by)


def _of_handovers(marks: Sequence[Mark]) -> list[Agreement]:
    told = ((mark, record_in(mark)) for mark in marks)
    return [
        Agreement(mark.moment, mark.desk, record.agreed.reason, record.agreed.approved_by)
        for mark, record in told
        if record and record.agreed
    ]
