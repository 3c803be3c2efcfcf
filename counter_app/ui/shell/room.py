"""Which parts of the window fold where there is little room, or large text."""

from dataclasses import dataclass

from PySide6.QtCore import QSize

from counter_app.ui.theme import Theme

COLUMN_FOLDS = (1200, 1100)
RAIL_FOLDS = (1100, 1000)
"""Logical pixels of the window under which a part folds: at 100 %, and what large text multiplies."""
LOW = 480
"""The same for its height: the last acts go, Ctrl+Z stays."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a size of the window leaves room for."""

    folded: bool
    """The last acts go under the screen."""
    compact: bool
    """The rail shows icons only."""
    low: bool


def room_of(size: QSize, theme: Theme) -> Room:
    """The room of a window of this size, in logical pixels, at the text size of the theme."""
    column, rail = (max(plain, theme.px(scaled)) for plain, scaled in (COLUMN_FOLDS, RAIL_FOLDS))
    return Room(size.width() < column, size.width() < rail, size.height() < theme.px(LOW))
