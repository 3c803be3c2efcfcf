"""Of people whose hour passed and whose permit is still here: who did not miss it, though the card never left.

Whoever was checked in that day, was told at a reception that they are not expected, was noted there by name, or had a
handover asked for, came, at whichever desk. Nobody missed an appointment that a list says cancelled; and a card that
the service kept back could not have been given: whatever its holder did, nobody writes that they were not there.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from counter_app.domain.acts import ActKind, SubjectType
from counter_app.domain.convocation import Convocation
from counter_app.domain.permit import Permit
from counter_app.domain.person_names import same_person_key
from counter_app.domain.rules import SiteRules
from counter_app.domain.summons import could_be_given
from counter_app.store import act_rows, unknown_scans
from counter_app.store.connection import Connection
from counter_app.usecases.holders import appointments_of, cancelled_collection
from counter_app.usecases.scanned_paper import same_number, spellings

_ASKED = frozenset({ActKind.HANDOVER_ATTEMPTED, ActKind.PERMIT_HANDED_OVER})
"""Acts that somebody at the window leaves, taken back or not."""


class NotMissed(StrEnum):
    """Why an hour that passed was not missed by the person."""

    CAME = "came"
    """They stood at a reception or a handover window that day, whatever they were told there."""
    CANCELLED = "cancelled"
    """A list says cancelled the appointment to collect of that day."""
    KEPT_BACK = "kept_back"
    """On hold, faulty, to send back or to locate, then or now: the card could not have been given."""


def not_missed(
    connection: Connection, rules: SiteRules, hours: Sequence[tuple[Permit, datetime]]
) -> Mapping[str, NotMissed]:
    """Of permits with the hour that passed, those whose holders did not miss it, by identity, and why."""
    days = {permit.id: slot.astimezone(rules.zone).date() for permit, slot in hours}
    permits = [permit for permit, _slot in hours]
    theirs = appointments_of(connection, permits, {one: (day,) for one, day in days.items()})
    seen = (*_checked_in(theirs), *_sent_away(connection, theirs), *_at_the_window(connection, days))
    seen += tuple(_unknown_here(connection, permits))
    came = {one for one, at in seen if at.astimezone(rules.zone).date() == days[one]}
    why = dict.fromkeys((one.id for one, slot in hours if not could_be_given(one, rules, slot)), NotMissed.KEPT_BACK)
    why |= dict.fromkeys(_cancelled(rules, permits, theirs, days), NotMissed.CANCELLED)
    return {**why, **dict.fromkeys(came, NotMissed.CAME)}


def _cancelled(
    rules: SiteRules, permits: Sequence[Permit], theirs: Sequence[tuple[Permit, Convocation]], days: Mapping[str, date]
) -> Iterator[str]:
    """Those whose appointment to collect, of that day, a list says cancelled."""
    of_each: dict[str, list[Convocation]] = {}
    for permit, one in theirs:
        of_each.setdefault(permit.id, []).append(one)
    told = (one for one in permits if one.id in of_each)
    return (one.id for one in told if cancelled_collection(rules, one, of_each[one.id], days[one.id]))


Seen = tuple[str, datetime]
"""A permit by its identity, and when a desk saw its holder."""


def _at_the_window(connection: Connection, days: Mapping[str, date]) -> Iterator[Seen]:
    acts = act_rows.acts_of_each(connection, SubjectType.PERMIT, list(days))
    return ((one, act.at) for one, told in acts.items() for act in told if act.kind in _ASKED)


def _unknown_here(connection: Connection, permits: Sequence[Permit]) -> Iterator[Seen]:
    """Those of whom a number, a paper or a name was taken where no list knew them: they came, whatever was said."""
    numbered = [(one.id, one.foreign_number) for one in permits if one.foreign_number]
    scans = unknown_scans.of_numbers(connection, sorted({s for _id, number in numbered for s in spellings(number)}))
    yield from ((one, at) for one, number in numbered for read, at in scans if same_number(number, read))
    yield from unknown_scans.of_permits(connection, [one.id for one in permits])
    noted = [(same_person_key(name), at) for name, at in unknown_scans.named(connection)] if permits else []
    yield from ((one.id, at) for one in permits for name, at in noted if name == same_person_key(one.name))


def _checked_in(theirs: Sequence[tuple[Permit, Convocation]]) -> Iterator[Seen]:
    return ((permit.id, arrival.moment) for permit, one in theirs for arrival in one.standing_arrivals)


def _sent_away(connection: Connection, theirs: Sequence[tuple[Permit, Convocation]]) -> Iterator[Seen]:
    """Those who were told at the reception that it is not now, or not here."""
    tried = sorted({one.id for _permit, one in theirs if one.attempts})
    acts = act_rows.acts_of_each(connection, SubjectType.CONVOCATION, tried)
    asked = ((permit.id, act) for permit, one in theirs for act in acts.get(one.id, ()))
    return ((permit, act.at) for permit, act in asked if act.kind == ActKind.ARRIVAL_ATTEMPTED)
