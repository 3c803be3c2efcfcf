"""Third and fourth pages of the import: what it will do, with the rows to correct; then what it did."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from counter_app.ui.screens.lists.counts import CountsView
from counter_app.ui.screens.lists.problems import ProblemRow
from counter_app.ui.screens.lists.rows import ProblemTable
from counter_app.ui.theme import Theme, mark
from counter_app.usecases.answers import ImportOutcome
from counter_app.wording.catalogue import Words


class Advance(QWidget):
    """How far long work is: a sentence and a bar. Hidden when nothing is under way."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(words("import.progress"))
        self.bar.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.sentence)
        column.addWidget(self.bar)
        self.hide()

    def show_advance(self, key: str, done: int, total: int) -> None:
        """Show rows done; a total of 0 is not known."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        known = self._words(f"import.{key}", done=done, total=total) if total else ""
        self.sentence.setText(known or self._words(f"import.{key}_unknown", done=done))
        self.show()


class OutcomePage(QWidget):
    """Figures, sentences, and the rows to correct: the same page before and after the import."""

    def __init__(self, theme: Theme, words: Words, lead: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.lead = _label(lead, "h2")
        self.counts = CountsView(theme, words)
        self.title = _label(words("import.problems"), "h2")
        self.hint = _label(words("import.problems_hint"), "caption")
        self.table = ProblemTable(theme, words, words("import.problems"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self.lead, self.counts, self.title, self.hint, self.table):
            column.addWidget(widget)
        column.addStretch(1)

    def show_outcome(self, outcome: ImportOutcome, rows: Sequence[ProblemRow], more: Sequence[str] = ()) -> None:
        """Show an outcome and its rows to correct; `more` sentences follow its own."""
        self.counts.show_outcome(outcome, more)
        self.show_rows(rows)

    def show_rows(self, rows: Sequence[ProblemRow]) -> None:
        """Show the rows to correct again."""
        self.table.show_rows(rows)
        for widget in (self.title, self.hint, self.table):
            widget.setVisible(bool(rows))


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    mark(label, role=role)
    return label
