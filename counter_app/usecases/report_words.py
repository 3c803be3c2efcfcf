"""Figures of a report in words and numbers, for its papers and its verb. No name of a person."""

from collections.abc import Iterator, Sequence

from counter_app.documents.paper_texts import FRENCH, day_words, label
from counter_app.domain.acts import Json
from counter_app.domain.convocation import Convocation
from counter_app.domain.day_balance import Ended
from counter_app.domain.day_figures import Figures, OneDay
from counter_app.domain.period_figures import Comparison, Difference, PeriodFigures, Unit
from counter_app.store.convocation_rows import code_of

ON_THE_PAGE = (
    *("balance.convened", "balance.received", "shares.absent", "shares.open", "walk_ins.convened"),
    *("waits.median", "waits.p90", "waits.within_target", "handover.handed_over"),
)
"""Figures of a comparison that the page of a report has room for."""


def figure_words(figure: str) -> str:
    """The name of a figure for people; its name in JSON when papers have none for it."""
    try:
        return label(f"figure_{figure.replace('.', '_')}")
    except KeyError:
        return figure


def number_words(value: float | None, unit: Unit) -> str:
    """A figure with its unit: « 12,5 min », « 78,2 % »; a dash when there is none."""
    if value is None:
        return "–"
    if unit is Unit.SHARE:
        return f"{_comma(round(100 * value, 1))}\u202f%"
    return f"{_comma(value)}\u00a0min" if unit is Unit.MINUTES else _comma(value)


def change_words(one: Difference) -> str:
    """How much a figure changed: « +12 (+8,5 %) », « −3,1 points »; a dash when a period lacks it."""
    if one.change is None:
        return "–"
    unit = "" if one.unit in (Unit.PEOPLE, Unit.PERMITS, Unit.GESTURES) else f"\u00a0{label(f'unit_{one.unit}')}"
    percent = "" if one.percent is None else f" ({_signed(one.percent)}\u202f%)"
    return f"{_signed(one.change)}{unit}{percent}"


def difference_words(one: Difference) -> tuple[str, str, str, str]:
    """Figure, before, after, change."""
    return (
        figure_words(one.figure),
        number_words(one.before, one.unit),
        number_words(one.after, one.unit),
        change_words(one),
    )


def on_the_page(comparison: Comparison) -> list[tuple[str, str, str, str]]:
    """The differences that the page shows."""
    told = {one.figure: one for one in comparison.differences}
    return [difference_words(told[name]) for name in ON_THE_PAGE if told[name].change is not None]


def value_words(value: Json) -> str:
    """A figure of a version, as one reads it."""
    return "–" if value is None else str(value).replace(".", ",")


def _comma(value: float) -> str:
    return f"{value:g}".replace(".", ",") if abs(value) < 100_000 else str(round(value))


def _signed(value: float) -> str:
    return "0" if not value else f"{'+' if value > 0 else '−'}{_comma(abs(value))}"


def open_lines(cases: Sequence[Ended]) -> Iterator[tuple[Convocation, str, str]]:
    """Each open case: the person, their code, what it waits for in words."""
    for one in cases:
        person = one.case.convocation
        yield person, code_of(person), label(f"why_{one.why}") if one.why else ""


def days_in_words(figures: Figures) -> str:
    """The day, or the first and the last one."""
    if isinstance(figures, PeriodFigures):
        return f"{figures.first:%d/%m/%Y} au {figures.last:%d/%m/%Y}"
    assert isinstance(figures, OneDay)
    return day_words(FRENCH, figures.day)
