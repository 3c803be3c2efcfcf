"""The questions that the reception desk asks its agent: why, who agrees, which document, what name."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from counter_app.domain.arrival import IDENTITY_DOCUMENTS
from counter_app.ui.screens.reception.line_box import LINES, LineBox
from counter_app.ui.widgets.reason import Reason, ReasonBox
from counter_app.ui.workbench import Workbench

READY_REASONS = ("agreed_by_phone", "transport", "vulnerable", "our_mistake")


class Boxes:
    """Opens them over a window; an answer comes only when nothing lacks."""

    def __init__(self, bench: Workbench, window: QWidget) -> None:
        self._bench, self._window = bench, window

    def why(self, answered: Callable[[Reason], None], *, supervisor: bool) -> None:
        """Why somebody is received although the rule said otherwise; with `supervisor`, also who agrees."""
        words = self._bench.words
        reasons = [words(f"reason.{reason}") for reason in READY_REASONS]
        self._reason(words("reason.title"), reasons, answered, supervisor=supervisor)

    def document(self, answered: Callable[[str], None]) -> None:
        """Which document was shown: its kind is kept, never its number."""
        words = self._bench.words
        kinds = {words(f"reception.document_{kind}"): kind for kind in IDENTITY_DOCUMENTS}
        title = words("reception.not_the_person")
        box = ReasonBox(self._bench.theme, words, title, list(kinds), self._window, about="document_shown")
        box.answered.connect(lambda reason: answered(kinds.get(reason.text, "other")))
        box.open()

    def name(self, answered: Callable[[str], None]) -> None:
        """The name of somebody whom the lists of this desk do not know."""
        self._line("provisional", answered)

    def instruction(self, answered: Callable[[str], None]) -> None:
        """What the supervisor has to see before this person is received; nothing lifts it."""
        self._line("instruction", answered)

    def _line(self, kind: str, answered: Callable[[str], None]) -> None:
        box = LineBox(self._bench.theme, self._bench.words, LINES[kind], self._window)
        box.answered.connect(answered)
        box.open()

    def _reason(self, title: str, reasons: list[str], answered: Callable[[Reason], None], *, supervisor: bool) -> None:
        box = ReasonBox(self._bench.theme, self._bench.words, title, reasons, self._window, supervisor=supervisor)
        box.answered.connect(answered)
        box.open()
