"""Conflicts as JSON: docs/cli.md names every key."""

from counter_app.domain.acts import Json
from counter_app.domain.settlement import Answer
from counter_app.telling.conflicts import effect_told, words_told
from counter_app.usecases.conflict_answers import Conflict

Shape = dict[str, Json]


def conflict_shape(one: Conflict) -> Shape:
    """One conflict, with both sides, what may be answered and what was."""
    settlement = one.settlement
    stands = settlement.settled if settlement else None
    facts: list[Json] = [
        {
            "desk": fact.desk,
            "agent": fact.agent,
            "at": fact.at.isoformat(),
            "act": fact.act_id,
            "kind": fact.kind,
            "words": words_told(one, fact),
        }
        for fact in one.facts
    ]
    choices: list[Json] = [{"keep": choice, "effect": effect_told(one, choice)} for choice in one.choices]
    others: list[Json] = [_answer(answer) for answer in settlement.others] if settlement else []
    return {
        "id": one.id,
        "kind": one.kind,
        "subject_type": str(one.subject.type),
        "subject": one.subject.id,
        "name": one.name,
        "papers": one.papers,
        "facts": facts,
        "choices": choices if one.open else [],
        "opened_at": one.opened_at.isoformat(),
        "entrusted": _answer(settlement.entrusted) if settlement and settlement.entrusted else None,
        "settled": {**_answer(stands), "others": others} if stands else None,
    }


def _answer(answer: Answer) -> Shape:
    return {
        "act": answer.act_id,
        "at": answer.at,
        "desk": answer.desk,
        "agent": answer.agent,
        "decision": answer.decision,
        "kept": answer.kept,
        "reason": answer.reason,
        "approved_by": answer.approved_by or None,
    }
