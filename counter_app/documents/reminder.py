"""The appointment reminder, A5: when to come back. Nameless; its codes are those of the convocation (PGC)."""

from collections.abc import Sequence

from counter_app.documents import common, layout
from counter_app.documents.facts import ReminderFacts
from counter_app.documents.layout import Block
from counter_app.documents.paper_texts import FRENCH, day_words, hour_words, label, text
from counter_app.documents.sheet import A5, publish

TITLE = "Rappel de rendez-vous"


def reminder(facts: ReminderFacts, languages: Sequence[str] = ("fr", "en")) -> bytes:
    """The PDF of the reminder. French comes first whatever the languages asked for.

    Raises ValueError for an unknown language, a code that is not our own, a copy below 1.
    """
    column = A5.column
    blocks = [
        *common.head(facts, A5),
        layout.rule(column),
        *common.duplicate(facts, A5, facts.printed_at),
        layout.paragraph(text(FRENCH, "reminder_title").upper(), A5.title, column),
        *_key_facts(facts),
        layout.gap(4),
        *(layout.paragraph(sentence, A5.body, column) for sentence in _sentences(facts, FRENCH)),
        layout.gap(6),
        common.codes(facts, A5, [_printed(facts)]),
        layout.rule(column),
        *common.translations(languages, A5, lambda code: _sentences(facts, code)),
    ]
    return publish(A5, blocks, common.marks(facts, TITLE))


def _key_facts(facts: ReminderFacts) -> list[Block]:
    """Day, hour and purpose of the appointment, large enough to be read at arm's length."""
    day = day_words(FRENCH, facts.slot.date())
    lines = [day[0].upper() + day[1:], label("appointment", hour=hour_words(FRENCH, facts.slot)), facts.purpose]
    where = [facts.place, facts.address_there]
    return [layout.paragraph(line, A5.key, A5.column) for line in (*lines, *filter(None, where))]


def _printed(facts: ReminderFacts) -> str:
    return f"{facts.desk} · {day_words(FRENCH, facts.printed_at.date())}, {hour_words(FRENCH, facts.printed_at)}"


def _sentences(facts: ReminderFacts, code: str) -> list[str]:
    words = {**common.day_and_hour(code, facts.slot), "return_hour": hour_words(code, facts.return_at)}
    words |= {"place": facts.place, "address": facts.address_there}
    return [text(code, f"reminder_{facts.verdict}", **words), text(code, "reminder_bring")]
