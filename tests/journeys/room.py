"""What of a window cannot be read: words wider or higher than their place, controls outside the window, columns cut."""

from collections.abc import Iterator
from math import ceil

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QHeaderView, QLabel, QTableView, QWidget

Written = QLabel | QAbstractButton
SLACK = 1
"""Pixels lost to rounding."""


def cut_words(window: QWidget) -> list[str]:
    """What is cut on show now, one line each; what a scroll area brings into view is not cut."""
    written: list[Written] = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    found = [f"{_who(one)}: {why}" for one in written if _told(one) for why in _cuts(one, window)]
    return found + [line for table in window.findChildren(QTableView) if table.isVisible() for line in _columns(table)]


def _told(one: Written) -> bool:
    return one.isVisible() and bool(one.text()) and one.width() > 0


def _who(one: Written) -> str:
    return f"{type(one).__name__} « {one.text()[:60]} »"


def _cuts(one: Written, window: QWidget) -> Iterator[str]:
    if isinstance(one, QLabel) and one.wordWrap():
        if one.heightForWidth(one.width()) > one.height() + SLACK:
            yield f"needs {one.heightForWidth(one.width())} px of height, has {one.height()}"
        widest = _widest_line(one)
        if widest > one.contentsRect().width() + SLACK:
            yield f"its longest word needs {widest} px, has {one.contentsRect().width()}"
    elif one.width() + SLACK < one.minimumSizeHint().width() or one.height() + SLACK < one.minimumSizeHint().height():
        yield f"needs {one.minimumSizeHint().toTuple()}, has {one.size().toTuple()}"
    yield from _outside(one, window)


def _widest_line(one: QLabel) -> int:
    """Where Qt finds no place to break, a line is wider than its label."""
    widths = [0.0]
    for paragraph in one.text().splitlines():
        layout = QTextLayout(paragraph, one.font())
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(one.contentsRect().width())
            widths.append(line.naturalTextWidth())
        layout.endLayout()
    return ceil(max(widths))


def _outside(one: QWidget, window: QWidget) -> Iterator[str]:
    """Beyond the edge of a parent: in a scroll area only sideways where it does not scroll."""
    place, inner = QRect(QPoint(), one.size()), one
    while inner is not window and (parent := inner.parentWidget()):
        place.translate(inner.pos())
        inner = parent
        area = parent.parentWidget() if parent is not window else None
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            if _sideways(area) or (place.left() + SLACK >= 0 and place.right() - SLACK <= parent.width()):
                return
            yield f"goes beyond the sides of its scroll area: {place.left()}…{place.right()} of {parent.width()}"
            return
        if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(place):
            yield f"goes beyond {type(parent).__name__}: {place.getRect()} of {parent.size().toTuple()}"
            return


def _sideways(area: QAbstractScrollArea) -> bool:
    return area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def _columns(table: QTableView) -> Iterator[str]:
    """Cells and titles on show whose words do not fit."""
    model, header = table.model(), table.horizontalHeader()
    for column in (place for place in range(model.columnCount()) if not table.isColumnHidden(place)):
        title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        if header.isVisible() and _title_width(header, title) > table.columnWidth(column):
            yield f"column « {title} » is narrower than its title: {table.columnWidth(column)} px"
        for row in range(min(model.rowCount(), 8)):
            index = model.index(row, column)
            width, needed = table.columnWidth(column), table.sizeHintForIndex(index).width()
            alone = table.indexWidget(index) is None
            if alone and needed > width and not _wraps(table, index.data(), width, table.rowHeight(row)):
                yield f"cell « {index.data()} » is wider than its column: {width} px"


def _title_width(header: QHeaderView, title: str) -> int:
    return header.fontMetrics().horizontalAdvance(title)


def _wraps(table: QTableView, text: object, width: int, height: int) -> bool:
    if not table.wordWrap():
        return False
    room = QRect(0, 0, width - 2 * 4, 10_000)
    need = table.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, str(text))
    return need.height() <= height and need.width() <= room.width()


def too_large(box: QWidget, screen: tuple[int, int]) -> list[str]:
    """A box larger than the screen it opens on cannot be answered."""
    needed = box.size().expandedTo(box.minimumSizeHint() if box.layout() else box.size())
    if needed.width() <= screen[0] and needed.height() <= screen[1]:
        return []
    return [f"{type(box).__name__} is {needed.toTuple()} on a screen of {screen}"]


def not_in_view(part: QWidget, area: QAbstractScrollArea) -> list[str]:
    """A part that its scroll area does not show whole."""
    seen = part.rect().translated(part.mapTo(area.viewport(), QPoint()))
    whole = area.viewport().rect().contains(seen)
    return [] if whole else [f"{type(part).__name__} at {seen.getRect()} of {area.viewport().size().toTuple()}"]
