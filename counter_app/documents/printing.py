"""Sending a paper to a folder or a printer: it answers within seconds, and nothing is ever lost or overwritten."""

import errno
import os
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from counter_app.documents import print_queue
from counter_app.documents.print_answers import Destination, Folder, Printed, Reason, Waiting, waiting

_CAUSES = {
    errno.ENOENT: Reason.FOLDER_MISSING,
    errno.ENOTDIR: Reason.FOLDER_MISSING,
    errno.EACCES: Reason.FOLDER_CLOSED,
    errno.EPERM: Reason.FOLDER_CLOSED,
    errno.EROFS: Reason.FOLDER_CLOSED,
    errno.ENOSPC: Reason.DISK_FULL,
    errno.EDQUOT: Reason.DISK_FULL,
}


def send(pdf: bytes, file_name: str, destination: Destination) -> Printed | Waiting:
    """Write or print the paper; a printer or a folder that cannot take it is an answer, never an exception.

    `file_name` (`ticket-B2-26-000042.pdf`) also names the print job: no personal data in it. Raises ValueError when
    it is not a plain file name.
    """
    if not file_name or Path(file_name).name != file_name or file_name.startswith("."):
        raise ValueError(f"not a plain file name: {file_name!r}")
    if isinstance(destination, Folder):
        return _write(pdf, file_name, destination.path)
    return print_queue.hand_over(pdf, file_name, destination)


def _write(pdf: bytes, file_name: str, folder: Path) -> Printed | Waiting:
    try:
        return Printed(str(_kept(pdf, file_name, folder)), finished=True)
    except OSError as failure:
        return waiting(_CAUSES.get(failure.errno or 0, Reason.FOLDER_FAILED), str(folder))


def _kept(pdf: bytes, file_name: str, folder: Path) -> Path:
    """The file that now holds the paper: under its name, or with -2, -3… when another paper has the name already."""
    descriptor, draft_name = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    draft = Path(draft_name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        kept = next(path for path in _names(folder, file_name) if _placed(draft, path, pdf))
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(folder)
    return kept


def _names(folder: Path, file_name: str) -> Iterator[Path]:
    plain = folder / file_name
    return (plain.with_stem(f"{plain.stem}-{turn}") if turn > 1 else plain for turn in count(1))


def _placed(draft: Path, path: Path, pdf: bytes) -> bool:
    """True when the paper lies at `path`: put there whole, under a name taken first, or found with the same content."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        return path.is_file() and path.read_bytes() == pdf
    draft.replace(path)
    return True


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where the system knows how to."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
