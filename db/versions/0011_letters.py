"""Two desks of one ticket letter are one work item a day, no longer one for each number."""

from alembic import op

from counter_app.store.projections import find_contradictions

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Find again what papers contradict."""
    _find_again()


def downgrade() -> None:
    """Items are found from the acts by whatever version looks for them."""
    _find_again()


def _find_again() -> None:
    op.execute("DELETE FROM work_item WHERE kind = 'duplicate_number'")
    find_contradictions(op.get_bind(), ("receipt",))
