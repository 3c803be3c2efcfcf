"""The first schema: acts line by line, desks and their codes, what is set aside, who looks at what."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

WORD = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Make every table."""
    for name, keys, words, numbers, may_be_empty in TABLES:
        op.create_table(
            name,
            *(sa.Column(key, _type(key), nullable=False, autoincrement=False) for key in keys),
            *(sa.Column(word, WORD, nullable=word in may_be_empty) for word in words),
            *(sa.Column(number, _type(number), nullable=False) for number in numbers),
            sa.PrimaryKeyConstraint(*keys),
            *CONSTRAINTS.get(name, ()),
        )
    op.create_index("act_subject", "act", ["site", "subject_type", "subject_id"], unique=False)
    op.create_index("ix_enrolment_code_name", "enrolment_code", ["name"], unique=False)


def downgrade() -> None:
    """Back to an empty store."""
    for name, *_columns in TABLES:
        op.drop_table(name)


def _type(name: str) -> sa.Boolean | sa.BigInteger | sa.Text:
    if name == "training":
        return sa.Boolean()
    return sa.BigInteger() if name in ("seq", "first", "clock", "version", "waiting", "attempts") else WORD


TABLES = (
    ("site", ("site",), ("generation", "roots", "site_key", "made_at"), ("training",), ()),
    (
        "act",
        ("site", "stream", "branch", "seq"),
        (
            *("act_id", "desk", "agent", "at", "kind", "subject_type", "subject_id"),
            *("details", "salt", "details_digest", "prev", "digest", "signature"),
        ),
        ("clock", "version"),
        ("details", "salt", "signature"),
    ),
    ("line", ("site", "stream", "branch"), ("base", "digest"), ("first", "seq", "clock"), ()),
    (
        "device",
        ("site", "device"),
        (
            *("desk", "letter", "public_key", "enrolled_at", "token_digest", "token_expires_at"),
            *("former_digest", "former_expires_at", "seen_at", "error", "revoked_at"),
        ),
        ("waiting", "version"),
        (
            *("token_digest", "token_expires_at", "former_digest", "former_expires_at"),
            *("seen_at", "error", "revoked_at"),
        ),
    ),
    (
        "enrolment_code",
        ("site", "digest"),
        ("name", "made_at", "expires_at", "used_at", "used_by"),
        ("attempts",),
        ("used_at", "used_by"),
    ),
    ("set_aside", ("site", "digest"), ("stream", "raw", "reason", "device", "received_at"), ("seq",), ()),
    ("presence", ("site", "subject_type", "subject_id", "device"), ("desk", "agent", "since", "seen_at"), (), ()),
)
"""Name, key, texts, numbers, and those of the texts that may be empty."""
CONSTRAINTS = {"act": (sa.UniqueConstraint("site", "act_id", name="act_identity"),)}
