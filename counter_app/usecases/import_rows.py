"""Rows of a list become acts: what they tell that the desk does not know yet, and those that cannot be read."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from counter_app.domain.acts import Act, ActKind, Details, Json, Subject, SubjectType
from counter_app.domain.convocation import Convocation
from counter_app.domain.listing import ListedStatus as Status
from counter_app.domain.listing import Listing
from counter_app.domain.person_names import fold, same_person_key, tokens
from counter_app.imports.listed import DUPLICATE_ROW, ListedAppointment, RejectedRow
from counter_app.store import convocation_rows, list_rows
from counter_app.usecases.answers import RowProblem
from counter_app.usecases.corrections import wait
from counter_app.usecases.desk import Gesture
from counter_app.usecases.import_run import Later, Run
from counter_app.usecases.recognise import identities


def record(run: Run, gesture: Gesture, kind: ActKind, subject: Subject, details: Details) -> Act:
    """Record an act of an import. The first one tells that it began: one that never ends is not passed over."""
    if not run.begun:
        run.begun = True
        begun: dict[str, Json] = {
            "source": run.source,
            "file_digest": run.file_digest,
            "file_name": run.file_name,
            "exported_at": run.exported_at,
            "begun_at": gesture.at.isoformat(),
            "complete": False,
            **as_the_agent_says(run),
        }
        gesture.record(ActKind.LIST_BEGUN, Subject(SubjectType.LIST, run.list_id), begun)
    return gesture.record(kind, subject, details)


def as_the_agent_says(run: Run) -> dict[str, Json]:
    """What the acts of a list bear when an agent said that it is the newest: its date is not that of the file."""
    return {"as_newest": True} if run.as_newest else {}


def take(run: Run, gesture: Gesture, batch: Iterable[ListedAppointment | RejectedRow], *, write: bool) -> None:
    """Count rows, and write what they tell that is new."""
    rows = list(batch)
    listed = [row for row in rows if isinstance(row, ListedAppointment)]
    ids = identities(gesture.connection, run.desk.rules.site, run.source, listed, run.claimed)
    told = [
        Later(row, listing_of(row, run.source, run.exported_at, run.list_id), ids[row.source_key]) for row in listed
    ]
    held = convocation_rows.by_ids(gesture.connection, list(ids.values()))
    waiting = wait(run, gesture.connection, [one for one in told if one.convocation_id not in held])
    for row in rows:
        run.older_rows.meet(row)
    for row in listed:
        if row.untold:
            run.untold[row.row] = None
        if row.unseen:
            run.unseen[row.row] = None
        run.listed[row.slot.date().isoformat()] += 1
        run.scopes.add((row.slot.date().isoformat(), row.organisation or ""))
    _speak(run, gesture, [one for one in told if one.row.source_key not in waiting], held, write=write)
    rejected = [row for row in rows if isinstance(row, RejectedRow)]
    _set_aside(run, gesture, rejected, write=write)


def take_later(run: Run, gesture: Gesture, rows: Iterable[Later], *, write: bool) -> None:
    """Count, and write, rows that waited until all were read, now that it is known whose they are."""
    some = list(rows)
    held = convocation_rows.by_ids(gesture.connection, [one.convocation_id for one in some])
    _speak(run, gesture, some, held, write=write)


def _speak(run: Run, gesture: Gesture, rows: Iterable[Later], held: Mapping[str, Convocation], *, write: bool) -> None:
    """Count what rows tell of convocations, and write what is new."""
    for one in rows:
        change = _change(run, held.get(one.convocation_id), one.listing)
        run.counts[change.counted] += 1
        run.naming.name(one.convocation_id, change.export)
        if write and change.told:
            subject = Subject(SubjectType.CONVOCATION, one.convocation_id)
            record(run, gesture, ActKind.CONVOCATION_LISTED, subject, one.listing.to_json())


def _told(run: Run, row: ListedAppointment) -> Listing:
    return listing_of(row, run.source, run.exported_at, run.list_id)


def listing_of(row: ListedAppointment, source: str, exported_at: str, list_id: str) -> Listing:
    """What a row says, as the journal keeps it."""
    return Listing(
        source=source,
        source_key=row.source_key,
        exported_at=exported_at,
        name=row.name,
        slot=row.slot.isoformat(),
        purpose=row.purpose,
        status=Status(row.status.value),
        birth_date=row.birth_date,
        foreign_number=row.foreign_number,
        number_as_read=row.foreign_number_raw if row.foreign_number is None else None,
        service=row.service,
        place=row.place,
        organisation=row.organisation,
        desk=row.desk,
        reference=row.reference,
        postcode=row.postcode,
        document_expiry=row.document_expiry.isoformat() if row.document_expiry else None,
        minor=row.minor or None,
        list_id=list_id,
    )


class _Change(NamedTuple):
    counted: str
    export: str
    """The export whose words the row repeats: that of its list when the journal has to hear of it, none when a newer
    list spoke already."""
    told: bool = False


def _change(run: Run, held: Convocation | None, listing: Listing) -> _Change:
    scope = (listing.slot[:10], listing.organisation or "")
    before = next((one for one in held.listings if one.source == run.source), None) if held else None
    # Also when a newer list moved this row to a day that the older one does not cover.
    if run.exported_at < max(run.newest.get(scope, ""), before.exported_at if before else ""):
        run.older += 1
        return _Change("unchanged", "")
    if held is None or not held.listings:
        return _Change("added", run.exported_at, told=True)
    if before is not None:
        same = _said(before, listing) == listing
        return _Change("unchanged", _since(held, listing)) if same else _Change("changed", run.exported_at, told=True)
    seen = replace(held, listings=(*held.listings, listing))
    return _Change("unchanged" if _shown(held) == _shown(seen) else "changed", run.exported_at, told=True)


def _said(before: Listing, listing: Listing) -> Listing:
    """What a list said, as if it were said now."""
    return replace(before, exported_at=listing.exported_at, list_id=listing.list_id)


def _since(held: Convocation, listing: Listing) -> str:
    """The newest export whose act tells what a list repeats."""
    told = (one for one in held.told or held.listings if one.source == listing.source)
    return max((one.exported_at for one in told if _said(one, listing) == listing), default="")


def _shown(convocation: Convocation) -> tuple[str | None, ...]:
    """What an agent sees of a convocation: a second list that says the same changes nothing to see."""
    best = (convocation.best(name) for name in ("birth_date", "service", "postcode", "document_expiry"))
    slot = convocation.listing.slot
    name = same_person_key(convocation.name)
    return (name, slot, convocation.foreign_number, fold(convocation.purpose), convocation.status.value, *best)


def _set_aside(run: Run, gesture: Gesture, rows: list[RejectedRow], *, write: bool) -> None:
    ids = {row.row: sha256(f"{run.list_id}\n{row.row}".encode()).hexdigest()[:32] for row in rows}
    known = list_rows.known_rows(gesture.connection, list(ids.values()))
    for row in rows:
        run.rejected.append(RowProblem(row.row, row.column, row.reason_code, row.reason, row.value))
        run.rejected_words.append({word for _heading, value in row.cells for word in tokens(value)})
        if write and row.reason_code != DUPLICATE_ROW and ids[row.row] not in known:
            subject = Subject(SubjectType.ROW, ids[row.row])
            record(run, gesture, ActKind.ROW_SET_ASIDE, subject, _row_details(run, row))


def _row_details(run: Run, row: RejectedRow) -> dict[str, Json]:
    cells: list[Json] = [[heading, value] for heading, value in row.cells]
    return {
        "list_id": run.list_id,
        "source": run.source,
        "exported_at": run.exported_at,
        "row": row.row,
        "column": row.column,
        "reason_code": row.reason_code,
        "reason": row.reason,
        "value": row.value,
        "cells": cells,
        "mapping": {target.value: list(headings) for target, headings in run.mapping.columns.items()},
    }
