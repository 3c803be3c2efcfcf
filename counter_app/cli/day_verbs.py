"""Verbs of the day's figures: closed and signed, or told for a period."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from counter_app.cli.answer import DONE, Answer, of_refusal
from counter_app.cli.online import after_others, heard, unheard
from counter_app.cli.opening import at_the_desk
from counter_app.cli.outputs import check_folder, told_when_not_written, writable
from counter_app.domain.acts import Json
from counter_app.domain.day_figures import DayFigures, Figures
from counter_app.domain.period_figures import Comparison, NothingToCompare, Only, PeriodFigures, previous
from counter_app.office import Office
from counter_app.store.convocation_rows import code_of
from counter_app.usecases.close_day import Closed, Closing, DayRefusal, closings
from counter_app.usecases.close_day import close_day as close_it
from counter_app.usecases.day_papers import DayFile, day_page, doubts, figures_file, open_list, sheet, was_open_list
from counter_app.usecases.desk import Desk
from counter_app.usecases.figures_told import compared, counted, told
from counter_app.usecases.period_report import PeriodRefusal, compare, period_figures
from counter_app.usecases.report_words import change_words, figure_words, value_words
from counter_app.wording.dates import hour, long_date


@at_the_desk
def close_day(office: Office, options: argparse.Namespace) -> Answer:
    """Sign the figures of a day, and write its files."""
    from counter_app.usecases.period_papers import day_files

    check_folder(options.out)
    day = options.day or office.desk.now().date()
    others = heard(office)
    closed = close_it(office.desk, day, options.remarks, heard=others)
    if isinstance(closed, DayRefusal):
        return of_refusal(closed.code, closed.message)
    page = day_page(office.desk, closed.figures, closed.closing)
    papers = (
        DayFile(page.pdf, page.file_name),
        figures_file(closed.figures, closed.closing),
        sheet(closed.figures, closed.closing),
        *([open_list(closed.figures, closed.closing)] if closed.figures.open_cases else []),
        *day_files(office.desk, closed.figures, closings(office.desk, day), closed.closing),
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
        "remarks": closing.remarks,
        "remarks_before": closing.remarks_before if closing.version > 1 else None,
        "changed_since": [one.told() for one in closing.since],
        "provisional": closing.provisional,
        "doubts": [*doubts(office.desk, closed.figures), *unheard(others)],
        "desks": closed.figures.desks,
        "wrong_clocks": list(closed.figures.wrong_clocks),
        "files": [_written(options.out, paper) for paper in papers],
    }
    _forget_lists(options.out, day, [paper.name for paper in papers])
    said = "\n".join(_closed_said(office.desk, closed, options.out, len(papers)))
    return Answer(DONE, shape, said, warnings=unheard(others))


def _closed_said(desk: Desk, closed: Closed, folder: str, written: int) -> Iterator[str]:
    """Which version was signed or still stands, the balance, what changed, what is in doubt, where the files are."""
    closing, figures = closed.closing, closed.figures
    signed = closing.signed_at.astimezone(desk.rules.zone)
    when, day = f"{long_date(signed.date())} à {hour(signed)}", long_date(figures.day)
    if closed.new:
        yield f"Bilan du {day} signé : version {closing.version}, {when}, {closing.agent}, {closing.desk}."
    else:
        yield f"Rien n’a été signé : aucun chiffre du {day} n’a changé depuis la version {closing.version}."
        yield f"Elle vaut toujours ; elle a été signée {when}, {closing.agent}, {closing.desk}."
    yield _said(figures)
    if closed.new and closing.version > 1:
        yield from _changed_said(closing, desk)
    yield from doubts(desk, figures)
    if figures.open_cases:
        yield f"Non clôturés : {len(figures.open_cases)}, nommés un par un dans l’annexe et dans la liste (CSV)."
    yield _files_said(folder, written)


def _files_said(folder: str, written: int) -> str:
    return f"Fichiers écrits dans « {folder} » : {written}."


def _changed_said(closing: Closing, desk: Desk) -> Iterator[str]:
    """What a version changed, figure by figure, from each that stood, in its observations, or in how sure it is."""
    from counter_app.documents.paper_texts import remarks_moved

    if len(closing.since) > 1:
        yield "Des postes qui ne s’étaient pas encore échangé leurs actes avaient signé chacun leur version."
        for one in closing.since:
            at = hour(one.signed_at.astimezone(desk.rules.zone))
            said = "ce qui a changé :" if one.changed else "rien n’a changé."
            yield f"Depuis la version {one.version} de {one.desk}, signée à {at}, {said}"
            yield from _each_change(one.changed)
    elif closing.changed:
        yield "Ce qui a changé depuis la version précédente :"
        yield from _each_change(closing.changed)
    else:
        yield "Aucun chiffre n’a changé depuis la version précédente."
        if not (closing.provisional or closing.remarks_moved):
            yield "Celle-ci n’est plus provisoire."
    yield from remarks_moved(closing.remarks, closing.remarks_before if closing.remarks_moved else None)


def _each_change(changed: Sequence[Mapping[str, Json]]) -> Iterator[str]:
    for one in changed:
        figure = str(one["figure"])
        before, after = (value_words(figure, one[side]) for side in ("before", "after"))
        yield f"  {figure_words(figure)} : {before} puis {after}"


def _forget_lists(folder: str, day: date, written: Sequence[str]) -> None:
    """Lists of open cases of versions before name people who are open no more."""
    with told_when_not_written(folder):
        for one in Path(folder).iterdir():
            if was_open_list(one.name, day) and one.name not in written:
                one.unlink()


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
@after_others
def report(office: Office, options: argparse.Namespace) -> Answer:
    """The figures of a period, day by day and in all, alone or beside another period."""
    from counter_app.usecases.period_papers import period_files

    only = Only(service=options.service, desk=options.desk)
    figures = period_figures(office.desk, options.since, options.until, only)
    if isinstance(figures, PeriodRefusal):
        return of_refusal(figures.code, figures.message)
    other = _other(office.desk, options, only)
    if isinstance(other, PeriodRefusal):
        return of_refusal(other.code, other.message)
    comparison = compare(other, figures) if other else None
    files = period_files(office.desk, figures, other, comparison) if options.out else ()
    shape: dict[str, Json] = {
        "from": figures.first.isoformat(),
        "to": figures.last.isoformat(),
        "service": only.service,
        "desk": only.desk,
        **counted(figures),
        "days": [told(one) for one in figures.days],
        "desks": figures.desks,
        "wrong_clocks": list(figures.wrong_clocks),
        "open_cases": len(figures.open_ids),
        "comparison": _compared(other, comparison) if other and comparison else None,
        "files": [_written(options.out, paper) for paper in files],
    }
    text = [*_period_said(office.desk, figures), *_difference_lines(other, comparison)]
    if files:
        text.append(_files_said(options.out, len(files)))
    return Answer(DONE, shape, "\n".join(text))


def _period_said(desk: Desk, figures: PeriodFigures) -> Iterator[str]:
    """All of it, then day by day, and what is in doubt; of nobody, that there is nobody."""
    days = f"Du {figures.first:%d/%m/%Y} au {figures.last:%d/%m/%Y}"
    yield f"{days} : {_said(figures)}" if figures.days else f"{days} : personne n’est noté ici."
    for one in figures.days:
        yield f"  {one.day:%d/%m} : {_said(one)}"
    yield from doubts(desk, figures)


def _other(desk: Desk, options: argparse.Namespace, only: Only) -> PeriodFigures | PeriodRefusal | None:
    """The period to compare with; None when none is asked for."""
    first, last = options.compare_since, options.compare_until
    if (first is None) is not (last is None) or (first and options.compare):
        return PeriodRefusal(
            "bad_period",
            "La période à comparer n’est pas entière : donnez ses deux jours à --compare-from et --compare-to, ou "
            "« previous » seul à --compare.",
        )
    if options.compare:
        first, last = previous(options.since, options.until)
    return period_figures(desk, first, last, only) if first and last else None


def _compared(other: PeriodFigures, comparison: Comparison | NothingToCompare) -> Json:
    days: dict[str, Json] = {"from": other.first.isoformat(), "to": other.last.isoformat()}
    if isinstance(comparison, NothingToCompare):
        return {**days, "nothing": comparison.side.value, "differences": []}
    return {**days, "nothing": None, "differences": compared(comparison)}


def _difference_lines(other: PeriodFigures | None, comparison: Comparison | NothingToCompare | None) -> list[str]:
    from counter_app.documents.paper_texts import label

    if other is None or comparison is None:
        return []
    if isinstance(comparison, NothingToCompare):
        days = {"first": f"{other.first:%d/%m/%Y}", "last": f"{other.last:%d/%m/%Y}"}
        return [label(f"period_report_nothing_{comparison.side}", **days)]
    told = [f"{figure_words(one.figure)} : {change_words(one)}" for one in comparison.differences if one.change]
    return [f"Depuis la période du {other.first:%d/%m/%Y} au {other.last:%d/%m/%Y} :", *told]
