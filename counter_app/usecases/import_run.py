"""One import in progress: the file, the list it is, and what this desk knows of its source already."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from counter_app.domain.list_names import Naming
from counter_app.domain.listing import Listing
from counter_app.imports.appointments import AppointmentFile, read_appointments
from counter_app.imports.listed import ListedAppointment
from counter_app.imports.mapping import Mapping
from counter_app.imports.refusals import unreadable
from counter_app.imports.sheet import read_sheet
from counter_app.store import list_rows
from counter_app.store.list_rows import KnownList
from counter_app.usecases.answers import RowProblem
from counter_app.usecases.claims import Claims
from counter_app.usecases.desk import Desk
from counter_app.usecases.list_file import digest_of
from counter_app.usecases.list_identity import identify
from counter_app.usecases.older_rows import OlderRows

Scope = tuple[str, str]
"""A day and an organisation."""


class Later(NamedTuple):
    """A row of somebody unknown so far, and the convocation of which it speaks unless it corrects another."""

    row: ListedAppointment
    listing: Listing
    convocation_id: str


@dataclass(slots=True)
class Run:
    """One import in progress."""

    desk: Desk
    mapping: Mapping
    """Columns as they were understood: a row set aside is read again the same way."""
    source: str
    list_id: str
    file_name: str
    file_digest: str
    exported_at: str
    newest: dict[Scope, str]
    """Newest export already here, by (day, organisation) of this source."""
    again: bool
    """Whether this very file was imported before."""
    resumed: bool
    """Whether an import of this very file stopped before its end."""
    older_rows: OlderRows
    """Rows that older lists set aside and that this one may tell better."""
    unread_sheets: tuple[str, ...] = ()
    """Other sheets of the workbook that are lists too."""
    as_newest: bool = False
    """Whether the agent said that it is the newest list, whatever the date of its file."""
    begun: bool = False
    """Whether this import wrote something."""
    counts: Counter[str] = field(default_factory=Counter)
    rejected: list[RowProblem] = field(default_factory=list)
    rejected_words: list[set[str]] = field(default_factory=list)
    claimed: Claims = field(default_factory=Claims)
    naming: Naming = field(default_factory=Naming)
    scopes: set[Scope] = field(default_factory=set)
    listed: Counter[str] = field(default_factory=Counter)
    """People of this list, by day."""
    older: int = 0
    untold: dict[int, None] = field(default_factory=dict)
    """Rows of several people without knowing whose the birth dates or the numbers are."""
    unseen: dict[int, None] = field(default_factory=dict)
    """Rows that hold signs nobody sees."""
    later: list[Later] = field(default_factory=list)
    """Rows that may correct somebody whom an older list told: nothing is decided before all are read."""
    unsure: dict[int, None] = field(default_factory=dict)
    """Rows that look like somebody who was received, and may be somebody else."""

    @property
    def days(self) -> list[str]:
        """Days that the list covers, as ISO texts."""
        return sorted({day for day, _organisation in self.scopes})


def open_run(
    desk: Desk, path: Path, mapping: Mapping | None, *, checked: str = "", as_newest: bool = False
) -> tuple[Run, AppointmentFile]:
    """Open a file to import it. `UnreadableFile` when it cannot be used as a whole.

    `checked`: fingerprint of what the agent was shown; another content is not taken (`file_changed`). `as_newest`: the
    agent says that it is the newest list, whatever the date of the file.
    """
    named = [heading for headings in mapping.columns.values() for heading in headings] if mapping else []
    digest = _digest(path, checked)
    file = read_appointments(read_sheet(path, named), mapping, desk.rules.zone)
    with desk.looking() as connection:
        known = list_rows.lists_of(connection, file.source)
        waiting = list_rows.open_rows(connection)
    it = identify(desk, path, file.source, digest, known, as_newest=as_newest)
    run = Run(
        desk=desk,
        mapping=file.mapping,
        source=file.source,
        list_id=it.id,
        file_name=path.name,
        file_digest=digest,
        exported_at=it.exported_at,
        newest=_newest(known),
        again=it.known is not None and it.known.imported,
        resumed=it.known is not None and not it.known.complete,
        older_rows=OlderRows(waiting, file.source, it.id, it.exported_at, desk.rules.zone),
        unread_sheets=file.unread_sheets,
        as_newest=it.known is None and as_newest,
    )
    return run, file


def _digest(path: Path, checked: str) -> str:
    """Fingerprint of the file; nothing but what was checked, when it was."""
    digest = digest_of(path) if path.is_file() else ""
    if checked and digest and digest != checked:
        raise unreadable("file_changed")
    return digest


def _newest(known: list[KnownList]) -> dict[Scope, str]:
    newest: dict[Scope, str] = {}
    for one in known:
        for scope in () if one.undone else one.scopes:
            newest[scope] = max(newest.get(scope, ""), one.exported_at)
    return newest
