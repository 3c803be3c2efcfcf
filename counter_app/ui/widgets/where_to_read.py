"""« Où lire mon numéro »: schematic drawings of our own, without any mark of the State."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.flow import Flow
from counter_app.wording.catalogue import Words

DRAWINGS = ("card_2020", "card_old", "ofii_sticker", "recepisse", "anef")
WIDTH = 210


class Drawing(QWidget):
    """One document with the place of the number, and its caption."""

    def __init__(self, theme: Theme, name: str, caption: str) -> None:
        super().__init__()
        self._theme, self._name = theme, name
        self.picture = QLabel()
        self.picture.setAccessibleName(caption)
        self.caption = QLabel(caption)
        self.caption.setWordWrap(True)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        mark(self.caption, role="caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.picture)
        column.addWidget(self.caption, 1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        width = self._theme.px(WIDTH)
        self.setFixedWidth(width)
        self.picture.setPixmap(self._theme.drawing(self._name, width))


class WhereToRead(Flow):
    """All drawings side by side."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(spacing=16, parent=parent)
        self.setAccessibleName(words("drawings.name"))
        self.replace([Drawing(theme, name, words(f"drawings.{name}")) for name in DRAWINGS])
