"""Desks that speak to a ledger in tests: real keys, real chains, forked at will."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa

from counter_app.central.codes import make_code
from counter_app.central.enrolment import Applicant, Enrolled, enrol
from counter_app.central.ledger import Ledger
from counter_app.central.session import Session
from counter_app.central.tokens import authenticate
from counter_app.domain.acts import GENESIS, Author, Subject
from counter_app.keys import DeskKeys
from counter_app.store.heads import Head
from counter_app.store.journal import chain
from counter_app.sync.wire import Push, PushAnswer, WireAct

EIGHT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@dataclass(slots=True)
class Desk:
    """A desk that writes acts and keeps them all."""

    name: str
    site: str = "nord"
    training: bool = False
    incarnation: str = "1"
    head: Head = field(default_factory=lambda: Head(0, GENESIS, 0))
    acts: list[WireAct] = field(default_factory=list)
    at: datetime = EIGHT

    @property
    def device(self) -> str:
        return sha256(self.name.encode()).hexdigest()[:12]

    @property
    def stream(self) -> str:
        return f"{self.device}:{self.incarnation}"

    @property
    def keys(self) -> DeskKeys:
        return DeskKeys(bytes(32), sha256(self.name.encode()).digest())

    @property
    def session(self) -> Session:
        return Session(self.site, self.device)

    @property
    def applicant(self) -> Applicant:
        return Applicant(self.device, self.keys.public, self.name, self.name[-1], self.site, self.training)

    def write(self, count: int = 1, text: str = "", signed: bool = True) -> list[WireAct]:
        """Some acts of one gesture, the last one signed."""
        author = Author(self.site, self.stream, self.name, "A. Petit")
        written: list[WireAct] = []
        for place in range(count):
            self.at += timedelta(seconds=1)
            subject = Subject("convocation", f"{self.name}-{len(self.acts) % 7}")
            act = chain(self.head, author, self.at, "checked_in", subject, {"text": text, "place": place})
            signature = self.keys.sign(act.digest) if signed and place == count - 1 else None
            written.append(
                WireAct(
                    act.act_id,
                    author.stream,
                    act.seq,
                    author.site,
                    author.desk,
                    author.agent,
                    act.at.isoformat(),
                    act.clock,
                    str(act.kind),
                    act.version,
                    str(act.subject.type),
                    act.subject.id,
                    act.text,
                    act.salt,
                    act.details_digest,
                    act.prev,
                    act.digest,
                    signature,
                )
            )
        self.acts += written
        return written

    def cloned(self) -> "Desk":
        """A copy of its disk, as it stands: both go on writing the same stream."""
        return replace(self, head=copy(self.head), acts=list(self.acts))


def enrolled(engine: sa.Engine, desk: Desk, at: datetime = EIGHT) -> Session:
    """Enrol a desk; its session."""
    done = enrol(engine, make_code(engine, desk.site, at), desk.applicant, at)
    assert isinstance(done, Enrolled), done
    session = authenticate(engine, done.token.text, at)
    assert session is not None
    return session


def push(ledger: Ledger, desk: Desk, acts: Sequence[WireAct] | None = None) -> PushAnswer:
    """Send acts as a desk: all of its own when none are named."""
    return ledger.answer(desk.session, Push(tuple(desk.acts if acts is None else acts)))


def statuses(answer: PushAnswer) -> list[tuple[int, int, str, str]]:
    """What became of each run, in short."""
    return [(run.first, run.last, str(run.status), run.reason) for run in answer.runs]
