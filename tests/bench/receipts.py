"""A warm arrival ticket against a bare ReportLab canvas with the same fonts, as many words and the same bars."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from itertools import pairwise

from counter_app.documents.arrival_ticket import arrival_ticket
from counter_app.documents.facts import TicketFacts
from counter_app.documents.fonts import Face, font_name
from counter_app.documents.surface import Surface
from counter_app.domain.codes import CodeKind, make_code
from tests.bench.figures import Figure
from tests.bench.people import ZONE
from tests.bench.timing import turns

MOMENT = datetime(2026, 1, 5, 9, 30, tzinfo=ZONE)
LINES = (
    "Préfecture du Nord – Service des étrangers", "lundi 5 janvier 2026 – 9 h 30", "Rendez-vous à 9 h 40",
    "Présentez-vous à l’appel de votre numéro", "Gardez ce ticket avec vous.", "Please keep this ticket with you.",
    "Wait until your number is called.", "Translation to help, not checked", "Guichet 1 · sans nom",
)  # fmt: skip
WIDTH, MARGIN, DOT = 80 * 72 / 25.4, 11.0, 72 / 25.4 / 8


def receipts(count: int) -> Iterator[Figure]:
    """PDF of a ticket, each with its own number and code."""
    codes = [make_code(CodeKind.TICKET, 7_919 * turn) for turn in range(count + 5)]
    for turn in range(5):
        _ours(codes[count + turn], turn)
        _bare(codes[count + turn], turn)
    ours, bare = turns(count, lambda turn: _ours(codes[turn], turn), lambda turn: _bare(codes[turn], turn))
    yield Figure("arrival ticket, warm", "", ours.per(bare), "x", "bare canvas, same fonts and bars", at_most=1.3)


def _ours(code: str, turn: int) -> bytes:
    facts = TicketFacts(
        site=LINES[0],
        desk="Guichet 1",
        receipt_number=f"T-59-A-260105-{turn:03d}",
        code=code,
        printed_at=MOMENT + timedelta(seconds=turn),
        ticket=f"A {turn:03d}",
        arrived_at=MOMENT + timedelta(seconds=turn),
        slot=MOMENT + timedelta(minutes=10),
        purpose=LINES[3],
    )
    return arrival_ticket(facts, ("fr", "en"))


def _bare(code: str, turn: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    page = Canvas(buffer, pagesize=(WIDTH, 420), pageCompression=1, invariant=1)
    page.setFont(font_name(Face.BOLD), 48)
    page.drawCentredString(WIDTH / 2, 330, f"A {turn:03d}")
    for place, line in enumerate((*LINES, f"Reçu n° T-59-A-260105-{turn:03d}", code)):
        page.setFont(font_name(Face.BOLD if place % 4 == 0 else Face.REGULAR), 10)
        page.drawString(MARGIN, 310 - 14 * place, line)
    _bars(page, _code128(code))
    _squares(page, _qr(code))
    page.showPage()
    page.save()
    return buffer.getvalue()


def _code128(code: str) -> str:
    from barcode.codex import Code128

    (modules,) = Code128(code).build()
    return str(modules)


def _qr(code: str) -> Sequence[bytes]:
    import zxingcpp

    made = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    image = memoryview(made.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]
    side = (image.shape or (0,))[0]
    cells = image.tobytes()
    return [cells[row * side : (row + 1) * side] for row in range(side)]


def _bars(page: Surface, modules: str) -> None:
    path = page.beginPath()
    for first, end in _runs(modules, "1"):
        path.rect(MARGIN + first * 3 * DOT, 30, (end - first) * 3 * DOT, 25)
    page.drawPath(path, stroke=0, fill=1)


def _squares(page: Surface, rows: Sequence[bytes]) -> None:
    path = page.beginPath()
    for place, row in enumerate(rows):
        for first, end in _runs(row.hex(" ").split(), "00"):
            path.rect(MARGIN + first * 5 * DOT, 120 - place * 5 * DOT, (end - first) * 5 * DOT, 5 * DOT)
    page.drawPath(path, stroke=0, fill=1)


def _runs(cells: Sequence[str], black: str) -> Iterator[tuple[int, int]]:
    """Where black begins and ends."""
    edges = [0, *(place for place, (one, other) in enumerate(pairwise(cells), 1) if one != other), len(cells)]
    return ((first, end) for first, end in pairwise(edges) if cells[first] == black)
