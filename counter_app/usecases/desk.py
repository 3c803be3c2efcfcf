"""The desk at work: opens one transaction per gesture and signs who, where and when."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from counter_app.domain.acts import Act, Author, Details, Subject
from counter_app.domain.orientation import Directory
from counter_app.domain.rules import SiteRules
from counter_app.domain.sealed_document import CheckSeal, knows_no_certificate
from counter_app.store import heads, journal, projections
from counter_app.store.connection import Connection
from counter_app.store.engine import Store
from counter_app.usecases.today import Today


@dataclass(slots=True)
class Gesture:
    """One gesture in the making: acts are chained as they are recorded and written together at its end."""

    connection: Connection
    author: Author
    at: datetime
    place: heads.Head
    sign: journal.Sign
    acts: list[Act] = field(default_factory=list)
    """Acts recorded and not yet written."""

    def record(self, kind: str, subject: Subject, details: Details) -> Act:
        """Add an act to the gesture."""
        act = journal.chain(self.place, self.author, self.at, kind, subject, details)
        self.acts.append(act)
        return act

    def write_down(self) -> None:
        """Write the acts recorded so far and fold them; the transaction that keeps them is still open."""
        if self.acts:
            journal.append(self.connection, self.acts, self.sign)
            projections.project(self.connection, self.acts)
            self.acts.clear()


@dataclass(slots=True)
class Desk:
    """A desk with its rules, its file, its clock and the agent who signs."""

    store: Store
    rules: SiteRules
    stream: str
    name: str
    agent: str
    ticket_letter: str
    training: bool
    clock: Callable[[], datetime]
    sign: journal.Sign
    check: Callable[[str, str], bool]
    """Whether this device made a signature (second) of a digest (first)."""
    signed_by: Callable[[str, str, str], bool]
    """Whether the device of a public key (first) made a signature (third) of a digest (second)."""
    stamp_key: bytes
    """Key of the digests of tax stamps: one home's now, one site's once its desks share it."""
    directory: Callable[[], Directory]
    """Where people without an appointment are sent: read the first time it is asked for."""
    check_seal: CheckSeal = knows_no_certificate
    today: Today = field(default_factory=Today)
    services: tuple[str, ...] = ()
    """Keys of the services whose people it calls; none: all those of the site."""
    paper_language: str = ""
    """Second language of papers; empty: the site's."""
    handover_paper: Literal["A4", "A5", "80mm"] = "A4"
    """Paper of the handover receipt."""
    shared: bool = False
    """Whether other desks receive the same people: this one is enrolled at a central, and what they did may not be
    here yet."""
    document_numbers: bool = False
    """Whether the service's copy of that receipt shows the end of the number of the document shown."""

    def now(self) -> datetime:
        """Local time of the site, to the second."""
        return self.clock().astimezone(self.rules.zone).replace(microsecond=0)

    @property
    def author(self) -> Author:
        """Who signs, and where."""
        return Author(self.rules.site, self.stream, self.name, self.agent)

    @contextmanager
    def gesture(self) -> Iterator[Gesture]:
        """One transaction: acts and their effects together, or nothing. A gesture without acts writes nothing."""
        with self.store.writing() as connection:
            self.stream, place = heads.current_head(connection, self.stream)
            gesture = Gesture(connection, self.author, self.now(), place, self.sign)
            yield gesture
            gesture.write_down()

    def looking(self) -> AbstractContextManager[Connection]:
        """A consistent view of the desk's file, to read."""
        return self.store.reading()
