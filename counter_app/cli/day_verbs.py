"""Verbs of the day's figures: closed and signed, or told for a period."""

import argparse
from pathlib import Path

from counter_app.cli.answer import DONE, Answer, of_refusal
from counter_app.cli.opening import at_the_desk
from counter_app.cli.outputs import writable
from counter_app.domain.acts import Json
from counter_app.domain.day_figures import DayFigures, Figures
from counter_app.office import Office
from counter_app.store.convocation_rows import code_of
from counter_app.usecases.close_day import close_day as close_it
from counter_app.usecases.day_papers import DayFile, day_page, figures_file, open_list, sheet
from counter_app.usecases.figures_told import counted, told
from counter_app.usecases.period_report import PeriodRefusal, period_figures


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


def _said(figures: Figures) -> str:
    one = figures.balance
    return (
        f"Convoqués {one.convened} = reçus {one.received} + absents {one.absent} + partis {one.left} + reportés "
        f"{one.rescheduled} + annulés {one.cancelled} + non clôturés {one.open}"
    )


@at_the_desk
def report(office: Office, options: argparse.Namespace) -> Answer:
    """The figures of a period, day by day and in all."""
    figures = period_figures(office.desk, options.since, options.until)
    if isinstance(figures, PeriodRefusal):
        return of_refusal(figures.code, figures.message)
    shape: dict[str, Json] = {
        "from": figures.first.isoformat(),
        "to": figures.last.isoformat(),
        **counted(figures),
        "days": [told(one) for one in figures.days],
    }
    return Answer(DONE, shape, "\n".join(f"{one.day:%d/%m} {_said(one)}" for one in figures.days))
