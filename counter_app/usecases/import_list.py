"""Import of an appointment list: what the file says becomes acts, row by row; nothing of it is dropped.

A row that an earlier list of the same source held and that this one no longer does is « probably cancelled », never
deleted. A file exported before what is already here changes nothing. The same file twice changes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.convocation import Convocation
from counter_app.domain.listing import ListedStatus as Status
from counter_app.domain.listing import Listing
from counter_app.domain.person_names import fold, same_person_key, tokens
from counter_app.imports.appointments import DUPLICATE_ROW, AppointmentFile, read_appointments
from counter_app.imports.listed import ListedAppointment, RejectedRow
from counter_app.imports.mapping import Mapping
from counter_app.imports.sheet import read_sheet
from counter_app.store import convocation_rows, list_rows
from counter_app.store.connection import Connection
from counter_app.store.journal import Head
from counter_app.usecases.answers import ImportOutcome, RowProblem
from counter_app.usecases.claims import Claims
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.import_pace import Batch, Pace, Progress, Row, batches, politely
from counter_app.usecases.recognise import identities


@dataclass(slots=True)
class _Run:
    """One import in progress."""

    desk: Desk
    mapping: Mapping
    """Columns as they were understood: a row set aside is read again the same way."""
    source: str
    list_id: str
    file_digest: str
    exported_at: str
    newest: dict[tuple[str, str], str]
    """Newest export already here, by (day, organisation) of this source."""
    again: bool
    """Whether this very file was imported before."""
    counts: Counter[str] = field(default_factory=Counter)
    rejected: list[RowProblem] = field(default_factory=list)
    rejected_words: list[set[str]] = field(default_factory=list)
    claimed: Claims = field(default_factory=Claims)
    scopes: set[tuple[str, str]] = field(default_factory=set)
    older: int = 0


def dry_run(desk: Desk, path: Path, mapping: Mapping | None = None, progress: Progress | None = None) -> ImportOutcome:
    """What importing the file would do; nothing is written."""
    run, file = _open(desk, path, mapping)
    with desk.store.courtesy.in_the_background():
        for batch in batches(politely(desk, file), progress, file.total):
            with desk.looking() as connection:
                _take(run, Gesture(connection, desk.author, desk.now(), Head(0, "", 0), desk.sign), batch, write=False)
    with desk.looking() as connection:
        gone = len(_gone(run, connection))
    return replace(_outcome(run, gone), dry_run=True)


def import_list(
    desk: Desk, path: Path, mapping: Mapping | None = None, progress: Progress | None = None
) -> ImportOutcome:
    """Import the file: transactions of rows, then the rows that vanished and the list itself."""
    run, file = _open(desk, path, mapping)
    with desk.store.courtesy.in_the_background():
        rows, pace = politely(desk, file), Pace(desk)
        while batch := list(islice(rows, pace.batch())):
            with desk.gesture() as gesture:
                pace.done += _take_some(run, gesture, batch, rows, pace.many)
            pace.kept(progress, file.total)
    with desk.gesture() as gesture:
        gone = _gone(run, gesture.connection)
        for convocation_id in gone:
            _record_vanished(run, gesture, convocation_id)
        if not _superseded(run) and not _told_before(run, gone):
            _record_list(run, gesture)
    return _outcome(run, len(gone))


def _open(desk: Desk, path: Path, mapping: Mapping | None) -> tuple[_Run, AppointmentFile]:
    named = [heading for headings in mapping.columns.values() for heading in headings] if mapping else []
    file = read_appointments(read_sheet(path, named), mapping, desk.rules.zone)
    file_digest = _digest(path)
    with desk.looking() as connection:
        known = list_rows.lists_of(connection, file.source)
    exported_at = next((one.exported_at for one in known if one.file_digest == file_digest), _exported_at(desk, path))
    again = any(one.file_digest == file_digest for one in known)
    newest: dict[tuple[str, str], str] = {}
    for one in known:
        for scope in one.scopes:
            newest[scope] = max(newest.get(scope, ""), one.exported_at)
    list_id = sha256(f"{file.source}\n{file_digest}".encode()).hexdigest()[:32]
    return _Run(desk, file.mapping, file.source, list_id, file_digest, exported_at, newest, again), file


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _exported_at(desk: Desk, path: Path) -> str:
    """When the office's tool wrote the file: the file's own date, in UTC, and never later than now.

    A date to come would make every later list look older. A training clock is no measure of that.
    """
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    told = written if desk.training else min(written, desk.clock().astimezone(UTC))
    return told.isoformat(timespec="seconds")


def _take_some(run: _Run, gesture: Gesture, batch: Batch, rows: Iterator[Row], many: int) -> int:
    """Write rows, batch after batch: this many, fewer when the desk waits for the writer's seat. Answers how many."""
    taken = 0
    while batch:
        _take(run, gesture, batch, write=True)
        gesture.write_down()
        taken += len(batch)
        full = taken >= many or run.desk.store.courtesy.awaited
        batch = [] if full else list(islice(rows, len(batch)))
    return taken


def _take(run: _Run, gesture: Gesture, batch: Iterable[ListedAppointment | RejectedRow], *, write: bool) -> None:
    rows = list(batch)
    listed = [row for row in rows if isinstance(row, ListedAppointment)]
    ids = identities(gesture.connection, run.desk.rules.site, run.source, listed, run.claimed)
    held = convocation_rows.by_ids(gesture.connection, list(ids.values()))
    for row in listed:
        listing = listing_of(row, run.source, run.exported_at)
        change = _change(run, held.get(ids[row.source_key]), listing)
        run.counts[change.counted] += 1
        if write and change.told:
            subject = Subject(SubjectType.CONVOCATION, ids[row.source_key])
            gesture.record(ActKind.CONVOCATION_LISTED, subject, listing.to_json())
    rejected = [row for row in rows if isinstance(row, RejectedRow)]
    _set_aside(run, gesture, rejected, write=write)


