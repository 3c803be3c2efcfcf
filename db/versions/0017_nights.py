"""A night is no wait: times that end on a later working day are told apart from those that were measured."""

import json

from alembic import op

from counter_app.store import counted_rows, visit_rows

revision = "0017"
down_revision = "0016"
BATCH = 1000


def upgrade() -> None:
    """Every visit is counted again, from what this file holds of it."""
    bind = op.get_bind()
    found = bind.exec_driver_sql("SELECT id, state FROM visit").fetchall()
    for start in range(0, len(found), BATCH):
        visits = [visit_rows.load(one, json.loads(state)) for one, state in found[start : start + BATCH]]
        counted_rows.note_visits(bind, [(None, one) for one in visits])


def downgrade() -> None:
    """An older version counts again as it did once it is rebuilt."""
