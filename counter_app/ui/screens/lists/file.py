"""First page of the import: choose the list, or drop it here; below, the rows of older lists that still wait."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.action_bar import label_with_key
from counter_app.ui.widgets.form import FieldMessage
from counter_app.ui.widgets.icon_label import IconLabel
from counter_app.wording.catalogue import Words


class FilePage(QFrame):
    """A place to drop a file, and a button that does the same by keyboard."""

    chosen = Signal(Path)
    """The file that the agent chose or dropped."""
    wanted = Signal()
    """The agent asks for the list of files."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, role="card")
        self._words = words
        self.setAcceptDrops(True)
        self.setAccessibleName(words("import.step_file"))
        self.button = QPushButton(label_with_key(words("import.choose_file"), "Ctrl+O"))
        self.button.setAccessibleName(words("import.choose_file"))
        mark(self.button, role="primary", tall=True)
        self.button.clicked.connect(self.wanted)
        self.message = FieldMessage(theme)
        self._icon = IconLabel(theme, "file-input", "brand", 48)
        self._lead = _text(words("import.file_lead"), "h2")
        self._more = _text(words("import.file_more"), "soft")
        self._lay_out()

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(8)
        line = QHBoxLayout()
        line.addWidget(self.button)
        line.addStretch(1)
        texts.addWidget(self._lead)
        texts.addWidget(self._more)
        texts.addLayout(line)
        texts.addWidget(self.message)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 24)
        whole.setSpacing(24)
        whole.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(texts, 1)

    def complain(self, sentence: str) -> None:
        """Say why the file cannot be used; an empty sentence takes it back."""
        self.message.show_text(sentence)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only files of this computer can be dropped."""
        if _dropped(event):
            event.acceptProposedAction()
            mark(self, state="over")

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """The file went elsewhere."""
        mark(self, state="")

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first file."""
        mark(self, state="")
        path = _dropped(event)
        if path:
            event.acceptProposedAction()
            self.chosen.emit(path)


def _dropped(event: QDropEvent) -> Path | None:
    files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(files[0]) if files else None


def _text(words: str, role: str) -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    mark(label, role=role)
    return label
