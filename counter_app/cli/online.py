"""The other desks, asked before an act of the command line: for a blink, and not while the central does not answer."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from importlib import import_module
from typing import NamedTuple

from counter_app import app
from counter_app.cli.answer import Answer
from counter_app.domain.acts import SubjectType
from counter_app.office import Office
from counter_app.sync.desk_sync import DeskSync
from counter_app.sync.hurry import Hurried
from counter_app.sync.state import Phase
from counter_app.sync.wire import Opened
from counter_app.usecases.answers import OpenElsewhere
from counter_app.wording.catalogue import Words

LIMIT = 0.3
"""Seconds that a command waits for the other desks."""
WHOLE = 2.0
"""Seconds that it waits for all they recorded, before an act that cannot be taken back from who was told of it."""
Work = Callable[[Office, argparse.Namespace], Answer]


def after_others(work: Work) -> Work:
    """The same work once what other desks recorded is here; away from the central it goes on, and says so."""

    @wraps(work)
    def informed(office: Office, options: argparse.Namespace) -> Answer:
        warnings = unheard(heard(office))
        answer = work(office, options)
        return replace(answer, warnings=(*warnings, *answer.warnings))

    return informed


def unheard(all_heard: bool) -> tuple[str, ...]:
    """What is said beside an answer that was given without what other desks recorded."""
    return () if all_heard else (Words("fr")("sync.others_unheard"),)


def heard(office: Office) -> bool:
    """Whether what other desks recorded is here; a desk that is alone has none to hear."""
    if office.sync is None:
        return True
    hurried = _hurried(office, WHOLE)
    return hurried is not None and hurried.once()[0].phase is Phase.UP_TO_DATE


class Others(NamedTuple):
    """What was heard of a file at the other desks."""

    elsewhere: OpenElsewhere | None
    """Who has it open there; None too when nobody answered."""
    silent: bool
    """Nobody answered, at a desk that has others."""


def ask_others(office: Office, subject_type: str, subject_id: str) -> Others:
    """Bring here what other desks recorded, and tell who has a file open there."""
    # A command is done with the file as soon as it has answered: it leaves it as it asks, or a slow network would have
    # others wait for it.
    opened = _ask(office, subject_type, subject_id, leaving=True)
    first = opened[0] if opened else None
    elsewhere = OpenElsewhere(first.desk, first.agent, datetime.fromisoformat(first.since)) if first else None
    return Others(elsewhere, office.sync is not None and opened is None)


def _ask(office: Office, subject_type: str, subject_id: str, *, leaving: bool) -> tuple[Opened, ...] | None:
    hurried = _hurried(office, LIMIT)
    opened = hurried.look(subject_type, subject_id, leaving=leaving) if hurried else None
    if hurried and opened is not None:
        hurried.once()
    return opened


def _hurried(office: Office, seconds: float) -> DeskSync | None:
    """The exchanges of this desk for so long; None when it has none, or the central did not answer a moment ago."""
    sync = office.sync
    if sync is None or not sync.due():
        return None
    return in_a_hurry(sync, seconds)


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
        if hurried := _hurried(self.office, LIMIT):
            hurried.look(SubjectType.VISIT, visit_id, leaving=True)
