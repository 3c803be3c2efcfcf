"""F6 and Maj+F6: from one part of the window to the next, without going through every control."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def move(panes: Sequence[QWidget], step: int, field: QWidget | None) -> None:
    """Give the focus to the next pane on show: to the one field where it is inside, else to the first control."""
    shown = [pane for pane in panes if pane.isVisible() and _entry(pane, field)]
    focused = QApplication.focusWidget()
    holding = next((place for place, pane in enumerate(shown) if focused and pane.isAncestorOf(focused)), -1)
    entry = _entry(shown[(holding + step) % len(shown)], field) if shown else None
    if entry is not None:
        entry.setFocus(Qt.FocusReason.OtherFocusReason)


def _entry(pane: QWidget, field: QWidget | None) -> QWidget | None:
    """The field, or the checked button of a group: it is where the arrows begin."""
    if field is not None and pane.isAncestorOf(field):
        return field
    inside = [widget for widget in pane.findChildren(QWidget) if _takes_focus(widget)]
    checked = [widget for widget in inside if widget.property("checked")]
    return next(iter(checked or inside), None)


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
