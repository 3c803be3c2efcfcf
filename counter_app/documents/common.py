"""Blocks shared by the papers given to a person: head, marks of a copy, codes, translations, foot."""

from collections.abc import Callable, Sequence
from datetime import datetime

from counter_app.documents import layout, paper_texts
from counter_app.documents.facts import PaperFacts
from counter_app.documents.fonts import Face
from counter_app.documents.layout import Align, Block, Style
from counter_app.documents.paper_texts import FRENCH, day_words, hour_words, label
from counter_app.documents.sheet import ROLL_80, TRAINING_MARK, Marks, Paper
from counter_app.domain.codes import OwnCode, read_code, spaced
from counter_app.wording.dates import NBSP, short_date

_SMALL = Style(Face.REGULAR, 10)
_BAND = Style(Face.BOLD, 13)
_LETTERS = Style(Face.BOLD, 13)
_DUPLICATE = Style(Face.BOLD, 14)
_STAMP = Style(Face.BOLD, 22, 1.2)


def marks(facts: PaperFacts, title: str) -> Marks:
    """What the file says of itself. The title names the kind of paper, never the person."""
    return Marks(title=title, printed_at=facts.printed_at, training=facts.training)


def checked(facts: PaperFacts) -> str:
    """The code of the paper. Raises ValueError for a code that no desk could read back, or a copy below 1."""
    read = read_code(facts.code)
    if not isinstance(read, OwnCode) or read.text != facts.code:
        raise ValueError("the code of a paper is one of our own, in 12 letters")
    if facts.copy < 1:
        raise ValueError("copies are counted from 1, the original")
    return facts.code


def head(facts: PaperFacts, paper: Paper) -> list[Block]:
    """The service and its address, under the marks that no one may overlook; on a sheet, the number on the right."""
    site = layout.paragraph(facts.site, paper.strong, paper.column)
    if facts.receipt_number and paper is not ROLL_80:
        number = layout.paragraph(receipt_words(facts), paper.body, 0.4 * paper.column, Align.RIGHT)
        site = layout.paragraph(facts.site, paper.strong, 0.6 * paper.column)
        site = layout.beside(site, 0.6 * paper.column, number)
    blocks = [*_notices(facts, paper.column), site]
    if facts.address:
        blocks.append(layout.paragraph(facts.address, paper.body, paper.column))
    return blocks


def _notices(facts: PaperFacts, width: float) -> list[Block]:
    notices = []
    if facts.training:
        notices.append(layout.inverted(TRAINING_MARK, _BAND, width))
    if facts.undone:
        notices.append(layout.inverted(label("undone"), _STAMP, width))
    return notices


def duplicate(facts: PaperFacts, paper: Paper, original_at: datetime) -> list[Block]:
    """« DUPLICATA n° 2, 9 h 41 », with the day when it is not the day of the original; nothing on an original."""
    if facts.copy == 1:
        return []
    hour = hour_words(FRENCH, facts.printed_at)
    if facts.printed_at.date() == original_at.date():
        words = label("duplicate", number=facts.copy, hour=hour)
    else:
        words = label("duplicate_other_day", number=facts.copy, hour=hour, day=short_date(facts.printed_at.date()))
    return [layout.paragraph(words, layout.shrunk(words, _DUPLICATE, paper.column - 1), paper.column)]


def moment_words(moment: datetime, reference: datetime, same_day: str, other_day: str, **words: str) -> str:
    """A label about a moment, with its day only when it is not the day of the other moment."""
    hour = hour_words(FRENCH, moment)
    if moment.date() == reference.date():
        return label(same_day, hour=hour, **words)
    return label(other_day, hour=hour, day=short_date(moment.date()), **words)


def receipt_words(facts: PaperFacts) -> str:
    """« Reçu n° B2-26-000042 »."""
    return label("receipt", number=facts.receipt_number)


def codes(facts: PaperFacts, paper: Paper, lines: Sequence[str]) -> Block:
    """The QR code, its letters and a few lines beside it, and the Code 128 of the same letters.

    The bars stand under the QR code on a roll, which they fill, and beside it on a sheet.
    """
    code = checked(facts)
    square = layout.qr(code, paper.dot, paper.qr_dots)
    rest = paper.column - square.height
    letters = layout.paragraph(spaced(code).replace(" ", NBSP), _LETTERS, rest)
    words = [letters, *(layout.paragraph(line, paper.body, rest) for line in lines)]
    if paper is ROLL_80:
        bars = layout.code128(code, paper.dot, paper.bar_dots, paper.bar_height, paper.column)
        return layout.stack([layout.beside(square, square.height, layout.stack(words)), bars])
    bars = layout.code128(code, paper.dot, paper.bar_dots, paper.bar_height, rest)
    return layout.beside(square, square.height, layout.stack([*words, bars]))


def translations(
    languages: Sequence[str], paper: Paper, sentences: Callable[[str], Sequence[str]], named: bool = True
) -> list[Block]:
    """The sentences in each language but French, then the note that says they are help.

    A sentence withdrawn because its French changed is left out; a language without any sentence too.
    """
    blocks: list[Block] = []
    printed: list[str] = []
    for code in dict.fromkeys(languages):
        kept = [sentence for sentence in sentences(code) if sentence] if code != FRENCH else []
        if not kept:
            continue
        printed.append(code)
        name = [layout.paragraph(paper_texts.language(code).name, _heading(paper), paper.column)] if named else []
        body = [layout.paragraph(sentence, paper.body, paper.column) for sentence in kept]
        blocks.append(layout.stack([layout.gap(3), *name, *body]))
    return [*blocks, help_note(printed, paper)] if printed else []


def _heading(paper: Paper) -> Style:
    return Style(Face.BOLD, paper.body.size, paper.body.line)


def help_note(printed: Sequence[str], paper: Paper) -> Block:
    """Says that translations are help, and whether someone has read them over."""
    checked = all(paper_texts.language(code).checked for code in printed)
    note = label("help_note" if checked else "unchecked_note")
    if paper is not ROLL_80:
        note = f"{note} {label('french_prevails')}"
    return layout.stack([layout.gap(3), layout.paragraph(note, _SMALL, paper.column)])


def day_and_hour(code: str, moment: datetime) -> dict[str, str]:
    """The words that the sentences of this language ask for."""
    return {"day": day_words(code, moment.date()), "hour": hour_words(code, moment)}


def centred(words: str, style: Style, paper: Paper) -> Block:
    """A line in the middle of the column."""
    return layout.paragraph(words, style, paper.column, Align.CENTRE)
