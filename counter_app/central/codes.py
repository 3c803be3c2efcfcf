"""One-time codes that let a desk be enrolled: shown once, kept as a digest, counted, and spent by their first use."""

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from counter_app.central.engine import writing
from counter_app.central.moments import text_of
from counter_app.central.sites import read_facts
from counter_app.central.tables import enrolment_code as codes
from counter_app.domain.codes import LETTERS

GROUPS, GROUP = 6, 4
"""A code has 24 letters: 16 bits name it, 80 are its secret."""
MOST_ATTEMPTS = 5
"""Wrong secrets after which a code is spent."""
LIFETIME = timedelta(hours=24)


def make_code(engine: sa.Engine, site: str, at: datetime, lifetime: timedelta = LIFETIME) -> str:
    """A new code of a site, such as `BCDF-GHJK-LNPR-STVX-BCDF-GHJK`; it can be told this once."""
    with writing(engine) as connection:
        read_facts(connection, site)
        taken = set(connection.execute(sa.select(codes.c.name).where(codes.c.site == site)).scalars())
        secret = _drawn()
        while secret[:GROUP] in taken:
            secret = _drawn()
        connection.execute(
            sa.insert(codes).values(
                site=site,
                name=secret[:GROUP],
                digest=digest_of(secret),
                made_at=text_of(at),
                expires_at=text_of(at + lifetime),
                attempts=0,
            )
        )
    return "-".join(secret[place : place + GROUP] for place in range(0, len(secret), GROUP))


def plain(secret: str) -> str:
    """A code as it is compared: its letters alone, in capitals, whatever was typed between them."""
    return "".join(letter for letter in secret.upper() if letter in LETTERS)


def digest_of(secret: str) -> str:
    """What is kept of a code, or of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _drawn() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(GROUPS * GROUP))
