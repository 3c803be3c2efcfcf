"""Convening people to collect their permit: who waits, in which order, at which free hour of which open day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from counter_app.domain.handover_rules import AfterMissed
from counter_app.domain.handover_window import closes_at, window_open
from counter_app.domain.permit import Permit, PermitState
from counter_app.domain.permit_marks import SUMMONS
from counter_app.domain.rules import SiteRules
from counter_app.domain.told_apart import other_hours

HORIZON = 120
"""Days among which a free hour is looked for."""
READY = frozenset({PermitState.SHELVED, PermitState.RECEIVED})
"""States of a permit that may be announced: it is here and nothing blocks it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A free hour for one permit; None when the horizon holds none, or none before its validity is over."""

    permit: Permit
    slot: datetime | None
    over: bool = False
    """Whether the last day printed on the card is before the hour there was for it: nobody is convened."""


def awaits_summons(permit: Permit, rules: SiteRules, now: datetime) -> bool:
    """Ready and not convened, or convened for an hour that was missed where the service itself convenes again.

    An hour that stands in a list, or that passed before any message left, convened nobody: only messages do.
    """
    if permit.state not in READY:
        return False
    if permit.summoned_on is None:
        return not given_by_a_desk(permit) or permit.slot is None or permit.slot <= now
    again = rules.handover_rules.limits_on(now.date()).after_missed is AfterMissed.NEW_SLOT
    return again and slot_was_missed(permit)


def given_by_a_desk(permit: Permit) -> bool:
    """Whether the hour that stands was chosen here, and not only read in a list."""
    return any(mark.kind in SUMMONS for mark in permit.standing)


def slot_was_missed(permit: Permit) -> bool:
    """Whether the hour that stands was noted as missed."""
    missed = permit.missed_slots
    return bool(missed) and permit.slot in {datetime.fromisoformat(slot) for slot in missed}


def missed_slot(permit: Permit, rules: SiteRules, now: datetime) -> datetime | None:
    """The hour that the person missed, noted already or not; None when they missed none."""
    slot = permit.slot if slot_was_missed(permit) or is_missed(permit, rules, now) else None
    return slot if permit.in_stock else None


def is_missed(permit: Permit, rules: SiteRules, now: datetime) -> bool:
    """Whether the hour told has passed, the window of that day is over, and nobody noted it yet. Not while another hour
    that a message gave is still to come."""
    told = permit.slot
    if told is None or told > now or not permit.in_stock or permit.summoned_on is None or slot_was_missed(permit):
        return False
    if any(hour > now for hour in other_hours(permit)):
        return False
    slot = told.astimezone(rules.zone)
    closes = closes_at(rules, slot.date()) or slot
    finish = timedelta(minutes=rules.handover_rules.limits_on(slot.date()).finish)
    return now > max(closes, slot) + finish


def could_be_given(permit: Permit, rules: SiteRules, slot: datetime) -> bool:
    """Whether nothing kept the card from its holder at that hour, until the window of that day closed, or now."""
    closes = closes_at(rules, slot.astimezone(rules.zone).date()) or slot
    then = (_as_of(permit, slot), _as_of(permit, max(closes, slot)))
    return not over_at(permit, rules, slot) and all(one.state in READY for one in (permit, *then))


def _as_of(permit: Permit, moment: datetime) -> Permit:
    """The permit as the marks up to a moment tell it."""
    return replace(permit, marks=tuple(mark for mark in permit.marks if mark.moment <= moment))


def in_order(permits: Iterable[Permit], first: Sequence[str] = ()) -> list[Permit]:
    """Those that a supervisor put first, in that order; then who never missed an hour; then the longest in stock.

    The notice of 2020 convenes « dans l’ordre de réception », and those cancelled by the service by priority.
    """
    rank = {permit_id: place for place, permit_id in enumerate(first)}

    def key(one: Permit) -> tuple[int, bool, str, str, str]:
        return (rank.get(one.id, len(rank)), bool(one.missed_slots), one.received_on or "9999", one.name, one.id)

    return sorted(permits, key=key)


def hours_of(rules: SiteRules, day: date) -> Iterator[datetime]:
    """Every hour of a day at which people may be convened: inside the window, the last one ending as it closes."""
    hours, limits = rules.handover_on(day), rules.handover_rules.limits_on(day)
    if hours is None:
        return
    step, slot = timedelta(minutes=limits.slot_minutes), datetime.combine(day, hours.opens, rules.zone)
    closes = datetime.combine(day, hours.closes, rules.zone)
    while slot + step <= closes:
        yield slot
        slot += step


def first_day(rules: SiteRules, today: date) -> date:
    """The first day proposed: about a week after the message, as the site's setting says."""
    return today + timedelta(days=rules.handover_rules.limits_on(today).days_ahead)


