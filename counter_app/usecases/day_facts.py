"""What is known of a day, gathered for its figures: people, visits, permits, and the acts that leave no row."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from counter_app.domain.acts import UNREADABLE, Act, ActKind, Details
from counter_app.domain.convocation import Convocation
from counter_app.domain.day_balance import Case, Ended, balance, ended
from counter_app.domain.day_figures import (
    Agreement,
    DayFigures,
    Gestures,
    groups,
    per_half_hour,
    served_for,
    stock,
    times,
    waits_of,
    walk_in_balance,
)
from counter_app.domain.handover_record import HandoverRecord
from counter_app.domain.permit import Permit, PermitState
from counter_app.domain.visit import Visit
from counter_app.domain.visit_story import Stage
from counter_app.store import convocation_rows, counted_acts, permit_rows, receipt_rows, sync_rows, visit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.desk import Desk
from counter_app.usecases.work_items import open_items

HANDOVERS = "remise"
"""Key of the service that hands permits over, in the rules of a site."""


def day_figures(desk: Desk, day: date) -> DayFigures:
    """Every figure of a day, as this desk knows it now."""
    now = desk.now()
    with desk.looking() as connection:
        visits = visit_rows.of_day(connection, day)
        permits = permit_rows.every(connection)
        cases = _cases(desk, connection, day, visits, permits)
        acts = list(counted_acts.of_days(connection, day, day))
        reprints = receipt_rows.reprints(connection, day)
        not_sent = _not_sent(connection)
    gestures = _gestures(acts, visits, cases, _handed_over_on(permits, day), reprints)
    limits = desk.rules.queue.limits_on(day)
    by_service, by_purpose = _by(cases, _service_of(desk)), _by(cases, lambda one: one.case.convocation.purpose)
    standing = [visit for visit in visits if visit.stage is not Stage.VOID]
    return DayFigures(
        day=day,
        at=now,
        balance=balance(cases),
        cases=tuple(cases),
        arrivals=per_half_hour(one.arrived_at.astimezone(desk.rules.zone) for one in standing if one.arrived_at),
        waits=waits_of(cases, limits.target),
        services=times(seconds for visit in standing for seconds in served_for(visit)),
        by_service=groups(by_service, limits.target),
        by_purpose=groups(by_purpose, limits.target),
        walk_ins=walk_in_balance(visit for visit in visits if visit.convocation is None),
        gestures=gestures,
        stock=stock(permits, day, gestures.wrong_sleeves),
        open_conflicts=len(open_items(desk)),
        not_sent=not_sent,
    )


def _cases(
    desk: Desk, connection: Connection, day: date, visits: Sequence[Visit], permits: Sequence[Permit]
) -> list[Ended]:
    by_convocation = {visit.convocation: visit for visit in visits if visit.convocation}
    people = [one for one in convocation_rows.by_day(connection, day) if one.listings]
    collected = _collected(desk, people, {permit.foreign_number for permit, _told in _handed_over_on(permits, day)})
    return [ended(Case(one, by_convocation.get(one.id), one.id in collected, _past(desk, one))) for one in people]


def _collected(desk: Desk, people: Iterable[Convocation], numbers: Iterable[str | None]) -> frozenset[str]:
    """Convocations answered by a handover: the only one of the day under that number, else the one for a handover."""
    found: set[str] = set()
    by_number: dict[str, list[Convocation]] = {}
    for one in people:
        if one.foreign_number:
            by_number.setdefault(one.foreign_number, []).append(one)
    for number in numbers:
        mine = by_number.get(number or "", [])
        meant = mine if len(mine) == 1 else [one for one in mine if _for_handover(desk, one)]
        found.update(one.id for one in meant[:1])
    return frozenset(found)


def _for_handover(desk: Desk, one: Convocation) -> bool:
    return desk.rules.queue.service_for(one.purpose, one.best("service")).key == HANDOVERS


def _past(desk: Desk, convocation: Convocation) -> bool:
    """Nobody is waited for beyond the limit of the site; then who has not come is absent."""
    late = desk.rules.limits_on(convocation.slot.date()).late
    return desk.now() > convocation.slot + timedelta(minutes=late)


def _handed_over_on(permits: Iterable[Permit], day: date) -> list[tuple[Permit, HandoverRecord | None]]:
    found: list[tuple[Permit, HandoverRecord | None]] = []
    for permit in permits:
        mark = permit.departure if permit.state is PermitState.HANDED_OVER else None
        if mark is not None and mark.moment.date() == day:
            found.append((permit, _record(mark.details)))
    return found


def _record(details: Details) -> HandoverRecord | None:
    try:
        return HandoverRecord.from_json(details)
    except UNREADABLE:
        return None


def _by(cases: Iterable[Ended], name_of: Callable[[Ended], str]) -> dict[str, list[Ended]]:
    found: dict[str, list[Ended]] = {}
    for one in cases:
        found.setdefault(name_of(one), []).append(one)
    return found


def _service_of(desk: Desk) -> Callable[[Ended], str]:
    queue = desk.rules.queue

    def named(one: Ended) -> str:
        visit, convocation = one.case.visit, one.case.convocation
        service = queue.service(visit.service) if visit else None
        return (service or queue.service_for(convocation.purpose, convocation.best("service"))).name

    return named


def _gestures(
    acts: Sequence[Act],
    visits: Sequence[Visit],
    cases: Sequence[Ended],
    handed: Sequence[tuple[Permit, HandoverRecord | None]],
    reprints: int,
) -> Gestures:
    undone = {str(act.details.get("act", "")) for act in acts if act.kind == ActKind.ORIENTATION_UNDONE}
    oriented = [act for act in acts if act.kind == ActKind.ORIENTED and act.act_id not in undone]
    attempts = [act for act in acts if act.kind in (ActKind.ARRIVAL_ATTEMPTED, ActKind.HANDOVER_ATTEMPTED)]
    let_in = Counter(visit.told("channel") or "" for visit in visits if visit.convocation is None and visit.openings)
    return Gestures(
        oriented=dict(sorted((Counter(_word(act, "channel") for act in oriented) + let_in).items())),
        stopped=dict(sorted(Counter(_word(act, "verdict") for act in attempts).items())),
        agreements=tuple(sorted(_agreements(cases, handed), key=lambda one: one.at)),
        reprints=reprints,
        offline=sum(record.offline for _permit, record in handed if record),
        arrivals_taken_back=sum(act.kind == ActKind.ARRIVAL_UNDONE for act in acts),
        wrong_sleeves=sum(act.details.get("near_miss") is True for act in attempts),
    )


def _word(act: Act, name: str) -> str:
    return str(act.details.get(name) or "unknown")


def _agreements(cases: Iterable[Ended], handed: Iterable[tuple[Permit, HandoverRecord | None]]) -> list[Agreement]:
    found: list[Agreement] = []
    for one in cases:
        arrival = one.case.convocation.arrival
        if arrival and arrival.approved_by:
            found.append(Agreement(arrival.moment, arrival.desk, arrival.reason or "", arrival.approved_by))
    for permit, record in handed:
        mark = permit.departure
        if record and record.agreed and mark:
            found.append(Agreement(mark.moment, mark.desk, record.agreed.reason, record.agreed.approved_by))
    return found


def _not_sent(connection: Connection) -> tuple[str, ...]:
    """Desks that still had acts to send when the central last told of them."""
    return tuple(
        str(told["desk"]) for told in sync_rows.peers(connection) if int(str(told["waiting"])) and not told["revoked"]
    )
