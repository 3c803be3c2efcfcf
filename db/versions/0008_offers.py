"""Custody offered and not taken yet: what waits for a desk, found without reading the stock."""

import sqlalchemy as sa
from alembic import op

from counter_app.store import permit_rows

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make room for offers, and find those that wait already."""
    op.create_table(
        "custody_offer",
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("permit_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("desk", "permit_id"),
    )
    op.create_index(op.f("ix_custody_offer_permit_id"), "custody_offer", ["permit_id"], unique=False)
    bind = op.get_bind()
    permit_rows.note_offers(bind, [(None, permit) for permit in permit_rows.in_stock(bind)])


def downgrade() -> None:
    """Back to reading the whole stock."""
    op.drop_table("custody_offer")
