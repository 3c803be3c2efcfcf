"""The reader setup sheet, A4: how a reader must behave at this desk, and two codes to check that it does."""

from datetime import datetime

from counter_app.documents import layout
from counter_app.documents.layout import Block
from counter_app.documents.paper_texts import label
from counter_app.documents.sheet import A4, MM, Marks, publish
from counter_app.domain.codes import CodeKind, make_code, spaced

TITLE = "Réglage du lecteur"
CHECK_CODE = make_code(CodeKind.COMMAND, 0x13579BDF)
"""Scanned only to see that the reader gives back the same twelve letters: it commands nothing."""

_STEPS = ("setup_keyboard", "setup_suffix", "setup_beep", "setup_symbols", "setup_check")


def setup_sheet(site: str, printed_at: datetime) -> bytes:
    """The PDF of the sheet; it holds no personal data. `printed_at` is aware, in the site's time zone."""
    column = A4.column
    blocks = [
        layout.paragraph(site, A4.strong, column),
        layout.rule(column),
        layout.paragraph(label("setup_sheet"), A4.title, column),
        layout.gap(6),
        layout.paragraph(label("setup_sheet_intro"), A4.body, column),
        layout.gap(6),
        *(_step(number, key) for number, key in enumerate(_STEPS, start=1)),
        layout.gap(10),
        layout.qr(CHECK_CODE, A4.dot, A4.qr_dots),
        layout.paragraph(spaced(CHECK_CODE), A4.key, column),
        layout.gap(6),
        layout.code128(CHECK_CODE, A4.dot, A4.bar_dots, A4.bar_height, column),
        layout.gap(24),
        layout.rule(50 * MM, thickness=1.5),
        layout.paragraph(label("setup_ruler"), A4.body, column),
    ]
    return publish(A4, blocks, Marks(TITLE, printed_at))


def _step(number: int, key: str) -> Block:
    words = layout.paragraph(label(key), A4.body, A4.column - 8 * MM)
    return layout.stack(
        [layout.across([layout.paragraph(str(number), A4.strong, 8 * MM), words], 8 * MM), layout.gap(4)]
    )
