"""An icon of the theme as a label, drawn again when the looks change."""

from PySide6.QtWidgets import QLabel, QWidget

from counter_app.ui.theme import Theme


class IconLabel(QLabel):
    """A decorative icon: the words beside it carry the meaning, so it has no name of its own."""

    def __init__(
        self, theme: Theme, name: str = "", token: str = "text", size: int = 24, parent: QWidget | None = None
    ):
        super().__init__(parent)
        self._theme, self._name, self._token, self._size = theme, name, token, size
        theme.changed.connect(self._draw)
        self._draw()

    def show_icon(self, name: str, token: str, size: int) -> None:
        """Show another icon, in the colour of a token, `size` pixels at 100 %."""
        if (name, token, size) != (self._name, self._token, self._size):
            self._name, self._token, self._size = name, token, size
            self._draw()

    def _draw(self) -> None:
        if self._name:
            self.setPixmap(self._theme.pixmap(self._name, self._token, self._theme.px(self._size)))
        else:
            self.clear()
