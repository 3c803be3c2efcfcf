"""The binding keeps its hands off None: one version stole a reference at every call and died after some thousand.

See docs/decisions: PySide6 6.12.0 on Python 3.11. A few thousand calls of every kind we use must leave None alone.
"""

import sys

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from counter_app.ui.theme import Theme
from counter_app.ui.widgets.verdict_panel import VerdictPanel
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import verdict_text

CALLS = 20_000
PAINTS = 1_500
DRIFT = 500
"""References that come and go with other things; a theft at each call would be forty times this."""


def test_twenty_thousand_calls_leave_none_alone(qapp: QApplication, qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(CALLS):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < DRIFT


def test_painting_in_python_leaves_none_alone(qtbot: QtBot, theme: Theme, words: Words) -> None:
    panel = VerdictPanel(theme, words, say=lambda _widget, _sentence, _assertive: None)
    qtbot.addWidget(panel)
    panel.resize(800, 200)
    panel.show()
    answers = [verdict_text(slug, "fr") for slug in ("admitted", "cancelled")]
    before = sys.getrefcount(None)
    for number in range(PAINTS):
        panel.show_verdict(answers[number % 2], f"Personne {number}")
        panel.repaint()
    assert abs(sys.getrefcount(None) - before) < DRIFT
