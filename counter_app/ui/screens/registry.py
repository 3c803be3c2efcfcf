"""The screens of this version, by the name others ask for; each is made the first time it is opened."""

from collections.abc import Callable

from counter_app.ui.screens.screen import Screen
from counter_app.ui.workbench import Workbench


def _reception(bench: Workbench) -> Screen:
    from counter_app.ui.screens.reception.page import Reception

    return Reception(bench)


def _first_run(bench: Workbench) -> Screen:
    from counter_app.ui.screens.first_run.page import FirstRun

    return FirstRun(bench)


def _handover(bench: Workbench) -> Screen:
    from counter_app.ui.screens.handover.page import HandoverScreen

    return HandoverScreen(bench)


def _orient(bench: Workbench) -> Screen:
    from counter_app.ui.screens.orient.page import OrientScreen

    return OrientScreen(bench)


def _number(bench: Workbench) -> Screen:
    from counter_app.ui.screens.number.page import NumberScreen

    return NumberScreen(bench)


def _import(bench: Workbench) -> Screen:
    from counter_app.ui.screens.lists.page import ImportScreen

    return ImportScreen(bench)


def _stock(bench: Workbench) -> Screen:
    from counter_app.ui.screens.stock.page import StockScreen

    return StockScreen(bench)


def _summons(bench: Workbench) -> Screen:
    from counter_app.ui.screens.summons.page import SummonsScreen

    return SummonsScreen(bench)


def _conflicts(bench: Workbench) -> Screen:
    from counter_app.ui.screens.conflicts.page import ConflictsScreen

    return ConflictsScreen(bench)


def _sync(bench: Workbench) -> Screen:
    from counter_app.ui.screens.sync.page import SyncScreen

    return SyncScreen(bench)


def _queue(bench: Workbench) -> Screen:
    from counter_app.ui.screens.queue.page import QueueScreen

    return QueueScreen(bench)


def _report(bench: Workbench) -> Screen:
    from counter_app.ui.screens.report.page import ReportScreen

    return ReportScreen(bench)


def _settings(bench: Workbench) -> Screen:
    from counter_app.ui.screens.settings.page import SettingsScreen

    return SettingsScreen(bench)


SCREENS: dict[str, Callable[[Workbench], Screen]] = {
    "reception": _reception,
    "handover": _handover,
    "queue": _queue,
    "orient": _orient,
    "number": _number,
    "import": _import,
    "stock": _stock,
    "summons": _summons,
    "conflicts": _conflicts,
    "report": _report,
    "sync": _sync,
    "settings": _settings,
    "first_run": _first_run,
}
