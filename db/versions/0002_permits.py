"""The stock of permits: cards, the lots they came in, the slips they left under."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of the stock; the journal holds nothing of it yet."""
    _permit()
    _lot()
    _bordereau()
    _stamp_use()


def downgrade() -> None:
    """Back to a desk without a stock: its acts stay in the journal."""
    for name in ("permit", "lot", "bordereau", "stamp_use"):
        op.drop_table(name)


def _last_act() -> tuple[sa.Column[int] | sa.Column[str] | sa.PrimaryKeyConstraint, ...]:
    return (
        sa.Column("last_clock", sa.Integer(), nullable=False),
        sa.Column("last_stream", sa.Text(), nullable=False),
        sa.Column("last_act", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _permit() -> None:
    op.create_table(
        "permit",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("card_number", sa.Text(), nullable=True),
        sa.Column("foreign_number", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("person_key", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("tray", sa.Text(), nullable=True),
        sa.Column("rank", sa.Text(), nullable=True),
        sa.Column("custody", sa.Text(), nullable=True),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("slot", sa.Text(), nullable=True),
        sa.Column("summoned_on", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Text(), nullable=True),
        sa.Column("lot", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        *_last_act(),
    )
    for name in ("card_number", "foreign_number", "person_key"):
        op.create_index(op.f(f"ix_permit_{name}"), "permit", [name], unique=False)
    op.create_index("permit_status_tray", "permit", ["status", "tray"], unique=False)
    op.create_index("permit_day_slot", "permit", ["day", "slot"], unique=False)


def _lot() -> None:
    op.create_table(
        "lot",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("file_digest", sa.Text(), nullable=False),
        sa.Column("exported_at", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        *_last_act(),
    )
    op.create_index(op.f("ix_lot_file_digest"), "lot", ["file_digest"], unique=False)


def _bordereau() -> None:
    op.create_table(
        "bordereau",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        *_last_act(),
    )
    op.create_index(op.f("ix_bordereau_number"), "bordereau", ["number"], unique=False)
    op.create_index("bordereau_series", "bordereau", ["series", "ordinal"], unique=False)


def _stamp_use() -> None:
    op.create_table(
        "stamp_use",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("permit_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", "permit_id"),
    )
    op.create_index(op.f("ix_stamp_use_permit_id"), "stamp_use", ["permit_id"], unique=False)
