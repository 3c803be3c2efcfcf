"""Runs the actions of a verdict and opens the questions of the page."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from counter_app.domain.handover_draft import Line
from counter_app.ui.screens.handover.boxes import Boxes
from counter_app.ui.screens.handover.end_deeds import EndDeeds
from counter_app.ui.screens.handover.line_deeds import LineDeeds
from counter_app.ui.screens.handover.offers import AGREE, GO_ON, offers
from counter_app.ui.screens.handover.parts import Page
from counter_app.ui.screens.handover.state import HandoverState
from counter_app.usecases.answers import Override
from counter_app.usecases.handover_answers import HandoverAnswer
from counter_app.wording.verdicts import VerdictAction


class Deeds:
    """What can be done about the permit in front of the agent."""

    def __init__(self, page: Page, window: QWidget) -> None:
        bench = page.bench
        self._page, self._boxes = page, Boxes(bench, window)
        self._lines, self._ends = LineDeeds(page, self._boxes), EndDeeds(page, self._boxes)
        self._actions: dict[str, Callable[[HandoverAnswer], object]] = {
            **dict.fromkeys((*GO_ON, "choose_row"), lambda _answer: page.go_on()),
            **dict.fromkeys(AGREE, lambda _answer: self.ask_supervisor()),
            **dict.fromkeys(("close", "next", "resume_later", "scan_again"), lambda _answer: page.leave()),
            "commit": lambda _answer: page.commit(),
            "correct": lambda _answer: page.tick(page.state.draft),
            "undo": lambda _answer: bench.undo_wanted.emit(),
            "set_reader": lambda _answer: bench.ask("settings"),
            **self._lines.actions,
            **self._ends.actions,
        }

    def offers(self, state: HandoverState) -> tuple[VerdictAction, ...]:
        """What the verdict on show offers and this desk can do, the main action first."""
        return offers(self._page.bench, state, self._actions)

    def run(self, slug: str) -> None:
        """Do it."""
        answer = self._page.state.answer
        if answer is not None and slug in self._actions:
            self._actions[slug](answer)

    def ask(self, question: str) -> None:
        """Open the box of a question of the page."""
        if self._page.state.working:
            self._lines.questions[question]()

    def ask_supervisor(self) -> None:
        """Who agrees to go beyond what stands against the handover, and why."""
        self._boxes.why("agree", lambda reason: self._page.agree(Override(reason.text, reason.approved_by)))

    def fail(self, line: Line) -> None:
        """The line cannot be done."""
        self._lines.fail(line)

    def print_again(self) -> bool:
        """F9: the receipt of the handover on show, else the reminder of the hour."""
        if any(one.slug == "print_reminder" for one in self.offers(self._page.state)):
            self.run("print_reminder")
            return True
        return self._ends.reprint()
