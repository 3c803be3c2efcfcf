"""Whom each list names: who is no longer in the newest one is found at every desk, whatever its importer held."""

import sqlalchemy as sa
from alembic import op

from counter_app.store import projections

revision = "0014"
down_revision = "0013"
COVERED = """instr(state, '"covered":[') > 0"""


def upgrade() -> None:
    """Lists that a newer desk imported said already whom they name: it goes to its table, and counts."""
    op.create_table(
        "list_names",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("list_id", "source", "exported_at")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("first_day", "last_day")),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("list_id"),
    )
    op.create_index("list_names_newest", "list_names", ["source", "exported_at"], unique=False)
    op.create_index("convocation_covered", "convocation", ["id"], unique=False, sqlite_where=sa.text(COVERED))
    projections.refold_lists(op.get_bind())


def downgrade() -> None:
    """An older version shows again what people's own acts tell, once it is rebuilt."""
    op.drop_index("convocation_covered", "convocation")
    op.drop_table("list_names")
