"""Large text in low windows: in every state an agent can meet, nothing is cut, and the answer is seen with its deed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app import config
from counter_app.domain.verdict import Verdict
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens.handover.page import HandoverScreen
from counter_app.ui.screens.number.page import NumberScreen
from counter_app.ui.screens.orient.page import OrientScreen
from counter_app.ui.screens.reception.page import Reception
from counter_app.ui.screens.stock.page import StockScreen
from counter_app.ui.theme import Choice, Theme
from tests.journeys.number_scenes import LONG_ANSWERS
from tests.journeys.pictures import SCENES, prepared
from tests.journeys.room import cut_words, not_in_view, too_large
from tests.journeys.studio import Studio, studio

ROOMS = [("fr", (960, 540), 200), ("en", (960, 540), 200), ("fr", (1366, 768), 200), ("en", (960, 540), 150)]


@contextmanager
def at_work(folder: Path, qapp: QApplication, lang: str, size: tuple[int, int], scale: int) -> Iterator[Studio]:
    home = prepared(folder)
    config.write_settings(home, config.Settings(desk="Poste 2", agent="M. Durand", language=lang))
    theme = Theme(qapp)
    theme.choose(Choice.LIGHT, scale)
    before = _windows()
    with studio(home, theme, qapp, size) as made:
        yield made
    theme.choose(Choice.LIGHT)
    assert _windows() <= before, "left behind"


def _windows() -> set[QWidget]:
    return {one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)}


@pytest.mark.qt_log_ignore("propagateSizeHints")
@pytest.mark.parametrize(("lang", "size", "scale"), ROOMS)
def test_nothing_is_cut_and_the_answer_is_seen_with_its_action(
    tmp_path: Path, qapp: QApplication, lang: str, size: tuple[int, int], scale: int
) -> None:
    with at_work(tmp_path, qapp, lang, size, scale) as made:
        wrong: dict[str, list[str]] = {}
        told = {*LONG_ANSWERS}
        for name in SCENES:
            found = wrong_in(made, name, size)
            wrong |= {name: found} if found else {}
            told |= answer_on_show(made)
    assert wrong == {}
    assert set(Verdict) - told == set(), "without a picture"


def wrong_in(made: Studio, name: str, size: tuple[int, int]) -> list[str]:
    """What cannot be read, or is not on show, in a scene."""
    made.at_rest()
    SCENES[name](made)
    made.settle()
    if box := QApplication.activeModalWidget():
        return cut_words(box) + too_large(box, size)
    grown = [] if made.window.size().toTuple() == size else [f"the window grew to {made.window.size().toTuple()}"]
    return cut_words(made.window) + answer_out_of_view(made) + grown


def answer_on_show(made: Studio) -> set[str]:
    """The verdict in front of the agent, if there is one."""
    front = made.window.front
    panel = front.view.panel if isinstance(front, Reception | NumberScreen | OrientScreen | HandoverScreen) else None
    return {panel.verdict.slug} if panel and panel.verdict else set()


def answer_out_of_view(made: Studio) -> list[str]:
    """The answer, or its main action, scrolled away."""
    front = made.window.front
    if isinstance(front, HandoverScreen):
        return handover_out_of_view(front)
    if isinstance(front, StockScreen):
        return stock_out_of_view(front)
    if not isinstance(front, Reception | NumberScreen) or front.view.panel.verdict is None:
        return []
    bar = front.view.offers if isinstance(front, Reception) else front.view.bar
    main = bar.button(bar.actions_shown[0].slug) if bar.actions_shown else None
    parts = [front.view.panel, *([main] if main else [])]
    return [line for part in parts for line in not_in_view(part, front.view)]


def stock_out_of_view(front: StockScreen) -> list[str]:
    """The permit in hand, and what to do with it."""
    actions = front.bar.actions_shown
    main = front.bar.button(actions[0].slug) if actions else None
    card = [front.view.card] if front.view.card.isVisible() else []
    return [line for part in (*card, *([main] if main else [])) for line in not_in_view(part, front.view)]


def handover_out_of_view(front: HandoverScreen) -> list[str]:
    """The answer and its main action; once the lines are being done, the control that Enter presses."""
    focused = front.window().focusWidget()
    if focused is not None and front.view.lines.isAncestorOf(focused):
        return not_in_view(focused, front.view)
    if front.view.panel.verdict is None or front.view.offers.parentWidget() is front.view.foot:
        return []  # under what scrolls, what confirms is always on show
    actions = front.view.offers.actions_shown
    main = front.view.offers.button(actions[0].slug) if actions else None
    return [line for part in (front.view.panel, *([main] if main else [])) for line in not_in_view(part, front.view)]
