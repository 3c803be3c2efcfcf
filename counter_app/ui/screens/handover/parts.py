"""What the parts of the handover page ask of the page, and whose answers still count."""

from collections.abc import Callable
from typing import Protocol

from counter_app.domain.handover_draft import HandoverDraft, Line
from counter_app.ui.screens.handover.state import HandoverState, Showing
from counter_app.ui.screens.handover.view import HandoverView
from counter_app.ui.tasks import Breakage
from counter_app.ui.workbench import Workbench
from counter_app.usecases.answers import Override
from counter_app.usecases.handover_answers import HandoverAnswer

TOPIC = "handover"
"""Questions of the page of which only the newest counts."""
LINE = "handover line"
"""The same, about a page that stayed the same while the line to the others came or went."""


class Turn:
    """The person in front: what is answered about somebody before no longer counts."""

    def __init__(self) -> None:
        self.number = 0
        self.asking = False
        """A question about this person is not answered yet."""
        self.commit_wanted = False
        """Ctrl+Enter came before the page was judged."""

    def next(self) -> None:
        """Somebody else, or nobody, is in front."""
        self.number += 1
        self.asking = self.commit_wanted = False


class Page(Protocol):
    """The page of the person in front."""

    state: HandoverState

    @property
    def bench(self) -> Workbench: ...

    @property
    def view(self) -> HandoverView: ...

    def show_state(self, state: HandoverState) -> None: ...

    def say(self, sentence: str, good: bool = True) -> None: ...

    def sound(self, answer: HandoverAnswer) -> None: ...

    def tell(self, answer: HandoverAnswer) -> None: ...

    def go_on(self, line: Line | None = None) -> None: ...

    def focus_field(self) -> None: ...

    def ask_supervisor(self) -> None: ...

    def broke(self, broken: Breakage) -> None: ...

    def meet(self, raw: str) -> None: ...

    def again(self, then: Callable[[], None] = ...) -> None: ...

    def leave(self) -> None: ...

    def forget(self) -> None: ...

    def nobody(self, showing: Showing = Showing.READY) -> None: ...

    def tick(self, draft: HandoverDraft) -> None: ...

    def judge_again(self) -> None: ...

    def scanned(self, raw: str) -> None: ...

    def agree(self, override: Override) -> None: ...

    def commit(self) -> None: ...
