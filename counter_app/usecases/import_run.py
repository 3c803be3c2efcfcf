"""One import in progress: the file, the list it is, and what this desk knows of its source already."""

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from counter_app.imports.appointments import AppointmentFile, read_appointments
from counter_app.imports.mapping import Mapping
from counter_app.imports.sheet import read_sheet
from counter_app.store import list_rows
from counter_app.store.list_rows import KnownList
from counter_app.usecases.answers import RowProblem
from counter_app.usecases.claims import Claims
from counter_app.usecases.desk import Desk
from counter_app.usecases.list_file import digest_of, exported_at_of
from counter_app.usecases.older_rows import OlderRows

Scope = tuple[str, str]
"""A day and an organisation."""


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
    begun: bool = False
    """Whether this import wrote something."""
    counts: Counter[str] = field(default_factory=Counter)
    rejected: list[RowProblem] = field(default_factory=list)
    rejected_words: list[set[str]] = field(default_factory=list)
    claimed: Claims = field(default_factory=Claims)
    scopes: set[Scope] = field(default_factory=set)
    listed: Counter[str] = field(default_factory=Counter)
    """People of this list, by day."""
    older: int = 0

    @property
    def days(self) -> list[str]:
        """Days that the list covers, as ISO texts."""
        return sorted({day for day, _organisation in self.scopes})


def open_run(desk: Desk, path: Path, mapping: Mapping | None) -> tuple[Run, AppointmentFile]:
    """Open a file to import it. `UnreadableFile` when it cannot be used as a whole."""
    named = [heading for headings in mapping.columns.values() for heading in headings] if mapping else []
    file = read_appointments(read_sheet(path, named), mapping, desk.rules.zone)
    digest = digest_of(path)
    with desk.looking() as connection:
        known = list_rows.lists_of(connection, file.source)
        waiting = list_rows.open_rows(connection)
    same = [one for one in known if one.file_digest == digest]
    standing = [one for one in same if not one.undone]
    exported_at = standing[0].exported_at if standing else exported_at_of(desk, path)
    list_id = _list_id(file.source, digest, len(same) - len(standing))
    run = Run(
        desk=desk,
        mapping=file.mapping,
        source=file.source,
        list_id=list_id,
        file_name=path.name,
        file_digest=digest,
        exported_at=exported_at,
        newest=_newest(known),
        again=any(one.imported for one in standing),
        resumed=any(not one.complete for one in standing),
        older_rows=OlderRows(waiting, file.source, list_id, exported_at, desk.rules.zone),
    )
    return run, file


def _list_id(source: str, digest: str, undone: int) -> str:
    """The same at every desk. A list imported again after it was undone is another list: the undo stays true."""
    parts = (source, digest, str(undone)) if undone else (source, digest)
    return sha256("\n".join(parts).encode()).hexdigest()[:32]


def _newest(known: list[KnownList]) -> dict[Scope, str]:
    newest: dict[Scope, str] = {}
    for one in known:
        for scope in () if one.undone else one.scopes:
            newest[scope] = max(newest.get(scope, ""), one.exported_at)
    return newest
