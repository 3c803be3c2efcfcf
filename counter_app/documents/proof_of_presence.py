"""The proof of presence, A5 or 80 mm: the person came, on that day at that time. It gives no right to stay."""

from collections.abc import Sequence
from typing import Literal

from counter_app.documents import common, layout
from counter_app.documents.facts import ProofFacts
from counter_app.documents.layout import Block
from counter_app.documents.paper_texts import FRENCH, day_words, hour_words, label, text
from counter_app.documents.sheet import A5, ROLL_80, Paper, publish
from counter_app.domain.foreign_number import masked

TITLE = "Justificatif de présence"


def proof_of_presence(
    facts: ProofFacts, languages: Sequence[str] = ("fr", "en"), paper: Literal["A5", "80mm"] = "A5"
) -> bytes:
    """The PDF of the proof. French comes first whatever the languages asked for.

    Raises ValueError for an unknown language, a code that is not our own, a copy below 1.
    """
    sheet = A5 if paper == "A5" else ROLL_80
    blocks = [
        *common.head(facts, sheet),
        *([layout.paragraph(common.receipt_words(facts), sheet.body, sheet.column)] if sheet is ROLL_80 else []),
        layout.rule(sheet.column),
        *common.duplicate(facts, sheet, facts.came_at),
        layout.paragraph(text(FRENCH, "proof_title").upper(), sheet.title, sheet.column),
        layout.gap(2),
        *_statement(facts, sheet),
        layout.gap(6),
        common.codes(facts, sheet, []),
        layout.rule(sheet.column),
        *common.translations(languages, sheet, lambda code: _sentences(facts, code)),
    ]
    return publish(sheet, blocks, common.marks(facts, TITLE))


def _statement(facts: ProofFacts, sheet: Paper) -> list[Block]:
    body, column = sheet.body, sheet.column
    number = label("holder_number", number=masked(facts.foreign_number)) if facts.foreign_number else ""
    return [
        layout.paragraph(text(FRENCH, "proof_seen", **common.day_and_hour(FRENCH, facts.came_at)), body, column),
        layout.gap(4),
        layout.paragraph(facts.name, sheet.key, column),
        *([layout.paragraph(number, sheet.key, column)] if number else []),
        layout.gap(4),
        layout.paragraph(_appointment(facts), body, column),
        layout.paragraph(_established(facts), body, column),
        layout.gap(4),
        layout.paragraph(text(FRENCH, "proof_limits"), sheet.strong, column),
    ]


def _appointment(facts: ProofFacts) -> str:
    if facts.slot is None:
        return label("no_slot", purpose=facts.purpose)
    return common.moment_words(facts.slot, facts.came_at, "slot", "slot_other_day", purpose=facts.purpose)


def _established(facts: ProofFacts) -> str:
    day, hour = day_words(FRENCH, facts.printed_at.date()), hour_words(FRENCH, facts.printed_at)
    return label("established", agent=facts.agent, desk=facts.desk, day=day, hour=hour)


def _sentences(facts: ProofFacts, code: str) -> list[str]:
    return [
        text(code, "proof_title"),
        text(code, "proof_seen", **common.day_and_hour(code, facts.came_at)),
        text(code, "proof_limits"),
    ]
