"""Acts under a wrong hour are found by an index of them alone: a report no longer reads a site's whole journal."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
FAR = "abs(unixepoch(at) - (clock >> 16) / 1000) >= 600"


def upgrade() -> None:
    """Nothing is told otherwise than before."""
    op.create_index("act_far", "act", ["stream", "at"], unique=False, sqlite_where=sa.text(FAR))
    op.create_index("apart_far", "apart", ["stream", "at"], unique=False, sqlite_where=sa.text(FAR))


def downgrade() -> None:
    """An older version reads the whole journal."""
    op.drop_index("apart_far", "apart")
    op.drop_index("act_far", "act")
