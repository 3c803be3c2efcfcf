"""Labels of sleeves: the code that the reader scans, whose permit it is, and its tray. A4 sheets of 14, or a roll."""

from collections.abc import Sequence
from datetime import datetime

from counter_app.documents import layout
from counter_app.documents.facts import SleeveLabel
from counter_app.documents.fonts import Face, fitted, wrapped
from counter_app.documents.handover_words import masked_card
from counter_app.documents.label_sheet import LABEL, label_pages
from counter_app.documents.layout import Align, Block, Style
from counter_app.documents.paper_texts import label
from counter_app.documents.sheet import ROLL_80, TRAINING_MARK, Marks, Paper
from counter_app.domain.codes import CodeKind, OwnCode, read_code, spaced
from counter_app.wording.dates import NBSP

TITLE = "Étiquettes de pochettes"
_SIZES = (14, 12, 10, 8.5)
"""Of a name, tried in turn until it stands on two lines."""
_SMALL = Style(Face.REGULAR, 8)


def sleeve_labels(labels: Sequence[SleeveLabel], printed_at: datetime, *, roll: bool, training: bool = False) -> bytes:
    """The PDF of the labels in the order given: sheets of 14, or on a roll one after the other.

    Raises ValueError for no label, or a code that is not that of a sleeve (PGR).
    """
    if not labels:
        raise ValueError("labels are printed for one sleeve at least")
    marks = Marks(TITLE, printed_at)
    paper = ROLL_80 if roll else LABEL
    return label_pages([_blocks(one, paper, training) for one in labels], marks, roll=roll)


def _blocks(one: SleeveLabel, paper: Paper, training: bool) -> list[Block]:
    """Name, place, bars, then the letters and what tells the card apart."""
    column = paper.column
    letters = spaced(_checked(one.code)).replace(" ", NBSP)
    card = label("handover_card", number=masked_card(one.card_number))
    told = [f"{card} · {one.lot}" if one.lot else card, *([TRAINING_MARK] if training else [])]
    place = _place(one)
    return [
        _name(one.name, column),
        layout.beside(
            layout.paragraph(place, layout.shrunk(place, Style(Face.BOLD, 14, 1.2), 0.5 * column), 0.5 * column),
            0.5 * column,
            layout.paragraph(letters, Style(Face.BOLD, 11, 1.2), 0.5 * column, Align.RIGHT),
        ),
        layout.code128(one.code, paper.dot, paper.bar_dots, paper.bar_height, column),
        *(layout.paragraph(fitted(line, _SMALL.face, _SMALL.size, column), _SMALL, column) for line in told),
    ]


def _checked(code: str) -> str:
    read = read_code(code)
    if not isinstance(read, OwnCode) or read.text != code or read.kind is not CodeKind.HANDOVER:
        raise ValueError("a sleeve has a code of its own (PGR), in 12 letters")
    return code


def _place(one: SleeveLabel) -> str:
    if not one.tray:
        return label("label_no_place")
    return label("label_place_rank", tray=one.tray, rank=one.rank) if one.rank else label("label_place", tray=one.tray)


def _name(name: str, width: float) -> Block:
    """The name on two lines at most: smaller when it is long, and cut only beyond the smallest size."""
    styles = [Style(Face.BOLD, size, 1.15) for size in _SIZES]
    style = next((one for one in styles if len(wrapped(name, one.face, one.size, width)) <= 2), styles[-1])
    first, *rest = wrapped(name, style.face, style.size, width)
    lines = [first, fitted(" ".join(rest), style.face, style.size, width)] if rest else [first]
    return layout.stack([layout.paragraph(line, style, width) for line in lines])
