"""A desk's exchanges with its central, one after the other; what is shown of them is in `state`.

What is kept between two of them serves to show and to wait, never to acknowledge: each exchange recomputes what is
lacking on either side.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from counter_app.domain.acts import Json
from counter_app.domain.refusal import StoreRefused
from counter_app.store import heads, sync_rows
from counter_app.sync.backoff import Backoff, after_failure, after_success, at_start, sooner
from counter_app.sync.desk_ledger import TOO_OLD, DeskLedger
from counter_app.sync.exchange import Dialogue, Outcome, exchange
from counter_app.sync.state import Phase, SyncState, read_state
from counter_app.sync.transport import Central, Trouble, TroubleKind
from counter_app.sync.wire import Answer, Look, LookAnswer, Opened, Question, Wait, WaitAnswer
from counter_app.usecases.desk import Desk

DOORBELL = 20
"""Seconds for which the central holds a question until something new arrives."""
MOST_IN_A_ROW = 3
"""Exchanges that follow each other at once: other desks may record without end."""


@dataclass(slots=True)
class DeskSync:
    """The exchanges of one desk."""

    desk: Desk
    ledger: DeskLedger
    central: Central
    chance: Callable[[], float]
    """A draw between 0 and 1, for the waits."""
    mark: int = -1
    """The central's doorbell when it was last greeted."""

    def once(
        self, told: Callable[[SyncState, Outcome], None] | None = None, *, pull: bool = True
    ) -> tuple[SyncState, Outcome]:
        """One exchange, to its end or to the first trouble. What was done before a trouble stays done.

        Without `pull` what this desk has leaves, and nothing is taken.
        """
        began = self.desk.clock()
        outcome = Outcome()

        def progress(so_far: Outcome) -> None:
            nonlocal outcome
            outcome = so_far
            if told:
                # What is read to be shown is not the desk at work: the backlog goes on at its pace.
                with self.desk.store.courtesy.in_the_background():
                    told(self.state(Phase.EXCHANGING, so_far), so_far)

        last = self._noted("error")
        dialogue = exchange(self.ledger, progress, str(last) if last else None, pull=pull)
        try:
            found = carry(dialogue, self.central.ask)
        except StoreRefused as refused:
            kind = TroubleKind.TOO_OLD if refused.code == TOO_OLD else TroubleKind.UNREACHABLE
            found = Trouble(kind, refused.sentence)
        if isinstance(found, Trouble):
            if found.kind is not TroubleKind.CLOSED:
                self._failed(found)
            return self.state(_PHASES[found.kind]), outcome
        self.mark = found.mark
        self._succeeded(found, began)
        return self.state(self._phase_after(found)), found

    def through(self) -> Iterator[tuple[SyncState, Outcome]]:
        """Exchanges one after the other, while the last one moved something without bringing both to the same."""
        for _ in range(MOST_IN_A_ROW):
            state, outcome = self.once()
            yield state, outcome
            if state.phase is not Phase.BEHIND or not (outcome.pushed or outcome.pulled):
                return

    def _phase_after(self, outcome: Outcome) -> Phase:
        if outcome.revoked:
            return Phase.REVOKED
        return Phase.UP_TO_DATE if outcome.verified else Phase.BEHIND

    def _failed(self, trouble: Trouble) -> None:
        now = self.desk.clock()
        kept = Backoff.read(self._text("backoff"))
        later = after_failure(kept, now, self.chance(), trouble.retry_after)
        self._note(backoff=later.text(), error=trouble.sentence, begun_at=None)

    def _succeeded(self, outcome: Outcome, began: datetime) -> None:
        """`began`, not the end: what was recorded elsewhere since the exchange began is not known here."""
        verified: dict[str, Json] = {"verified_at": began.isoformat()} if outcome.verified else {}
        self._note(backoff=after_success().text(), error=None, begun_at=None, revoked=outcome.revoked, **verified)

    @property
    def revoked(self) -> bool:
        """Whether the central took this desk out when it last spoke to it."""
        return self._noted("revoked") is True

    def begin(self) -> None:
        """At start: desks of a site that open together do not all speak at once."""
        kept = Backoff.read(self._text("backoff"))
        now = self.desk.clock()
        self._note(backoff=at_start(kept, now, self.chance()).text(), begun_at=now.isoformat())

    def due(self) -> bool:
        """Whether it is time for an exchange."""
        return Backoff.read(self._text("backoff")).due(self.desk.clock())

    def hurry(self) -> None:
        """Somebody works at this desk: a try that failures put off comes soon."""
        kept = Backoff.read(self._text("backoff"))
        soon = sooner(kept, self.desk.clock(), self.chance())
        if soon != kept:
            self._note(backoff=soon.text())

    def sent(self) -> bool:
        """Whether the central was last seen to hold the last act of this desk: to be told, never an acknowledgement."""
        with self.desk.looking() as connection:
            stream, place = heads.current_head(connection, self.desk.stream)
            return place.seq <= sync_rows.sent(connection, stream)

    def ring(self, seconds: int = DOORBELL) -> bool | None:
        """Wait until the central has something new, for so many seconds at most: whether it has; None when it does not
        answer."""
        found = self.central.ask(Wait(self.mark, seconds))
        return found.mark != self.mark if isinstance(found, WaitAnswer) else None

    def look(self, subject_type: str, subject_id: str, *, leaving: bool = False) -> tuple[Opened, ...] | None:
        """Say that a file is opened here, or left; who else has it open. None when the central does not answer."""
        question = Look(subject_type, subject_id, self.desk.name, self.desk.agent, leaving)
        found = self.central.ask(question)
        return found.opened if isinstance(found, LookAnswer) else None

    def state(self, phase: Phase | None = None, outcome: Outcome | None = None) -> SyncState:
        """How the desk stands with its central."""
        state = read_state(self.desk)
        if outcome is not None:
            state = replace(state, received=outcome.pulled, to_receive=outcome.to_pull)
        return replace(state, phase=phase or state.phase)

    def _noted(self, name: str) -> Json:
        with self.desk.looking() as connection:
            return sync_rows.noted(connection, name)

    def _text(self, name: str) -> str | None:
        found = self._noted(name)
        return found if isinstance(found, str) else None

    def _note(self, **values: Json) -> None:
        with self.desk.store.writing() as connection:
            for name, value in values.items():
                sync_rows.note(connection, name, value)


_PHASES = {
    TroubleKind.UNREACHABLE: Phase.OFFLINE,
    TroubleKind.LATER: Phase.OFFLINE,
    TroubleKind.UNAUTHORISED: Phase.UNAUTHORISED,
    TroubleKind.TOO_OLD: Phase.TOO_OLD,
    TroubleKind.CLOSED: Phase.WAITING,
}


def carry(dialogue: Dialogue, ask: Callable[[Question], Answer | Trouble]) -> Outcome | Trouble:
    """Bring the questions of an exchange to a central and its answers back, until its end or the first trouble."""
    try:
        question = next(dialogue)
        while True:
            answer = ask(question)
            if isinstance(answer, Trouble):
                dialogue.close()
                return answer
            question = dialogue.send(answer)
    except StopIteration as end:
        outcome: Outcome = end.value
        return outcome
