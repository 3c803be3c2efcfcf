"""Tables of the central store, the same in an SQLite file and in PostgreSQL. The site leads every key."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

metadata = sa.MetaData()

Word = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Text compared by its bytes: no index depends on the language of the server, nor on the version of its libraries."""
Moment = Word
"""UTC, ISO 8601 with microseconds: the order of the texts is the order of the moments."""

site = sa.Table(
    "site",
    metadata,
    sa.Column("site", Word, primary_key=True),
    sa.Column("training", sa.Boolean, nullable=False),
    sa.Column("generation", Word, nullable=False),
    sa.Column("roots", Word, nullable=False),
    sa.Column("site_key", Word, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
)
"""A site, its authorities (PEM certificates) and the key with which its desks make digests of stamp numbers."""

act = sa.Table(
    "act",
    metadata,
    sa.Column("site", Word, primary_key=True),
    sa.Column("stream", Word, primary_key=True),
    sa.Column("branch", Word, primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("act_id", Word, nullable=False),
    sa.Column("desk", Word, nullable=False),
    sa.Column("agent", Word, nullable=False),
    sa.Column("at", Word, nullable=False),
    sa.Column("clock", sa.BigInteger, nullable=False),
    sa.Column("kind", Word, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("subject_type", Word, nullable=False),
    sa.Column("subject_id", Word, nullable=False),
    sa.Column("details", Word),
    sa.Column("salt", Word),
    sa.Column("details_digest", Word, nullable=False),
    sa.Column("prev", Word, nullable=False),
    sa.Column("digest", Word, nullable=False),
    sa.Column("signature", Word),
    sa.UniqueConstraint("site", "act_id", name="act_identity"),
    sa.Index("act_subject", "site", "subject_type", "subject_id"),
)
"""Acts of every desk, line by line (see `domain.lines`), to the letter as they were sent."""

line = sa.Table(
    "line",
    metadata,
    sa.Column("site", Word, primary_key=True),
    sa.Column("stream", Word, primary_key=True),
    sa.Column("branch", Word, primary_key=True),
    sa.Column("first", sa.BigInteger, nullable=False),
    sa.Column("base", Word, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("digest", Word, nullable=False),
    sa.Column("clock", sa.BigInteger, nullable=False),
)
"""Where each line begins and ends."""

device = sa.Table(
    "device",
    metadata,
    sa.Column("site", Word, primary_key=True),
    sa.Column("device", Word, primary_key=True),
    sa.Column("desk", Word, nullable=False),
    sa.Column("letter", Word, nullable=False),
    sa.Column("public_key", Word, nullable=False),
    sa.Column("enrolled_at", Moment, nullable=False),
    sa.Column("token_digest", Word),
    sa.Column("token_expires_at", Moment),
    sa.Column("former_digest", Word),
    sa.Column("former_expires_at", Moment),
    sa.Column("seen_at", Moment),
    sa.Column("waiting", sa.BigInteger, nullable=False),
    sa.Column("error", Word),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("revoked_at", Moment),
)
"""Desks enrolled. Only digests of tokens are kept; the former one goes on answering: the new one may have got lost."""

enrolment_code = sa.Table(
    "enrolment_code",
    metadata,
    sa.Column("site", Word, primary_key=True),
    sa.Column("digest", Word, primary_key=True),
    sa.Column("name", Word, nullable=False, index=True),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("used_at", Moment),
    sa.Column("used_by", Word),
    sa.Column("attempts", sa.BigInteger, nullable=False),
)
"""One-time codes: the name is the beginning of the secret, the digest that of all of it."""

set_aside = sa.Table(
    "set_aside",
    metadata,
    sa.Column("site", Word, primary_key=True),
    sa.Column("digest", Word, primary_key=True),
    sa.Column("stream", Word, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("raw", Word, nullable=False),
    sa.Column("reason", Word, nullable=False),
    sa.Column("device", Word, nullable=False),
    sa.Column("received_at", Moment, nullable=False),
)
"""Acts whose envelope does not hold, as JSON in ASCII, under the digest of that JSON: sent again, they stand once."""

presence = sa.Table(
    "presence",
    metadata,
    sa.Column("site", Word, primary_key=True),
    sa.Column("subject_type", Word, primary_key=True),
    sa.Column("subject_id", Word, primary_key=True),
    sa.Column("device", Word, primary_key=True),
    sa.Column("desk", Word, nullable=False),
    sa.Column("agent", Word, nullable=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
)
"""Who has which file open."""
