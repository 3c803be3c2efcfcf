"""Commands that go on until they are told to stop."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def heard() -> Iterator[None]:
    """SIGTERM stops the block as Ctrl+C does: what it holds open is let go of.

    A shell that starts a command in the background has it ignore Ctrl+C: it listens all the same.
    """
    before = {one: signal.signal(one, signal.default_int_handler) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
