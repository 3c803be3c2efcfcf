"""Service times are told by service and by purpose: a passage keeps where each service was given, and what for."""

import json

import sqlalchemy as sa
from alembic import op

from counter_app.store import counted_rows, visit_rows

revision = "0018"
down_revision = "0017"
BATCH = 1000
COLUMNS = "day, id, convocation_id, service, stage, outcome, desk, arrived_at, wait, served, channel"


def upgrade() -> None:
    """Every visit is counted again, from what this file holds of it."""
    bind = op.get_bind()
    op.drop_table("counted_visit")
    _table(sa.Column("purpose", sa.Text(), nullable=False))
    found = bind.exec_driver_sql("SELECT id, state FROM visit").fetchall()
    for start in range(0, len(found), BATCH):
        visits = [visit_rows.load(one, json.loads(state)) for one, state in found[start : start + BATCH]]
        counted_rows.note_visits(bind, [(None, one) for one in visits])


def downgrade() -> None:
    """An older version counts again as it did once it is rebuilt."""
    op.rename_table("counted_visit", "counted_visit_after")
    _table()
    op.execute(f"INSERT INTO counted_visit SELECT {COLUMNS} FROM counted_visit_after")
    op.drop_table("counted_visit_after")


def _table(*more: sa.Column[str]) -> None:
    op.create_table(
        "counted_visit",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("day", "id")),
        sa.Column("convocation_id", sa.Text()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("service", "stage")),
        *(sa.Column(name, sa.Text()) for name in ("outcome", "desk", "arrived_at")),
        sa.Column("wait", sa.Float()),
        sa.Column("served", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text()),
        *more,
        sa.PrimaryKeyConstraint("day", "id"),
        sqlite_with_rowid=False,
    )
