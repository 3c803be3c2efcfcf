"""What the agent may do next: one main action on Enter, the others beside it, each with its key in its label."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from counter_app.ui.theme import mark
from counter_app.ui.widgets.flow import Flow
from counter_app.wording.verdicts import VerdictAction

KEY_GAP = "\u00a0\u00a0\u00a0"


class ActionBar(Flow):
    """Buttons that are never disabled: one that cannot act says why. At least 44 px high."""

    triggered = Signal(str)
    """Slug of the action."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(spacing=12, even=True, parent=parent)
        self.setAccessibleName(name)
        self._buttons: list[QPushButton] = []
        self.actions_shown: tuple[VerdictAction, ...] = ()

    def show_actions(self, actions: Sequence[VerdictAction]) -> None:
        """The first action is the main one. Buttons in place are kept, so that focus is not lost."""
        if tuple(actions) == self.actions_shown:
            return
        self.actions_shown = tuple(actions)
        self._buttons = [self._button(action, main=place == 0) for place, action in enumerate(actions)]
        self.replace(self._buttons)
        # Made later than what follows on the screen, Tab would reach them after all of it.
        for before, button in pairwise((_stop_before(self), *self._buttons)):
            QWidget.setTabOrder(before, button)

    def keys(self) -> str:
        """What is on offer and has a key: « Entrée Enregistrer l’arrivée · F9 Réimprimer »."""
        return " · ".join(f"{action.key} {action.label}" for action in self.actions_shown if action.key)

    def button(self, slug: str) -> QPushButton | None:
        """The button of an action, None when it is not on offer."""
        found = zip(self.actions_shown, self._buttons, strict=True)
        return next((button for action, button in found if action.slug == slug), None)

    @property
    def main(self) -> QPushButton | None:
        """The button of the main action, None when nothing is on offer."""
        return next(iter(self._buttons), None)

    def trigger_main(self) -> None:
        """What Enter does."""
        if self.actions_shown:
            self.triggered.emit(self.actions_shown[0].slug)

    def _button(self, action: VerdictAction, main: bool) -> QPushButton:
        button = QPushButton(label_with_key(action.label, action.key))
        button.setAccessibleName(f"{action.label}, {action.key}" if action.key else action.label)
        button.setAutoDefault(False)
        mark(button, role="primary" if main else "action", tall=True)
        button.clicked.connect(partial(self.triggered.emit, action.slug))
        return button


def _stop_before(bar: QWidget) -> QWidget:
    """What Tab reaches just before a bar, or the bar itself when nothing comes before."""
    found = bar.previousInFocusChain()
    while found and found is not bar and (not found.focusPolicy() & Qt.FocusPolicy.TabFocus or bar.isAncestorOf(found)):
        found = found.previousInFocusChain()
    return found or bar


def label_with_key(label: str, key: str) -> str:
    """« Enregistrer l’arrivée   Entrée »: the interface teaches its keys. An ampersand stays an ampersand."""
    text = f"{label}{KEY_GAP}{key}" if key else label
    return text.replace("&", "&&")
