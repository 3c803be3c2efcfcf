"""Tokens that desks show at each question: kept as digests, renewed before they expire, withdrawn by revocation."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from counter_app.central.checks import storable
from counter_app.central.codes import digest_of
from counter_app.central.engine import reading, writing
from counter_app.central.moments import text_of
from counter_app.central.session import Session
from counter_app.central.tables import device as devices

LIFETIME = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Token:
    """What a desk shows to prove who it is."""

    text: str
    expires_at: str
    """ISO 8601, UTC."""

    def kept(self) -> dict[str, str]:
        """What the store keeps of it."""
        return {"token_digest": digest_of(self.text), "token_expires_at": self.expires_at}


def new_token(site: str, device: str, at: datetime) -> Token:
    """A token not yet kept: site and device in clear, then 256 bits that nobody guesses."""
    return Token(f"{site}.{device}.{secrets.token_urlsafe(32)}", text_of(at + LIFETIME))


def authenticate(engine: sa.Engine, token: str, at: datetime) -> Session | None:
    """Who shows a token; None when it is not known, or has expired. A revoked desk may still send what it holds."""
    with reading(engine) as connection:
        return _session(connection, token, text_of(at))


def renew_token(engine: sa.Engine, token: str, at: datetime) -> Token | None:
    """A new token in place of one that is still good. That one answers until a hello shows the new one."""
    with writing(engine) as connection:
        session = _session(connection, token, text_of(at))
        if session is None or session.revoked or session.expires_at is None:
            return None
        renewed = new_token(session.site, session.device, at)
        former = {"former_digest": digest_of(token), "former_expires_at": session.expires_at}
        here = (devices.c.site == session.site, devices.c.device == session.device)
        connection.execute(sa.update(devices).where(*here).values(**renewed.kept(), **former))
        return renewed


def revoke(engine: sa.Engine, site: str, device: str, at: datetime) -> bool:
    """Withdraw a desk: what it still has to send is taken, and it is told nothing more. False: no such desk."""
    here = (devices.c.site == site, devices.c.device == device)
    moment = sa.func.coalesce(devices.c.revoked_at, text_of(at))
    with writing(engine) as connection:
        return bool(connection.execute(sa.update(devices).where(*here).values(revoked_at=moment)).rowcount)


def revoked_since(engine: sa.Engine, site: str, device: str) -> str | None:
    """When a desk was withdrawn, ISO 8601, UTC; None when it is not."""
    here = (devices.c.site == site, devices.c.device == device)
    with reading(engine) as connection:
        since: str | None = connection.execute(sa.select(devices.c.revoked_at).where(*here)).scalar()
    return since


def _session(connection: sa.Connection, token: str, now: str) -> Session | None:
    parts = token.split(".")
    if len(parts) != 3 or not storable(token):
        return None
    site, device, _secret = parts
    row = connection.execute(sa.select(devices).where(devices.c.site == site, devices.c.device == device)).first()
    if row is None:
        return None
    shown = digest_of(token)
    tokens = ((row.token_digest, row.token_expires_at, True), (row.former_digest, row.former_expires_at, False))
    for kept, expires_at, newest in tokens:
        if kept is not None and hmac.compare_digest(kept, shown) and now < expires_at:
            return Session(site, device, row.revoked_at is not None, expires_at, newest)
    return None
