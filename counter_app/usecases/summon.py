"""Convene people to collect their permit: propose hours, record the choice, send, and follow who did not come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from counter_app.domain.acts import ActKind, Details, Json, Subject, SubjectType
from counter_app.domain.handover_rules import AfterMissed
from counter_app.domain.permit import Permit
from counter_app.domain.permit_fold import apply
from counter_app.domain.phone import read_phone
from counter_app.domain.summons import (
    HORIZON,
    READY,
    Crowded,
    NoRoom,
    Proposal,
    awaits_summons,
    crowded,
    first_day,
    free_hours,
    in_order,
    is_missed,
    missed_slot,
    no_room,
    over_at,
    slot_was_missed,
)
from counter_app.domain.summons import propose as propose_hours
from counter_app.domain.told_apart import AFTER, heads
from counter_app.store import permit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.stock import together_of
from counter_app.usecases.who_came import NotMissed, not_missed


@dataclass(frozen=True, slots=True)
class Choice:
    """An hour given to one permit, and how its holder is told."""

    permit_id: str
    slot: datetime
    language: str = "fr"
    channel: str = "sms"


@dataclass(frozen=True, slots=True)
class Refused:
    """An hour at which nobody more is convened."""

    slot: datetime
    why: NoRoom
    free: datetime | None
    """The next hour that has room; None before the horizon."""


@dataclass(frozen=True, slots=True)
class Summoned:
    """What became of one choice: recorded, or why not."""

    permit: Permit | None
    done: bool
    reason: str = ""
    """`unknown_permit`, `not_ready`, `already_summoned`, `no_room`, `in_the_past`, `too_far` (beyond the horizon),
    `validity_over` (of the card, that day), `not_a_phone`, `reason_needed`, `not_in_stock`, `not_noted`
    (the hour passed: the absence is noted first), `already_told` (noted already, in the same way)."""
    refused: Refused | None = None
    """Of `no_room`: which hour, and why."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Somebody who did not come at the hour given, and what the site's notice prescribes."""

    permit: Permit
    slot: datetime
    then: AfterMissed
    contact: str
    """Where to write, or the words of the site."""
    told_on: str | None = None
    """ISO day on which the person was told so; None while nobody did."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Somebody whose hour passed and whose permit is still here, and who did not miss that hour."""

    permit: Permit
    slot: datetime
    why: NotMissed


def waiting(desk: Desk, first: Sequence[str] = ()) -> list[Permit]:
    """Permits ready whose holders nobody convened yet, in the order in which they will be."""
    now = desk.now()
    with desk.looking() as connection:
        known = permit_rows.announceable(connection, sorted(READY), now.astimezone(desk.rules.zone))
    return in_order([one for one in known if awaits_summons(one, desk.rules, now)], first)


def propose(
    desk: Desk, permits: Sequence[Permit], *, since: date | None = None, keep: Sequence[datetime] = ()
) -> tuple[Proposal, ...]:
    """A free hour for each permit, from a day on (about a week ahead by default) and never over; none beyond
    four months from today, nor once the card is valid no more. Records nothing.

    `keep` holds hours already promised on the page and not recorded yet.
    """
    now = desk.now()
    start = max(datetime.combine(since or first_day(desk.rules, now.date()), time.min, desk.rules.zone), now)
    with desk.looking() as connection:
        taken = _taken(connection, start.date())
    return propose_hours(permits, desk.rules, start, [*taken.values(), *keep], now.date())


def over_places(desk: Desk) -> tuple[Crowded, ...]:
    """Hours to come at which desks convened more people than there are places: somebody moves some, the app nobody."""
    now = desk.now()
    with desk.looking() as connection:
        return crowded(permit_rows.with_slot(connection, since=now.date()), desk.rules, now)


def summon(desk: Desk, choices: Sequence[Choice]) -> list[Summoned]:
    """Record the hours chosen, in one transaction; each is judged again, so that no hour holds more than its room."""
    with desk.gesture() as gesture:
        taken = _taken(gesture.connection, _today(desk, gesture))
        together = together_of(gesture, choices)
        done = []
        for choice in choices:
            outcome = _summoned(desk, gesture, choice, taken, together)
            if outcome.done:
                taken[choice.permit_id] = choice.slot
            done.append(outcome)
    return done


def _summoned(
    desk: Desk, gesture: Gesture, choice: Choice, taken: dict[str, datetime], together: dict[str, Json]
) -> Summoned:
    permit = permit_rows.by_id(gesture.connection, choice.permit_id)
    if permit is None:
        return Summoned(None, False, "unknown_permit")
    if not awaits_summons(permit, desk.rules, gesture.at):
        convened = permit.in_stock and permit.slot is not None
        return Summoned(permit, False, "already_summoned" if convened else "not_ready")
    if problem := _problem(desk, gesture, permit, choice.slot, taken):
        return problem
    details: dict[str, Json] = {
        "slot": choice.slot.astimezone(desk.rules.zone).isoformat(),
        "channel": choice.channel,
        "language": choice.language,
        **together,
    }
    return Summoned(record_on(gesture, permit, ActKind.PERMIT_SUMMONED, details), True)


