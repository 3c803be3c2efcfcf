"""F6 and Maj+F6: from one part of the window to the next, without going through every control."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def move(panes: Sequence[QWidget], step: int, field: QWidget | None, rows: QWidget | None = None) -> None:
    """Give the focus to the next pane on show: to the one field or the list where it is inside, else to the first
    control. From elsewhere in its own pane, the list comes first."""
    main = field or rows
    shown = [pane for pane in panes if pane.isVisible() and _entry(pane, main)]
    focused = QApplication.focusWidget()
    holding = next((place for place, pane in enumerate(shown) if focused and pane.isAncestorOf(focused)), -1)
    entry = _entry(shown[(holding + step) % len(shown)], main) if shown else None
    if step > 0 and holding >= 0 and rows is not None and rows is not focused and shown[holding].isAncestorOf(rows):
        entry = rows
    if entry is not None:
        entry.setFocus(Qt.FocusReason.OtherFocusReason)


def _entry(pane: QWidget, main: QWidget | None) -> QWidget | None:
    """The field or the list, or the checked button of a group: it is where the arrows begin."""
    if main is not None and pane.isAncestorOf(main):
        return main
    inside = [widget for widget in pane.findChildren(QWidget) if _takes_focus(widget)]
    checked = [widget for widget in inside if widget.property("checked")]
    return next(iter(checked or inside), None)


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
