"""Files that verbs write: a place that cannot be written is told before anything is recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from counter_app.domain.refusal import StoreRefused
from counter_app.home import exists
from counter_app.store.safety import why_not_written


@contextmanager
def writable(out: str) -> Iterator[BinaryIO]:
    """The file to write, opened before anything else is done; its folder is made when missing."""
    with told_when_not_written(out):
        path = Path(out)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            yield file


def check_folder(folder: str) -> None:
    """See that files can be written in a folder, before anything is recorded; a missing one is made with the first."""
    with told_when_not_written(folder):
        place = Path(folder).absolute()
        there = next(one for one in (place, *place.parents) if one.exists())
        with TemporaryFile(dir=there) as file:
            file.write(b"?")


@contextmanager
def told_when_not_written(out: str) -> Iterator[None]:
    """An output that the system does not let us write becomes a sentence; a home's own files are never an output."""
    _check_outside_homes(out)
    try:
        yield
    except OSError as error:
        raise StoreRefused(
            "out_not_writable",
            f"« {out} » ne peut pas être écrit : {why_not_written(error)}. "
            "Choisissez un autre nom ou un autre dossier (option --out).",
        ) from error


def _check_outside_homes(out: str) -> None:
    """A paper written over `guichet.db` or `key.json` would cost every act of the desk."""
    place = Path(out).absolute().resolve()
    if any(exists(folder) for folder in (place, *place.parents)):
        raise StoreRefused(
            "out_in_home",
            f"« {out} » est dans le dossier d’un poste : rien n’y est écrit, pour ne rien y abîmer. "
            "Choisissez un autre dossier (option --out).",
        )
