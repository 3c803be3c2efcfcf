"""The command card, A5 to laminate: up to eight codes of 25 mm that stand for keys, for hands kept on the reader."""

from counter_app.documents import layout
from counter_app.documents.barcodes import QUIET_QR, qr_matrix
from counter_app.documents.facts import CommandCardFacts
from counter_app.documents.fonts import Face
from counter_app.documents.layout import Align, Block, Style
from counter_app.documents.paper_texts import label
from counter_app.documents.sheet import A5, MM, TRAINING_MARK, Marks, publish
from counter_app.domain.codes import CodeKind, OwnCode, read_code

TITLE = "Carte de commandes"
MOST = 8
_SIDE = 25 * MM
"""Of each code, quiet zones included."""
_LABEL = Style(Face.BOLD, 14)


def command_card(facts: CommandCardFacts) -> bytes:
    """The PDF of the card, two commands a row.

    Raises ValueError for no command, more than eight, or a code that is not a command (PGX).
    """
    if not 1 <= len(facts.commands) <= MOST:
        raise ValueError(f"a command card holds 1 to {MOST} commands, not {len(facts.commands)}")
    cells = [_command(words, code) for words, code in facts.commands]
    half = A5.column / 2
    pairs = [layout.across(cells[start : start + 2], half) for start in range(0, len(cells), 2)]
    training = [layout.inverted(TRAINING_MARK, Style(Face.BOLD, 13), A5.column)] if facts.training else []
    blocks = [
        *training,
        layout.paragraph(label("command_card"), A5.title, A5.column),
        layout.paragraph(label("command_card_use"), A5.body, A5.column),
        layout.gap(4),
        *pairs,
        layout.paragraph(facts.site, A5.body, A5.column, Align.RIGHT),
    ]
    return publish(A5, blocks, Marks(TITLE, facts.printed_at, facts.training))


def _command(words: str, code: str) -> Block:
    read = read_code(code)
    if not isinstance(read, OwnCode) or read.text != code or read.kind is not CodeKind.COMMAND:
        raise ValueError("a command card holds command codes (PGX) of 12 letters")
    dots = round(_SIDE / (len(qr_matrix(code)) + 2 * QUIET_QR) / A5.dot)
    width = A5.column / 2 - 4 * MM
    name = layout.paragraph(words, layout.shrunk(words, _LABEL, width), width)
    return layout.stack([layout.qr(code, A5.dot, dots), name, layout.gap(8)])
