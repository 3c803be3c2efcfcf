"""What is known of a list's file before it is read: its fingerprint, and when the office's tool wrote it."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from counter_app.usecases.desk import Desk


def digest_of(path: Path) -> str:
    """Fingerprint of a file: the same content is known again under any name."""
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def exported_at_of(desk: Desk, path: Path) -> str:
    """When the office's tool wrote the file: the file's own date, in UTC, and never later than now.

    A date to come would make every later list look older. A training clock is no measure of that.
    """
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    told = written if desk.training else min(written, desk.clock().astimezone(UTC))
    return told.isoformat(timespec="seconds")


def dated_ahead(desk: Desk, path: Path) -> bool:
    """Whether a file bears a date to come: nothing can be told from it. A training clock is no measure of that."""
    return not desk.training and path.stat().st_mtime > desk.clock().timestamp()