def listing_of(row: ListedAppointment, source: str, exported_at: str) -> Listing:
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
    )


@dataclass(frozen=True, slots=True)
class _Change:
    counted: str
    told: bool
    """Whether the journal has to hear of it."""


UNCHANGED = _Change("unchanged", False)


def _change(run: _Run, held: Convocation | None, listing: Listing) -> _Change:
    scope = (listing.slot[:10], listing.organisation or "")
    run.scopes.add(scope)
    before = next((one for one in held.listings if one.source == run.source), None) if held else None
    # Also when a newer list moved this row to a day that the older one does not cover.
    if run.exported_at < max(run.newest.get(scope, ""), before.exported_at if before else ""):
        run.older += 1
        return UNCHANGED
    if held is None or not held.listings:
        return _Change("added", True)
    if before is not None:
        same = replace(before, exported_at=listing.exported_at) == listing
        return UNCHANGED if same else _Change("changed", True)
    seen = replace(held, listings=(*held.listings, listing))
    return _Change("unchanged" if _shown(held) == _shown(seen) else "changed", True)


def _shown(convocation: Convocation) -> tuple[str | None, ...]:
    """What an agent sees of a convocation: a second list that says the same changes nothing to see."""
    best = (convocation.best(name) for name in ("birth_date", "service", "postcode", "document_expiry"))
    slot = convocation.listing.slot
    name = same_person_key(convocation.name)
    return (name, slot, convocation.foreign_number, fold(convocation.purpose), convocation.status.value, *best)


def _set_aside(run: _Run, gesture: Gesture, rows: list[RejectedRow], *, write: bool) -> None:
    ids = {row.row: sha256(f"{run.list_id}\n{row.row}".encode()).hexdigest()[:32] for row in rows}
    known = list_rows.known_rows(gesture.connection, list(ids.values()))
    for row in rows:
        run.rejected.append(RowProblem(row.row, row.column, row.reason_code, row.reason, row.value))
        run.rejected_words.append({word for _heading, value in row.cells for word in tokens(value)})
        if write and row.reason_code != DUPLICATE_ROW and ids[row.row] not in known:
            subject = Subject(SubjectType.ROW, ids[row.row])
            gesture.record(ActKind.ROW_SET_ASIDE, subject, _row_details(run, row))


def _row_details(run: _Run, row: RejectedRow) -> dict[str, Json]:
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


def _gone(run: _Run, connection: Connection) -> list[str]:
    """People of the same days and organisations that this source no longer names."""
    return [
        key.convocation_id
        for day in sorted({day for day, _organisation in run.scopes})
        for key in list_rows.older_keys(connection, run.source, day, run.exported_at)
        if key.convocation_id not in run.claimed
        and (day, key.organisation) in run.scopes
        and run.exported_at >= run.newest.get((day, key.organisation), "")
        and not _perhaps_rejected(run, connection, key.convocation_id)
    ]


def _perhaps_rejected(run: _Run, connection: Connection, convocation_id: str) -> bool:
    """A person whose row could not be read has not vanished from the list: known by name, reference or number."""
    convocation = convocation_rows.by_id(connection, convocation_id) if run.rejected_words else None
    if convocation is None:
        return False
    name = set(tokens(convocation.name))
    signs = {fold(sign) for sign in (convocation.best("reference"), convocation.foreign_number) if sign}
    return any(name <= words or signs & words for words in run.rejected_words)


def _record_vanished(run: _Run, gesture: Gesture, convocation_id: str) -> None:
    details: dict[str, Json] = {"source": run.source, "exported_at": run.exported_at}
    gesture.record(ActKind.CONVOCATION_VANISHED, Subject(SubjectType.CONVOCATION, convocation_id), details)


def _record_list(run: _Run, gesture: Gesture) -> None:
    days = sorted({day for day, _organisation in run.scopes})
    scopes: list[Json] = [[day, organisation] for day, organisation in sorted(run.scopes)]
    details: dict[str, Json] = {
        "source": run.source,
        "file_digest": run.file_digest,
        "exported_at": run.exported_at,
        "imported_at": gesture.at.isoformat(),
        "first_day": days[0] if days else None,
        "last_day": days[-1] if days else None,
        "scopes": scopes,
        "rows": sum(run.counts.values()) + len(run.rejected),
        "rejected": len(run.rejected),
    }
    gesture.record(ActKind.LIST_IMPORTED, Subject(SubjectType.LIST, run.list_id), details)


def _superseded(run: _Run) -> bool:
    """Every row was already told by a newer list."""
    return run.older > 0 and run.older == sum(run.counts.values())


def _told_before(run: _Run, gone: list[str]) -> bool:
    """The same file again, that changed nothing: importing it once more does not make it fresher."""
    return run.again and not gone and not run.counts["added"] and not run.counts["changed"]


def _outcome(run: _Run, gone: int) -> ImportOutcome:
    rows = sum(run.counts.values())
    return ImportOutcome(
        list_id=run.list_id,
        source=run.source,
        rows=rows + len(run.rejected),
        added=run.counts["added"],
        changed=run.counts["changed"],
        unchanged=run.counts["unchanged"],
        absent=gone,
        rejected=tuple(run.rejected),
        superseded=_superseded(run),
        days=tuple(date.fromisoformat(day) for day in sorted({day for day, _organisation in run.scopes})),
    )
