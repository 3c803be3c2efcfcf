"""Import of an appointment list: what the file says becomes acts, row by row; nothing of it is dropped.

A row that an earlier list of the same source held and that this one no longer does is « probably cancelled », never
deleted. A file exported before what is already here changes nothing. The same file twice changes nothing. An import
that stopped half-way is told until the same file is imported again, which completes it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.imports.mapping import Mapping
from counter_app.store.connection import Connection
from counter_app.store.heads import Head
from counter_app.usecases.answers import ImportOutcome
from counter_app.usecases.corrections import decide
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.import_gone import Gone, gone_from, record_gone, too_many
from counter_app.usecases.import_pace import FEW, MANY, Progress, batches, politely
from counter_app.usecases.import_rows import as_the_agent_says, record, take, take_later
from counter_app.usecases.import_run import Later, Run, open_run
from counter_app.usecases.pace import Pace

T = TypeVar("T")


def dry_run(
    desk: Desk,
    path: Path,
    mapping: Mapping | None = None,
    progress: Progress | None = None,
    *,
    as_newest: bool = False,
) -> ImportOutcome:
    """What importing the file would do; nothing is written."""
    run, file = open_run(desk, path, mapping, as_newest=as_newest)

    def nothing(connection: Connection) -> Gesture:
        return Gesture(connection, desk.author, desk.now(), Head(0, "", 0), desk.sign)

    with desk.store.courtesy.in_the_background():
        for batch in batches(politely(desk, file), progress, file.total):
            with desk.looking() as connection:
                take(run, nothing(connection), batch, write=False)
    with desk.looking() as connection:
        take_later(run, nothing(connection), _decided(run, connection), write=False)
        gone = gone_from(run, connection)
    return replace(_outcome(run, gone), dry_run=True)


def import_list(
    desk: Desk,
    path: Path,
    mapping: Mapping | None = None,
    progress: Progress | None = None,
    *,
    checked: str = "",
    as_newest: bool = False,
) -> ImportOutcome:
    """Import the file: transactions of rows, then the rows that vanished and the list itself.

    `checked`: the `file_digest` of a dry run, nothing else is then taken; `as_newest`: whatever the date of the file.
    """
    run, file = open_run(desk, path, mapping, checked=checked, as_newest=as_newest)
    with desk.store.long_work():
        _write(run, politely(desk, file), take, lambda done: progress(done, file.total) if progress else None)
        with desk.looking() as connection:
            decided = _decided(run, connection)
        _write(run, iter(decided), take_later)
    with desk.gesture() as gesture:
        gone = gone_from(run, gesture.connection)
        record_gone(run, gesture, gone)
        _close_older_rows(run, gesture)
        if run.resumed or run.begun or not (_superseded(run) or run.again):
            _record_list(run, gesture)
    return _outcome(run, gone)


def _write(
    run: Run, rows: Iterator[T], taken: Callable[..., None], progress: Callable[[int], None] = lambda _done: None
) -> None:
    """Rows become acts, in transactions that let the desk work between two."""
    pace = Pace(run.desk, FEW, MANY)
    while first := pace.first(rows):
        with run.desk.gesture() as gesture:
            for batch in pace.transaction(first, rows):
                taken(run, gesture, batch, write=True)
                gesture.write_down()
        pace.kept()
        progress(pace.done)


def _decided(run: Run, connection: Connection) -> list[Later]:
    """Rows that waited, each with the convocation that it is found to speak of."""
    decided = decide(run, connection)
    run.unsure = dict.fromkeys(decided.unsure)
    return decided.rows


def _close_older_rows(run: Run, gesture: Gesture) -> None:
    for row_id in run.older_rows.settled:
        closed: dict[str, Json] = {"closed": "newer_list", "closed_by": run.list_id}
        record(run, gesture, ActKind.ROW_CLOSED, Subject(SubjectType.ROW, row_id), closed)


def _record_list(run: Run, gesture: Gesture) -> None:
    """The list is here, whole. An older one that told nothing new covers no day: it makes nothing fresher."""
    covers = not _superseded(run)
    scopes: list[Json] = [[day, organisation] for day, organisation in sorted(run.scopes)] if covers else []
    details: dict[str, Json] = {
        "source": run.source,
        "file_digest": run.file_digest,
        "file_name": run.file_name,
        "exported_at": run.exported_at,
        "imported_at": gesture.at.isoformat(),
        "first_day": run.days[0] if scopes else None,
        "last_day": run.days[-1] if scopes else None,
        "scopes": scopes,
        "rows": sum(run.counts.values()) + len(run.rejected),
        "rejected": len(run.rejected),
        "complete": True,
        **as_the_agent_says(run),
        **run.naming.to_json(run.list_id, run.source, run.exported_at, scopes, run.rejected_words),
    }
    gesture.record(ActKind.LIST_IMPORTED, Subject(SubjectType.LIST, run.list_id), details)


def _superseded(run: Run) -> bool:
    """Every row was already told by a newer list."""
    return run.older > 0 and run.older == sum(run.counts.values())


def _outcome(run: Run, gone: Sequence[Gone]) -> ImportOutcome:
    rows = sum(run.counts.values())
    return ImportOutcome(
        list_id=run.list_id,
        source=run.source,
        rows=rows + len(run.rejected),
        added=run.counts["added"],
        changed=run.counts["changed"],
        unchanged=run.counts["unchanged"],
        absent=len(gone),
        rejected=tuple(run.rejected),
        superseded=_superseded(run),
        days=tuple(map(date.fromisoformat, run.days)),
        many_absent=too_many(run, gone),
        resumed=run.resumed,
        closed=len(run.older_rows.settled),
        file_digest=run.file_digest,
        untold=tuple(run.untold),
        unseen=tuple(run.unseen),
        unsure=tuple(run.unsure),
        unread_sheets=run.unread_sheets,
    )
