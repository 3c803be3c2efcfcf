"""What figures ask of each person, visit and permit, in narrow rows: a year of them is read in a second."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from counter_app.store import convocation_rows, counted_rows, receipt_rows

revision = "0010"
down_revision = "0009"
BATCH = 1000
Load = Callable[[str, dict[str, Any]], Any]
Note = Callable[[sa.Connection, Sequence[tuple[Any, Any]]], None]
COUNTED: Mapping[str, tuple[Load, Note]] = {
    "convocation": (convocation_rows.load, counted_rows.note_people),
    "receipt": (receipt_rows.load, counted_rows.note_receipts),
}


def upgrade() -> None:
    """Make the tables, and count what this file holds already; permits are counted by 0016 and visits by 0018, in the
    tables of today."""
    _people()
    _visits()
    _permits()
    _reprints()
    bind = op.get_bind()
    for name, (load, note) in COUNTED.items():
        found = bind.exec_driver_sql(f"SELECT id, state FROM {name}").fetchall()
        for start in range(0, len(found), BATCH):
            note(bind, [(None, load(row[0], json.loads(row[1]))) for row in found[start : start + BATCH]])


def downgrade() -> None:
    """Back to folding every day again."""
    for name in ("counted_reprint", "counted_permit", "counted_visit", "counted_person"):
        op.drop_table(name)


def _words(*names: str, nullable: bool = True) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _by_day() -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("day", "id")


def _people() -> None:
    op.create_table(
        "counted_person",
        *_words("day", "id", "slot", "purpose", nullable=False),
        *_words("service", "foreign_number"),
        *_words("status", nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        _by_day(),
        sqlite_with_rowid=False,
    )


def _visits() -> None:
    op.create_table(
        "counted_visit",
        *_words("day", "id", nullable=False),
        *_words("convocation_id"),
        *_words("service", "stage", nullable=False),
        *_words("outcome", "desk", "arrived_at"),
        sa.Column("wait", sa.Float(), nullable=True),
        *_words("served", nullable=False),
        *_words("channel"),
        _by_day(),
        sqlite_with_rowid=False,
    )


def _permits() -> None:
    op.create_table(
        "counted_permit",
        *_words("id", nullable=False),
        *_words("came_on", "went_on", "handed_on", "foreign_number", "desk"),
        sa.Column("offline", sa.Boolean(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("counted_permit_handed", "counted_permit", ["handed_on"], unique=False)


def _reprints() -> None:
    op.create_table(
        "counted_reprint",
        *_words("day", "id", "desk", nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        _by_day(),
        sqlite_with_rowid=False,
    )
