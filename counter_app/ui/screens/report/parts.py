"""Parts of the page of the day's report: cards two by two where there is room, the moves between days, the review."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from counter_app.domain.day_balance import WhyOpen
from counter_app.ui.screens.page_parts import Card, line_of
from counter_app.ui.screens.report.asked import Asked, Span
from counter_app.ui.screens.report.state import KEYS, ReportLook, file_actions, review_actions
from counter_app.ui.screens.report.words import balance_told, changes_told, day_told, since_told
from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.action_bar import ActionBar, label_with_key
from counter_app.ui.widgets.flow import Flow
from counter_app.ui.widgets.form import FormRow
from counter_app.ui.widgets.typed import fits
from counter_app.usecases.close_day import LONGEST_REMARK
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import VerdictAction, key_name

WIDE = 340
"""Pixels that a card needs at 100 %, for two to stand side by side."""
GAP = 12


class Pairs(QWidget):
    """Cards two by two, or one under the other in a narrow window."""

    def __init__(self, theme: Theme, cards: Sequence[QWidget]) -> None:
        super().__init__()
        self._theme, self._cards, self._columns = theme, cards, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._arrange)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = 2 if self.width() >= 2 * self._theme.px(WIDE) + GAP else 1
        if columns == self._columns:
            return
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in (0, 1):
            self._grid.setColumnStretch(column, int(column < columns))


class Moves(Flow):
    """How long is looked at, earlier or later, compared, of whom, and tables in place of charts."""

    asked = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(spacing=8)
        self.setAccessibleName(words("report.moves"))
        self._group = QButtonGroup(self)
        self.spans = {span: self._button(words(f"report.spans.{span}"), span.value, words) for span in Span}
        for made in self.spans.values():
            self._group.addButton(made)
        steps = ("previous", "today", "next", "compare", "limit", "tables")
        self.buttons = {slug: self._button(words(f"report.{slug}"), slug, words) for slug in steps}
        for made in (*self.spans.values(), self.buttons["compare"], self.buttons["tables"]):
            made.setCheckable(True)
            mark(made, role="tab")
        self.replace((*self.spans.values(), *self.buttons.values()))

    def show_asked(self, asked: Asked, tables: bool) -> None:
        """Show what is on; sends no signal."""
        self.spans[asked.span].setChecked(True)
        self.buttons["compare"].setChecked(asked.comparing)
        self.buttons["tables"].setChecked(tables)

    def _button(self, label: str, slug: str, words: Words) -> QPushButton:
        key = key_name(KEYS.get(slug, ""), words.lang)
        made = QPushButton(label_with_key(label, key))
        made.setAccessibleName(f"{label}, {key}" if key else label)
        made.setAutoDefault(False)
        made.clicked.connect(lambda _checked: self.asked.emit(slug))
        return made


def files_row(words: Words, deeds: Mapping[str, Callable[[], object]]) -> Flow:
    """A button for each file to keep."""
    row = Flow(spacing=12)
    row.setAccessibleName(words("report.actions.files"))
    row.replace(_file_button(one, deeds[one.slug]) for one in file_actions(words))
    return row


def _file_button(shown: VerdictAction, deed: Callable[[], object]) -> QPushButton:
    made = QPushButton(label_with_key(shown.label, shown.key))
    made.setAccessibleName(f"{shown.label}, {shown.key}" if shown.key else shown.label)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked: deed())
    return made


class Review(Card):
    """What will be signed, read again in its place: the figures, what is open, what is provisional."""

    def __init__(self, theme: Theme, words: Words, deeds: Mapping[str, Callable[[], object]]) -> None:
        super().__init__("")
        self._words = words
        self.about = line_of("", "body")
        self.remarks = QLineEdit()
        hint = words("report.review_hint", most=LONGEST_REMARK)
        self.row = FormRow(theme, words("report.review_remarks"), self.remarks, hint)
        self.bar = ActionBar(words("report.actions.review"))
        self.bar.show_actions(review_actions(words))
        self.bar.triggered.connect(lambda slug: deeds[slug]())
        self.add(self.about, self.row, self.bar)

    def fits(self) -> bool:
        """Whether what was written of the day can be signed; else says why, and keeps it."""
        return fits(self.row, self._words, LONGEST_REMARK)

    def show_look(self, look: ReportLook, missing: str) -> None:
        """What would be signed now: it follows acts that come while it is read. `missing`: what may not be here."""
        words, figures, last = self._words, look.figures, look.last
        version = max((one.version for one in look.closings), default=0) + 1
        day = day_told(figures.day, words)
        self.title.setText(words("report.review_title", version=version, day=day))
        lines = [balance_told(figures.balance, words), missing or words("report.whole")]
        if later := sum(one.why is WhyOpen.EXPECTED for one in look.open_cases):
            lines.append(words("report.review_going", n=later))
        if figures.balance.open:
            lines.append(words("report.review_open", n=figures.balance.open))
        if look.moved and len(look.since) > 1:
            lines += since_told(look.since, figures.at.tzinfo or UTC, words)
        elif last and look.changed:
            lines.append(words("report.since_version", version=last.version, changes=changes_told(look.changed, words)))
        elif last:
            lines.append(words("report.review_same", version=last.version))
        self.about.setText("\n".join(lines))
        self.setAccessibleName(f"{self.title.text()}. {self.about.text()}")
