"""The papers of the desk and how a column of blocks becomes a PDF file. Units: points."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from itertools import zip_longest

from counter_app.documents.fonts import Face, font_name, text_width
from counter_app.documents.layout import Block, Style
from counter_app.documents.surface import Page, Surface

MM = 72 / 25.4
_SLOPE = math.radians(30)
_HAIR = 0.001
"""Short of the size: a renderer that rounds up must not add a row of dots and blur every bar."""
TRAINING_MARK = "DÉMONSTRATION – SANS VALEUR"


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper with its printer: everything that changes between a roll and a sheet."""

    width: float
    height: float | None
    """None for a roll: the page is as long as what is on it."""
    margin: float
    dot: float
    """One dot of the printer that the codes are drawn for."""
    qr_dots: int
    bar_dots: int
    bar_height: float
    body: Style
    strong: Style
    key: Style
    """Key facts, at least 14 points."""
    title: Style

    @property
    def column(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin


ROLL_80 = Paper(
    # 203 dpi printers have 8 dots a millimetre: 576 on 72 mm. QR at 5 dots = 18.1 mm, Code 128 at 3 dots = 70 mm.
    width=80 * MM,
    height=None,
    margin=4 * MM,
    dot=MM / 8,
    qr_dots=5,
    bar_dots=3,
    bar_height=9 * MM,
    body=Style(Face.REGULAR, 10),
    strong=Style(Face.BOLD, 11),
    key=Style(Face.BOLD, 14),
    title=Style(Face.BOLD, 14),
)
A5 = Paper(
    # Whole dots at 300 and 600 dpi: QR modules of 0.68 mm (20 mm), Code 128 modules of 0.34 mm (63 mm).
    width=148 * MM,
    height=210 * MM,
    margin=13 * MM,
    dot=72 / 300,
    qr_dots=8,
    bar_dots=4,
    bar_height=11 * MM,
    body=Style(Face.REGULAR, 11),
    strong=Style(Face.BOLD, 11),
    key=Style(Face.BOLD, 14),
    title=Style(Face.BOLD, 18),
)


A4: Paper = replace(A5, width=210 * MM, height=297 * MM, margin=20 * MM)
A4_LANDSCAPE = (297 * MM, 210 * MM)


@dataclass(frozen=True, slots=True)
class Marks:
    """What is true of the whole file: its title (never personal), when it was printed, whether in training."""

    title: str
    printed_at: datetime
    training: bool = False


def publish(paper: Paper, blocks: Sequence[Block], marks: Marks) -> bytes:
    """The PDF of the blocks, one under the other; a full sheet goes on to the next page. Same facts, same bytes."""
    return publish_copies(paper, [blocks], marks)


def publish_numbered(paper: Paper, blocks: Sequence[Block], marks: Marks, foot: Callable[[int, int], Block]) -> bytes:
    """The same on sheets, with at the foot of each what tells the page and the number of pages."""
    assert paper.height is not None, "a roll has no pages"
    most, size = 999, (paper.width, paper.height)
    pages = columns(blocks, room(paper) - foot(most, most).height)
    buffer = BytesIO()
    page = open_page(buffer, size, marks)
    for number, column in enumerate(pages, start=1):
        if number > 1:
            next_page(page, size, marks)
        under = foot(number, len(pages))
        draw_column(page, column, paper.margin, paper.height - paper.margin)
        draw_column(page, [under], paper.margin, paper.margin + under.height)
    page.showPage()
    page.save()
    return buffer.getvalue()


def publish_copies(
    paper: Paper, copies: Sequence[Sequence[Block]], marks: Marks, further: Sequence[Block] = ()
) -> bytes:
    """The PDF of several copies, each from the top of a page of its own; on a roll, each as long as it needs.

    `further`: what begins a page that a copy goes on to.
    """
    pages = [
        (column, paper.height or _roll_length(paper, copy))
        for copy in copies
        for column in columns(copy, room(paper), further)
    ]
    buffer = BytesIO()
    page = open_page(buffer, (paper.width, pages[0][1]), marks)
    for number, (column, height) in enumerate(pages):
        if number:
            next_page(page, (paper.width, height), marks)
        draw_column(page, column, paper.margin, height - paper.margin)
    page.showPage()
    page.save()
    return buffer.getvalue()


def publish_two_up(
    paper: Paper, copies: Sequence[Sequence[Block]], marks: Marks, further: Sequence[Block] = ()
) -> bytes:
    """Two A5 copies side by side on A4 sheets, with a line to cut along; a long one goes on on the next sheet, which
    begins with `further`."""
    left, right = (columns(copy, room(paper), further) for copy in copies)
    width, height = A4_LANDSCAPE
    buffer = BytesIO()
    page = open_page(buffer, (width, height), marks)
    for number, (first, second) in enumerate(zip_longest(left, right, fillvalue=())):
        if number:
            next_page(page, (width, height), marks)
        draw_column(page, first, paper.margin, height - paper.margin)
        draw_column(page, second, width / 2 + paper.margin, height - paper.margin)
        page.setLineWidth(0.4)
        for place in range(0, round(height), 8):
            page.line(width / 2, place, width / 2, place + 3)
    page.showPage()
    page.save()
    return buffer.getvalue()


def room(paper: Paper) -> float:
    """Between the margins of a page, and a dot of grace; a roll has no end."""
    return paper.height - 2 * paper.margin + paper.dot if paper.height else math.inf


def columns(blocks: Sequence[Block], room: float, further: Sequence[Block] = ()) -> list[tuple[Block, ...]]:
    """The blocks of each page: one that no longer fits in the height left begins the next page, after `further`."""
    pages: list[list[Block]] = [[]]
    left = room
    for block in blocks:
        if block.height > left and pages[-1]:
            pages.append([*further, *([block.again] if block.again else [])])
            left = room - sum(one.height for one in pages[-1])
        pages[-1].append(block)
        left -= block.height
    return [tuple(page) for page in pages]


def draw_column(page: Surface, blocks: Sequence[Block], left: float, top: float) -> None:
    """Draw the blocks one under the other."""
    for block in blocks:
        block.draw(page, left, top)
        top -= block.height


def next_page(page: Page, size: tuple[float, float], marks: Marks) -> None:
    """End the page and begin another, with the training mark when it is due."""
    page.showPage()
    page.setPageSize((size[0] - _HAIR, size[1] - _HAIR))
    if marks.training:
        watermark(page, size)


def open_page(buffer: BytesIO, size: tuple[float, float], marks: Marks) -> Page:
    """A PDF in French with its title and the moment of printing, and the training mark already on its first page."""
    from reportlab.pdfgen.canvas import Canvas

    short = (size[0] - _HAIR, size[1] - _HAIR)
    page: Page = Canvas(buffer, pagesize=short, pageCompression=1, invariant=1, lang="fr-FR")
    page.setTitle(marks.title)
    page.setAuthor("")
    page.setSubject("")
    page.setCreator("Guichet")
    page.setDateFormatter(lambda *_: _pdf_date(marks.printed_at))
    if marks.training:
        watermark(page, size)
    return page


def _pdf_date(moment: datetime) -> str:
    """An aware moment as PDF writes it: D:20261124094100+01'00'."""
    zone = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


def _roll_length(paper: Paper, blocks: Sequence[Block]) -> float:
    """As long as the blocks and two margins, in whole dots."""
    return math.ceil((sum(block.height for block in blocks) + 2 * paper.margin) / paper.dot) * paper.dot


def watermark(page: Surface, size: tuple[float, float]) -> None:
    """The training mark in thin outlined letters across the page, under the text; codes keep white around them."""
    width, height = size
    letters = 0.94 * width / math.cos(_SLOPE) / text_width(TRAINING_MARK, Face.BOLD, 1)
    half = text_width(TRAINING_MARK, Face.BOLD, letters) / 2
    marks = max(1, round(height / width / 0.8))
    for mark in range(marks):
        page.saveState()
        page.setLineWidth(0.3)
        page.translate(width / 2, height * (mark + 0.5) / marks)
        page.rotate(math.degrees(_SLOPE))
        page.setFont(font_name(Face.BOLD), letters)
        page.drawString(-half, -letters / 3, TRAINING_MARK, mode=1)
        page.restoreState()
