"""The acts that the figures of a day count one by one, found by their hour."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_KINDS = (
    *("arrival_attempted", "arrival_undone", "day_closed", "handover_attempted", "home_recovered"),
    *("orientation_undone", "oriented"),
)


def upgrade() -> None:
    """Index these acts alone."""
    where = sa.text("kind IN ('" + "', '".join(_KINDS) + "')")
    op.create_index("act_counted", "act", ["at"], unique=False, sqlite_where=where)


def downgrade() -> None:
    """Read the whole journal again."""
    op.drop_index("act_counted", "act")
