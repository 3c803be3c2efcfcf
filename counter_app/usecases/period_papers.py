"""The files of a report: page, annex, workbook, sheet, figures. Only the annex names anybody."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from counter_app.documents.paper_texts import label
from counter_app.domain.acts import Json, canonical
from counter_app.domain.custody import desk_key
from counter_app.domain.day_balance import Balance, Ended
from counter_app.domain.day_figures import DayFigures, Figures, Group
from counter_app.domain.period_figures import Comparison, NothingToCompare, PeriodFigures
from counter_app.usecases.close_day import Closing
from counter_app.usecases.day_facts import open_cases
from counter_app.usecases.day_papers import DayFile, day_name, page_facts
from counter_app.usecases.desk import Desk
from counter_app.usecases.figures_told import compared, counted, told
from counter_app.usecases.period_workbook import COLUMNS, workbook
from counter_app.usecases.report_words import (
    days_in_words,
    figure_words,
    on_the_page,
    open_lines,
    value_words,
)
from counter_app.wording.verdicts import verdict_name

Compared = Comparison | NothingToCompare | None


def period_files(
    desk: Desk, figures: PeriodFigures, other: PeriodFigures | None, beside: Compared
) -> Sequence[DayFile]:
    """Every file of a period: page, annex, workbook, sheet, and the figures as they are."""
    cases = open_cases(desk, figures.open_ids)
    name = period_name(figures)
    shape: dict[str, Json] = {
        "from": figures.first.isoformat(),
        "to": figures.last.isoformat(),
        **counted(figures),
        "days": [told(one) for one in figures.days],
        "comparison": compared(beside) if isinstance(beside, Comparison) else [],
    }
    return (
        period_page(desk, figures, other, beside),
        annex(desk, figures, cases, None, name),
        DayFile(workbook(desk, figures, cases, beside), f"bilan-{name}.xlsx"),
        period_sheet(figures),
        DayFile(canonical(shape).encode(), f"bilan-{name}.json"),
    )


def period_name(figures: PeriodFigures) -> str:
    """What names the files of a period: its days, and no name but a service's."""
    only = figures.only
    service = f"-{only.service}" if only.service else ""
    # Some desks bear the name of who sits there.
    desk = f"-guichet-{sha256(desk_key(only.desk).encode()).hexdigest()[:6]}" if only.desk else ""
    return f"{figures.first.isoformat()}_{figures.last.isoformat()}{service}{desk}"


def day_files(desk: Desk, figures: DayFigures, versions: Sequence[Closing], closing: Closing) -> Sequence[DayFile]:
    """The annex and the workbook of a day, of the version that was signed."""
    name = day_name(figures, closing)
    return (
        annex(desk, figures, figures.open_cases, versions, name),
        DayFile(workbook(desk, figures, figures.open_cases, signed=closing), f"bilan-{name}.xlsx"),
    )


def annex(
    desk: Desk, figures: Figures, cases: Sequence[Ended], versions: Sequence[Closing] | None, name: str
) -> DayFile:
    """The annex, which names people: its own file, never part of the page."""
    from counter_app.documents.report_annex import AgreedLine, AnnexFacts, OpenLine, VersionLine, report_annex

    zone, gestures = desk.rules.zone, figures.gestures
    facts = AnnexFacts(
        period=days_in_words(figures),
        site=desk.rules.name,
        counted_at=figures.at,
        open_cases=[
            OpenLine(person.slot, person.name, person.purpose, code, why) for person, code, why in open_lines(cases)
        ],
        stopped=[(verdict_name(slug), count) for slug, count in gestures.stopped.items()],
        agreements=[
            AgreedLine(one.at.astimezone(zone), one.desk, one.reason, one.approved_by) for one in gestures.agreements
        ],
        versions=[
            VersionLine(
                *(one.version, one.signed_at.astimezone(zone), one.desk, one.agent, one.digest, _changes(one.changed)),
                remarks=one.remarks,
                remarks_before=one.remarks_before if one.remarks_moved else None,
                since=[
                    (it.version, it.desk, it.signed_at.astimezone(zone), _changes(it.changed))
                    for it in one.since
                    if len(one.since) > 1
                ],
            )
            for one in versions
        ]
        if versions is not None
        else None,
        training=desk.training,
    )
    return DayFile(report_annex(facts), f"annexe-{name}.pdf")


