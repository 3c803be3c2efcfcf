"""One tracking number given to two cards by desks apart is a work item: what was posted is read again."""

import json

from alembic import op

from counter_app.store import contradictions, permit_rows

revision = "0019"
down_revision = "0018"
BATCH = 1000
POSTED = "FROM permit WHERE state LIKE '%\"tracking\":%'"
"""Permits of which some mark bears a tracking number."""


def upgrade() -> None:
    """Note the tracking numbers in use, then what contradicts."""
    bind = op.get_bind()
    states = bind.exec_driver_sql(f"SELECT id, state {POSTED}").fetchall()
    found = [permit_rows.load(one, json.loads(state)) for one, state in states]
    bind.exec_driver_sql(f"DELETE FROM stamp_use WHERE permit_id IN (SELECT id {POSTED})")
    for work in (permit_rows.note_used, contradictions.of_permits):
        for start in range(0, len(found), BATCH):
            work(bind, [(None, one) for one in found[start : start + BATCH]])


def downgrade() -> None:
    """An older version knows of stamps alone."""
    op.execute("DELETE FROM stamp_use WHERE digest LIKE 'tracking %'")
    op.execute("DELETE FROM work_item WHERE kind = 'tracking_reused'")
