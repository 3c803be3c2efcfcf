"""A night is no wait: times that end on a later working day are told apart from those that were measured."""

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Visits are counted again by 0018, in the table of today."""


def downgrade() -> None:
    """An older version counts again as it did once it is rebuilt."""
