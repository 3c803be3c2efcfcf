"""A lock that the system lets go of when its program ends, however it ends."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path


def locked(descriptor: int) -> bool:
    """Take the lock of an open file for this program, unless another one holds it: then false, at once."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a lock file for the length of the block, as far as the disk and other programs let us: it stops nobody."""
    with ExitStack() as stack:
        with suppress(OSError):
            locked(stack.enter_context(path.open("a+b")).fileno())
        yield


def is_held(path: Path) -> bool:
    """Whether a program that still runs holds this lock file."""
    try:
        with path.open("r+b") as file:
            return not locked(file.fileno())
    except OSError:
        return False
