"""Which list a file is: one already met, or another one, and when it was exported.

The same file twice is the same list. The same content exported again after a newer list is another one: the list was
put back to that state. Only a date of the file that can be trusted tells it; else the agent says so.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from counter_app.store.list_rows import KnownList
from counter_app.usecases.desk import Desk
from counter_app.usecases.list_file import dated_ahead, exported_at_of


class ListIdentity(NamedTuple):
    """A list: its identity, when it was exported, and what is here of it already."""

    id: str
    exported_at: str
    known: KnownList | None


def identify(
    desk: Desk, path: Path, source: str, digest: str, lists: list[KnownList], *, as_newest: bool
) -> ListIdentity:
    """The list that a file is, among the `lists` of its source."""
    same = [one for one in lists if one.file_digest == digest]
    standing = max((one for one in same if not one.undone), key=_instant, default=None)
    others = [one for one in lists if not one.undone and one is not standing]
    written = exported_at_of(desk, path)
    if standing is not None and not _put_back(standing, others, "" if dated_ahead(desk, path) else written, as_newest):
        return ListIdentity(standing.id, standing.exported_at, standing)
    return ListIdentity(_list_id(source, digest, len(same)), _newest(desk, lists) if as_newest else written, None)


def _instant(one: KnownList) -> tuple[str, str]:
    return one.exported_at, one.imported_at


def _put_back(standing: KnownList, others: list[KnownList], written: str, as_newest: bool) -> bool:
    """Whether a list that is here speaks again, after newer ones. One that stopped half-way is completed first."""
    newest = max(others, key=_instant, default=None)
    if newest is None or not standing.imported or _instant(newest) < _instant(standing):
        return False
    return as_newest or written > newest.exported_at


def _newest(desk: Desk, lists: list[KnownList]) -> str:
    """Now, and after every list of the source that is here."""
    last = max((datetime.fromisoformat(one.exported_at) for one in lists if not one.undone), default=None)
    now = desk.now().astimezone(UTC)
    return (now if last is None else max(now, last + timedelta(seconds=1))).isoformat(timespec="seconds")


def _list_id(source: str, digest: str, before: int) -> str:
    """The same at every desk. A list that comes back, or is imported again once undone, is another list."""
    parts = (source, digest, str(before)) if before else (source, digest)
    return sha256("\n".join(parts).encode()).hexdigest()[:32]
