"""Figures of a day as charts and tables: what is drawn, and what its table says."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from counter_app.domain.day_balance import Balance
from counter_app.domain.day_figures import Figures, Group, Times
from counter_app.ui.screens.page_parts import Card, line_of
from counter_app.ui.screens.report.words import (
    answer_told,
    channel_told,
    half_hour_told,
    minutes_told,
    number_told,
)
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.chart import Bar, BarChart
from counter_app.ui.widgets.chart_table import FigureTable
from counter_app.usecases.figures_told import of_balance
from counter_app.wording.catalogue import Words

ENDINGS = {
    "received": "ok",
    "absent": "go",
    "left": "warn",
    "rescheduled": "brand",
    "cancelled": "tech",
    "open": "stop",
}
"""Endings in the order of the equation, each with the token of its bar; its words stand beside it."""


class ChartBox(Card):
    """A chart under its title, and the table that says the same: one of the two on show, one written from the other."""

    def __init__(self, theme: Theme, title: str, empty: str) -> None:
        super().__init__(title)
        self._name, self._empty, self._tables = title, empty, False
        self.note = line_of("", "soft")
        self.chart, self.table = BarChart(theme), FigureTable(theme, title)
        self.add(self.note, self.chart, self.table)
        self.column.setSpacing(8)
        self.column.addStretch()
        self.show_bars((), ("", ""))

    def show_bars(self, bars: Sequence[Bar], titles: Sequence[str], note: str = "", nothing: str = "") -> None:
        """Show these bars. `titles`: what the words are, what the numbers are, what was before; `nothing`: why none."""
        self.chart.show_bars(self._name, bars)
        compared = len(titles) > 2
        self.table.show_figures(titles, [_row_of(one, compared) for one in bars])
        self.note.setText(note if bars else nothing or self._empty)
        self.setAccessibleName(f"{self._name}. {self.note.text()}")
        self._arrange()

    def show_as_table(self, tables: bool) -> None:
        """The table in place of the chart, or the chart again."""
        self._tables = tables
        self._arrange()

    def _arrange(self) -> None:
        some = bool(self.chart.bars)
        self.chart.setVisible(some and not self._tables)
        self.table.setVisible(some and self._tables)
        self.note.setVisible(bool(self.note.text()))


def _row_of(bar: Bar, compared: bool) -> tuple[str, ...]:
    return (bar.label, bar.told, bar.before_told) if compared else (bar.label, bar.told)


def arrival_bars(figures: Figures, words: Words, halves: Sequence[str] = ()) -> list[Bar]:
    """Arrivals by half hour: by those given, or those of the figures."""
    counts = {begins: figures.arrivals.get(begins, 0) for begins in halves or figures.arrivals}
    return [Bar(half_hour_told(begins, words), n, str(n)) for begins, n in counts.items()]


def ending_bars(balance: Balance, words: Words) -> list[Bar]:
    """What became of those convened; nothing when nobody was."""
    if not balance.convened:
        return []
    counts = of_balance(balance)
    return [
        Bar(words(f"report.endings.{name}"), int(str(counts[name])), str(counts[name]), token=token)
        for name, token in ENDINGS.items()
    ]


def time_bars(times: Times, words: Words) -> list[Bar]:
    """Median, ninth decile, longest; nothing without any."""
    told = {"median": times.median, "p90": times.p90, "longest": times.longest}
    return [
        Bar(words(f"report.times.{name}"), minutes, minutes_told(minutes, words))
        for name, minutes in told.items()
        if minutes is not None
    ]


def waits_note(figures: Figures, target: timedelta, words: Words) -> str:
    """Share within the target of the site, over how many people convened, then without an appointment; how many waits
    nobody could measure."""
    let_in = figures.walk_in_waits
    told = [_noted(_within("report.waits_note", figures.waits, target, words), figures.waits, words)]
    if let_in.count or let_in.not_measured:
        told.append(_noted(_within("report.walk_in_waits_note", let_in, target, words), let_in, words))
    return " · ".join(told)


def _within(key: str, times: Times, target: timedelta, words: Words) -> str:
    share, minutes = round(100 * (times.within_target or 0)), int(target.total_seconds() // 60)
    return words(key, share=share, target=minutes, count=times.count, median=number_told(times.median, words))


def services_note(times: Times, words: Words) -> str:
    """How many services were timed, and how many could not be."""
    return _noted(words("report.services_note", count=times.count), times, words)


def _noted(told: str, times: Times, words: Words) -> str:
    untold = [words("report.not_measured", n=times.not_measured)] if times.not_measured else []
    return " · ".join([*([told] if times.count else []), *untold])


def channel_bars(figures: Figures, words: Words) -> list[Bar]:
    """People without an appointment, the most taken channel first."""
    return _counted(figures.gestures.oriented, channel_told, words)


def stopped_bars(figures: Figures, words: Words) -> list[Bar]:
    """Answers that stopped somebody, the most given first."""
    return _counted(figures.gestures.stopped, answer_told, words)


def _counted(counts: Mapping[str, int], told: Callable[[str, Words], str], words: Words) -> list[Bar]:
    """Several slugs may have the same words: counted together, the most first."""
    total: Counter[str] = Counter()
    for slug, n in counts.items():
        total[told(slug, words)] += n
    return [Bar(label, n, str(n)) for label, n in sorted(total.items(), key=lambda one: (-one[1], one[0]))]


def group_titles(first: str, words: Words) -> tuple[list[str], list[str]]:
    """Columns of the table of services, or of purposes: as short as they are shown, and in full."""
    names = ("convened", *ENDINGS, "median", "p90", "served")
    head = words(f"report.heads.{first}")
    return (
        [head, *(words(f"report.short.{name}") for name in names)],
        [head, *(words(f"report.heads.{name}") for name in names)],
    )


def group_rows(groups: Sequence[Group], words: Words) -> list[tuple[str, ...]]:
    """One row for each service or purpose."""
    return [
        (
            one.name,
            *(str(count) for count in of_balance(one.balance).values()),
            number_told(one.waits.median, words),
            number_told(one.waits.p90, words),
            number_told(one.services.median, words),
        )
        for one in groups
    ]
