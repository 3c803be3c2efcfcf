"""Work items: what acts of several desks contradict each other about, and what supervisors answered."""

import sqlalchemy as sa
from alembic import op

from counter_app.store.projections import find_contradictions

revision = "0005"
down_revision = "0004"
KNOWN = ("convocation", "permit", "receipt")
"""Subjects that have rows at this step."""


def upgrade() -> None:
    """Make the tables, and find what contradicts in what this file holds already."""
    _work_item()
    _settlement()
    _find()


def downgrade() -> None:
    """Back to a desk that shows no contradiction: the acts stay in the journal."""
    op.drop_table("settlement")
    op.drop_table("work_item")


def _work_item() -> None:
    names = ("id", "kind", "subject_type", "subject_id", "at", "state")
    columns = (sa.Column(name, sa.Text(), nullable=False) for name in names)
    op.create_table("work_item", *columns, sa.PrimaryKeyConstraint("id"))
    op.create_index("work_item_subject", "work_item", ["subject_type", "subject_id"], unique=False)


def _settlement() -> None:
    op.create_table(
        "settlement",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_clock", sa.Integer(), nullable=False),
        sa.Column("last_stream", sa.Text(), nullable=False),
        sa.Column("last_act", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _find() -> None:
    find_contradictions(op.get_bind(), KNOWN)
