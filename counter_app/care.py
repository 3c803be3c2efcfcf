"""Daily care of a home's file: every page checked once a day, copies made as work goes on."""

from collections.abc import Callable
from datetime import datetime

from counter_app.domain.refusal import StoreRefused
from counter_app.home import Home
from counter_app.store.backup import backup, backups_of
from counter_app.store.engine import Store
from counter_app.store.faults import damaged
from counter_app.store.safety import why_not_written

AT_OPENING = 256 << 20
"""Bytes: a larger file would hold the opening for more than a second; the window cares for it in the background."""
NOTE = "dernier-controle.txt"
"""Day of the last care, beside the file: reading it must not need the file."""
PAUSE = 600.0
"""Seconds of work that may be without a copy: what a disk that dies whole costs at most."""
COPIED_AT_ONCE = 64 << 20
"""Bytes copied in a moment; a larger file is copied less often."""


def daily_care(home: Home, store: Store, now: Callable[[], datetime]) -> tuple[str, ...]:
    """At the first opening of a day, when the file is small: check and copy it. Sentences for what could not be done.

    Reasons: docs/decisions/care.md. Raises `StoreRefused` (damaged) when a page is not what this desk wrote.
    """
    if home.store.stat().st_size > AT_OPENING:
        return ()
    return care(home, store, now()) if due(home, now()) else copy_if_behind(home, store, now())


def due(home: Home, at: datetime) -> bool:
    """Whether the file was not yet cared for today."""
    note = home.path / NOTE
    return not note.is_file() or note.read_text(encoding="ascii", errors="replace").strip() != f"{at:%Y-%m-%d}"


def care(home: Home, store: Store, at: datetime) -> tuple[str, ...]:
    """Check every page, then copy the file. A copy that cannot be made is told and stops nobody."""
    # Twice: another process may have been writing the page that was being read.
    if store.damaged_pages() and store.damaged_pages():
        raise damaged(home.store)
    told = _copy(home, store, at)
    if told:
        return told
    try:
        (home.path / NOTE).write_text(f"{at:%Y-%m-%d}", encoding="ascii")
    except OSError as error:
        return (_not_copied(home, why_not_written(error)),)
    return ()


def copy_if_behind(home: Home, store: Store, at: datetime, *, closing: bool = False) -> tuple[str, ...]:
    """Copy the file when minutes of work have no copy yet, or any work at all when the desk closes."""
    pause = PAUSE * max(1.0, home.store.stat().st_size / COPIED_AT_ONCE)
    late = _without_copy(home)
    return _copy(home, store, at) if late > (0 if closing else pause) else ()


def _without_copy(home: Home) -> float:
    """Seconds from the newest copy to the last thing written; the disk's own times, whatever clock the desk follows."""
    parts = (home.store, home.store.with_name(f"{home.store.name}-wal"))
    written = max((part.stat().st_mtime for part in parts if part.is_file()), default=0.0)
    copies = backups_of(home.backups)
    return written - copies[0].stat().st_mtime if copies else written


def _copy(home: Home, store: Store, at: datetime) -> tuple[str, ...]:
    try:
        backup(store, home.backups / f"poste-{at:%Y%m%d-%H%M%S}.db")
    except OSError as error:
        return (_not_copied(home, why_not_written(error)),)
    except StoreRefused as refused:
        return (_not_copied(home, refused.sentence),)
    return ()


def _not_copied(home: Home, why: str) -> str:
    return f"La sauvegarde du jour n’a pas pu être écrite dans « {home.backups} » : {why}"
