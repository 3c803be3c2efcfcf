"""The other desks, asked before an act of the command line: for a blink, and not while the central does not answer."""

from dataclasses import replace
from datetime import datetime

from counter_app import app
from counter_app.office import Office
from counter_app.sync.hurry import Hurried
from counter_app.usecases.answers import OpenElsewhere

LIMIT = 0.3
"""Seconds that a command waits for the other desks."""


def ask_others(office: Office, subject_type: str, subject_id: str) -> OpenElsewhere | None:
    """Bring here what other desks recorded, and tell who has a file open there. None too when nobody answers."""
    sync = office.sync
    if sync is None or not sync.due():
        return None
    hurried = replace(sync, central=Hurried(sync.central, app.ticks, app.ticks() + LIMIT))
    # A command is done with the file as soon as it has answered: it leaves it as it asks, or a slow network would have
    # others wait for it.
    opened = hurried.look(subject_type, subject_id, leaving=True)
    if opened is None:
        return None
    hurried.once()
    first = opened[0] if opened else None
    return OpenElsewhere(first.desk, first.agent, datetime.fromisoformat(first.since)) if first else None
