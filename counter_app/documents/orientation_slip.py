"""The orientation slip, 80 mm or A5: what to do, where, when, with what. Nameless, and never a decision.

The square opens the web address on a telephone; the bars are the slip's own code (PGF), for the desk.
"""

from collections.abc import Sequence

from counter_app.documents import common, layout
from counter_app.documents.barcodes import LINK_LEVEL
from counter_app.documents.facts import SlipFacts
from counter_app.documents.layout import Block
from counter_app.documents.paper_texts import FRENCH, day_words, hour_words, label, text
from counter_app.documents.sheet import ROLL_80, Paper, publish
from counter_app.domain.codes import spaced
from counter_app.wording.dates import NBSP, short_date

TITLE = "Fiche d’orientation"
LINK_DOTS = 4
"""Printer dots of a module of the web address: half a millimetre on a roll, 25 mm at most."""
BLANK = ("post", "email")
"""What cannot be done without an address: when the notice has none, the paper says whom to ask."""


def orientation_slip(facts: SlipFacts, languages: Sequence[str] = ("fr", "en"), paper: Paper = ROLL_80) -> bytes:
    """The PDF of the slip. French comes first whatever the languages asked for.

    Raises ValueError for an unknown language, a code that is not our own, a copy below 1.
    """
    column = paper.column
    blocks = [
        *common.head(facts, paper),
        layout.rule(column),
        *common.duplicate(facts, paper, facts.came_at),
        layout.paragraph(text(FRENCH, "slip_title").upper(), paper.title, column),
        layout.paragraph(facts.motive, paper.key, column),
        layout.gap(4),
        *_part(paper, label("slip_what"), [*_to_do(facts, FRENCH), facts.advice]),
        *_where(facts, paper),
        *_part(paper, label("slip_when"), _when(facts, FRENCH)),
        *_documents(facts, paper),
        *_part(paper, label("slip_help"), [facts.digital_help]),
        *common.translations(languages, paper, lambda code: _translated(facts, code)),
        layout.rule(column),
        *_foot(facts, paper),
    ]
    return publish(paper, blocks, common.marks(facts, TITLE))


def _part(paper: Paper, title: str, lines: Sequence[str]) -> list[Block]:
    """A title and its lines; nothing when there is nothing to say."""
    kept = [line for line in lines if line]
    if not kept:
        return []
    body = [layout.paragraph(line, paper.body, paper.column) for line in kept]
    return [layout.stack([layout.paragraph(title, paper.strong, paper.column), *body, layout.gap(5)])]


def _to_do(facts: SlipFacts, code: str) -> list[str]:
    if facts.slot is None or facts.return_at is None:
        return [text(code, f"slip_{facts.how}")]
    words = {**common.day_and_hour(code, facts.slot), "return_hour": hour_words(code, facts.return_at)}
    today = facts.slot.date() == facts.came_at.date()
    return [text(code, "reminder_too_early" if today else "reminder_other_day", **words)]


def _when(facts: SlipFacts, code: str) -> list[str]:
    if not facts.timing:
        return []
    day = {"day": day_words(code, facts.timing_day)} if facts.timing_day else {}
    return [text(code, f"slip_{facts.timing}", **day)]


def _where(facts: SlipFacts, paper: Paper) -> list[Block]:
    """Everything that leads there, in clear, then the square of the web address."""
    told = [
        *address_lines(facts.send_to),
        label("slip_email_to", email=facts.email) if facts.email else "",
        label("slip_call", phone=facts.phone.replace(" ", NBSP)) if facts.phone else "",
        label("slip_hours", hours=facts.hours) if facts.hours else "",
        label("slip_ask") if facts.how in BLANK and not (facts.send_to or facts.email) else "",
        facts.link,
        label("slip_question", contact=facts.question) if facts.question else "",
    ]
    return [*_part(paper, label("slip_where"), told), *_square(facts.link, paper)]


def address_lines(address: str) -> list[str]:
    """The lines of an address as on an envelope: the number of a house stays with its street."""
    lines: list[str] = []
    for part in filter(None, address.split(", ")):
        if lines and lines[-1].isdigit():
            lines[-1] = f"{lines[-1]}, {part}"
        else:
            lines.append(part)
    return lines


def _square(link: str, paper: Paper) -> list[Block]:
    if not link:
        return []
    dots = LINK_DOTS if paper is ROLL_80 else paper.qr_dots - 1
    square = layout.qr(link, paper.dot, dots, LINK_LEVEL)
    words = layout.paragraph(label("slip_link"), paper.body, paper.column - square.height)
    return [layout.beside(square, square.height, words)]


def _documents(facts: SlipFacts, paper: Paper) -> list[Block]:
    title = label("slip_documents_usual" if facts.documents_usual else "slip_documents")
    return _part(paper, title, [f"–{NBSP}{document}" for document in facts.documents])


def _translated(facts: SlipFacts, code: str) -> list[str]:
    sentences = [*_to_do(facts, code), *_when(facts, code)]
    if facts.documents:
        sentences.append(text(code, "slip_prepare"))
    if facts.digital_help:
        sentences.append(text(code, "slip_no_internet"))
    return [*sentences, text(code, "slip_limits")]


def _foot(facts: SlipFacts, paper: Paper) -> list[Block]:
    """What the paper is and is not, where its rule comes from, and its own code."""
    seen = {"day": day_words(FRENCH, facts.came_at.date()), "hour": hour_words(FRENCH, facts.came_at)}
    lines = [
        label("slip_to_file") if facts.wants_to_file else "",
        label("slip_seen", desk=facts.desk, **seen),
        text(FRENCH, "slip_limits"),
        label("slip_rule", prefecture=facts.prefecture, source=facts.source, day=short_date(facts.checked_on)),
        label("slip_number", number=facts.receipt_number) if paper is ROLL_80 else "",
        spaced(common.checked(facts)).replace(" ", NBSP),
    ]
    words = [layout.paragraph(line, paper.body, paper.column) for line in lines if line]
    bars = layout.code128(facts.code, paper.dot, paper.bar_dots, paper.bar_height, paper.column)
    return [layout.stack([*words, layout.gap(3), bars])]
