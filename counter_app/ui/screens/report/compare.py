"""Two periods beside each other: each figure before and now, and the bars of charts with those of before."""

from collections.abc import Sequence
from dataclasses import replace

from counter_app.domain.period_figures import Comparison, Difference, NothingToCompare, Unit
from counter_app.ui.screens.report.words import figure_told, minutes_told, number_told, percent_told
from counter_app.ui.widgets.chart import Bar
from counter_app.wording.catalogue import Words

MINUS = "\u2212"


def with_before(bars: Sequence[Bar], before: Sequence[Bar] | None, words: Words, nobody: str = "0") -> list[Bar]:
    """Each bar with what it was before; what was there before only has a bar of nothing now.

    `nobody`: what a missing bar says. A count of nobody is 0; a duration of nobody is none, never 0.
    """
    if before is None:
        return list(bars)
    was = {one.label: one for one in before}
    known = {one.label for one in bars}
    now = [*bars, *(replace(one, length=0, told=nobody) for one in before if one.label not in known)]
    return [_beside(one, was.get(one.label), words, nobody) for one in now]


def _beside(bar: Bar, was: Bar | None, words: Words, nobody: str) -> Bar:
    told = words("report.people_before", n=was.told if was else nobody)
    return replace(bar, before=was.length if was else 0, before_told=told)


def heads(words: Words) -> list[str]:
    """Columns of the table of differences."""
    return [words(f"report.heads.{name}") for name in ("figure", "before", "now", "change")]


def rows(compared: Comparison, words: Words) -> list[tuple[str, ...]]:
    """Every figure that one of the periods has."""
    return [
        (
            figure_told(one.figure, words),
            _told(one, one.before, words),
            _told(one, one.after, words),
            change(one, words),
        )
        for one in compared.differences
        if one.before is not None or one.after is not None
    ]


def _told(one: Difference, value: float | None, words: Words) -> str:
    if value is None:
        return "–"
    if one.unit is Unit.MINUTES:
        return minutes_told(value, words)
    return percent_told(value, words) if one.unit is Unit.SHARE else number_told(value, words)


def change(one: Difference, words: Words) -> str:
    """« +12 (+8 %) », « −3 points »; a dash when one of the two is not known."""
    if one.change is None:
        return "–"
    told = f"{_sign(one.change)}{number_told(abs(one.change), words)}"
    if one.unit is Unit.SHARE:
        return words("report.points", n=told)
    if one.percent is None or not one.percent:
        return told
    percent = words("report.percent", n=f"{_sign(one.percent)}{number_told(abs(round(one.percent)), words)}")
    return f"{told} ({percent})"


def _sign(number: float) -> str:
    return "+" if number > 0 else MINUS if number < 0 else ""


def nothing_told(nothing: NothingToCompare, words: Words) -> str:
    """Which period has nobody: no zero is compared with."""
    return words(f"report.nothing_to_compare.{nothing.side}")
