"""Permits received: a lot by its file, or one card after the other. Nothing of a file is dropped.

The same file twice changes nothing; a file exported before what is known of a permit changes nothing of it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC
from hashlib import sha256
from pathlib import Path

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.permit import Permit
from counter_app.domain.permit_listing import (
    BY_HAND,
    LIST,
    VALUES,
    PermitListing,
    permit_id,
    plain_card_number,
    plain_tray,
)
from counter_app.domain.permit_marks import IN_HAND, UNHEARD
from counter_app.imports.listed import ListedPermit, RejectedRow
from counter_app.imports.numbers import number_from_column
from counter_app.imports.permits import read_permits
from counter_app.store import permit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.answers import RowProblem
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.list_file import digest_of, exported_at_of
from counter_app.usecases.lot_state import texts_of
from counter_app.usecases.stock import place_refusal, recorded
from counter_app.usecases.stock_answers import Received, StockAnswer, StockRefusal

BATCH = 200
"""Permits of one transaction: the desk's own gestures pass between two."""
_SIGNS = range(5, 21)
"""Letters and digits of a card number typed from a card in hand: older models and travel documents included."""


@dataclass(slots=True)
class _Run:
    """One file being received."""

    desk: Desk
    lot_id: str
    file_digest: str
    exported_at: str
    newest: dict[str, str]
    """Newest export already here, by lot."""
    again: bool
    """Whether this very file was received before."""
    counts: Counter[str] = field(default_factory=Counter)
    older: int = 0
    returned: list[Permit] = field(default_factory=list)
    """Permits that had left and that another lot brings."""


def preview_permits(desk: Desk, path: Path) -> Received:
    """What receiving the file would do; nothing is written."""
    rows, run = read_permits(path, desk.rules.zone, desk.now().date()), _open(desk, path)
    listed = [row for row in rows if isinstance(row, ListedPermit)]
    with desk.looking() as connection:
        _changes(run, connection, listed)
    return _outcome(run, rows)


def receive_permits(desk: Desk, path: Path) -> Received:
    """Receive the file: each permit in custody of this desk, at the place that the list tells.

    Raises `UnreadableFile` when the file as a whole is no list of permits: then nothing was recorded.
    """
    rows, run = read_permits(path, desk.rules.zone, desk.now().date()), _open(desk, path)
    listed = [row for row in rows if isinstance(row, ListedPermit)]
    with desk.store.courtesy.in_the_background():
        for start in range(0, len(listed), BATCH):
            with desk.gesture() as gesture:
                for permit, listing in _changes(run, gesture.connection, listed[start : start + BATCH]):
                    subject = Subject(SubjectType.PERMIT, permit.id)
                    gesture.record(ActKind.PERMIT_RECEIVED, subject, received_of(permit, listing))
    if not run.again:
        with desk.gesture() as gesture:
            gesture.record(ActKind.LOT_RECEIVED, Subject(SubjectType.LOT, run.lot_id), _lot_details(run, gesture, rows))
    return _outcome(run, rows)


def _open(desk: Desk, path: Path) -> _Run:
    file_digest = digest_of(path)
    with desk.looking() as connection:
        known = permit_rows.lots(connection)
    same = next((one for one in known if one.get("file_digest") == file_digest), None)
    exported = str(same["exported_at"]) if same else exported_at_of(desk, path)
    newest: dict[str, str] = {}
    for one in known:
        for name in texts_of(one.get("lots")):
            newest[name] = max(newest.get(name, ""), str(one.get("exported_at", "")))
    lot_id = sha256(f"lot\n{file_digest}".encode()).hexdigest()[:32]
    return _Run(desk, lot_id, file_digest, exported, newest, same is not None)


def _changes(run: _Run, connection: Connection, rows: Sequence[ListedPermit]) -> list[tuple[Permit, PermitListing]]:
    """What the journal has to hear of these rows, each with its permit as this desk knows it."""
    site = run.desk.rules.site
    listings = {permit_id(site, row.card_number): listing_of(row, run.exported_at) for row in rows}
    held = permit_rows.by_ids(connection, list(listings))
    told = []
    for subject, listing in listings.items():
        known = held.get(subject) or Permit(subject)
        before = listed_of(known)
        older = before is not None and run.exported_at < max(before.exported_at, run.newest.get(listing.lot or "", ""))
        run.older += older
        told_here = news(before, listing, older)
        run.counts["added" if not known.listings else "changed" if told_here else "unchanged"] += 1
        if told_here:
            run.returned += _returned(known, told_here.after(before))
            told.append((known, told_here))
    return told


def _returned(held: Permit, listing: PermitListing) -> tuple[Permit, ...]:
    """The permit, when it had left and comes in a lot that none of its lists named."""
    known = held.in_stock or any(one.lot == listing.lot for one in held.listings)
    return () if known or not held.listings else (held,)


