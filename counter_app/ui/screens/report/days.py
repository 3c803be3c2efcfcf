"""The days of a period, one a row: Enter opens the day, where its open cases are named one by one."""

from collections.abc import Sequence

from counter_app.domain.day_figures import OneDay
from counter_app.ui.screens.report.charts import ENDINGS
from counter_app.ui.screens.report.words import balance_told
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.people_table import Column, PeopleTable, PersonRow
from counter_app.usecases.figures_told import of_balance
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import long_date, short_date

_COUNTS = ("convened", *ENDINGS)
_SPARE = ("left", "rescheduled", "cancelled")
_OPEN, _CLOSED = ("hourglass", "warn-text"), ("circle-check", "ok-text")


def days_table(theme: Theme, words: Words) -> PeopleTable:
    """The day, its counts, how many are open last."""
    counts = [Column(words(f"report.short.{name}"), 6, spare=name in _SPARE) for name in _COUNTS]
    return PeopleTable(theme, words("report.cards.days"), [Column(words("report.heads.day"), 11), *counts])


def day_rows(days: Sequence[OneDay], words: Words) -> list[PersonRow]:
    """One row for each day with anything to tell."""
    return [_row(one, words) for one in days]


def _row(one: OneDay, words: Words) -> PersonRow:
    counts = of_balance(one.balance)
    cells = (short_date(one.day), *(str(counts[name]) for name in _COUNTS))
    icon, token = _OPEN if one.balance.open else _CLOSED
    sentence = f"{long_date(one.day, words.lang)}. {balance_told(one.balance, words)}"
    return PersonRow(one.day.isoformat(), cells, sentence, icon, token)
