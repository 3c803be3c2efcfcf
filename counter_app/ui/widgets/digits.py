"""Foreign numbers on screen: grouped 2-2-3-3 for the eye only, and the digit that was added underlined and said."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QInputMethodEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from counter_app.ui.theme import Theme, mark
from counter_app.wording.catalogue import Words
from counter_app.wording.numbers import gaps

GAP_IN_LETTERS = 0.55


class DigitsField(QLineEdit):
    """Holds exactly what was typed or pasted; only the drawing has gaps. They vanish as soon as a letter is there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._inserted: int | None = None
        mark(self, role="digits")
        theme.changed.connect(self._dress)
        self.textChanged.connect(self._on_changed)
        self._dress()

    def underline(self, place: int | None) -> None:
        """Underline the digit at a place, such as a zero that was added; None underlines nothing."""
        self._inserted = place
        self._draw_groups()

    def _on_changed(self) -> None:
        self._inserted = None
        self._draw_groups()

    def _dress(self) -> None:
        self._theme.wear_numbers(self)
        self._draw_groups()

    def _draw_groups(self) -> None:
        """Formats go in by an input method event: it changes how the text is drawn, never the text."""
        formats = [(place - 1, self._gap()) for place in self._gaps()]
        if self._inserted is not None:
            formats.append((self._inserted, _underlined()))
        kind, cursor = QInputMethodEvent.AttributeType.TextFormat, self.cursorPosition()
        attributes = [QInputMethodEvent.Attribute(kind, place - cursor, 1, style) for place, style in formats]
        QApplication.sendEvent(self, QInputMethodEvent("", attributes))

    def _gaps(self) -> list[int]:
        text = self.text()
        plain = text.isascii() and text.isdecimal()
        return [place for place in gaps(len(text)) if plain and place < len(text)]

    def _gap(self) -> QTextCharFormat:
        style = QTextCharFormat()
        style.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        style.setFontLetterSpacing(1 + GAP_IN_LETTERS * self.fontMetrics().horizontalAdvance("0"))
        return style


class DigitsLabel(QLabel):
    """A number as a line of text, with one digit underlined and its place said aloud."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        mark(self, role="digits")
        theme.changed.connect(self._dress)
        self._dress()

    def show_number(self, number: str, inserted: int | None = None) -> None:
        """Show digits only; `inserted` is the place (from 0) of the digit that the app proposes to add."""
        shown = [f"<u>{digit}</u>" if place == inserted else digit for place, digit in enumerate(number)]
        self.setText(
            "".join(f"&nbsp;{digit}" if place in gaps(len(number)) else digit for place, digit in enumerate(shown))
        )
        spoken = " ".join(number)
        if inserted is not None:
            added = self._words("number.zero_added", place=inserted + 1)
            spoken = self._words("number.spoken", digits=spoken, added=added)
        self.setAccessibleName(spoken)

    def _dress(self) -> None:
        self._theme.wear_numbers(self, "h2", QFont.Weight.DemiBold)


def _underlined() -> QTextCharFormat:
    style = QTextCharFormat()
    style.setFontUnderline(True)
    style.setFontWeight(QFont.Weight.Bold)
    return style
