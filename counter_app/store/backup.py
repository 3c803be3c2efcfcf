"""Copies of the local file by SQLite's backup interface, encrypted with the same key, never by copying the file."""

from pathlib import Path

from counter_app.store.engine import Store

KEPT = 10


def backup(store: Store, target: Path) -> Path:
    """Write a sound copy of the whole file, whatever is being written meanwhile; the oldest copies make room.

    The copy takes its name once it is whole: a copy cut short is never taken for a backup.
    """
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_suffix(".part")
    draft.unlink(missing_ok=True)
    store.copy_to(draft)
    draft.replace(target)
    for old in backups_of(target.parent)[KEPT:]:
        old.unlink()
    return target


def backups_of(folder: Path) -> list[Path]:
    """Copies of a folder, newest first."""
    return sorted(folder.glob("*.db"), key=lambda path: path.stat().st_mtime, reverse=True)
