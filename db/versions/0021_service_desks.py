"""Service times are told by the desk that gave them: a passage keeps which one gave each."""

import json

from alembic import op

from counter_app.store import counted_rows, visit_rows

revision = "0021"
down_revision = "0020"
BATCH = 1000
SERVED = "served <> ''"


def upgrade() -> None:
    """Every visit that was served is counted again, from what this file holds of it."""
    bind = op.get_bind()
    served = f"SELECT id FROM counted_visit WHERE {SERVED}"
    found = bind.exec_driver_sql(f"SELECT id, state FROM visit WHERE id IN ({served})").fetchall()
    for start in range(0, len(found), BATCH):
        visits = [visit_rows.load(one, json.loads(state)) for one, state in found[start : start + BATCH]]
        counted_rows.note_visits(bind, [(None, one) for one in visits])


def downgrade() -> None:
    """An older version reads seconds and service alone."""
    bind = op.get_bind()
    for day, visit, served in bind.exec_driver_sql(
        f"SELECT day, id, served FROM counted_visit WHERE {SERVED}"
    ).fetchall():
        alone = " ".join(part.rpartition("/")[0] for part in served.split())
        bind.exec_driver_sql("UPDATE counted_visit SET served = ? WHERE day = ? AND id = ?", (alone, day, visit))
