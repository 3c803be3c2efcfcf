"""The day's report to look at: charts, tables, what will be signed, what was signed, a day without anybody."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from counter_app.ui.screens.report.asked import Asked, Span
from counter_app.ui.screens.report.page import ReportScreen
from tests.journeys.studio import Studio


def _as_it_is(_made: Studio, _screen: ReportScreen) -> None:
    """Nothing more."""


def _report(then: Callable[[Studio, ReportScreen], object] = _as_it_is) -> Callable[[Studio], None]:
    def scene(made: Studio) -> None:
        made.open("report")
        screen = made.window.front
        assert isinstance(screen, ReportScreen)
        screen.step_back()
        screen.flow.show_tables(False)
        screen.view.verticalScrollBar().setValue(0)
        made.settle()
        then(made, screen)
        made.settle()

    return scene


def _charts(_made: Studio, screen: ReportScreen) -> None:
    screen.view.ensureWidgetVisible(screen.view.charts["services"])


def _week(made: Studio, screen: ReportScreen) -> None:
    screen.open_span(Span.WEEK)
    made.settle()


def _compared(made: Studio, screen: ReportScreen) -> None:
    screen.flow.ask(Asked(Span.WEEK, comparing=True))
    made.settle()
    screen.view.ensureWidgetVisible(screen.view.cards["compared"])


def _of_one(_made: Studio, screen: ReportScreen) -> None:
    screen.questions.ask_whose()


def _which_days(_made: Studio, screen: ReportScreen) -> None:
    screen.questions.ask_days()


def _end(_made: Studio, screen: ReportScreen) -> None:
    bar = screen.view.verticalScrollBar()
    bar.setValue(bar.maximum())


def _signed(made: Studio, screen: ReportScreen) -> None:
    for _ in range(2):
        made.press(Qt.Key.Key_Return, ctrl=True)
    _end(made, screen)


REPORT_SCENES = {
    "report": _report(),
    "report_charts": _report(_charts),
    "report_tables": _report(lambda _made, screen: screen.flow.show_tables(True)),
    "report_review": _report(lambda made, _screen: made.press(Qt.Key.Key_Return, ctrl=True)),
    "report_signed": _report(_signed),
    "report_week": _report(_week),
    "report_compared": _report(_compared),
    "report_whose": _report(_of_one),
    "report_days": _report(_which_days),
    "report_nobody": _report(lambda _made, screen: screen.flow.move(-30)),
}
