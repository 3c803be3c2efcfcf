"""How the window of the handover stands, at the top of its page."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from counter_app.ui.screens.handover.window import WindowWords
from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.icon_label import IconLabel


class WindowCell(QWidget):
    """An icon and words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._icon, self._text = IconLabel(theme), QLabel()
        mark(self._text, role="strong")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._icon)
        line.addWidget(self._text)

    def show_words(self, told: WindowWords) -> None:
        """The words in full, or short in a narrow page."""
        self._icon.show_icon(told.icon, told.token, 20)
        self._text.setText(told.words)
        self.setAccessibleName(told.words)
