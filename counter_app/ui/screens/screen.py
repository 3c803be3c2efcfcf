"""What the shell expects of a screen. A screen is a frozen state, one signal that it changed, and one `_render`."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.ui.workbench import Workbench


def on_key(owner: QWidget, key: str | Qt.Key, deed: Callable[[], object]) -> None:
    """One press, one deed: a key of a screen, wherever the keyboard is while the screen is shown and no dialog is open;
    of a part of it alone, while the keyboard is in that part."""
    shortcut = QShortcut(QKeySequence(key), owner, deed)
    shortcut.setAutoRepeat(False)
    if not isinstance(owner, Screen):
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)


class Screen(QWidget):
    """A page of the window."""

    name: ClassVar[str]
    """How other screens ask for it."""
    topic: ClassVar[str]
    """Its help page: `screen.accueil`, `screen.numero`…"""

    takes_sleeves: ClassVar[bool] = False
    """Whether sleeves of permits scanned on this screen belong to it; else they open the handover page."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench

    def holds(self, view: QWidget) -> None:
        """What is seen of it fills it."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)

    @property
    def field(self) -> QLineEdit | None:
        """The one field that receives typing from anywhere on this screen."""
        return None

    @property
    def main_list(self) -> QWidget | None:
        """The list that F6 goes to, on a screen without a field; None while there is none on show."""
        return None

    def next_part(self) -> bool:
        """F6: True when it went from one part of this screen to another; else it goes on to the rest of the window."""
        return False

    @property
    def help_topic(self) -> str:
        """Page that F1 opens now: the screen's, or the verdict's on show."""
        return self.topic

    @property
    def help_keys(self) -> str | None:
        """Keys of what is on offer now, for F1; None where the page itself tells them."""
        return None

    def gesture(self, _name: str) -> bool:
        """Something the palette asks about the person on show; True when somebody is."""
        return False

    def look_for(self, name: str) -> None:
        """Search somebody by name, as if typed."""

    def activated(self, text: str = "") -> None:
        """The screen comes to the front, perhaps with a text to begin with."""

    def reading(self) -> None:
        """A scan is coming in: blank what belongs to somebody else."""

    def scanned(self, raw: str) -> None:
        """A code was read. By default it belongs to the reception desk."""
        self.bench.ask("reception", raw)

    def hands_to(self, _screen: str) -> str:
        """Whom another screen, opened by its key, takes over from this one: a code; empty for nobody."""
        return ""

    def confirm(self) -> None:
        """The card's CONFIRMER was scanned: what Enter would do now."""

    def key_again(self) -> bool:
        """Its own key, while it is in front already: True when the screen did something of its own."""
        return False

    def repeated(self) -> None:
        """The code just read was read again: what it answered still stands."""

    def step_back(self) -> bool:
        """Escape: True when the screen had something to step back from."""
        return False

    def print_again(self) -> bool:
        """F9: True when the screen printed something about what it shows."""
        return False

    def undone(self, convocation_id: str) -> None:
        """An arrival was taken back: what is shown of that person may no longer be true."""

    def hide_people(self, hidden: bool) -> None:
        """Cover or show personal data."""
