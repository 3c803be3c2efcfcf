"""The first schema: journal, projections, search index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    _journal()
    for make in MAKERS:
        make()


def downgrade() -> None:
    """Back to an empty file."""
    op.execute("DROP TABLE IF EXISTS search_text")
    for name in TABLES:
        op.drop_table(name)


def _journal() -> None:
    op.create_table(
        "act",
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("clock", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("salt", sa.Text(), nullable=True),
        sa.Column("details_digest", sa.Text(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("act_id"),
        sa.UniqueConstraint("stream", "seq", name="act_stream_seq"),
    )
    op.create_index("act_subject", "act", ["subject_type", "subject_id"], unique=False)
    op.create_table(
        "head",
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("clock", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stream"),
    )


def _convocation() -> None:
    op.create_table(
        "convocation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("foreign_number", sa.Text(), nullable=True),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("slot", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("person_key", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_clock", sa.Integer(), nullable=False),
        sa.Column("last_stream", sa.Text(), nullable=False),
        sa.Column("last_act", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("convocation_day_slot", "convocation", ["day", "slot"], unique=False)
    op.create_index("convocation_day_person", "convocation", ["day", "person_key"], unique=False)
    op.create_index(op.f("ix_convocation_foreign_number"), "convocation", ["foreign_number"], unique=False)
    op.create_index(op.f("ix_convocation_reference"), "convocation", ["reference"], unique=False)


def _imported_list() -> None:
    op.create_table(
        "imported_list",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file_digest", sa.Text(), nullable=False),
        sa.Column("exported_at", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Text(), nullable=True),
        sa.Column("last_day", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_clock", sa.Integer(), nullable=False),
        sa.Column("last_stream", sa.Text(), nullable=False),
        sa.Column("last_act", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_imported_list_file_digest"), "imported_list", ["file_digest"], unique=False)


def _listing_key() -> None:
    op.create_table(
        "listing_key",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("convocation_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("exported_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", "source_key", "convocation_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("listing_key_day", "listing_key", ["source", "day"], unique=False)


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("convocation_id", sa.Text(), nullable=True),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_clock", sa.Integer(), nullable=False),
        sa.Column("last_stream", sa.Text(), nullable=False),
        sa.Column("last_act", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_receipt_code"), "receipt", ["code"], unique=False)
    op.create_index(op.f("ix_receipt_convocation_id"), "receipt", ["convocation_id"], unique=False)
    op.create_index(op.f("ix_receipt_number"), "receipt", ["number"], unique=False)
    op.create_index("receipt_series", "receipt", ["series", "ordinal"], unique=False)


def _set_aside_row() -> None:
    op.create_table(
        "set_aside_row",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("list_id", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_clock", sa.Integer(), nullable=False),
        sa.Column("last_stream", sa.Text(), nullable=False),
        sa.Column("last_act", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_set_aside_row_list_id"), "set_aside_row", ["list_id"], unique=False)


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_clock", sa.Integer(), nullable=False),
        sa.Column("last_stream", sa.Text(), nullable=False),
        sa.Column("last_act", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _search_subject() -> None:
    op.create_table(
        "search_subject",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("handle", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("row"),
    )
    op.create_index(op.f("ix_search_subject_handle"), "search_subject", ["handle"], unique=False)


def _search_word() -> None:
    op.create_table(
        "search_word",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("sound", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_search_word_sound"), "search_word", ["sound"], unique=False)
    op.execute(
        "CREATE VIRTUAL TABLE search_text USING fts5("
        "words, content='', contentless_delete=1, detail='none', prefix='1 2 3', tokenize='ascii')"
    )


MAKERS = (_convocation, _imported_list, _listing_key, _receipt, _set_aside_row, _setting, _search_subject, _search_word)
TABLES = (
    "convocation",
    "imported_list",
    "listing_key",
    "receipt",
    "set_aside_row",
    "setting",
    "search_subject",
    "search_word",
    "act",
    "head",
)
