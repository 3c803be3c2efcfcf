"""A desk that was enrolled and writes what no desk should: what it sends harms nobody else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random

from counter_app import keys
from counter_app.domain.acts import GENESIS, Author, Details, Subject, SubjectType
from counter_app.store.heads import Head
from counter_app.store.journal import chain
from counter_app.sync.wire import Push, PushAnswer, PushStatus, WireAct
from tests.sync.nodes import SITE, STORE_KEY, CentralNode

DEVICE = "badbadbadbad"
BREAKING: tuple[Details, ...] = (
    {"row": 10**30, "list_id": "x", "reason": "x", "cells": []},
    {"row": None, "list_id": [1]},
    {"marks": {"a": 1}, "card_number": 7, "name": [1], "day": 5},
    {"at": "jamais", "number": -1, "convocation_id": {}},
)
KINDS = ("row_set_aside", "permit_received", "convocation_listed", "checked_in", "receipt_issued", "list_imported")


@dataclass(slots=True)
class Hostile:
    """It holds a key that the central knows."""

    central: CentralNode
    now: Callable[[], datetime]
    chance: Random
    stream: str = f"{DEVICE}:0"
    head: Head = field(default_factory=lambda: Head(0, GENESIS, 0))
    enrolled: int = -1
    """Life of the central to which it made itself known: a restored one may have to be told again."""

    @property
    def keys(self) -> keys.DeskKeys:
        return keys.DeskKeys(STORE_KEY, sha256(DEVICE.encode()).digest())

    def act(self, kind: str, subject: Subject, details: Details, *, at: datetime | None = None) -> WireAct:
        """An act of its own stream, chained and signed."""
        act = chain(self.head, Author(SITE, self.stream, "Guichet X", "?"), at or self.now(), kind, subject, details)
        about = (act.version, str(subject.type), subject.id)
        sealed = (act.text, act.salt, act.details_digest, act.prev, act.digest)
        who = (self.stream, act.seq, SITE, "Guichet X", "?", act.at.isoformat(), act.clock, str(act.kind))
        return self.signed(WireAct(act.act_id, *who, *about, *sealed, None))

    def signed(self, act: WireAct) -> WireAct:
        return act._replace(signature=self.keys.sign(act.digest))

    def push(self, *acts: WireAct) -> PushAnswer:
        """Send acts to the central as an enrolled desk."""
        if self.enrolled != self.central.lives:
            self.central.enrol(DEVICE, "Guichet X", self.keys.public)
            self.enrolled = self.central.lives
        answer = self.central.answer(DEVICE, Push(acts))
        assert isinstance(answer, PushAnswer)
        if any(run.status is not PushStatus.ACCEPTED for run in answer.runs):
            # What the central keeps apart ends that chain: the next attack begins another one.
            self.stream, self.head = f"{DEVICE}:{self.chance.randbytes(4).hex()}", Head(0, GENESIS, self.head.clock)
        return answer

    def some_poison(self, known: Mapping[str, object]) -> str:
        """One attack, by chance; its name."""
        attacks = (self._breaking, self._far, self._altered, self._of_another, self._unsigned, self._identity)
        return self.chance.choice(attacks)(sorted(known))

    def _subject(self) -> Subject:
        kind = self.chance.choice((SubjectType.CONVOCATION, SubjectType.PERMIT, SubjectType.ROW, SubjectType.RECEIPT))
        return Subject(kind, self.chance.choice("ab") * 32)

    def _breaking(self, _known: list[str]) -> str:
        self.push(self.act(self.chance.choice(KINDS), self._subject(), self.chance.choice(BREAKING)))
        return "details that break a fold"

    def _far(self, _known: list[str]) -> str:
        at = self.now() + timedelta(days=self.chance.choice((1, 30, 100_000)))
        self.push(self.act("note_settled", self._subject(), {}, at=at))
        return f"clock in {at.year}"

    def _altered(self, _known: list[str]) -> str:
        act = self.act("note_settled", self._subject(), {})
        self.push(act._replace(details='{"x":2}'))
        return "altered details"

    def _of_another(self, _known: list[str]) -> str:
        act = self.act("note_settled", self._subject(), {})
        self.push(act._replace(site="loiret"), act._replace(signature="00" * 64))
        return "another site, another hand"

    def _unsigned(self, _known: list[str]) -> str:
        self.push(self.act("note_settled", self._subject(), {})._replace(signature=None))
        return "unsigned"

    def _identity(self, known: list[str]) -> str:
        if not known:
            return ""
        self.push(self.with_identity(self.chance.choice(known)))
        return "identity of another act"

    def with_identity(self, act_id: str) -> WireAct:
        """A sound act that bears the identity of another one."""
        from counter_app.domain.acts import LINKED, digest_of_link

        act = self.act("note_settled", self._subject(), {})._replace(act_id=act_id)
        act = act._replace(digest=digest_of_link(getattr(act, name) for name in LINKED))
        self.head.digest = act.digest
        return self.signed(act)
