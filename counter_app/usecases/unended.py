"""Imports that began and did not end: told at the next opening, by the next import and by the day's list."""

from dataclasses import dataclass
from datetime import datetime

from counter_app.store import list_rows
from counter_app.usecases import import_undo
from counter_app.usecases.answers import UnendedImport
from counter_app.usecases.desk import Desk


def unended_imports(desk: Desk) -> tuple[UnendedImport, ...]:
    """Imports of this file that did not end, the oldest first: nothing is lost, the same file resumes them.

    None while an import is under way, in this program or another: whether it ends is not known yet.
    """
    if desk.store.long_work_under_way:
        return ()
    with desk.looking() as connection:
        known = sorted(list_rows.not_ended(connection), key=lambda one: (one.begun_at, one.id))
    return tuple(
        UnendedImport(
            list_id=one.id,
            source=one.source,
            file_name=one.file_name,
            begun_at=datetime.fromisoformat(one.begun_at) if one.begun_at else None,
            undoing=one.undoing,
        )
        for one in known
    )


@dataclass(frozen=True, slots=True)
class LastImport:
    """The last import of this desk that still stands."""

    list_id: str
    file_name: str
    at: datetime
    """When it ended, or began when it did not end."""
    young: bool
    """Whether it can still be taken back."""


def last_import(desk: Desk) -> LastImport | None:
    """The import that an undo would take back; None when there is none."""
    list_id = import_undo.last_import(desk)
    with desk.looking() as connection:
        one = list_rows.lists_by_id(connection, [list_id]).get(list_id) if list_id else None
    told = (one.imported_at or one.begun_at) if one else ""
    if one is None or not told:
        return None
    return LastImport(one.id, one.file_name, datetime.fromisoformat(told), import_undo.young(one, desk.now()))
