"""The sign sheet of handovers, A4 landscape: everybody convened on a day, with room for each signature.

Printed before the window opens, its cells are filled in by hand; printed later, what was recorded is already there.
"""

from functools import partial

from counter_app.documents import handover_words as words
from counter_app.documents import layout
from counter_app.documents.facts import SignSheetFacts, SignSheetRow
from counter_app.documents.fonts import Face
from counter_app.documents.layout import Align, Block, Style
from counter_app.documents.paper_texts import FRENCH, day_words, hour_words, label
from counter_app.documents.sheet import A4_LANDSCAPE, MM, TRAINING_MARK, Marks
from counter_app.documents.table import Column, Report, Table
from counter_app.domain.foreign_number import masked
from counter_app.wording.dates import hour_on, short_date

TITLE = "Feuille d’émargement"
_MARGIN = 10 * MM
_TABLE = Table(
    (
        Column("column_slot", 20),
        Column("column_name", 60, Face.BOLD),
        Column("column_number", 27),
        Column("column_shown", 40),
        Column("column_old", 40),
        Column("column_stamp", 35),
        Column("column_signature", 55),
    ),
    least=12 * MM,
    size=10,
)
_NOTE = Style(Face.REGULAR, 10)


def sign_sheet(facts: SignSheetFacts) -> bytes:
    """The PDF of the day; a day when nobody is convened is a page that says so."""
    rows = tuple(_TABLE.row(_cells(row, facts.document_numbers)) for row in facts.rows)
    foot = () if rows else (layout.paragraph(label("sign_sheet_none"), Style(Face.REGULAR, 12), _TABLE.width),)
    report = Report(A4_LANDSCAPE, _MARGIN, partial(_head, facts), _TABLE, rows, foot)
    return report.publish(Marks(TITLE, facts.printed_at, facts.training))


def _head(facts: SignSheetFacts, page: int, pages: int) -> Block:
    """The day, how many people, which page, on every page."""
    width, count = _TABLE.width, len(facts.rows)
    training = [layout.inverted(TRAINING_MARK, Style(Face.BOLD, 12), width)] if facts.training else []
    day, hour = day_words(FRENCH, facts.printed_at.date()), hour_words(FRENCH, facts.printed_at)
    people = label("sign_sheet_one" if count < 2 else "sign_sheet_count", count=count)
    told = f"{people} · {label('page_of', page=page, pages=pages)} · {label('printed_on', day=day, hour=hour)}"
    title = label("sign_sheet", day=day_words(FRENCH, facts.day))
    return layout.stack(
        [
            *training,
            layout.beside(
                layout.paragraph(title, Style(Face.BOLD, 15), 0.6 * width),
                0.6 * width,
                layout.paragraph(facts.site, Style(Face.BOLD, 11), 0.4 * width, Align.RIGHT),
            ),
            layout.paragraph(told, _NOTE, width),
            layout.paragraph(label("sign_sheet_keep"), _NOTE, width),
            layout.gap(5),
        ]
    )


def _cells(row: SignSheetRow, numbers: bool) -> list[str]:
    """The words of one row; empty cells are for the hand."""
    slot, record = hour_words(FRENCH, row.slot), row.record
    if row.handed_at:
        slot = f"{slot}\n{label('sign_sheet_done', hour=hour_on(row.handed_at, row.slot.date()))}"
    told = [label("sign_sheet_also", day=short_date(one.date()), hour=hour_words(FRENCH, one)) for one in row.also]
    who = [slot, "\n".join((row.name, *told)), masked(row.foreign_number)]
    if record is None:
        return [*who, "", "", words.due_words(row.amount_due), label("handover_contested") if row.contested else ""]
    signed = "" if words.signs_on_this_paper(record) else words.signature_words(record)
    shown = words.identity_words(record, number=numbers, reader=numbers)
    signature = label("handover_contested") if row.contested else signed
    return [*who, shown, words.old_document_words(record), words.stamp_words(record), signature]
