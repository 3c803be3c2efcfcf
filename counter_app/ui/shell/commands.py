"""Keys of the whole window, and the palette that shows them: one list, so that the two never differ."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from counter_app.ui.widgets.palette import Command
from counter_app.ui.widgets.rail import RailEntry
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import key_name


@dataclass(frozen=True, slots=True)
class WindowCommand:
    """One thing the window does from anywhere: a catalogue key, the key as French keyboards name it, and the deed."""

    text: str
    key: str
    run: Callable[[], None]


SHOWN_SCREENS = {
    "reception": ("rail.accueil", "scan-barcode", "F2"),
    "handover": ("rail.remise", "package-check", "F4"),
    "queue": ("rail.file", "users", "F5"),
    "orient": ("rail.sans_rdv", "signpost", "F7"),
    "number": ("rail.numero", "id-card", "F8"),
    "stock": ("rail.stock", "package-search", "Ctrl+B"),
    "summons": ("rail.summons", "calendar-plus", ""),
    "import": ("rail.import", "file-input", ""),
    "conflicts": ("rail.conflicts", "git-merge-conflict", ""),
    "report": ("rail.bilan", "chart-column", ""),
    "sync": ("rail.sync", "refresh-cw", ""),
    "settings": ("rail.reglages", "settings", ""),
}
"""Screens of the rail, in order: text, icon, key."""
CELL_SCREENS = {
    **{"sync": "sync", "list": "import", "handover": "handover"},
    **dict.fromkeys(("printer", "desk", "agent"), "settings"),
}
"""Screens that the cells of the status bar open."""
_QT_NAMES = {"Ctrl+Maj+H": "Ctrl+Shift+H", "Ctrl+Maj+S": "Ctrl+Shift+S", "Maj+F6": "Shift+F6", "Échap": "Escape"}


def rail_entries(words: Words, known: Container[str]) -> list[RailEntry]:
    """The rail's buttons, one for each screen that this window knows how to make."""
    return [
        RailEntry(name, words(text), icon, key) for name, (text, icon, key) in SHOWN_SCREENS.items() if name in known
    ]


def bind(window: QWidget, commands: Sequence[WindowCommand]) -> None:
    """Make every key of the list work in the window."""
    for command in commands:
        if command.key:
            sequence = QKeySequence(_QT_NAMES.get(command.key, command.key))
            # One press, one deed: a key held down must not take back a whole morning.
            QShortcut(sequence, window, command.run).setAutoRepeat(False)


def palette_lines(commands: Sequence[WindowCommand], words: Words) -> list[Command]:
    """The same list, as the palette shows it."""
    return [Command(words(one.text), key_name(one.key, words.lang), one.run) for one in commands]
