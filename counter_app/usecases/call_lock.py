"""A number is locked as it is called: of two desks that see each other, the one that said so first calls the person."""

from typing import Protocol


class CallLock(Protocol):
    """Asked outside of any transaction: a network may keep it waiting, for a blink."""

    def taken(self, visit_id: str) -> str:
        """Say that this desk is about to call somebody, and bring here what others recorded; the desk that said so
        first. Empty when nobody did, or nobody answers: both calls are then kept, and shown."""

    def free(self, visit_id: str) -> None:
        """Say that this desk does not call them after all."""


class _Alone:
    def taken(self, _visit_id: str) -> str:
        return ""

    def free(self, _visit_id: str) -> None:
        return None


ALONE: CallLock = _Alone()
"""The lock of a desk that is enrolled nowhere."""