def free_hours(
    rules: SiteRules, since: datetime, taken: Iterable[datetime], today: date | None = None
) -> Iterator[datetime]:
    """Hours after a moment, each as often as there is room left for a person; none beyond the horizon of today."""
    used = Counter(slot.astimezone(rules.zone) for slot in taken)
    first = since.astimezone(rules.zone).date()
    for ahead in range(HORIZON - (first - (today or first)).days):
        day = first + timedelta(days=ahead)
        capacity = rules.handover_rules.limits_on(day).slot_capacity
        for slot in hours_of(rules, day):
            yield from [slot] * (capacity - used[slot] if slot > since else 0)


@dataclass(frozen=True, slots=True)
class Crowded:
    """An hour at which more people are convened than there are places: desks that were apart each filled it."""

    slot: datetime
    """Local time of the site."""
    people: int
    places: int


def crowded(permits: Iterable[Permit], rules: SiteRules, now: datetime) -> tuple[Crowded, ...]:
    """Hours to come with too many people, in order; not those that a list alone filled: a desk chose nothing there."""
    ahead = [one for one in permits if one.slot and one.slot > now and not slot_was_missed(one)]
    used = Counter(one.slot.astimezone(rules.zone) for one in ahead if one.slot)
    chosen = {one.slot for one in ahead if given_by_a_desk(one)}
    hours = (Crowded(slot, people, _places(rules, slot)) for slot, people in sorted(used.items()) if slot in chosen)
    return tuple(one for one in hours if one.people > one.places)


def _places(rules: SiteRules, slot: datetime) -> int:
    return rules.handover_rules.limits_on(slot.date()).slot_capacity


class NoRoom(StrEnum):
    """Why nobody more is convened at an hour."""

    CLOSED_DAY = "closed_day"
    OUTSIDE = "outside_window"
    BETWEEN = "between_hours"
    """Inside the window, and none of the hours at which people are convened."""
    FULL = "full"


def no_room(rules: SiteRules, slot: datetime, taken: Iterable[datetime]) -> NoRoom | None:
    """Why one more person does not fit at this hour; None when one does."""
    here = slot.astimezone(rules.zone)
    if rules.handover_on(here.date()) is None:
        return NoRoom.CLOSED_DAY
    if here not in hours_of(rules, here.date()):
        return NoRoom.BETWEEN if window_open(rules, here) else NoRoom.OUTSIDE
    used = sum(one.astimezone(rules.zone) == here for one in taken)
    return None if used < _places(rules, here) else NoRoom.FULL


def propose(
    permits: Sequence[Permit],
    rules: SiteRules,
    since: datetime,
    taken: Iterable[datetime],
    today: date | None = None,
) -> tuple[Proposal, ...]:
    """One hour for each permit, in the order given, until the horizon (of today, else of `since`) is full.

    The hour that a list gives is kept when it leaves the person time to be told: it is already among those taken.
    """
    free = free_hours(rules, since, taken, today)
    ahead, found = next(free, None), []
    for one in permits:
        listed = _listed_hour(one, rules, since)
        slot = listed or ahead
        over = slot is not None and over_at(one, rules, slot)
        found.append(Proposal(one, None if over else slot, over))
        ahead = ahead if listed or over else next(free, None)
    return tuple(found)


def over_at(permit: Permit, rules: SiteRules, slot: datetime) -> bool:
    """Whether the validity of a card is over on the day of an hour."""
    return permit.is_over(slot.astimezone(rules.zone).date())


def _listed_hour(permit: Permit, rules: SiteRules, since: datetime) -> datetime | None:
    if permit.slot is None or slot_was_missed(permit) or permit.summoned_on is not None:
        return None
    slot = permit.slot.astimezone(rules.zone)
    return slot if slot > since and slot in hours_of(rules, slot.date()) else None
