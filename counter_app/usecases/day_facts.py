"""The figures of one day, and who is still open, one by one."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from counter_app.domain.convocation import Convocation
from counter_app.domain.day_balance import Case, Ended, ended
from counter_app.domain.day_figures import DayFigures
from counter_app.domain.visit import Visit, identity
from counter_app.store import convocation_rows, visit_rows
from counter_app.usecases.desk import Desk
from counter_app.usecases.lookalikes import lookalikes
from counter_app.usecases.period_report import read
from counter_app.usecases.period_rules import Rules


def day_figures(desk: Desk, day: date) -> DayFigures:
    """Every figure of a day, as this desk knows it now, and who is still open."""
    told = read(desk, day, day)
    cases = open_cases(desk, told.known.open_people)
    return told.of(partial(DayFigures, day=day, open_cases=cases), day, day)


def open_cases(desk: Desk, ids: Sequence[tuple[date, str]]) -> tuple[Ended, ...]:
    """Cases still open (`PeriodFigures.open_ids`), by hour, for whoever closes them one by one."""
    rules = Rules(desk)
    with desk.looking() as connection:
        people = convocation_rows.by_ids(connection, [one for _day, one in ids])
        visits = visit_rows.by_ids(connection, [_passage_of(one) for one in people.values()])
        days = [day for day, _one in ids]
        alike = lookalikes(connection, min(days), max(days)) if days else frozenset()
    found = [
        _case(rules, people[one], visits.get(_passage_of(people[one])), one in alike)
        for _day, one in ids
        if one in people
    ]
    return tuple(sorted(found, key=lambda one: (one.case.convocation.slot, one.case.convocation.name)))


def _passage_of(person: Convocation) -> str:
    """Of the day of the appointment; of somebody let in on other days alone, of the last one."""
    days = [one.moment.date() for one in person.daily_arrivals]
    day = person.slot.date()
    return identity(person.id, day if day in days or not days else days[-1])


def _case(rules: Rules, person: Convocation, visit: Visit | None, resembles: bool) -> Ended:
    past = rules.past(person.slot.date(), person.listing.slot)
    return ended(Case(person, visit, past, resembles))
