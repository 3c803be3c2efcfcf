"""Whether a file is still the one that was opened: what is written into one that lost its name goes with the window."""

import os
from pathlib import Path

Identity = tuple[int, int]
"""Device and number of a file on its disk: two names of one file share it, two files never do."""

BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a file while it is open; without them two programs no longer see each other."""


def identity(path: Path | str) -> Identity | None:
    """Which file bears this name now; None when none does."""
    try:
        found = os.stat(path)  # noqa: PTH116 - looked at twice a gesture, a `Path` costs as much as the disk
    except OSError:
        return None
    return found.st_dev, found.st_ino


class Standing:
    """The file that one connection opened, with what stands beside it."""

    def __init__(self, path: Path) -> None:
        self._known = [(part, identity(part)) for part in (str(path), *(f"{path}{suffix}" for suffix in BESIDE))]

    @property
    def file(self) -> Identity | None:
        """Which file was opened."""
        return self._known[0][1]

    def holds(self) -> bool:
        """Whether each of them still bears its name: three looks at the folder, some microseconds."""
        return all(known is None or identity(part) == known for part, known in self._known)
