"""What the report asks the agent: the days of a free period, and whose figures alone are told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from counter_app.domain.keyboard import plain_digits
from counter_app.domain.period_figures import EVERYBODY, Only
from counter_app.imports.days import read_day
from counter_app.ui.screens.fields_box import Asked as Field
from counter_app.ui.screens.fields_box import FieldsBox
from counter_app.ui.screens.report.asked import Days, Span
from counter_app.ui.screens.report.flow import ReportFlow
from counter_app.ui.widgets.choice_box import ChoiceBox
from counter_app.ui.workbench import Workbench
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import short_date

MOST_DESKS = 8
"""Desks on offer: each has its digit, after everybody and the services."""


class ReportQuestions:
    """Boxes over the screen; the answer changes what is asked of the figures."""

    def __init__(self, bench: Workbench, flow: ReportFlow, screen: QWidget) -> None:
        self._bench, self._flow, self._screen = bench, flow, screen

    def ask_days(self) -> None:
        """From which day to which."""
        words, (first, last) = self._bench.words, self._flow.days
        fields = [
            Field("first", words("report.first"), text=short_date(first)),
            Field("last", words("report.last"), text=short_date(last)),
        ]
        title = words("report.which_days")
        window, check = self._screen.window(), partial(problem, words=words)
        box = FieldsBox(self._bench.theme, words, title, fields, window, check=check, does="report.show")
        box.answered.connect(self._show_days)
        box.open()

    def _show_days(self, typed: Mapping[str, str]) -> None:
        days = days_of(typed)
        assert days, "the box checked them"
        self._flow.ask(replace(self._flow.state.asked, span=Span.FREE, free=days))

    def ask_whose(self) -> None:
        """Everybody, one service, or one desk."""
        words, rules, asked = self._bench.words, self._bench.desk.rules, self._flow.state.asked
        desks = [self._bench.desk.name, *(one.desk for one in self._bench.exchanges.state.peers if not one.own)]
        whose = {"all": (words("report.everybody"), EVERYBODY)}
        for one in rules.queue.services:
            whose[f"service {one.key}"] = (words("report.only_service", name=one.name), Only(service=one.key))
        for name in list(dict.fromkeys(desks))[:MOST_DESKS]:
            whose[f"desk {name}"] = (words("report.only_desk", name=name), Only(desk=name))
        choices = [(key, said) for key, (said, _only) in whose.items()]
        now = next((key for key, (_said, only) in whose.items() if only == asked.only), "")
        title, window = words("report.whose"), self._screen.window()
        box = ChoiceBox(self._bench.theme, words, title, choices, window, "report.show", now)
        box.chosen.connect(lambda key: self._flow.ask(replace(asked, only=whose[key][1])))
        box.open()


def days_of(typed: Mapping[str, str]) -> Days | None:
    """Both days, once they can be read."""
    first, last = (read_day(plain_digits(typed[name])) for name in ("first", "last"))
    return (first, last) if isinstance(first, date) and isinstance(last, date) else None


def problem(typed: Mapping[str, str], words: Words) -> tuple[str, str] | None:
    """The field to correct and what to do about it; None when both days make a period."""
    for name in ("first", "last"):
        if not isinstance(read_day(plain_digits(typed[name])), date):
            return name, words("fields.date")
    days = days_of(typed)
    return ("last", words("report.days_reversed")) if days and days[1] < days[0] else None
