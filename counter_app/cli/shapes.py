"""Shapes of the JSON that verbs print. Keys are a contract, listed in docs/cli.md: add, never rename or remove."""

from collections.abc import Sequence

from counter_app.cli.paper_shapes import scanned_paper
from counter_app.domain.acts import Json
from counter_app.domain.convocation import Convocation
from counter_app.domain.recorded_arrival import Arrival
from counter_app.store.convocation_rows import code_of
from counter_app.usecases.answers import (
    ArrivalAnswer,
    Certainty,
    ImportOutcome,
    IssuedReceipt,
    OpenElsewhere,
    RowProblem,
    UnendedImport,
)
from counter_app.usecases.verify_number import NumberAnswer

Shape = dict[str, Json]


def convocation(one: Convocation) -> Shape:
    """One convocation, as `convocations`, `search` and `check-in` show it."""
    arrival = one.arrival
    return {
        "code": code_of(one),
        "name": one.name,
        "birth_date": one.best("birth_date"),
        "foreign_number": one.foreign_number,
        "number_as_read": one.best("number_as_read"),
        "slot": one.slot.isoformat(),
        "purpose": one.purpose,
        "service": one.best("service"),
        "status": one.status.value,
        "place": one.best("place"),
        "desk": one.best("desk"),
        "reference": one.best("reference"),
        "postcode": one.best("postcode"),
        "document_expiry": one.best("document_expiry"),
        "minor": one.minor,
        "arrived_at": arrival.at if arrival else None,
        "sources": [listing.source for listing in one.listings],
    }


def first_arrival(arrival: Arrival | None, certainty: Certainty) -> Shape | None:
    """When, where and by whom the person was checked in, and how sure this desk is."""
    if arrival is None:
        return None
    return {"at": arrival.at, "desk": arrival.desk, "agent": arrival.agent, "certainty": certainty.value}


def _elsewhere(one: OpenElsewhere | None) -> Shape | None:
    return {"desk": one.desk, "agent": one.agent, "since": one.since.isoformat()} if one else None


def receipt(issued: IssuedReceipt | None) -> Shape | None:
    """A receipt: any of id, number and code finds it again."""
    if issued is None:
        return None
    return {
        "id": issued.id,
        "number": issued.number,
        "code": issued.code,
        "kind": issued.kind,
        "ticket": issued.ticket,
        "issued_at": issued.issued_at.isoformat(),
        "copies": issued.copies,
        "undone": issued.undone,
    }


def arrival_answer(answer: ArrivalAnswer) -> Shape:
    """The answer of `check-in`."""
    return {
        "verdict": answer.verdict.value,
        "family": answer.family.value,
        "recorded": answer.recorded,
        "would_record": answer.would_record,
        "at": answer.at.isoformat(),
        "convocation": convocation(answer.convocation) if answer.convocation else None,
        "matches": [convocation(one) for one in answer.matches],
        "first": first_arrival(answer.first, answer.certainty),
        "receipt": receipt(answer.receipt),
        "chips": [chip.value for chip in answer.chips],
        "notes": list(answer.notes),
        "figures": dict(answer.figures),
        "list_imported_at": answer.list_imported_at.isoformat() if answer.list_imported_at else None,
        "next_opening": answer.next_opening.isoformat() if answer.next_opening else None,
        "verified_at": answer.verified_at.isoformat() if answer.verified_at else None,
        "certainty": answer.certainty.value,
        "elsewhere": _elsewhere(answer.elsewhere),
        **scanned_paper(answer.paper),
    }


def row_problem(problem: RowProblem) -> Shape:
    """One row that could not be taken."""
    return {
        "row": problem.row,
        "column": problem.column,
        "reason": problem.reason,
        "reason_code": problem.reason_code,
        "value": problem.value,
    }


def repaired(problem: RowProblem | None = None, *, set_down: bool = False) -> Shape:
    """What became of a row that waited."""
    return {
        "repaired": problem is None and not set_down,
        "set_down": set_down,
        "problem": row_problem(problem) if problem else None,
    }


def import_outcome(outcome: ImportOutcome) -> Shape:
    """What an import did, or would do."""
    return {
        "source": outcome.source,
        "rows": outcome.rows,
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "absent": outcome.absent,
        "rejected": [row_problem(problem) for problem in outcome.rejected],
        "superseded": outcome.superseded,
        "dry_run": outcome.dry_run,
        "days": [day.isoformat() for day in outcome.days],
        "list": outcome.list_id,
        "many_absent": outcome.many_absent,
        "resumed": outcome.resumed,
        "closed": outcome.closed,
    }


def unended(imports: Sequence[UnendedImport]) -> Shape:
    """Imports, or their undos, that began and did not end."""
    told: list[Json] = [
        {
            "list": one.list_id,
            "source": one.source,
            "file": one.file_name,
            "begun_at": one.begun_at.isoformat() if one.begun_at else None,
            "undoing": one.undoing,
        }
        for one in imports
    ]
    return {"unended": told}


def number_answer(answer: NumberAnswer) -> Shape:
    """What a number is, and what the lists know of it."""
    reading = answer.reading
    return {
        "class": reading.number_class.value,
        "status": reading.status.value,
        "normalized": reading.normalized,
        "candidates": list(reading.candidates),
        "hint": reading.hint,
        "verdict": answer.verdict.value,
        "layout_repaired": reading.layout_repaired,
        "answers": {
            "form": answer.answers.form.value,
            "expiry": answer.answers.expiry.value,
            "postcode": answer.answers.postcode.value,
        },
        "known": [convocation(one) for one in answer.holders],
        "expiry": answer.expiry.isoformat() if answer.expiry else None,
        "postcode": answer.postcode,
        **scanned_paper(answer.paper),
    }
