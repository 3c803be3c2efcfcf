"""What screen readers are told without moving the focus (WCAG 2.2, 4.1.3)."""

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

Announce = Callable[[QWidget, str, bool], None]
"""Says a sentence from a widget; the flag is True when it may interrupt."""


def announce(widget: QWidget, sentence: str, assertive: bool = False) -> None:
    """Have a screen reader say a sentence, at once when assertive, else when it has finished speaking."""
    event = QAccessibleAnnouncementEvent(widget, sentence)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if assertive else politeness.Polite)
    QAccessible.updateAccessibility(event)
