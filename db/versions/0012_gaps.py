"""A stream that an older version recovered with a gap in it claims no more than what comes before the gap."""

from alembic import op

from counter_app.store.lines import end_before_gaps

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Acts after a gap wait ahead of their turn, as those of any recovery do: they count, and hold nothing up."""
    end_before_gaps(op.get_bind())


def downgrade() -> None:
    """Nothing to put back: an older version reads such a file too."""
