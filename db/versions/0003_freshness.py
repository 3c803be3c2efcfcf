"""The newest list of a day found without reading every list."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Keep lists in the order of their import, with the days that each covers."""
    op.create_index("imported_list_freshness", "imported_list", ["imported_at", "first_day", "last_day"], unique=False)


def downgrade() -> None:
    """Read every list again."""
    op.drop_index("imported_list_freshness", "imported_list")
