"""A card that left and came back keeps both days: what was counted of a day that is over stays true."""

import json

import sqlalchemy as sa
from alembic import op

from counter_app.store import counted_rows, permit_rows, projections

revision = "0016"
down_revision = "0015"
BATCH = 1000
COLUMNS = "id, came_on, went_on, handed_on, foreign_number, desk, offline, agreed"
TOLD_AGAIN = (
    "SELECT subject_id FROM (SELECT subject_id FROM act WHERE kind = 'permit_received' "
    "UNION ALL SELECT subject_id FROM apart WHERE kind = 'permit_received') GROUP BY subject_id HAVING count(*) > 1"
)
"""Permits of several lists: only the journal tells on which day each first came."""


def upgrade() -> None:
    """Every card is counted again, from what this file holds of it."""
    bind = op.get_bind()
    op.drop_table("counted_permit")
    _table(sa.Column("away", sa.Text(), nullable=False))
    found = bind.exec_driver_sql("SELECT id, state FROM permit").fetchall()
    for start in range(0, len(found), BATCH):
        permits = [permit_rows.load(one, json.loads(state)) for one, state in found[start : start + BATCH]]
        counted_rows.note_permits(bind, [(None, one) for one in permits])
    projections.refold_permits(bind, [str(one) for (one,) in bind.exec_driver_sql(TOLD_AGAIN)])


def downgrade() -> None:
    """An older version counts again as it did once it is rebuilt."""
    op.drop_index("counted_permit_handed", "counted_permit")
    op.rename_table("counted_permit", "counted_permit_after")
    _table()
    op.execute(f"INSERT INTO counted_permit SELECT {COLUMNS} FROM counted_permit_after")
    op.drop_table("counted_permit_after")


def _table(*more: sa.Column[str]) -> None:
    op.create_table(
        "counted_permit",
        sa.Column("id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("came_on", "went_on", "handed_on", "foreign_number", "desk")),
        sa.Column("offline", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        *more,
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("counted_permit_handed", "counted_permit", ["handed_on"], unique=False)
