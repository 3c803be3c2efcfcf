"""What an import does, or did, in figures and sentences; the same before and after."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from counter_app.telling.gestures import import_told
from counter_app.ui.screens.page_parts import Result
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.count_tile import CountTile
from counter_app.ui.widgets.flow import Flow
from counter_app.usecases.answers import ImportOutcome
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import long_date

COUNTS: tuple[tuple[str, str, str], ...] = (
    ("added", "plus", "ok"),
    ("changed", "pencil", "warn"),
    ("unchanged", "check", "tech"),
    ("absent", "user-x", "go"),
    ("rejected", "file-warning", "stop"),
)
"""Each count with its icon and the family whose colours it takes; its words say the same."""
DAYS_NAMED = 3


class CountsView(QWidget):
    """The figures side by side, and under them what must be known about them."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self._tiles = Flow(spacing=12)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.alarm = Result(theme)
        column.addWidget(self.alarm)
        column.addWidget(self._tiles)
        column.addWidget(self.told)

    def show_outcome(self, outcome: ImportOutcome, more: Sequence[str] = ()) -> None:
        """Show an outcome, and other sentences after its own."""
        figures = counts_of(outcome)
        self._tiles.replace(
            CountTile(self._theme, icon, family, str(figures[name]), count_words(self._words, name, figures[name]))
            for name, icon, family in COUNTS
            if figures[name] or name == "added"
        )
        first, others = self._apart(outcome)
        self.alarm.hide()
        if first:
            self.alarm.show_result(first, good=False)
        self.told.setText("\n".join((*others, *sentences(self._words, outcome), *more)))
        self.setAccessibleName(spoken(self._words, outcome))

    def _apart(self, outcome: ImportOutcome) -> tuple[str, tuple[str, ...]]:
        """What makes one doubt the list itself, said apart; and what else is to be said first."""
        told = import_told(outcome, self._words)
        return (told[0], told[1:]) if outcome.many_absent else ("", told)


def counts_of(outcome: ImportOutcome) -> dict[str, int]:
    """The five counts by name."""
    return {
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "absent": outcome.absent,
        "rejected": len(outcome.to_repair),
    }


def count_words(words: Words, name: str, n: int) -> str:
    """« nouvelles », « à corriger »: what a figure counts, without the figure."""
    return words.counted(f"import.count_{name}", n)


def spoken(words: Words, outcome: ImportOutcome) -> str:
    """All figures in one line, as screen readers say them."""
    figures = counts_of(outcome)
    return ", ".join(f"{figures[name]} {count_words(words, name, figures[name])}" for name, _icon, _family in COUNTS)


def sentences(words: Words, outcome: ImportOutcome) -> tuple[str, ...]:
    """What has to be said about an outcome: an older file, nothing new, people no longer listed, which days."""
    told = [_days(words, outcome)]
    if outcome.superseded:
        told.append(words("import.superseded"))
    elif outcome.rows and not (outcome.added or outcome.changed or outcome.absent or outcome.to_repair):
        told.append(words("import.nothing_new"))
    if outcome.absent:
        told.append(words.counted("import.absent_told", outcome.absent))
    if outcome.to_repair:
        told.append(words.counted("import.rejected_told", len(outcome.to_repair)))
    return tuple(sentence for sentence in told if sentence)


def _days(words: Words, outcome: ImportOutcome) -> str:
    days = [long_date(day, words.lang) for day in outcome.days]
    if not days:
        return words("import.no_day")
    if len(days) <= DAYS_NAMED:
        return words("import.days_named", days=", ".join(days))
    return words("import.days_between", first=days[0], last=days[-1], n=len(days))
