"""Figures count a disputed card as handed over, and a visit in the service that the person was sent to."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from counter_app.store import counted_rows, visit_rows

revision = "0013"
down_revision = "0012"
BATCH = 1000


def upgrade() -> None:
    """Visits are read again from what this file holds; permits by 0016, in the table of today."""
    bind = op.get_bind()
    _permits(bind, sa.Integer())
    for found in _states(bind, "visit"):
        visits = [visit_rows.load(one, json.loads(state)) for one, state in found]
        bind.exec_driver_sql("UPDATE visit SET service = ? WHERE id = ?", [(one.service, one.id) for one in visits])
        counted_rows.note_visits(bind, [(None, one) for one in visits])


def downgrade() -> None:
    """An older version counts again as it did once it is rebuilt."""
    _permits(op.get_bind(), sa.Boolean())


def _permits(bind: sa.Connection, counted: sa.types.TypeEngine[Any]) -> None:
    op.drop_index("counted_permit_handed", "counted_permit")
    op.rename_table("counted_permit", "counted_permit_before")
    op.create_table(
        "counted_permit",
        sa.Column("id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("came_on", "went_on", "handed_on", "foreign_number", "desk")),
        sa.Column("offline", counted, nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    bind.exec_driver_sql("INSERT INTO counted_permit SELECT * FROM counted_permit_before")
    op.drop_table("counted_permit_before")
    op.create_index("counted_permit_handed", "counted_permit", ["handed_on"], unique=False)


def _states(bind: sa.Connection, table: str) -> Iterator[Sequence[Any]]:
    found = bind.exec_driver_sql(f"SELECT id, state FROM {table}").fetchall()
    for start in range(0, len(found), BATCH):
        yield found[start : start + BATCH]
