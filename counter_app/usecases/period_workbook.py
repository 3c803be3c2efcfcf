"""The workbook of a report: its figures in numbers, with charts. No name of a person: cases by their code."""

from collections.abc import Sequence

from counter_app.documents.paper_texts import label
from counter_app.documents.report_workbook import Page, WorkbookFacts, report_workbook
from counter_app.domain.day_balance import Ended
from counter_app.domain.day_figures import Figures, Group, OneDay
from counter_app.domain.period_figures import Comparison, NothingToCompare, PeriodFigures, comparable
from counter_app.usecases.close_day import Closing
from counter_app.usecases.desk import Desk
from counter_app.usecases.figures_told import counted, lines
from counter_app.usecases.report_words import days_in_words, figure_words, number_words, open_lines, value_words

COLUMNS = ("convened", "received", "absent", "left", "rescheduled", "cancelled", "open")


def workbook(
    desk: Desk,
    figures: Figures,
    cases: Sequence[Ended],
    beside: Comparison | NothingToCompare | None = None,
    signed: Closing | None = None,
) -> bytes:
    """The workbook: no name of a person, cases by their code; of a version, only figures that it signed."""
    days = figures.days if isinstance(figures, PeriodFigures) else (figures,) if isinstance(figures, OneDay) else ()
    title = f"{desk.rules.name} – {days_in_words(figures)}"
    pages = [_figures_page(figures, signed), _days_page(days), _half_hours(figures)]
    pages += [_groups("service", figures.by_service), _groups("purpose", figures.by_purpose), _open_page(cases)]
    pages += [_comparison(beside)] if isinstance(beside, Comparison) else []
    return report_workbook(WorkbookFacts(title, figures.at, pages))


def _figures_page(figures: Figures, signed: Closing | None) -> Page:
    rows = [(figure_words(key), number_words(value, unit), value, key) for key, unit, value in comparable(figures)]
    split = {head: value for head, value in counted(figures).items() if head in _SPLIT}
    seen = {key for _words, _value, _number, key in rows}
    more = [(key, value) for key, value in lines(split) if key not in seen]
    rows += [(figure_words(key), value_words(key, value), value, key) for key, value in more if isinstance(value, int)]
    rows.append((figure_words("not_sent"), ", ".join(figures.not_sent) or "–", len(figures.not_sent), "not_sent"))
    # Shares are those of the balance.
    rows = [row for row in rows if signed is None or row[3].partition(".")[0] in ("shares", *signed.figures)]
    if signed and signed.remarks:
        rows.append((figure_words("remarks"), signed.remarks, None, "remarks"))
    return Page(label("sheet_figures"), _headings("figure", "value", "number", "key"), rows)


_SPLIT = ("handover", "without_appointment", "stopped", "open_conflicts")
"""What a comparison tells by its sum alone, or not at all: here one by one."""


def _days_page(days: Sequence[OneDay]) -> Page:
    heads = [label("column_day"), *(label(f"figure_balance_{name}") for name in COLUMNS)]
    more = [label("figure_walk_ins_convened"), label("sheet_wait_median"), label("sheet_wait_p90")]
    rows = [
        (
            one.day,
            *(getattr(one.balance, name) for name in COLUMNS),
            one.walk_ins.convened,
            one.waits.median,
            one.waits.p90,
        )
        for one in days
    ]
    # Received to open, one upon the other: the height of a bar is who was convened.
    return Page(label("sheet_days"), [*heads, *more], rows, chart=(3, len(COLUMNS) + 1), stacked=True)


def _half_hours(figures: Figures) -> Page:
    heads = [label("column_slot"), label("day_report_arrivals")]
    return Page(label("sheet_half_hours"), heads, list(figures.arrivals.items()), chart=(2, 2))


def _groups(whose: str, groups: Sequence[Group]) -> Page:
    """Each service, or each purpose."""
    heads = [label(f"sheet_{whose}"), *(label(f"figure_balance_{name}") for name in COLUMNS)]
    more = [label(f"sheet_{name}") for name in ("wait_median", "wait_p90", "served_median", "served_p90")]
    rows = [
        (
            one.name,
            *(getattr(one.balance, name) for name in COLUMNS),
            *(one.waits.median, one.waits.p90, one.services.median, one.services.p90),
        )
        for one in groups
    ]
    return Page(label(f"sheet_by_{whose}"), [*heads, *more], rows)


def _open_page(cases: Sequence[Ended]) -> Page:
    """Less than the annex holds: no name, the code finds the person at a desk."""
    heads = [label(f"column_{name}") for name in ("day", "slot", "purpose", "code", "waits_for")]
    rows = [
        (person.slot.date(), f"{person.slot:%H:%M}", person.purpose, code, why)
        for person, code, why in open_lines(cases)
    ]
    return Page(label("sheet_open"), heads, rows)


def _comparison(beside: Comparison) -> Page:
    rows = [
        (figure_words(one.figure), label(f"unit_{one.unit}"), one.before, one.after, one.change, one.percent)
        for one in beside.differences
    ]
    return Page(label("sheet_comparison"), _headings("figure", "unit", "before", "after", "change", "percent"), rows)


def _headings(*names: str) -> list[str]:
    return [label(f"sheet_{name}") for name in names]
