"""Copies of the local file by SQLite's backup interface, encrypted with the same key, never by copying the file."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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
ABANDONED = 3600
"""Seconds after which a copy still under way was cut short: no file takes as long."""

_DAY = re.compile(r"-(\d{4})(\d\d)(\d\d)-")


def backup(store: Store, target: Path) -> Path:
    """Write a sound copy of the whole file, whatever is being written meanwhile; the oldest copies make room.

    The copy takes its name once it is whole: a copy cut short is never taken for a backup. Two programs that open the
    file in the same second each make theirs, and the last one whole keeps the name.
    """
    folder = target.parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _draft(folder) as draft:
        _make_room(folder, ROOM * store.path.stat().st_size)
        store.copy_to(draft)
        draft.replace(target)
    copies = backups_of(folder)
    for old in set(copies) - set(kept(copies)):
        old.unlink(missing_ok=True)
    return target


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """A name of its own for a copy under way; those that a power cut left behind go."""
    descriptor, name = tempfile.mkstemp(suffix=".part", dir=folder)
    os.close(descriptor)
    draft = Path(name)
    oldest = draft.stat().st_mtime - ABANDONED
    for left in folder.glob("*.part"):
        if _written(left) < oldest * 10**9:
            left.unlink(missing_ok=True)
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def backups_of(folder: Path) -> list[Path]:
    """Copies of a folder, newest first."""
    return sorted(folder.glob("*.db"), key=_written, reverse=True)


def _written(path: Path) -> int:
    """When a file was written, in nanoseconds; 0 when another program has just taken it away."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


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
        old.unlink(missing_ok=True)
