"""A card that desks apart each say they have is a work item; a contest shows what was taken back; a card read under two
names is where the desk of the reading kept put it."""

from alembic import op

from counter_app.store import contradictions, permit_rows, projections
from counter_app.store.statements import batches, marks

revision = "0020"
down_revision = "0019"
TOLD_OTHERWISE = (
    "SELECT DISTINCT subject_id FROM (SELECT subject_id, kind FROM act UNION ALL SELECT subject_id, kind FROM apart) "
    "WHERE kind IN ('custody_taken', 'handover_contested', 'holder_settled')"
)
"""Permits of which rows may say something else now."""


def upgrade() -> None:
    """Fold these permits again, then write who may take them and what contradicts."""
    bind = op.get_bind()
    ids = [str(one) for (one,) in bind.exec_driver_sql(TOLD_OTHERWISE)]
    projections.refold_permits(bind, ids)
    for some in batches(ids):
        where = f"IN ({marks(some)})"
        bind.exec_driver_sql(f"DELETE FROM custody_offer WHERE permit_id {where}", tuple(some))
        bind.exec_driver_sql(f"DELETE FROM work_item WHERE subject_type = 'permit' AND subject_id {where}", tuple(some))
        found = [(None, permit) for permit in permit_rows.by_ids(bind, some).values()]
        permit_rows.note_offers(bind, found)
        contradictions.of_permits(bind, found)


def downgrade() -> None:
    """An older version knows of no such item."""
    op.execute("DELETE FROM work_item WHERE kind = 'double_custody'")
