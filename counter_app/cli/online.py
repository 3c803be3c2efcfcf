"""The other desks, asked before an act of the command line: for a blink, and not while the central does not answer."""

from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module

from counter_app import app
from counter_app.domain.acts import SubjectType
from counter_app.office import Office
from counter_app.sync.desk_sync import DeskSync
from counter_app.sync.hurry import Hurried
from counter_app.sync.wire import Opened
from counter_app.usecases.answers import OpenElsewhere

LIMIT = 0.3
"""Seconds that a command waits for the other desks."""


def ask_others(office: Office, subject_type: str, subject_id: str) -> OpenElsewhere | None:
    """Bring here what other desks recorded, and tell who has a file open there. None too when nobody answers."""
    # A command is done with the file as soon as it has answered: it leaves it as it asks, or a slow network would have
    # others wait for it.
    opened = _ask(office, subject_type, subject_id, leaving=True)
    first = opened[0] if opened else None
    return OpenElsewhere(first.desk, first.agent, datetime.fromisoformat(first.since)) if first else None


def _ask(office: Office, subject_type: str, subject_id: str, *, leaving: bool) -> tuple[Opened, ...] | None:
    hurried = _hurried(office)
    opened = hurried.look(subject_type, subject_id, leaving=leaving) if hurried else None
    if hurried and opened is not None:
        hurried.once()
    return opened


def _hurried(office: Office) -> DeskSync | None:
    """The exchanges of this desk for a blink; None when it has none, or the central did not answer a moment ago."""
    sync = office.sync
    if sync is None or not sync.due():
        return None
    return in_a_hurry(sync, LIMIT)


def in_a_hurry(sync: DeskSync, seconds: float) -> DeskSync:
    """The same exchanges, given up after so long. What it takes to load the line is no silence of the central."""
    import_module("counter_app.sync.https")
    return replace(sync, central=Hurried(sync.central, app.ticks, app.ticks() + seconds))


@dataclass(frozen=True, slots=True)
class OnlineLock:
    """Locks the number of whom a command calls, until the central holds the call."""

    office: Office

    def taken(self, visit_id: str) -> str:
        """The desk that said first that it calls them; empty when none did, or nobody answered."""
        opened = _ask(self.office, SubjectType.VISIT, visit_id, leaving=False)
        return opened[0].desk if opened else ""

    def free(self, visit_id: str) -> None:
        """This desk does not call them, or the central holds the call. Unsaid, the lock goes by itself."""
        if hurried := _hurried(self.office):
            hurried.look(SubjectType.VISIT, visit_id, leaving=True)
