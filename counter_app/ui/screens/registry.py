"""The screens of this version, by the name others ask for; each is made the first time it is opened."""

from collections.abc import Callable

from counter_app.ui.screens.screen import Screen
from counter_app.ui.workbench import Workbench


def _reception(bench: Workbench) -> Screen:
    from counter_app.ui.screens.reception import Reception

    return Reception(bench)


def _first_run(bench: Workbench) -> Screen:
    from counter_app.ui.screens.first_run import FirstRun

    return FirstRun(bench)


SCREENS: dict[str, Callable[[Workbench], Screen]] = {"reception": _reception, "first_run": _first_run}
