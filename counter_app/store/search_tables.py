"""Tables of the search index. No projection: built from them, and never compared byte for byte."""

import sqlalchemy as sa

from counter_app.store.tables import metadata

search_subject = sa.Table(
    "search_subject",
    metadata,
    sa.Column("row", sa.Integer, primary_key=True),
    sa.Column("handle", sa.Integer, nullable=False, index=True),
    sa.Column("subject_id", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("numbers", sa.Text, nullable=False),
)
"""Who stands behind a row of the full-text table. `handle` is a checksum of the id, with a far smaller index."""

search_word = sa.Table(
    "search_word",
    metadata,
    sa.Column("word", sa.Text, primary_key=True),
    sa.Column("sound", sa.Text, nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""Every distinct word of a name, and how it sounds."""

FULL_TEXT = "search_text"
CREATE_FULL_TEXT = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {FULL_TEXT} USING fts5("
    "words, content='', contentless_delete=1, detail='none', prefix='1 2 3', tokenize='ascii')"
)
"""Schema of the full-text table, which SQLAlchemy cannot describe; its shadow tables begin with its name."""
DROP_FULL_TEXT = f"DROP TABLE IF EXISTS {FULL_TEXT}"


@sa.event.listens_for(search_subject, "after_create")
def _create_full_text(_table: sa.Table, connection: sa.Connection, **_options: object) -> None:
    connection.exec_driver_sql(CREATE_FULL_TEXT)


@sa.event.listens_for(search_subject, "before_drop")
def _drop_full_text(_table: sa.Table, connection: sa.Connection, **_options: object) -> None:
    connection.exec_driver_sql(DROP_FULL_TEXT)


def is_full_text(table_name: str) -> bool:
    """Whether a table of the file is the full-text table or one of its shadows: no part of the described schema."""
    return table_name == FULL_TEXT or table_name.startswith(f"{FULL_TEXT}_")
