"""The central ledger: it answers the questions of the desks of its sites."""

from collections.abc import Callable, Mapping
from datetime import datetime
from string import ascii_uppercase
from typing import NamedTuple, assert_never, overload

import sqlalchemy as sa

from counter_app.central import presence
from counter_app.central.checks import storable
from counter_app.central.engine import reading, writing
from counter_app.central.figures import peers
from counter_app.central.moments import text_of
from counter_app.central.pull import probe, pull
from counter_app.central.push import take
from counter_app.central.session import Session
from counter_app.central.shelf import SiteShelf, every_line, mark, mark_of, tip
from counter_app.central.tables import device, site
from counter_app.domain.envelope import LARGEST, LONGEST
from counter_app.domain.lines import Line, holds
from counter_app.sync.wire import (
    Answer,
    Hello,
    HelloAnswer,
    Look,
    LookAnswer,
    Probe,
    ProbeAnswer,
    Pull,
    PullAnswer,
    Push,
    PushAnswer,
    Question,
    Tip,
    Wait,
    WaitAnswer,
)

LONGEST_ERROR = 500
"""Characters kept of what a desk says went wrong."""
MOST_TIPS = 2_000
"""Tips of one hello that are looked for among the acts."""

_SITE = sa.select(site.c.training, site.c.generation).where(site.c.site == sa.bindparam("site"))
_OTHERS = sa.select(device.c.desk).where(
    device.c.site == sa.bindparam("at"), device.c.device != sa.bindparam("by"), device.c.revoked_at.is_(None)
)
_SEEN = sa.update(device).where(device.c.site == sa.bindparam("at"), device.c.device == sa.bindparam("by"))


class Ledger:
    """What the central knows, over one store. Threads may share it; the clock gives aware moments."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock

    @overload
    def answer(self, session: Session, question: Hello) -> HelloAnswer: ...
    @overload
    def answer(self, session: Session, question: Push) -> PushAnswer: ...
    @overload
    def answer(self, session: Session, question: Pull) -> PullAnswer: ...
    @overload
    def answer(self, session: Session, question: Probe) -> ProbeAnswer: ...
    @overload
    def answer(self, session: Session, question: Look) -> LookAnswer: ...
    @overload
    def answer(self, session: Session, question: Wait) -> WaitAnswer: ...
    def answer(self, session: Session, question: Question) -> Answer:
        """The answer to an authenticated desk. Raises `StoreRefused` when the store does not answer."""
        match question:
            case Hello():
                return self._hello(session, question)
            case Push():
                return take(self._engine, session, question, self._now)
            case Pull():
                return self._pull(session, question)
            case Probe():
                with reading(self._engine) as connection:
                    return probe(connection, session.site, question)
            case Look():
                return self._look(session, question)
            case Wait():
                return WaitAnswer(self.mark(session.site))
            case _:
                assert_never(question)

    def mark(self, site: str) -> int:
        """How far a site has come: it changes when acts of any desk arrive."""
        with reading(self._engine) as connection:
            return mark_of(connection, site)

    @property
    def _now(self) -> str:
        return text_of(self._clock())

    def _hello(self, session: Session, hello: Hello) -> HelloAnswer:
        now = self._now
        with writing(self._engine, durable=False) as connection:
            _note(connection, session, hello, now)
            training, generation = connection.execute(_SITE, {"site": session.site}).one()
            lines = every_line(connection, session.site)
            lacking = _lacking(connection, session.site, lines, hello.tips)
            return HelloAnswer(
                site=session.site,
                training=training,
                generation=generation,
                time=now,
                heads={line.key: tip(line) for line in lines},
                lacking=lacking,
                peers=() if session.revoked else peers(connection, session.site),
                mark=mark(lines),
                expires_at=session.expires_at,
                revoked=session.revoked,
            )

    def _pull(self, session: Session, question: Pull) -> PullAnswer:
        if session.revoked:
            return PullAnswer(())
        with reading(self._engine) as connection:
            return pull(connection, session.site, question)

    def _look(self, session: Session, question: Look) -> LookAnswer:
        if session.revoked:
            return LookAnswer(())
        with writing(self._engine, durable=False) as connection:
            return presence.look(connection, session, question, self._clock())


def _note(connection: sa.Connection, session: Session, hello: Hello, now: str) -> None:
    """What a desk says of itself: seen by its colleagues and by who looks after the site."""
    error = hello.error[:LONGEST_ERROR] if hello.error is not None and storable(hello.error) else None
    told = {"seen_at": now, "waiting": _bounded(hello.waiting), "error": error, "version": _bounded(hello.version)}
    former = {"former_digest": None, "former_expires_at": None} if session.newest else {}
    letter = {"letter": session.letter} if session.letter in tuple(ascii_uppercase) and not session.revoked else {}
    name = {"desk": session.desk.strip()} if _may_be_called(connection, session) else {}
    connection.execute(_SEEN, {"at": session.site, "by": session.device, **told, **former, **letter, **name})


def _may_be_called(connection: sa.Connection, session: Session) -> bool:
    """Whether the name that a desk says it has can be kept, and no other desk of the site bears it."""
    name = session.desk.strip()
    if session.revoked or not (storable(name) and name.isprintable() and 0 < len(name) <= LONGEST):
        return False
    others = connection.execute(_OTHERS, {"at": session.site, "by": session.device}).scalars()
    return all(other.strip().casefold() != name.casefold() for other in others)


def _bounded(number: int) -> int:
    return max(0, min(number, LARGEST))


def _lacking(connection: sa.Connection, site: str, lines: list[Line], tips: Mapping[str, Tip]) -> tuple[str, ...]:
    """Keys of the tips that are not held; those beyond what a desk can have are not looked at."""
    ends = {(line.stream, line.seq, line.digest) for line in lines}
    by_stream: dict[str, list[Line]] = {}
    for line in lines:
        by_stream.setdefault(line.stream, []).append(line)
    found: list[str] = []
    looked_at = 0
    for key, told in tips.items():
        stream = key.partition("~")[0]
        if (stream, told.seq, told.digest) in ends:
            continue
        looked_at += 1
        shelf = SiteShelf(connection, site, stream, by_stream.get(stream, []))
        if looked_at > MOST_TIPS or not holds(shelf, shelf.lines(), _Place(told.seq, told.digest)):
            found.append(key)
    return tuple(found)


class _Place(NamedTuple):
    seq: int
    digest: str
    prev: str = ""
