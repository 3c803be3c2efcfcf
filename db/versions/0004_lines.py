"""Acts of other desks: branches of forked streams, peers, what the exchange left, acts set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = ("set_aside_act", "sync_note", "peer", "successor", "branch", "apart")


def upgrade() -> None:
    """Make room for what comes from elsewhere."""
    _apart()
    _lines()
    _exchange()


def downgrade() -> None:
    """Back to a desk alone."""
    for name in TABLES:
        op.drop_table(name)


def _text(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=False)


def _apart() -> None:
    op.create_table(
        "apart",
        *(_text("act_id"), _text("stream"), _whole("seq"), _text("site"), _text("desk"), _text("agent"), _text("at")),
        *(_whole("clock"), _text("kind"), _whole("version"), _text("subject_type"), _text("subject_id")),
        *(_text("details", nullable=True), _text("salt", nullable=True), _text("details_digest"), _text("prev")),
        *(_text("digest"), _text("signature", nullable=True), _text("branch")),
        sa.PrimaryKeyConstraint("act_id"),
        sa.UniqueConstraint("stream", "branch", "seq", name="apart_line_seq"),
    )
    op.create_index("apart_subject", "apart", ["subject_type", "subject_id"], unique=False)


def _lines() -> None:
    op.create_table(
        "branch",
        *(_text("stream"), _text("branch"), _whole("first"), _text("base"), _whole("seq"), _text("digest")),
        _whole("clock"),
        sa.PrimaryKeyConstraint("stream", "branch"),
    )
    op.create_table("successor", _text("stream"), _text("next"), sa.PrimaryKeyConstraint("stream"))


def _exchange() -> None:
    op.create_table(
        "peer", _text("device"), _text("desk"), _text("public_key"), _text("told"), sa.PrimaryKeyConstraint("device")
    )
    op.create_table("sync_note", _text("name"), _text("value"), sa.PrimaryKeyConstraint("name"))
    op.create_table(
        "set_aside_act",
        *(_text("digest"), _text("stream"), _whole("seq"), _text("reason"), _text("received_at")),
        _text("raw", nullable=True),
        sa.PrimaryKeyConstraint("digest"),
    )
