"""Copies of the local file by SQLite's backup interface, encrypted with the same key, never by copying the file."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from counter_app.store.engine import Store

OF_THE_DAY = 4
"""Copies kept of the newest day on which any was made."""
DAYS = 7
"""Days before it of which the last copy is kept."""
ROOM = 3
"""Times the size of a copy that its disk has to have free: with less, older copies go, but for the newest two."""
LEAST = 2

_DAY = re.compile(r"-(\d{4})(\d\d)(\d\d)-")


def backup(store: Store, target: Path) -> Path:
    """Write a sound copy of the whole file, whatever is being written meanwhile; the oldest copies make room.

    The copy takes its name once it is whole: a copy cut short is never taken for a backup.
    """
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_suffix(".part")
    draft.unlink(missing_ok=True)
    _make_room(target.parent, ROOM * store.path.stat().st_size)
    store.copy_to(draft)
    draft.replace(target)
    for old in set(backups_of(target.parent)) - set(kept(backups_of(target.parent))):
        old.unlink()
    return target


def backups_of(folder: Path) -> list[Path]:
    """Copies of a folder, newest first."""
    return sorted(folder.glob("*.db"), key=lambda path: path.stat().st_mtime_ns, reverse=True)


def kept(copies: list[Path]) -> list[Path]:
    """Of copies, newest first, those that stay: several of the last day, one of each day before."""
    days: dict[str, list[Path]] = {}
    for copy in copies:
        days.setdefault(_day(copy), []).append(copy)
    newest, *before = days.values() or [[]]
    return [*newest[:OF_THE_DAY], *(copies_of_day[0] for copies_of_day in before[:DAYS])]


def _day(copy: Path) -> str:
    """The day on which a copy was made, by its name, else by the disk."""
    named = _DAY.search(copy.name)
    return "".join(named.groups()) if named else f"{datetime.fromtimestamp(copy.stat().st_mtime, UTC):%Y%m%d}"


def _make_room(folder: Path, needed: int) -> None:
    for old in reversed(backups_of(folder)[LEAST:]):
        if shutil.disk_usage(folder).free >= needed:
            return
        old.unlink()
