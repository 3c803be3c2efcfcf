"""One choice among a few, each on its digit, in a dialog: nothing is chosen beforehand but what is in force."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.ui.theme import Theme
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.form import FieldMessage
from counter_app.ui.widgets.reason import ReadyReasons
from counter_app.wording.catalogue import Words


class ChoiceBox(Dialog):
    """Sends `chosen` with the key of the answer."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        words: Words,
        title: str,
        choices: Sequence[tuple[str, str]],
        parent: QWidget,
        does: str = "reason.confirm",
        now: str = "",
    ) -> None:
        """`choices`: key and words of each answer; `does`: the label of the button that answers, which records; `now`:
        the answer in force, which may be left as it is."""
        super().__init__(theme, title, parent)
        self._words = words
        self._keys = tuple(key for key, _said in choices)
        self.ready = ReadyReasons(theme, title, [said for _key, said in choices])
        self._message = FieldMessage(theme)
        self.ask((self.ready, self._message), self.answers(words, does, self._confirm))
        self.setMinimumWidth(theme.px(420))
        if now in self._keys:
            self.ready.choose(self._keys.index(now))
        self.ready.first().setFocus()

    def _confirm(self) -> None:
        """Answer, or say that one has to be chosen."""
        if self.ready.place < 0:
            self._message.show_text(self._words("queue.choose"))
            self.ready.first().setFocus()
            return
        self.accept()
        self.chosen.emit(self._keys[self.ready.place])
