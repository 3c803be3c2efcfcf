"""Who has which file open: told by the desks, forgotten after three minutes."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from counter_app.central.checks import storable
from counter_app.central.moments import text_of
from counter_app.central.session import Session
from counter_app.central.tables import presence
from counter_app.domain.envelope import LONGEST
from counter_app.sync.wire import Look, LookAnswer, Opened

FORGOTTEN = timedelta(minutes=3)


def look(connection: sa.Connection, session: Session, told: Look, at: datetime) -> LookAnswer:
    """Note that a desk opens a file, or leaves it; answer who else has it open, who came first first."""
    words = (told.subject_type, told.subject_id, told.desk, told.agent)
    if not all(storable(word) and len(word) <= LONGEST for word in words):
        return LookAnswer(())
    _forget(connection, session, at)
    subject = (
        presence.c.site == session.site,
        presence.c.subject_type == told.subject_type,
        presence.c.subject_id == told.subject_id,
    )
    if told.leaving:
        connection.execute(sa.delete(presence).where(*subject, presence.c.device == session.device))
    else:
        _open(connection, session, told, text_of(at))
    others = (*subject, presence.c.device != session.device, presence.c.seen_at >= text_of(at - FORGOTTEN))
    opened = sa.select(presence.c.desk, presence.c.agent, presence.c.since).where(*others)
    found = connection.execute(opened.order_by(presence.c.since, presence.c.device))
    return LookAnswer(tuple(Opened(*row) for row in found))


def _open(connection: sa.Connection, session: Session, told: Look, at: str) -> None:
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    who = {"site": session.site, "device": session.device, "desk": told.desk, "agent": told.agent}
    what = {"subject_type": told.subject_type, "subject_id": told.subject_id, "since": at, "seen_at": at}
    again = {"desk": told.desk, "agent": told.agent, "seen_at": at}
    opened = insert(presence).values(**who, **what)
    connection.execute(opened.on_conflict_do_update(index_elements=list(presence.primary_key.columns), set_=again))


def _forget(connection: sa.Connection, session: Session, at: datetime) -> None:
    """Drop what this desk had open: each drops its own, so that no two of them wait for each other."""
    old = (presence.c.device == session.device, presence.c.seen_at < text_of(at - FORGOTTEN))
    connection.execute(sa.delete(presence).where(presence.c.site == session.site, *old))
