"""The handover receipt in two copies, the person's and the service's: on one A4 sheet to cut, two A5, or 80 mm.

It says what the journal says, line by line: a document that did not match is printed as such.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Literal

from counter_app.documents import common, layout
from counter_app.documents import handover_words as words
from counter_app.documents.facts import HandoverFacts
from counter_app.documents.fonts import Face
from counter_app.documents.ink import signature, strokes
from counter_app.documents.layout import Align, Block, Style
from counter_app.documents.paper_texts import FRENCH, day_words, hour_words, label, shortened, text
from counter_app.documents.sheet import A5, MM, ROLL_80, Paper, columns, publish_copies, publish_two_up, room
from counter_app.documents.surface import Surface
from counter_app.domain.handover_draft import Signature
from counter_app.domain.handover_record import HandoverRecord

TITLE = "Reçu de remise"
Size = Literal["A4", "A5", "80mm"]
_NAMES = 27 * MM
"""Width of the names of the lines, on a sheet."""
_INK = 60 * MM
"""Width of a signature drawn on the screen."""
_BAND = Style(Face.BOLD, 14)
_SHEET = replace(A5, margin=10 * MM, title=Style(Face.BOLD, 15))
_CLOSER = replace(
    _SHEET, margin=7 * MM, body=Style(Face.REGULAR, 11, 1.16), strong=Style(Face.BOLD, 11, 1.16), bar_height=8 * MM
)
_SHEETS = (_SHEET, _CLOSER)


def handover_receipt(facts: HandoverFacts, languages: Sequence[str] = ("fr", "en"), size: Size = "A4") -> bytes:
    """The PDF of both copies, the person's first. French comes first whatever the languages asked for.

    Raises ValueError for an unknown language, a code that is not our own, a copy below 1.
    """
    paper = ROLL_80 if size == "80mm" else _fitting(facts, languages)
    goes_on = label("handover_goes_on", receipt=common.receipt_words(facts))
    further = (layout.paragraph(goes_on, paper.strong, paper.column), layout.gap(6))
    publish: Callable[..., bytes] = publish_two_up if size == "A4" else publish_copies
    return publish(paper, _copies(facts, languages, paper), common.marks(facts, TITLE), further)


def _copies(facts: HandoverFacts, languages: Sequence[str], paper: Paper) -> list[list[Block]]:
    return [_holder_copy(facts, languages, paper), _service_copy(facts, paper)]


def _fitting(facts: HandoverFacts, languages: Sequence[str]) -> Paper:
    """The sheet on which each copy is one page, its lines closer together where there is much to tell; letters stay as
    large. Only texts of an unusual length go on to another page."""
    needed = (max(len(columns(one, room(paper))) for one in _copies(facts, languages, paper)) for paper in _SHEETS)
    return next((paper for paper, pages in zip(_SHEETS, needed, strict=True) if pages == 1), _SHEETS[-1])


def _holder_copy(facts: HandoverFacts, languages: Sequence[str], paper: Paper) -> list[Block]:
    told = words.told(facts, facts.record, number=True, reader=False) if facts.record else ()
    sentences = () if facts.undone else ("handover_check", "handover_limits")
    return [
        *_head(facts, paper, "handover_holder_copy"),
        *_lines(facts, paper, told),
        layout.gap(4),
        *(layout.paragraph(text(FRENCH, key), paper.body, paper.column) for key in sentences),
        *_foot(facts, paper),
        layout.paragraph(label("handover_data"), Style(Face.REGULAR, 10), paper.column),
        *common.translations(languages, paper, lambda code: [text(code, key) for key in sentences]),
    ]


def _service_copy(facts: HandoverFacts, paper: Paper) -> list[Block]:
    record = facts.record
    kept = {"number": facts.document_numbers, "reader": facts.document_numbers}
    told = [*words.told(facts, record, **kept), *words.told_to_the_service(facts, record)] if record else []
    return [
        *_head(facts, paper, "handover_service_copy"),
        *_lines(facts, paper, told),
        *(_signed(facts, record, paper) if record else []),
        *_foot(facts, paper),
    ]


def _head(facts: HandoverFacts, paper: Paper, copy: str) -> list[Block]:
    """Marks that no one may overlook, the service, the title, which copy this is and when it happened."""
    number = [layout.paragraph(common.receipt_words(facts), paper.body, paper.column)] if paper is ROLL_80 else []
    contested = [layout.inverted(label("handover_contested"), _BAND, paper.column)] if facts.contested else []
    when = f"{day_words(FRENCH, facts.handed_at.date())}, {hour_words(FRENCH, facts.handed_at)}"
    return [
        *contested,
        *common.head(facts, paper),
        *number,
        layout.rule(paper.column, around=3),
        *common.duplicate(facts, paper, facts.handed_at),
        layout.paragraph(label("handover_receipt").upper(), paper.title, paper.column),
        _ends(label(copy), when, paper),
        *(layout.paragraph(shortened(line), paper.strong, paper.column) for line in facts.undoing),
        layout.gap(4),
    ]


def _ends(first: str, second: str, paper: Paper) -> Block:
    """Two short texts at both ends of a line; one under the other on a roll."""
    strong, column = paper.strong, paper.column
    if paper is ROLL_80:
        return layout.stack([layout.paragraph(one, strong, column) for one in (first, second)])
    left = layout.paragraph(first, strong, 0.45 * column)
    return layout.beside(left, 0.45 * column, layout.paragraph(second, strong, 0.55 * column, Align.RIGHT))


def _lines(facts: HandoverFacts, paper: Paper, told: Iterable[words.Pair]) -> list[Block]:
    """The person, the permit, then what was recorded."""
    name = [layout.paragraph(shortened(facts.name), paper.key, _values(paper))]
    who = words.holder_words(facts)
    person = layout.stack([*name, *([layout.paragraph(who, paper.body, _values(paper))] if who else [])])
    erased = [] if facts.record else [layout.paragraph(label("handover_erased"), paper.strong, paper.column)]
    return [
        _named(label("handover_holder"), person, paper),
        _named(label("handover_permit"), _value(words.permit_words(facts), paper), paper),
        *(_named(name, _value(said, paper), paper) for name, said in told),
        *erased,
    ]


def _values(paper: Paper) -> float:
    return paper.column if paper is ROLL_80 else paper.column - _NAMES


def _value(said: str, paper: Paper) -> Block:
    return layout.paragraph(shortened(said), paper.body, _values(paper))


def _named(name: str, said: Block, paper: Paper) -> Block:
    """A line: its name, then what it says, beside it on a sheet and under it on a roll."""
    if paper is ROLL_80:
        return layout.stack([layout.paragraph(name, paper.strong, paper.column), said, layout.gap(2)])
    named = layout.across([layout.paragraph(name, paper.strong, _NAMES), said], _NAMES)
    return layout.stack([named, layout.gap(2)])


def _signed(facts: HandoverFacts, record: HandoverRecord, paper: Paper) -> list[Block]:
    """What was drawn on the screen, or room to sign in ink while the handover stands."""
    if record.signature is Signature.SCREEN and strokes(record.signature_ink):
        drawn = signature(record.signature_ink, _INK)
        return [drawn if paper is ROLL_80 else layout.beside(layout.gap(0), _NAMES, drawn)]
    return [_room_to_sign(paper)] if words.signs_on_this_paper(record) and not facts.undone else []


def _room_to_sign(paper: Paper) -> Block:
    """A frame for a signature in ink."""
    height = 20 * MM
    words_inside = layout.paragraph(label("handover_sign_here"), paper.body, paper.column - 4 * MM)

    def draw(page: Surface, left: float, top: float) -> None:
        page.setLineWidth(0.8)
        page.rect(left, top - height, paper.column, height)
        words_inside.draw(page, left + 2 * MM, top - 2)

    return Block(height + 4, draw)


def _foot(facts: HandoverFacts, paper: Paper) -> list[Block]:
    """The codes of the receipt, who served, and whether other desks could be reached."""
    offline = label("handover_offline", hour=hour_words(FRENCH, facts.handed_at))
    lines = [label("handover_by", agent=facts.agent, desk=facts.desk)]
    lines += [offline] if facts.record and facts.record.offline else []
    return [layout.gap(4), common.codes(facts, paper, lines), layout.gap(2)]
