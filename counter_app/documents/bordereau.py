"""The bordereau, A4: permits that leave together, numbered one by one, with their total and two signatures."""

from counter_app.documents import layout
from counter_app.documents.facts import BordereauFacts, BordereauRow
from counter_app.documents.fonts import Face
from counter_app.documents.layout import Align, Block, Style
from counter_app.documents.paper_texts import FRENCH, day_words, hour_words, label, shortened
from counter_app.documents.sheet import A4, MM, TRAINING_MARK, Marks
from counter_app.documents.surface import Surface
from counter_app.documents.table import Column, Report, Table
from counter_app.domain.foreign_number import masked
from counter_app.wording.dates import short_date

TITLE = "Bordereau de titres"
_MARGIN = 15 * MM
_ROW = 8 * MM
_SIGN = 30 * MM
_BODY, _STRONG, _KEY = Style(Face.REGULAR, 11), Style(Face.BOLD, 11), Style(Face.BOLD, 15)
_LAST = {"post": "column_tracking", "transfer": "column_notes"}
_SIGNED_BY = {"destroy": ("bordereau_destroyed_by", "bordereau_witness")}


def bordereau(facts: BordereauFacts) -> bytes:
    """The PDF of the bordereau, on as many pages as it takes, each with its number and its head."""
    table = _table(facts.kind)
    rows = tuple(table.row(_cells(number, row)) for number, row in enumerate(facts.rows, start=1))
    report = Report(
        (A4.width, A4.height or 0),
        _MARGIN,
        lambda page, pages: _head(facts, table.width, page, pages),
        table,
        rows,
        (_foot(facts, table.width),),
    )
    return report.publish(Marks(TITLE, facts.printed_at, facts.training))


def _table(kind: str) -> Table:
    return Table(
        (
            Column("column_rank", 11),
            Column("column_card", 30, Face.BOLD),
            Column("column_holder", 52),
            Column("column_number", 27),
            Column("column_kind", 25),
            Column(_LAST.get(kind, "column_reason"), 35),
        ),
        _ROW,
        10,
    )


def _cells(number: int, row: BordereauRow) -> list[str]:
    return [str(number), row.card_number, row.name, masked(row.foreign_number), row.kind, row.note]


def _head(facts: BordereauFacts, width: float, page: int, pages: int) -> Block:
    """Which bordereau this is, on every page."""
    made = {"day": day_words(FRENCH, facts.made_at.date()), "hour": hour_words(FRENCH, facts.made_at)}
    printed = {"day": short_date(facts.printed_at.date()), "hour": hour_words(FRENCH, facts.printed_at)}
    training = [layout.inverted(TRAINING_MARK, Style(Face.BOLD, 13), width)] if facts.training else []
    site = layout.paragraph(facts.site, _STRONG, 0.6 * width)
    numbered = f"{label('page_of', page=page, pages=pages)}\n{label('printed_on', **printed)}"
    place = layout.paragraph(numbered, Style(Face.REGULAR, 10), 0.4 * width, Align.RIGHT)
    told = [
        facts.voided,
        facts.address,
        label("bordereau_made", agent=facts.agent, desk=facts.desk, **made),
        label("bordereau_recipient", recipient=shortened(facts.recipient)) if facts.recipient else "",
        label("bordereau_reason", reason=shortened(facts.reason)) if facts.reason else "",
    ]
    return layout.stack(
        [
            *training,
            layout.beside(site, 0.6 * width, place),
            layout.rule(width),
            layout.paragraph(label(f"bordereau_{facts.kind}"), _KEY, width),
            layout.paragraph(label("bordereau_number", number=facts.number), _KEY, width),
            *([layout.inverted(label("undone"), _KEY, width)] if facts.voided else []),
            *(layout.paragraph(line, _BODY, width) for line in told if line),
            layout.gap(6),
        ]
    )


def _foot(facts: BordereauFacts, width: float) -> Block:
    """The total and room for both signatures, never parted."""
    count = len(facts.rows)
    total = label("bordereau_one" if count < 2 else "bordereau_count", count=count)
    keys = _SIGNED_BY.get(facts.kind, ("bordereau_given_by", "bordereau_taken_by"))
    half = (width - 6 * MM) / 2
    frames = layout.across([_frame(label(key), half) for key in keys], half + 6 * MM)
    return layout.stack([layout.gap(4), layout.paragraph(total, _KEY, width), layout.gap(6), frames])


def _frame(name: str, width: float) -> Block:
    words = layout.stack(
        [
            layout.paragraph(name, _STRONG, width - 4 * MM),
            layout.paragraph(label("bordereau_sign"), _BODY, width - 4 * MM),
        ]
    )

    def draw(page: Surface, left: float, top: float) -> None:
        page.setLineWidth(0.8)
        page.rect(left, top - _SIGN, width, _SIGN)
        words.draw(page, left + 2 * MM, top - 2)

    return Block(_SIGN, draw)
