"""Of people whose hour passed and whose permit is still here: who did not miss it, though the card never left.

Whoever was checked in that day, or had a handover asked for at any desk, came. A card that the service kept back could
not have been given: whatever its holder did, nobody writes to them that they were not there.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from counter_app.domain.acts import ActKind, SubjectType
from counter_app.domain.convocation import Convocation
from counter_app.domain.permit import Permit
from counter_app.domain.person_names import same_person_key
from counter_app.domain.rules import SiteRules
from counter_app.domain.summons import could_be_given
from counter_app.store import act_rows, convocation_rows
from counter_app.store.connection import Connection

_ASKED = frozenset({ActKind.HANDOVER_ATTEMPTED, ActKind.PERMIT_HANDED_OVER})
"""Acts that somebody at the window leaves, taken back or not."""


class NotMissed(StrEnum):
    """Why an hour that passed was not missed by the person."""

    CAME = "came"
    """They were checked in that day, or stood at a handover window."""
    KEPT_BACK = "kept_back"
    """On hold, faulty, to send back or to locate, then or now: the card could not have been given."""


def not_missed(
    connection: Connection, rules: SiteRules, hours: Sequence[tuple[Permit, datetime]]
) -> Mapping[str, NotMissed]:
    """Of permits with the hour that passed, those whose holders did not miss it, by identity, and why."""
    days = {permit.id: slot.astimezone(rules.zone).date() for permit, slot in hours}
    came = _checked_in(connection, rules, hours, days) | _at_the_window(connection, rules, days)
    kept = {permit.id for permit, slot in hours if not could_be_given(permit, rules, slot)}
    return {one: NotMissed.CAME if one in came else NotMissed.KEPT_BACK for one in days if one in came | kept}


def _at_the_window(connection: Connection, rules: SiteRules, days: Mapping[str, date]) -> set[str]:
    acts = act_rows.acts_of_each(connection, SubjectType.PERMIT, list(days))
    return {one for one, told in acts.items() for act in told if act.kind in _ASKED and _on(act.at, days[one], rules)}


def _checked_in(
    connection: Connection, rules: SiteRules, hours: Sequence[tuple[Permit, datetime]], days: Mapping[str, date]
) -> set[str]:
    people = sorted({(days[permit.id].isoformat(), same_person_key(permit.name)) for permit, _slot in hours})
    numbers = sorted({permit.foreign_number for permit, _slot in hours if permit.foreign_number})
    known = convocation_rows.by_people(connection, people) + convocation_rows.by_numbers(connection, numbers)
    arrived = [(one, arrival.moment) for one in known for arrival in one.standing_arrivals]
    return {
        permit.id
        for permit, _slot in hours
        for one, at in arrived
        if _on(at, days[permit.id], rules) and _same_person(permit, one)
    }


def _same_person(permit: Permit, one: Convocation) -> bool:
    """The same foreign number; or, where one of the two has none, the same name and date of birth."""
    if permit.foreign_number and one.foreign_number:
        return permit.foreign_number == one.foreign_number
    born = permit.best("birth_date")
    alike = same_person_key(permit.name) == same_person_key(one.name)
    return alike and born is not None and born == one.best("birth_date")


def _on(moment: datetime, day: date, rules: SiteRules) -> bool:
    return moment.astimezone(rules.zone).date() == day
