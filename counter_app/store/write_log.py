"""The log of writes that a crash left, when it is damaged: SQLite reads it up to there and drops the rest unsaid."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from counter_app.domain.refusal import StoreRefused
from counter_app.store.engine import Store
from counter_app.store.faults import damaged
from counter_app.store.migrate import revision
from counter_app.store.pages import commits
from counter_app.store.safety import hindrance
from counter_app.store.statements import first

SEARCHED = 256 << 20
"""Bytes: after a crash, a file up to this size is looked through whole, some seconds; of a larger one only its acts."""
UNSURE = (
    "Le poste s’est arrêté pendant un enregistrement : le tout dernier geste d’avant n’est peut-être pas enregistré. "
    "Vérifiez-le dans les derniers actes."
)


@contextmanager
def _held(log: Path) -> Iterator[Path]:
    """A second name for the log, this program's own: SQLite deletes the first one when it is done.

    On a disk that does not let itself be written none is needed: nobody can delete anything there.
    """
    if getattr(hindrance(log.parent), "errno", None) == errno.EROFS:
        yield log
        return
    held = log.with_name(f"{log.name}.{os.getpid()}.garde")
    held.unlink(missing_ok=True)
    try:
        held.hardlink_to(log)
    except OSError:  # a disk without second names
        shutil.copyfile(log, held)
    try:
        yield held
    finally:
        held.unlink(missing_ok=True)


def check_log(store: Store) -> tuple[str, ...]:
    """Open a file whose log may have been left by a crash. Sentences for what may be missing.

    Raises `StoreRefused` (damaged), the log kept, when acts that were recorded stand after the damage, or when the log
    is not this file's: an older copy was put over the file beside it.
    """
    log = store.path.with_name(f"{store.path.name}-wal")
    with suppress(FileNotFoundError):
        told = commits(log)
        if told.ends:
            with _held(log) as held:
                unsure = _compared(store, log, held)
                if not unsure and not _of_one_piece(store):
                    raise _refused(store, log, held)
                return unsure
    return ()


_HEAD = "SELECT stream, seq, digest FROM head ORDER BY clock DESC LIMIT 1"
_ACTS = "SELECT count(*), (SELECT digest FROM act WHERE stream = ? AND seq = ?) FROM act WHERE stream = ?"


def _of_one_piece(store: Store) -> bool:
    """Whether the file and its log together hold every act of the stream written last, up to its head."""
    if revision(store) is None:
        return True
    with store.reading() as connection:
        stream, seq, digest = first(connection, _HEAD) or ("", 0, None)
        if first(connection, _ACTS, (stream, seq, stream)) != (seq, digest):
            return False
        quick = store.path.stat().st_size > SEARCHED
        return quick or first(connection, "PRAGMA integrity_check(1)") == ("ok",)


def _compared(store: Store, log: Path, held: Path) -> tuple[str, ...]:
    told = commits(held)
    read = store.frames()
    # Begun anew, or gone with another program that closed meanwhile: what was looked at was taken up by that program.
    if not told.ends or read >= told.ends[-1] or commits(log).salt != told.salt:
        return ()
    if len(told.ends) == 1 or read >= told.ends[-2]:
        return (UNSURE,)
    raise _refused(store, log, held)


def _refused(store: Store, log: Path, held: Path) -> StoreRefused:
    """Let go of the file, its log kept as it was found."""
    store.close()
    if not log.exists():
        held.replace(log)
    return damaged(store.path)
