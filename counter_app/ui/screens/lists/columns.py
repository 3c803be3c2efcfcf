"""Second page of the import: what each column of the list becomes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from counter_app.imports.mapping import Mapping
from counter_app.imports.targets import Target
from counter_app.ui.screens.lists.choice import NOT_READ, chosen_of, example_of, mapping_of
from counter_app.ui.screens.lists.work import OpenedList
from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.form import FieldMessage
from counter_app.wording.catalogue import Words

ON_TOP = (Target.name, Target.family_name, Target.given_name, Target.birth_date, Target.foreign_number, Target.slot)
"""Asked for most often: first in each list of choices."""
LONGEST_EXAMPLE = 60
LEAST_LETTERS = 14
LEAST_HEIGHT = 36


class TargetBox(QComboBox):
    """What a column becomes. The mouse wheel scrolls the page, it never changes a choice by accident."""

    def __init__(self, words: Words, heading: str) -> None:
        super().__init__()
        self.setAccessibleName(words("import.becomes_of", heading=heading))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LEAST_LETTERS)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.addItem(words("import.not_read"), NOT_READ)
        for target in (*ON_TOP, *(target for target in Target if target not in ON_TOP)):
            self.addItem(words(f"import.target_{target.value}"), target.value)

    @property
    def target(self) -> str:
        """The target chosen, `NOT_READ` when none."""
        return str(self.currentData())

    def choose(self, target: str) -> None:
        """Show a target as chosen."""
        self.setCurrentIndex(self.findData(target))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page."""
        event.ignore()


class ColumnsPage(QWidget):
    """One line per column: its heading, what it becomes, what it holds."""

    changed = Signal()
    """The agent chose something else."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self._opened: OpenedList | None = None
        self.boxes: list[TargetBox] = []
        self._examples: list[QLabel] = []
        self.about = _wrapped("", "strong")
        self.message = FieldMessage(theme)
        self._grid_place = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.about)
        column.addWidget(_wrapped(words("import.columns_lead"), "soft"))
        column.addWidget(self.message)
        column.addLayout(self._grid_place)
        column.addStretch(1)

    def show_list(self, opened: OpenedList, about: str) -> None:
        """Show the columns of a list as they are understood; `about` says what the list is."""
        self._opened = opened
        self.about.setText(about)
        self.complain(opened.warning)
        chosen = chosen_of(opened.headings, opened.mapping)
        self._build(opened.headings)
        for box, target in zip(self.boxes, chosen, strict=True):
            box.choose(target)
            box.currentIndexChanged.connect(self._on_chosen)
        self._show_examples()

    def mapping(self) -> Mapping:
        """What the agent chose."""
        assert self._opened is not None, "columns are shown before they are chosen"
        return mapping_of(self._opened.headings, [box.target for box in self.boxes], self._opened.mapping)

    def complain(self, sentence: str) -> None:
        """Say which column has to be named; an empty sentence takes it back."""
        self.message.show_text(sentence)

    def _build(self, headings: Sequence[str]) -> None:
        while item := self._grid_place.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        card = QFrame()
        mark(card, role="card")
        card.setAccessibleName(self._words("import.step_columns"))
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for place, stretch in enumerate((3, 3, 4)):
            grid.setColumnStretch(place, stretch)
        for place, title in enumerate(("read_column", "becomes", "example")):
            grid.addWidget(_wrapped(self._words(f"import.{title}"), "strong"), 0, place)
        self.boxes = [TargetBox(self._words, heading) for heading in headings]
        self._examples = [_wrapped("", "soft") for _heading in headings]
        for row, heading in enumerate(headings):
            label = _wrapped(heading, "body")
            label.setBuddy(self.boxes[row])
            for place, widget in enumerate((label, _edged(self.boxes[row]), self._examples[row])):
                grid.addWidget(widget, row + 1, place, Qt.AlignmentFlag.AlignVCenter)
        self._grid_place.addWidget(card)

    def _on_chosen(self, _index: int) -> None:
        self.complain("")
        self._show_examples()
        self.changed.emit()

    def _show_examples(self) -> None:
        assert self._opened is not None
        for label, values, box in zip(self._examples, self._opened.examples, self.boxes, strict=True):
            label.setText(_short(example_of(values, box.target)))
            box.setAccessibleDescription(label.text())


def _edged(box: TargetBox) -> QFrame:
    """A frame of ours around Fusion's box: an edge that every theme shows."""
    frame = QFrame()
    mark(frame, role="box")
    box.setFrame(False)
    line = QVBoxLayout(frame)
    line.setContentsMargins(1, 1, 1, 1)
    line.addWidget(box)
    return frame


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_EXAMPLE else f"{text[: LONGEST_EXAMPLE - 1]}…"


def _wrapped(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    mark(label, role=role)
    return label
