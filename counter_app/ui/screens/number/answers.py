"""The three answers about a number, shown apart: booking tools compare all three and say only « wrong number »."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from counter_app.domain.number_check import Comparison
from counter_app.ui.screens.number.look import Looked
from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.flow import Flow
from counter_app.ui.widgets.icon_label import IconLabel
from counter_app.wording.catalogue import Words

LOOKS: dict[Comparison, tuple[str, str]] = {
    Comparison.MATCH: ("circle-check", "ok"),
    Comparison.DIFFERS: ("triangle-alert", "warn"),
    Comparison.UNKNOWN: ("circle-help", "tech"),
}


class AnswerBadge(QWidget):
    """One question and its answer: an icon and a word, never colour alone."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._title = title
        self._icon = IconLabel(theme)
        self.answer = QLabel()
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        mark(self.answer, badge="tech")
        question = QLabel(title)
        mark(question, role="strong")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 12, 0)
        line.setSpacing(8)
        for widget in (question, self._icon, self.answer):
            line.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_answer(self, comparison: Comparison, words: str) -> None:
        """Show an answer in words."""
        icon, family = LOOKS[comparison]
        self._icon.show_icon(icon, f"{family}-text", 22)
        mark(self.answer, badge=family)
        self.answer.setText(words)
        self.setAccessibleName(f"{self._title}, {words}")


class AnswersView(Flow):
    """Form, validity date, postcode: three badges side by side."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(spacing=12)
        self._words = words
        self.setAccessibleName(words("number.answers"))
        self.form = AnswerBadge(theme, words("number.form"))
        self.expiry = AnswerBadge(theme, words("number.expiry_answer"))
        self.postcode = AnswerBadge(theme, words("number.postcode_answer"))
        self.replace((self.form, self.expiry, self.postcode))

    def show_looked(self, looked: Looked) -> None:
        """Show the three answers of a look-up."""
        answers, compared = looked.answer.answers, looked.answer
        self.form.show_answer(answers.form, self._words(f"number.form_{answers.form.value}"))
        expiry = self._compared(answers.expiry, compared.expiry is not None)
        self.expiry.show_answer(answers.expiry, expiry)
        postcode = self._compared(answers.postcode, bool(compared.postcode))
        self.postcode.show_answer(answers.postcode, postcode)
        self.updateGeometry()

    def _compared(self, comparison: Comparison, given: bool) -> str:
        if comparison is Comparison.UNKNOWN:
            return self._words("number.not_in_list" if given else "number.not_given")
        return self._words(f"number.compared_{comparison.value}")
