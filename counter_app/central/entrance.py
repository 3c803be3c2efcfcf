"""Desks that join, and desks whose token has to be renewed: who they are is proved by their key."""

from collections import deque
from datetime import datetime, timedelta

import sqlalchemy as sa

from counter_app.central.checks import signed_by
from counter_app.central.engine import reading
from counter_app.central.enrolment import Applicant, NotEnrolled, enrol
from counter_app.central.replies import NotAnswered, not_answered
from counter_app.central.session import Session
from counter_app.central.tables import device as devices
from counter_app.central.tokens import renew_token
from counter_app.sync.enrolment import Enrol, Enrolled, Renew, Renewed, proof

MOST_MISSES = 20
"""Desks that did not join in one minute, after which everybody is asked to come back: nobody tries codes at leisure."""
MISSES_WITHIN = timedelta(minutes=1)


class Misses:
    """Counts those who did not join."""

    def __init__(self) -> None:
        self._seen: deque[datetime] = deque(maxlen=MOST_MISSES)

    def check(self, now: datetime) -> None:
        """Raise NotAnswered while there were too many."""
        if len(self._seen) == MOST_MISSES and abs(now - self._seen[0]) < MISSES_WITHIN:
            raise not_answered("busy")

    def note(self, now: datetime) -> None:
        """One more."""
        self._seen.append(now)


def enrolled(engine: sa.Engine, roots: str, asked: Enrol, at: datetime) -> Enrolled:
    """What a desk gets by its code. Raises NotAnswered, in words, when it does not join."""
    if not signed_by(asked.public_key, proof(asked.code, asked.device), asked.signature):
        raise not_answered("signature")
    applicant = Applicant(
        asked.device, asked.public_key, asked.desk, asked.letter, site=asked.site, training=asked.training
    )
    found = enrol(engine, asked.code, applicant, at)
    if isinstance(found, NotEnrolled):
        raise NotAnswered(403, found.code, found.sentence)
    facts = found.facts
    return Enrolled(facts.site, facts.training, found.token.text, found.token.expires_at, facts.site_key, roots)


def renewed(engine: sa.Engine, roots: str, session: Session, token: str, asked: Renew, at: datetime) -> Renewed:
    """Another token for a desk. Raises NotAnswered when it does not hold its key, or was revoked."""
    if asked.device != session.device:
        raise not_answered("device")
    if not signed_by(_key_of(engine, session), proof(token, session.device), asked.signature):
        raise not_answered("signature")
    found = renew_token(engine, token, at)
    if found is None:
        raise not_answered("token")
    return Renewed(found.text, found.expires_at, roots)


def _key_of(engine: sa.Engine, session: Session) -> str:
    here = (devices.c.site == session.site, devices.c.device == session.device)
    with reading(engine) as connection:
        return str(connection.execute(sa.select(devices.c.public_key).where(*here)).scalar_one())