def listed_of(permit: Permit | None) -> PermitListing | None:
    """What lists say of a permit."""
    return next((one for one in permit.listings if one.source == LIST), None) if permit else None


def received_of(held: Permit, listing: PermitListing) -> dict[str, Json]:
    """Details of a reception by a lot: what is told, and that this desk knew nothing of the card when it did not."""
    unheard: dict[str, Json] = {} if held.listings else {UNHEARD: True}
    return {**listing.to_json(), **unheard}


def news(before: PermitListing | None, listing: PermitListing, older: bool) -> PermitListing | None:
    """What the journal has to hear of a list, if anything: an older one adds only what no list told yet."""
    if before is None:
        return listing
    told = listing.silent_on(name for name in VALUES if before.told_in(name)) if older else listing
    return None if told.after(before).tells_as(before) else told


_OF_THE_ROW = frozenset({"row", "notes", "untold"})


def listing_of(row: ListedPermit, exported_at: str) -> PermitListing:
    """What a row of a list exported at a moment says of its permit."""
    values = {name: getattr(row, name) for name in ListedPermit.__dataclass_fields__ if name not in _OF_THE_ROW}
    return PermitListing(source=LIST, exported_at=exported_at, **values).silent_on(row.untold)


def _lot_details(run: _Run, gesture: Gesture, rows: Sequence[ListedPermit | RejectedRow]) -> dict[str, Json]:
    return {
        "id": run.lot_id,
        "file_digest": run.file_digest,
        "exported_at": run.exported_at,
        "received_at": gesture.at.astimezone(UTC).isoformat(timespec="seconds"),
        "lots": list(_lots(rows)),
        "rows": len(rows),
        "rejected": [_rejected(row) for row in rows if isinstance(row, RejectedRow)],
    }


def _rejected(row: RejectedRow) -> dict[str, Json]:
    cells: list[Json] = [[heading, value] for heading, value in row.cells]
    problem = RowProblem(row.row, row.column, row.reason_code, row.reason, row.value)
    return {**{name: getattr(problem, name) for name in RowProblem.__dataclass_fields__}, "cells": cells}


def _lots(rows: Sequence[ListedPermit | RejectedRow]) -> tuple[str, ...]:
    return tuple(sorted({row.lot for row in rows if isinstance(row, ListedPermit) and row.lot}))


def _outcome(run: _Run, rows: Sequence[ListedPermit | RejectedRow]) -> Received:
    rejected = (row for row in rows if isinstance(row, RejectedRow))
    problems = tuple(RowProblem(one.row, one.column, one.reason_code, one.reason, one.value) for one in rejected)
    listed = len(rows) - len(problems)
    notes = (note for row in rows if isinstance(row, ListedPermit) for note in row.notes)
    return Received(
        lot_id=run.lot_id,
        rows=len(rows),
        added=run.counts["added"],
        changed=run.counts["changed"],
        unchanged=run.counts["unchanged"],
        rejected=problems,
        lots=_lots(rows),
        superseded=not run.again and listed > 0 and run.older == listed == run.counts["unchanged"],
        returned=tuple(run.returned),
        notes=tuple(RowProblem(one.row, one.column, one.reason_code, one.reason, one.value) for one in notes),
    )


def receive_card(
    desk: Desk, card_number: str, name: str, foreign_number: str = "", *, tray: str = "", rank: str = ""
) -> StockAnswer:
    """Receive one card in hand: scanned, or its number and its holder's name typed from it."""
    number = plain_card_number(card_number)
    if len(number) not in _SIGNS:
        return StockAnswer(StockRefusal.CARD_MISSING, card_number)
    if not name.strip():
        return StockAnswer(StockRefusal.NAME_MISSING, card_number)
    if refusal := place_refusal(tray or None, rank):
        return StockAnswer(refusal, card_number)
    read = number_from_column(foreign_number)
    subject = permit_id(desk.rules.site, number)
    with desk.gesture() as gesture:
        held = permit_rows.by_id(gesture.connection, subject)
        if held is not None and held.listings:
            return StockAnswer(StockRefusal.ALREADY_RECEIVED, card_number, held)
        listing = PermitListing(
            source=BY_HAND,
            exported_at=gesture.at.astimezone(UTC).isoformat(timespec="seconds"),
            card_number=number,
            name=" ".join(name.split()),
            foreign_number=read.normalized,
            number_as_read=read.raw,
            received_on=gesture.at.date().isoformat(),
        )
        permit = held or Permit(subject)
        told: dict[str, Json] = {**listing.to_json(), IN_HAND: True}
        answer = recorded(gesture, StockAnswer(None, card_number, permit), ActKind.PERMIT_RECEIVED, told)
        wanted = {name: value for name, text in (("tray", tray), ("rank", rank)) if (value := plain_tray(text))}
        return recorded(gesture, answer, ActKind.PERMIT_SHELVED, wanted) if "tray" in wanted else answer
