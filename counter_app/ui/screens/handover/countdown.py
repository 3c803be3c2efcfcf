"""What is counted down on the answer: the minute in which the desk takes back a handover by itself, after which a
supervisor does; and the minutes before the window closes."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from counter_app.domain.handover_window import minutes_left
from counter_app.domain.rules import SiteRules
from counter_app.domain.verdict import Verdict
from counter_app.ui.screens.handover.parts import Page
from counter_app.ui.screens.handover.state import HandoverState
from counter_app.usecases.handover_answers import HandoverAnswer

SECOND = 1000
OVER = "undo_over"
"""Note of a handover that only a supervisor takes back."""
FINISHING = "finishing"
"""Note of a page begun before the window closed."""


def counted(answer: HandoverAnswer, now: datetime) -> HandoverAnswer:
    """The answer with the seconds left at `now`; an answer that recorded nothing is as it was."""
    if answer.undo_until is None:
        return answer
    left = max(0, round((answer.undo_until - now).total_seconds()))
    notes = answer.notes if left else (OVER, *(note for note in answer.notes if note != OVER))
    return replace(answer, figures={**answer.figures, "n": left}, notes=notes)


def before_closing(answer: HandoverAnswer, rules: SiteRules, now: datetime) -> HandoverAnswer:
    """The answer with the minutes before the window closes at `now`; once it has, that what was begun is finished."""
    if answer.recorded or Verdict.HANDOVER_CLOSING_SOON not in (answer.verdict, *answer.chips):
        return answer
    left = minutes_left(rules, now.astimezone(rules.zone))
    notes = answer.notes if left is not None or FINISHING in answer.notes else (FINISHING, *answer.notes)
    return replace(answer, figures={**answer.figures, "n": left or 0}, notes=notes)


class Countdown(QObject):
    """Follows the answer on show; its words change, nothing is said again until the minute of a handover is over."""

    def __init__(self, page: Page, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._clock = QTimer(self, interval=SECOND)
        self._clock.timeout.connect(self._second)
        page.bench.minutes.turned.connect(self._minute)

    def follow(self, state: HandoverState) -> None:
        """The page shows this now."""
        running = state.recorded and state.answer is not None and OVER not in state.answer.notes
        if running != self._clock.isActive():
            self._clock.start() if running else self._clock.stop()

    def _second(self) -> None:
        page, state = self._page, self._page.state
        if state.answer is None:
            return
        now = replace(state, answer=counted(state.answer, page.bench.desk.now()))
        if now.answer and OVER in now.answer.notes:
            page.show_state(now)
        else:
            page.state = now
            page.view.count(now)

    def _minute(self) -> None:
        """On the tick of the status bar and of the page: one window, one figure."""
        page, state = self._page, self._page.state
        if state.answer is None:
            return
        desk = page.bench.desk
        page.state = replace(state, answer=before_closing(state.answer, desk.rules, desk.now()))
        page.view.count(page.state)
