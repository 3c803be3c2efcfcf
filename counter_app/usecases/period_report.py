"""Figures of a day or of any period, from rows that the fold keeps narrow: a year is told in a second or two."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeVar

from counter_app.domain.calendar import YEARS
from counter_app.domain.day_figures import Figures, OneDay, Stock, half_hours, times
from counter_app.domain.day_tally import Kind, Tally, all_passages, by, together
from counter_app.domain.period_figures import EVERYBODY, Only, PeriodFigures, compare
from counter_app.domain.stock_book import Book
from counter_app.store import counted_days, sync_rows
from counter_app.store.connection import Connection
from counter_app.store.work_item_facts import wrong_hours
from counter_app.usecases.day_gestures import Noted, gestures, noted
from counter_app.usecases.desk import Desk
from counter_app.usecases.freshness import known_desks
from counter_app.usecases.period_facts import Known, known
from counter_app.usecases.work_items import open_count
from counter_app.wording.choices import listed

__all__ = ["EVERYBODY", "Only", "PeriodRefusal", "compare", "period_figures", "read"]

LONGEST = 400
"""Days of one report."""
F = TypeVar("F", bound=Figures)


@dataclass(frozen=True, slots=True)
class PeriodRefusal:
    """Why nothing is told of a period: a stable code, and French words for the agent."""

    code: str
    message: str


def period_figures(desk: Desk, first: date, last: date, only: Only = EVERYBODY) -> PeriodFigures | PeriodRefusal:
    """Figures of the days from `first` to `last`, both included, as this desk knows them now."""
    if refusal := not_a_period(first, last) or _nobodys(desk, only):
        return refusal
    told = read(desk, first, last, only)
    if only.desk and not (told.known.tallies or told.known.passages or told.noted):
        return PeriodRefusal(
            "unknown_desk",
            f"Aucun guichet « {only.desk} » n’a rien fait qui soit compté du {first:%d/%m/%Y} au {last:%d/%m/%Y} : "
            "ses chiffres ne disent rien. Vérifiez son nom.",
        )
    each = [told.of(partial(OneDay, day=day), day, day) for day in _days(first, last)]
    still_open = tuple(told.known.open_people)
    made = partial(
        PeriodFigures,
        first=first,
        last=last,
        only=only,
        days=tuple(day for day in each if day.anything),
        open_ids=still_open,
    )
    return told.of(made, first, last)


class WrongClock(NamedTuple):
    """An act under a wrong hour."""

    desk: str
    told: date
    """The day that it bears, on which it is counted."""
    done: date
    """The day of its place among other acts."""

    def touches(self, first: date, last: date) -> bool:
        """Whether days from `first` to `last` are told wrong by it."""
        return first <= self.told <= last or first <= self.done <= last


@dataclass(frozen=True, slots=True)
class Told:
    """Everything read of a period, ready to be told of any of its days."""

    at: datetime
    known: Known
    noted: dict[date, Noted]
    book: Book
    only: Only
    desks: int
    open_conflicts: int
    not_sent: tuple[str, ...]
    wrong_clocks: tuple[WrongClock, ...]
    by_day: dict[date, list[tuple[Kind, Tally]]]

    def of(self, made: Callable[..., F], first: date, last: date) -> F:
        """The figures of some of its days."""
        days = list(_days(first, last))
        tallies = [one for day in days for one in self.by_day.get(day, ())]
        people = together(tally for _kind, tally in tallies)
        passages = all_passages(self.known.passages[day] for day in days if day in self.known.passages)
        beside = gestures([self.noted[day] for day in days if day in self.noted] if self.only.gestured else [])
        return made(
            at=self.at,
            balance=people.balance,
            arrivals=half_hours(passages.half_hours),
            waits=people.times,
            services=times(chain.from_iterable(passages.by_service.values())),
            by_service=tuple(by(attrgetter("service"), tallies, passages.by_service)),
            by_purpose=tuple(by(attrgetter("purpose"), tallies, passages.by_purpose)),
            walk_ins=passages.walk_ins.balance,
            walk_in_waits=passages.walk_ins.times,
            gestures=beside,
            stock=self.book.over(first, last, beside.wrong_sleeves)
            if self.only.whole
            else Stock(wrong_sleeves=beside.wrong_sleeves),
            whole=self.only.whole,
            gestured=self.only.gestured,
            desks=self.desks,
            open_conflicts=self.open_conflicts,
            not_sent=self.not_sent,
            wrong_clocks=tuple(sorted({one.desk for one in self.wrong_clocks if one.touches(first, last)})),
        )


def read(desk: Desk, first: date, last: date, only: Only = EVERYBODY) -> Told:
    """Read what is known of a period, in one look at the file."""
    with desk.looking() as connection:
        found = known(desk, connection, first, last, only)
        beside = noted(connection, first, last, found, only.desk) if only.gestured else {}
        book = counted_days.book(connection)
        desks, not_sent = 1 + len(known_desks(desk, connection)), _not_sent(connection)
        clocks = _wrong_clocks(desk, connection, first, last)
    by_day: dict[date, list[tuple[Kind, Tally]]] = {}
    for kind, tally in found.tallies.items():
        by_day.setdefault(kind.day, []).append((kind, tally))
    return Told(desk.now(), found, beside, book, only, desks, open_count(desk), not_sent, clocks, by_day)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=place) for place in range((last - first).days + 1))


def not_a_period(first: date, last: date) -> PeriodRefusal | None:
    """Why two days make no period."""
    for day in (first, last):
        if day.year not in YEARS:
            return PeriodRefusal(
                "bad_period",
                f"Le jour {day.isoformat()} est trop loin : donnez des jours entre {YEARS[0]} et {YEARS[-1]}.",
            )
    if last < first:
        return PeriodRefusal(
            "bad_period",
            f"Le {first:%d/%m/%Y} vient après le {last:%d/%m/%Y} : les jours sont inversés. Donnez d’abord le premier, "
            "puis le dernier.",
        )
    days = (last - first).days + 1
    if days > LONGEST:
        return PeriodRefusal(
            "bad_period",
            f"Du {first:%d/%m/%Y} au {last:%d/%m/%Y} il y a {days} jours : un rapport en couvre {LONGEST} jours au "
            "plus. Donnez une période plus courte.",
        )
    return None


def _nobodys(desk: Desk, only: Only) -> PeriodRefusal | None:
    """Why nobody's figures are asked for."""
    rules = desk.rules
    if only.site and only.site != rules.site:
        return PeriodRefusal(
            "other_site",
            f"Ce poste connaît le site « {rules.site} », pas « {only.site} » : demandez ces chiffres à un poste "
            "de ce site.",
        )
    if only.service and rules.queue.service(only.service) is None:
        return PeriodRefusal(
            "unknown_service",
            f"Le service « {only.service} » n’est pas de ce site. Choisissez parmi : {listed(rules.queue.names)}.",
        )
    return None


def _wrong_clocks(desk: Desk, connection: Connection, first: date, last: date) -> tuple[WrongClock, ...]:
    """Whatever was answered to it, an act stays on the day that it bears."""
    zone = desk.rules.zone
    since = datetime.combine(first - timedelta(days=1), time(), zone)
    found = wrong_hours(connection, since, datetime.combine(last + timedelta(days=2), time(), zone))
    days = {WrongClock(one.desk, *(at.astimezone(zone).date() for at in (one.told, one.done))) for one in found}
    return tuple(one for one in sorted(days) if one.touches(first, last))


def _not_sent(connection: Connection) -> tuple[str, ...]:
    """Desks that still had acts to send when the central last told of them."""
    return tuple(
        str(told["desk"]) for told in sync_rows.peers(connection) if int(str(told["waiting"])) and not told["revoked"]
    )
