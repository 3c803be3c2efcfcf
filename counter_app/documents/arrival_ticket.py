"""The arrival ticket, 80 mm: the waiting number, what happens next, no name and no file."""

from collections.abc import Sequence

from counter_app.documents import common, layout
from counter_app.documents.facts import TicketFacts
from counter_app.documents.fonts import Face
from counter_app.documents.layout import Block, Style
from counter_app.documents.paper_texts import FRENCH, day_words, hour_words, label, text
from counter_app.documents.sheet import ROLL_80, publish

TITLE = "Ticket d’accueil"
_NUMBER = Style(Face.BOLD, 48, 1.1)


def arrival_ticket(facts: TicketFacts, languages: Sequence[str] = ("fr", "en")) -> bytes:
    """The PDF of the ticket, as long as it needs. French comes first whatever the languages asked for.

    Raises ValueError for an unknown language, a code that is not our own, a copy below 1.
    """
    column = ROLL_80.column
    blocks = [
        *common.head(facts, ROLL_80),
        layout.paragraph(_moment(facts), ROLL_80.body, column),
        layout.rule(column),
        *common.duplicate(facts, ROLL_80, facts.arrived_at),
        common.centred(facts.ticket, layout.shrunk(facts.ticket, _NUMBER, column), ROLL_80),
        *_visit(facts, column),
        layout.gap(4),
        layout.paragraph(text(FRENCH, "ticket_next"), ROLL_80.body, column),
        *common.translations(languages, ROLL_80, lambda code: [text(code, "ticket_next")], named=False),
        layout.rule(column),
        common.codes(facts, ROLL_80, [common.receipt_words(facts), f"{facts.desk} · {label('nameless')}"]),
    ]
    return publish(ROLL_80, blocks, common.marks(facts, TITLE))


def _moment(facts: TicketFacts) -> str:
    return f"{day_words(FRENCH, facts.arrived_at.date())} – {hour_words(FRENCH, facts.arrived_at)}"


def _visit(facts: TicketFacts, column: float) -> list[Block]:
    """Appointment, purpose, place and waiting time: the facts of at least 14 points."""
    lines = [_appointment(facts), facts.purpose, *facts.place.split(" · ")]
    blocks = [layout.paragraph(line, ROLL_80.key, column) for line in lines if line]
    if facts.wait:
        blocks.append(layout.paragraph(_wait(facts.wait), ROLL_80.body, column))
    return blocks


def _appointment(facts: TicketFacts) -> str:
    if facts.slot is None:
        return label("without_appointment")
    return common.moment_words(facts.slot, facts.arrived_at, "appointment", "appointment_other_day")


def _wait(minutes: tuple[int, int]) -> str:
    least, most = minutes
    return label("wait", least=least, most=most) if least < most else label("wait_up_to", most=most)
