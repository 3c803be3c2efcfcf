"""The reminder of a handover, A5: when to come and what to bring. Nameless.

It bears no code: that of the sleeve proves that the card is in hand, so it never leaves the sleeve.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_app.documents import common, layout
from counter_app.documents.facts import PaperFacts
from counter_app.documents.paper_texts import FRENCH, day_words, hour_words, label, text
from counter_app.documents.sheet import A5, publish


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverReminderFacts(PaperFacts):
    """When the person is expected, and with what."""

    slot: datetime
    return_at: datetime
    """When to be at the desk: a few minutes before the slot, as the site decides."""
    stamp_amount: int | None = None
    """Euros; None when nothing is due, or nobody said."""
    minor: bool = False


def handover_reminder(facts: HandoverReminderFacts, languages: Sequence[str] = ("fr", "en")) -> bytes:
    """The PDF of the reminder. French comes first whatever the languages asked for.

    Raises ValueError for an unknown language.
    """
    column, title = A5.column, text(FRENCH, "reminder_title")
    day = day_words(FRENCH, facts.slot.date())
    hour = label("appointment", hour=hour_words(FRENCH, facts.slot))
    printed = f"{facts.desk} · {day_words(FRENCH, facts.printed_at.date())}, {hour_words(FRENCH, facts.printed_at)}"
    blocks = [
        *common.head(facts, A5),
        layout.rule(column),
        layout.paragraph(title.upper(), A5.title, column),
        *(layout.paragraph(line, A5.key, column) for line in (day[0].upper() + day[1:], hour)),
        layout.paragraph(label("handover_receipt"), A5.key, column),
        layout.gap(4),
        *(layout.paragraph(sentence, A5.body, column) for sentence in _sentences(facts, FRENCH)),
        layout.gap(6),
        layout.paragraph(printed, A5.body, column),
        layout.rule(column),
        *common.translations(languages, A5, lambda code: _sentences(facts, code)),
    ]
    return publish(A5, blocks, common.marks(facts, title))


def _sentences(facts: HandoverReminderFacts, code: str) -> list[str]:
    words = {**common.day_and_hour(code, facts.slot), "return_hour": hour_words(code, facts.return_at)}
    today = facts.slot.date() == facts.printed_at.date()
    told = [text(code, "reminder_too_early" if today else "reminder_other_day", **words), text(code, "reminder_bring")]
    if facts.stamp_amount:
        told.append(text(code, "summons_stamp", amount=str(facts.stamp_amount)))
    if facts.minor:
        told.append(text(code, "summons_minor"))
    return told
