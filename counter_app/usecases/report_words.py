"""Figures of a report in words and numbers, for its papers and its verb. No name of a person."""

from collections.abc import Callable, Iterator, Sequence
from datetime import time

from counter_app.documents.paper_texts import FRENCH, day_words, label
from counter_app.domain.acts import Json
from counter_app.domain.convocation import Convocation
from counter_app.domain.day_balance import Ended
from counter_app.domain.day_figures import Figures, OneDay
from counter_app.domain.period_figures import Comparison, Difference, PeriodFigures, Unit
from counter_app.store.convocation_rows import code_of
from counter_app.usecases.figures_told import OF_GROUP
from counter_app.wording.catalogue import catalogue
from counter_app.wording.dates import hour
from counter_app.wording.verdicts import verdict_name

ON_THE_PAGE = (
    *("balance.convened", "balance.received", "shares.absent", "shares.open", "walk_ins.convened"),
    *("waits.median", "waits.p90", "waits.within_target", "handover.handed_over"),
)
"""Figures of a comparison that the page of a report has room for."""


_GROUPS = {"by_service": "sheet_of_service", "by_purpose": "sheet_of_purpose"}
_MINUTES = ("median", "p90", "longest")


def figure_words(figure: str) -> str:
    """The name of a figure for people, such as `balance.received` or `by_service.Accueil.waits.median`.

    Its name in JSON when papers have none for it.
    """
    head, _dot, rest = figure.partition(".")
    if head in _GROUPS and (found := OF_GROUP.fullmatch(rest)):
        leaf = found["leaf"] or ""
        name = label(_GROUPS[head], name=found["name"])
        return f"{name} · {figure_words(leaf if '.' in leaf else f'balance.{leaf}')}" if leaf else name
    told: dict[str, Callable[[str], str]] = {
        "stopped": verdict_name,
        "without_appointment": channel_words,
        "arrivals": half_hour_words,
    }
    if head in told and rest:
        return f"{label(f'figure_{head}')} · {told[head](rest)}"
    try:
        return label(f"figure_{figure.replace('.', '_')}")
    except KeyError:
        return figure


def half_hour_words(begins: str) -> str:
    """« 9 h 30 » for `09:30`; as it was written when it is no hour."""
    try:
        return hour(time.fromisoformat(begins))
    except ValueError:
        return begins


def channel_words(channel: str) -> str:
    """The words of a channel, or that none was noted; as it was written when no catalogue knows it."""
    if channel in ("", "unknown"):
        return catalogue("fr")["report.channel_unknown"]
    return catalogue("fr").get(f"orientation.channels.{channel}", channel)


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


def value_words(figure: str, value: Json) -> str:
    """A figure of a version, as one reads it."""
    leaf = figure.rpartition(".")[2]
    unit = Unit.MINUTES if leaf in _MINUTES else Unit.SHARE if leaf == "within_target" else None
    if unit:
        return number_words(None if value is None else float(str(value)), unit)
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
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
