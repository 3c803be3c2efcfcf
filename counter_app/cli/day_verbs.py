"""Verbs of the day's figures: closed and signed, or told for a period."""

import argparse
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from counter_app.cli.answer import DONE, Answer, of_refusal
from counter_app.cli.opening import at_the_desk
from counter_app.cli.outputs import writable
from counter_app.domain.acts import Json
from counter_app.domain.day_balance import Balance
from counter_app.domain.day_figures import DayFigures
from counter_app.office import Office
from counter_app.store.convocation_rows import code_of
from counter_app.usecases.close_day import close_day as close_it
from counter_app.usecases.day_facts import day_figures
from counter_app.usecases.day_papers import DayFile, day_page, figures_file, open_list, sheet
from counter_app.usecases.figures_told import of_balance, told

LONGEST_PERIOD = 400
"""Days of one report."""


@at_the_desk
def close_day(office: Office, options: argparse.Namespace) -> Answer:
    """Sign the figures of a day, and write its files."""
    day = options.day or office.desk.now().date()
    if day > office.desk.now().date():
        return of_refusal("day_to_come", f"Le {day:%d/%m/%Y} n’est pas encore venu : il n’y a rien à clore.")
    closed = close_it(office.desk, day, options.remarks)
    page = day_page(office.desk, closed.figures, closed.closing)
    papers = (
        DayFile(page.pdf, page.file_name),
        figures_file(closed.figures, closed.closing),
        sheet(closed.figures, closed.closing),
        *([open_list(closed.figures)] if closed.figures.open_cases else []),
    )
    closing = closed.closing
    shape: dict[str, Json] = {
        **told(closed.figures),
        "open_cases": _open(closed.figures),
        "version": closing.version,
        "new": closed.new,
        "signed_at": closing.signed_at.isoformat(),
        "digest": closing.digest,
        "changed": [*closing.changed],
        "provisional": closing.provisional,
        "files": [_written(options.out, paper) for paper in papers],
    }
    return Answer(DONE, shape, _said(closed.figures), ())


def _written(folder: str, paper: DayFile) -> str:
    place = Path(folder) / paper.name
    with writable(str(place)) as file:
        file.write(paper.content)
    return str(place)


def _open(figures: DayFigures) -> list[Json]:
    return [
        {
            "code": code_of(one.case.convocation),
            "name": one.case.convocation.name,
            "slot": one.case.convocation.slot.isoformat(),
            "purpose": one.case.convocation.purpose,
            "why": one.why.value if one.why else None,
        }
        for one in figures.open_cases
    ]


def _said(figures: DayFigures) -> str:
    one = figures.balance
    return (
        f"Convoqués {one.convened} = reçus {one.received} + absents {one.absent} + partis {one.left} + reportés "
        f"{one.rescheduled} + annulés {one.cancelled} + non clôturés {one.open}"
    )


@at_the_desk
def report(office: Office, options: argparse.Namespace) -> Answer:
    """The figures of a period, day by day and in all."""
    first, last = options.since, options.until
    if hindered := _not_a_period(first, last):
        return of_refusal("bad_period", hindered)
    days = [day_figures(office.desk, first + timedelta(days=place)) for place in range((last - first).days + 1)]
    shape: dict[str, Json] = {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "balance": of_balance(_sum(one.balance for one in days)),
        "walk_ins": of_balance(_sum(one.walk_ins for one in days)),
        "days": [told(one) for one in days if _anything(one)],
    }
    return Answer(DONE, shape, "\n".join(f"{one.day:%d/%m} {_said(one)}" for one in days if _anything(one)))


def _not_a_period(first: date, last: date) -> str | None:
    """Why two days make no period, in words; None when they do."""
    if last < first:
        return (
            f"Le {first:%d/%m/%Y} vient après le {last:%d/%m/%Y} : les jours sont inversés. Donnez le premier à "
            "--from, le dernier à --to."
        )
    days = (last - first).days + 1
    if days > LONGEST_PERIOD:
        return (
            f"Du {first:%d/%m/%Y} au {last:%d/%m/%Y} il y a {days} jours : un rapport en couvre {LONGEST_PERIOD} "
            "jours au plus. Donnez une période plus courte."
        )
    return None


def _sum(balances: Iterable[Balance]) -> Balance:
    found = list(balances)
    return Balance(*(sum(getattr(one, name) for one in found) for name in Balance.__dataclass_fields__))


def _anything(figures: DayFigures) -> bool:
    return bool(figures.balance.convened or figures.walk_ins.convened or figures.gestures.oriented)
