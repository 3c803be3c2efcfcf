"""Labels of trays: the name in large letters, and the code that the reader scans after a sleeve.

What is scanned is what an agent would type, « BAC A »: a reader of any make gives it, and so does the keyboard.
"""

from collections.abc import Sequence
from datetime import datetime

from counter_app.documents import layout
from counter_app.documents.fonts import Face, fitted
from counter_app.documents.label_sheet import LABEL, label_pages
from counter_app.documents.layout import Block, Style
from counter_app.documents.paper_texts import label
from counter_app.documents.sheet import ROLL_80, TRAINING_MARK, Marks, Paper

TITLE = "Étiquettes de bacs"
LONGEST_BARS = 14
"""Letters of a code that fit a label as bars; longer ones, and letters with accents, are a square."""
_NAME, _SMALL = Style(Face.BOLD, 30, 1.15), Style(Face.REGULAR, 8)
_SQUARE_DOTS = 4


def tray_labels(trays: Sequence[str], site: str, printed_at: datetime, *, roll: bool, training: bool = False) -> bytes:
    """The PDF of the labels of these trays, in this order. Raises ValueError for none, or a tray without a name."""
    if not trays or not all(tray.strip() for tray in trays):
        raise ValueError("labels are printed for one tray at least, and a tray has a name")
    paper = ROLL_80 if roll else LABEL
    labels = [_blocks(tray, site, paper, training) for tray in trays]
    return label_pages(labels, Marks(TITLE, printed_at), roll=roll)


def tray_code(tray: str) -> str:
    """What the code of a tray's label says."""
    return f"BAC {tray}"


def _blocks(tray: str, site: str, paper: Paper, training: bool) -> list[Block]:
    column = paper.column
    code, name = tray_code(tray), label("label_place", tray=tray)
    told = [site, *([TRAINING_MARK] if training else [])]
    small = [layout.paragraph(fitted(line, _SMALL.face, _SMALL.size, column), _SMALL, column) for line in told]
    if code.isascii() and len(code) <= LONGEST_BARS:
        head = layout.paragraph(name, layout.shrunk(name, _NAME, column), column)
        return [head, layout.code128(code, paper.dot, paper.bar_dots, paper.bar_height, column), *small]
    square = layout.qr(code, paper.dot, _SQUARE_DOTS)
    side = 0.3 * column
    words = layout.paragraph(name, layout.shrunk(name, _NAME, column - side), column - side)
    return [layout.beside(square, side, words), *small]
