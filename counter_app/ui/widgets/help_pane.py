"""F1: the page of the screen or of the verdict in front of the agent, always in the same place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from counter_app.ui.theme import mark
from counter_app.ui.widgets.action_bar import label_with_key
from counter_app.wording.catalogue import Words
from counter_app.wording.help import HelpPage

LEAST_WIDTH = 300


class HelpPane(QFrame):
    """One page of help: what it means, what to say, what to do, which keys. Escape or its button closes it."""

    closed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, role="help")
        self._words = words
        self.setAccessibleName(words("help.title"))
        self.title = QLabel()
        self.title.setWordWrap(True)
        mark(self.title, role="h2")
        self.close_button = QPushButton(label_with_key(words("help.close"), words("keys.escape")))
        self.close_button.setAccessibleName(words("help.close"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.closed)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(words("help.title"))
        self.area.setBackgroundRole(QPalette.ColorRole.Base)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.title)
        column.addWidget(self.area, 1)
        line = QHBoxLayout()
        line.addWidget(self.close_button)
        line.addStretch(1)
        column.addLayout(line)
        self.setMinimumWidth(LEAST_WIDTH)
        self.page_keys = ""
        """Keys told by the page on show."""

    def show_page(self, page: HelpPage) -> None:
        """Show a page, from its beginning."""
        self.title.setText(page.title)
        self.page_keys = page.keys
        self.area.setAccessibleName(f"{self._words('help.title')}. {page.title}")
        self.area.setWidget(self._body(page))

    def _body(self, page: HelpPage) -> QWidget:
        body = QWidget()
        body.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for heading, text in self._sections(page):
            for label, role in ((QLabel(heading), "strong"), (QLabel(text), "body")):
                label.setWordWrap(True)
                label.setTextFormat(Qt.TextFormat.PlainText)
                mark(label, role=role)
                column.addWidget(label)
        column.addStretch(1)
        return body

    def _sections(self, page: HelpPage) -> list[tuple[str, str]]:
        spoken = [page.say_fr and f"«\u00a0{page.say_fr}\u00a0»", page.say_en and f"“{page.say_en}”"]
        sections = [
            (self._words("help.means"), page.means),
            (self._words("help.say"), "\n".join(line for line in spoken if line)),
            (self._words("help.do"), page.do),
            (self._words("help.key"), page.keys),
        ]
        return [(heading, text) for heading, text in sections if text]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the pane before anything else."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
