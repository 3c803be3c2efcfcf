"""One figure of what was done: an icon, a number and what it counts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.icon_label import IconLabel


class CountTile(QWidget):
    """A figure with its icon and its words; read aloud as one."""

    def __init__(self, theme: Theme, icon: str, family: str, figure: str, words: str) -> None:
        super().__init__()
        self.setAccessibleName(f"{figure} {words}")
        number, label = QLabel(figure), QLabel(words)
        mark(number, role="h2")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 16, 0)
        line.setSpacing(8)
        for widget in (IconLabel(theme, icon, f"{family}-text", 22), number, label):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
