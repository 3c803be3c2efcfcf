"""Appointments of the holder of a permit, as lists tell them: the same person, whatever each list knows of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

from counter_app.domain.convocation import Convocation, ConvocationStatus
from counter_app.domain.permit import Permit
from counter_app.domain.person_names import same_person_key
from counter_app.domain.queue_rules import COLLECTING
from counter_app.domain.rules import SiteRules
from counter_app.store import convocation_rows
from counter_app.store.connection import Connection
from counter_app.usecases.scanned_paper import same_number, spellings

_CANCELLED = frozenset({ConvocationStatus.CANCELLED, ConvocationStatus.CANCELLED_BY_OFFICE})


def appointments_of(
    connection: Connection, permits: Sequence[Permit], days: Mapping[str, Collection[date]]
) -> list[tuple[Permit, Convocation]]:
    """Each permit with the appointments of its holder, whatever they are for: those of the days named for the permit,
    and those of any day that bear its foreign number."""
    people = sorted({(day.isoformat(), same_person_key(one.name)) for one in permits for day in days[one.id]})
    numbers = sorted({spelt for one in permits if one.foreign_number for spelt in spellings(one.foreign_number)})
    known = convocation_rows.by_people(connection, people)
    known += convocation_rows.by_numbers(connection, numbers) if numbers else []
    alike: dict[str, list[Convocation]] = {}
    for one in {one.id: one for one in known}.values():
        for word in {same_person_key(one.name), one.foreign_number or ""}:
            alike.setdefault(word, []).append(one)
    return [(permit, one) for permit in permits for one in _alike(permit, alike) if holds(permit, one)]


def _alike(permit: Permit, alike: Mapping[str, Sequence[Convocation]]) -> Iterator[Convocation]:
    words = (same_person_key(permit.name), *(spellings(permit.foreign_number) if permit.foreign_number else ()))
    found = {one.id: one for word in words for one in alike.get(word, ())}
    return iter(found.values())


def holds(permit: Permit, one: Convocation) -> bool:
    """Whether an appointment is that of a permit's holder: the same foreign number; or, where one of the two has none,
    the same name and date of birth."""
    if permit.foreign_number and one.foreign_number:
        return same_number(permit.foreign_number, one.foreign_number)
    born = permit.best("birth_date")
    alike = same_person_key(permit.name) == same_person_key(one.name)
    return alike and born is not None and born == one.best("birth_date")


def cancelled_collection(rules: SiteRules, permit: Permit, theirs: Sequence[Convocation], day: date) -> datetime | None:
    """The hour at which the holder was to collect this permit, on a day or at its own hour, and that a list says
    cancelled; None when an appointment to collect stands."""
    days = [one for one in theirs if one.slot.astimezone(rules.zone).date() == day]
    of_now = {one.id: one for one in (*days, *(one for one in theirs if one.slot == permit.slot))}
    to_collect = [one for one in of_now.values() if _collects(rules, one)]
    if not to_collect or any(one.listed_as not in _CANCELLED for one in to_collect):
        return None
    return max(one.slot for one in to_collect).astimezone(rules.zone)


def _collects(rules: SiteRules, one: Convocation) -> bool:
    return rules.queue.service_for(one.purpose, one.best("service")).key == COLLECTING