def _problem(
    desk: Desk, gesture: Gesture, permit: Permit, slot: datetime, taken: dict[str, datetime]
) -> Summoned | None:
    """Why a permit is not given an hour; None when it may be."""
    if slot <= gesture.at:
        return Summoned(permit, False, "in_the_past")
    # The hour that a list gives is this person's place already, however many the list put there, and however far.
    listed = permit.summoned_on is None and slot == permit.slot
    if not listed and slot.astimezone(desk.rules.zone).date() >= _today(desk, gesture) + timedelta(days=HORIZON):
        return Summoned(permit, False, "too_far")
    if over_at(permit, desk.rules, slot):
        return Summoned(permit, False, "validity_over")
    others = [] if listed else [hour for permit_id, hour in taken.items() if permit_id != permit.id]
    why = no_room(desk.rules, slot, others)
    if why is None:
        return None
    free = next(free_hours(desk.rules, slot, others, _today(desk, gesture)), None)
    return Summoned(permit, False, "no_room", Refused(slot, why, free))


def move_slot(desk: Desk, permit_id: str, slot: datetime, reason: str) -> Summoned:
    """Another hour for somebody already convened, with a reason; the first hour stays in the journal."""
    with desk.gesture() as gesture:
        permit = permit_rows.by_id(gesture.connection, permit_id)
        if permit is None or permit.slot is None:
            return Summoned(permit, False, "unknown_permit" if permit is None else "not_ready")
        if not permit.in_stock:
            return Summoned(permit, False, "not_in_stock")
        taken = _taken(gesture.connection, _today(desk, gesture))
        if not reason.strip():
            return Summoned(permit, False, "reason_needed")
        if problem := _problem(desk, gesture, permit, slot, taken):
            return problem
        told = {"slot": slot.astimezone(desk.rules.zone).isoformat(), "from": permit.slot.isoformat()}
        details: dict[str, Json] = {**told, "reason": reason.strip()}
        return Summoned(record_on(gesture, permit, ActKind.SLOT_MOVED, details), True)


def change_phone(desk: Desk, permit_id: str, raw: str) -> Summoned:
    """The number that messages go to from now on, as the person gives it."""
    phone = read_phone(raw)
    with desk.gesture() as gesture:
        permit = permit_rows.by_id(gesture.connection, permit_id)
        if permit is None or phone is None:
            return Summoned(permit, False, "unknown_permit" if permit is None else "not_a_phone")
        return Summoned(record_on(gesture, permit, ActKind.PHONE_CHANGED, {"phone": phone}), True)


def missed(desk: Desk) -> list[Missed]:
    """Everybody who did not come at their hour and whose permit is still here: noted already or not, the oldest
    first."""
    found, apart = _passed(desk)
    absent = [_missed(desk, one, slot) for one, slot in found if one.id not in apart]
    return sorted(absent, key=lambda one: (one.slot, one.permit.name, one.permit.id))


def not_absent(desk: Desk) -> list[Apart]:
    """Those whose hour passed too, and who came, or whose card was kept back: nobody writes that they were absent."""
    found, apart = _passed(desk)
    here = [Apart(one, slot.astimezone(desk.rules.zone), apart[one.id]) for one, slot in found if one.id in apart]
    return sorted(here, key=lambda one: (one.slot, one.permit.name, one.permit.id))


def _passed(desk: Desk) -> tuple[list[tuple[Permit, datetime]], Mapping[str, NotMissed]]:
    """Permits still here with the hour that passed, and those among them that nobody missed."""
    now = desk.now()
    with desk.looking() as connection:
        permits = permit_rows.with_slot(connection, until=now.astimezone(desk.rules.zone).date())
        hours = [(one, slot) for one in permits if (slot := missed_slot(one, desk.rules, now))]
        return hours, not_missed(connection, desk.rules, hours)


def note_missed(desk: Desk) -> list[Missed]:
    """Note once each hour that passed without the person; where the notice says so, they wait for a new one."""
    with desk.gesture() as gesture:
        late = _absent(desk, gesture)
        found, together = [], together_of(gesture, late)
        for one, slot in late:
            details: dict[str, Json] = {"slot": slot.isoformat(), **together}
            after = record_on(gesture, one, ActKind.SLOT_MISSED, details)
            found.append(_missed(desk, after, slot))
    return found


def _absent(desk: Desk, gesture: Gesture) -> list[tuple[Permit, datetime]]:
    """Whose absence nobody noted yet."""
    permits = permit_rows.with_slot(gesture.connection, until=_today(desk, gesture))
    hours = [(one, one.slot) for one in permits if one.slot and is_missed(one, desk.rules, gesture.at)]
    apart = not_missed(gesture.connection, desk.rules, hours)
    return [(one, slot) for one, slot in hours if one.id not in apart]


def _missed(desk: Desk, permit: Permit, slot: datetime) -> Missed:
    limits = desk.rules.handover_rules.limits_on(desk.now().date())
    told = permit.missed_told(slot)
    told_on = told.at[:10] if told else None
    return Missed(permit, slot.astimezone(desk.rules.zone), limits.after_missed, limits.missed_channel, told_on)


def _taken(connection: Connection, since: date) -> dict[str, datetime]:
    """Hours promised from a day on to people whose permit is still here, by permit."""
    permits = permit_rows.with_slot(connection, since=since)
    return {one.id: one.slot for one in permits if one.slot and not slot_was_missed(one)}


def _today(desk: Desk, gesture: Gesture) -> date:
    return gesture.at.astimezone(desk.rules.zone).date()


def record_on(gesture: Gesture, permit: Permit, kind: ActKind, details: Details) -> Permit:
    """The permit once the act about it is part of the gesture; the act names what this desk knew of."""
    told: dict[str, Json] = {**details, AFTER: heads(permit)}
    after = apply(permit, gesture.record(kind, Subject(SubjectType.PERMIT, permit.id), told))
    assert after is not None, "an act about a permit leaves a permit"
    return after
