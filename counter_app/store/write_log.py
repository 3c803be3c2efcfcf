"""The log of writes that a crash left, when it is damaged: SQLite reads it up to there and drops the rest unsaid."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from counter_app.store.engine import Store
from counter_app.store.faults import damaged
from counter_app.store.pages import commits

UNSURE = (
    "Le poste s’est arrêté pendant un enregistrement : le tout dernier geste d’avant n’est peut-être pas enregistré. "
    "Vérifiez-le dans les derniers actes."
)


@contextmanager
def _held(log: Path) -> Iterator[Path]:
    """A second name for the log, this program's own: SQLite deletes the first one when it is done."""
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

    Raises `StoreRefused` (damaged), the log kept, when acts that were recorded stand after the damage.
    """
    log = store.path.with_name(f"{store.path.name}-wal")
    with suppress(FileNotFoundError):
        told = commits(log)
        if told.ends:
            with _held(log) as held:
                return _compared(store, log, held)
    return ()


def _compared(store: Store, log: Path, held: Path) -> tuple[str, ...]:
    told = commits(held)
    read = store.frames()
    # Begun anew, or gone with another program that closed meanwhile: what was looked at was taken up by that program.
    if not told.ends or read >= told.ends[-1] or commits(log).salt != told.salt:
        return ()
    if len(told.ends) == 1 or read >= told.ends[-2]:
        return (UNSURE,)
    store.close()
    if not log.exists():
        held.replace(log)
    raise damaged(store.path)
