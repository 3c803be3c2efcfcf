"""Imports that began and did not end: told at the next opening, by the next import and by the day's list."""

from datetime import datetime

from counter_app.store import list_rows
from counter_app.usecases.answers import UnendedImport
from counter_app.usecases.desk import Desk


def unended_imports(desk: Desk) -> tuple[UnendedImport, ...]:
    """Imports of this file that did not end, the oldest first: nothing is lost, the same file resumes them."""
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
