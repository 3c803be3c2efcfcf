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
from counter_app.domain.enrolment_code import SECRET

NAME = 3
"""Letters at the beginning of a secret that name it: a wrong one is counted against those that begin alike."""
MOST_ATTEMPTS = 5
"""Wrong secrets after which a code is spent."""
LIFETIME = timedelta(hours=24)


def make_code(engine: sa.Engine, site: str, at: datetime, lifetime: timedelta = LIFETIME) -> str:
    """A new secret of a site, for `domain.enrolment_code.make_enrolment_code`; it can be told this once."""
    secret = "".join(secrets.choice(LETTERS) for _ in range(SECRET))
    with writing(engine) as connection:
        read_facts(connection, site)
        connection.execute(
            sa.insert(codes).values(
                site=site,
                name=secret[:NAME],
                digest=digest_of(secret),
                made_at=text_of(at),
                expires_at=text_of(at + lifetime),
                attempts=0,
            )
        )
    return secret


def plain(secret: str) -> str:
    """A code as it is compared: its letters alone, in capitals, whatever was typed between them."""
    return "".join(letter for letter in secret.upper() if letter in LETTERS)


def digest_of(secret: str) -> str:
    """What is kept of a code, or of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()
