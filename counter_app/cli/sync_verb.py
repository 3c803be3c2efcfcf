"""The verb of the exchanges with the central: once, or for as long as it runs."""

import argparse
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from counter_app import app
from counter_app.cli.answer import DONE, NO, Answer, of_refusal
from counter_app.cli.opening import in_the_home
from counter_app.cli.stopping import heard
from counter_app.cli.texts import of_letters
from counter_app.domain.acts import Json
from counter_app.domain.refusal import StoreRefused
from counter_app.home import only_window, read_home
from counter_app.office import Office
from counter_app.paths import chosen_home
from counter_app.sync.desk_sync import DeskSync
from counter_app.sync.exchange import Outcome
from counter_app.sync.state import Phase, SyncState
from counter_app.usecases.work_items import open_count
from counter_app.wording.catalogue import Words

IN_TOUCH = (Phase.UP_TO_DATE, Phase.BEHIND)
LONGEST = 60.0
"""Seconds between two looks at whether an exchange is due."""


@dataclass(slots=True)
class Counts:
    """What the exchanges of one command did, and how the last one ended."""

    pushed: int = 0
    pulled: int = 0
    state: SyncState | None = None

    def add(self, state: SyncState, outcome: Outcome) -> None:
        """One more exchange."""
        self.pushed, self.pulled, self.state = self.pushed + outcome.pushed, self.pulled + outcome.pulled, state


def sync(options: argparse.Namespace) -> Answer:
    """Exchange with the central; a desk that it took out wipes itself, once the central holds all of it."""
    answer = _exchange(options)
    home = chosen_home(options.home)
    if answer.shape.get("phase") == Phase.REVOKED.value and _wiped(home):
        read_home(home)
    return answer


def _wiped(home: Path) -> bool:
    """Wipe the home; not while a window works on it, which does so itself when it closes."""
    try:
        with only_window(home):
            return app.wipe_if_revoked(home)
    except StoreRefused as refused:
        if refused.code != "already_open":
            raise
        return False


@in_the_home
def _exchange(office: Office, options: argparse.Namespace) -> Answer:
    """Once, or until the command is told to stop."""
    if office.sync is None:
        return of_refusal(
            "not_enrolled",
            "Ce poste travaille seul : il n’est inscrit à aucune base centrale, rien n’est à échanger. Demandez un "
            "code d’inscription, puis inscrivez-le (counter-app enrol).",
        )
    counts = Counts()
    if options.once:
        for state, outcome in office.sync.through():
            counts.add(state, outcome)
    else:
        _until_stopped(office.sync, counts)
    state = counts.state or office.sync.state()
    done = state.phase is Phase.UP_TO_DATE
    code = DONE if done or not options.once else NO
    return Answer(
        code, _shape(office, counts, state), _told(counts, state), of_letters(state, office.desk.ticket_letter)
    )


def _until_stopped(sync: DeskSync, counts: Counts) -> None:
    """A stop comes between two transactions, or in the middle of one that then never was."""
    with suppress(KeyboardInterrupt), heard():
        while True:
            counts.add(*sync.once())
            if sync.revoked:
                return
            _wait(sync, counts)


def _wait(sync: DeskSync, counts: Counts) -> None:
    """For the bell while the central answers, else for the hour of the next try."""
    state = counts.state
    if state is not None and state.phase in IN_TOUCH and sync.ring() is not None:
        return
    next_try = sync.state().next_try
    left = (next_try - sync.desk.clock()).total_seconds() if next_try else 1.0
    threading.Event().wait(min(max(left, 0.0), LONGEST))


def _shape(office: Office, counts: Counts, state: SyncState) -> dict[str, Json]:
    assert office.sync is not None, "only an enrolled desk exchanges"
    return {
        "pushed": counts.pushed,
        "pulled": counts.pulled,
        "branches": sum("~" in line.key for line in office.sync.ledger.lines()),
        "set_aside": state.set_aside,
        "verified_at": state.verified_at.isoformat() if state.verified_at else None,
        "work_items": open_count(office.desk),
        "phase": state.phase.value,
        "waiting": state.waiting,
        "why": _why(state),
        "next_try": state.next_try.isoformat() if state.next_try else None,
        "desks": [
            {
                "desk": one.desk,
                "seen_at": one.seen_at.isoformat() if one.seen_at else None,
                "waiting": one.waiting,
                "error": one.error,
                "revoked": one.revoked,
                "own": one.own,
                "version": one.version,
            }
            for one in state.peers
        ],
    }


def _why(state: SyncState) -> str | None:
    """Why both do not hold the same, in French."""
    if state.phase is Phase.BEHIND:
        return Words("fr")("sync.behind")
    return state.error if state.phase is not Phase.UP_TO_DATE else None


def _told(counts: Counts, state: SyncState) -> str:
    words, why = Words("fr"), _why(state)
    done = words("sync.done", pushed=counts.pushed, pulled=counts.pulled, waiting=state.waiting)
    return f"{done} {words('sync.not_through', why=why)}" if why else done