def _changes(changed: Sequence[Mapping[str, Json]]) -> list[tuple[str, str, str]]:
    told = ((str(one["figure"]), one["before"], one["after"]) for one in changed)
    return [
        (figure_words(figure), value_words(figure, before), value_words(figure, after))
        for figure, before, after in told
    ]


def period_page(desk: Desk, figures: PeriodFigures, other: PeriodFigures | None, beside: Compared) -> DayFile:
    """The page of a period, never signed: what is signed is each day."""
    from counter_app.documents.day_report import day_report

    facts = replace(
        page_facts(desk, figures, figures.first, None),
        last=figures.last,
        only=_whose(desk, figures),
        spread=_spread(figures),
        compared=_beside(other, beside),
    )
    return DayFile(day_report(facts), f"bilan-{period_name(figures)}.pdf")


def _whose(desk: Desk, figures: PeriodFigures) -> str:
    only, service = figures.only, desk.rules.queue.service(figures.only.service)
    told = [label("period_report_only_service", name=service.name)] if service else []
    return " · ".join([*told, *([label("period_report_only_desk", name=only.desk)] if only.desk else [])])


MOST_BARS = 10
"""Of a chart over days: beyond, weeks, then months."""


def _spread(figures: PeriodFigures) -> tuple[str, Mapping[str, int]]:
    """People convened by day, by week or by month, as the page has room for it."""
    for name, place_of in (("days", _of_day), ("weeks", _of_week)):
        counts = _counted_by(place_of, figures)
        if len(counts) <= MOST_BARS:
            return label(f"period_report_{name}"), counts
    return label("period_report_months"), _counted_by(_of_month, figures)


def _counted_by(place_of: Callable[[date], str], figures: PeriodFigures) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for one in figures.days:
        counts[place_of(one.day)] += one.balance.convened
    return counts


def _of_day(day: date) -> str:
    return f"{day:%d/%m}"


def _of_week(day: date) -> str:
    monday = date.fromordinal(day.toordinal() - day.weekday())
    return label("period_report_week", day=f"{monday:%d/%m}")


def _of_month(day: date) -> str:
    return f"{day:%m/%Y}"


def _beside(other: PeriodFigures | None, beside: Compared) -> tuple[str, Sequence[Sequence[str]]] | None:
    if other is None or beside is None:
        return None
    days = {"first": f"{other.first:%d/%m/%Y}", "last": f"{other.last:%d/%m/%Y}"}
    if isinstance(beside, NothingToCompare):
        return label(f"period_report_nothing_{beside.side}", **days), ()
    return label("period_report_compared", **days), on_the_page(beside)


def period_sheet(figures: PeriodFigures) -> DayFile:
    """One line for each day, one for all of them, one for each service and purpose, as French offices open it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    durations = ("waits_median", "waits_p90", "service_times_median")
    writer.writerow(
        [
            label("column_day"),
            *(label(f"figure_balance_{name}") for name in COLUMNS),
            label("figure_walk_ins_convened"),
            *(label(f"figure_{name}") for name in durations),
        ]
    )
    writer.writerows(_line(f"{one.day:%d/%m/%Y}", one) for one in figures.days)
    writer.writerow(_line(label("sheet_all_days"), figures))
    for key, groups in (("sheet_of_service", figures.by_service), ("sheet_of_purpose", figures.by_purpose)):
        writer.writerows(_of_group(label(key, name=one.name), one) for one in groups)
    return DayFile(text.getvalue().encode("utf-8-sig"), f"bilan-{period_name(figures)}.csv")


def _line(words: str, one: Figures) -> list[str]:
    durations = _minutes(one.waits.median, one.waits.p90, one.services.median)
    return [words, *_counts(one.balance), str(one.walk_ins.convened), *durations]


def _of_group(words: str, one: Group) -> list[str]:
    """Nobody comes without an appointment under a purpose."""
    return [words, *_counts(one.balance), "", *_minutes(one.waits.median, one.waits.p90, one.services.median)]


def _counts(balance: Balance) -> list[str]:
    return [str(getattr(balance, name)) for name in COLUMNS]


def _minutes(*durations: float | None) -> list[str]:
    return ["" if one is None else f"{one:g}".replace(".", ",") for one in durations]
