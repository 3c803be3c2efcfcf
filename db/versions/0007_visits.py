"""Visits: one row for the passage of one person on one day."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"


def upgrade() -> None:
    """Make room for the waiting room; who came before has an arrival, and no visit."""
    names = ("day", "service", "stage", "number", "convocation_id", "desk")
    hours = ("arrived_at", "called_at", "met_at", "ended_at", "outcome")
    needed = ("service", "stage")
    op.create_table(
        "visit",
        sa.Column("id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=name not in needed) for name in (*names, *hours)),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_clock", sa.Integer(), nullable=False),
        sa.Column("last_stream", sa.Text(), nullable=False),
        sa.Column("last_act", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("visit_day_stage", "visit", ["day", "stage"], unique=False)
    op.create_index("visit_service_ended", "visit", ["service", "stage", "ended_at"], unique=False)


def downgrade() -> None:
    """Back to arrivals without a waiting room: the acts stay in the journal."""
    op.drop_table("visit")
