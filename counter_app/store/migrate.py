"""Schema of the local file: read fast at each start, moved forward by alembic after a backup."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.config import Config

from counter_app.domain.refusal import StoreRefused
from counter_app.store.backup import backup
from counter_app.store.engine import Store
from counter_app.store.faults import damaged

HEAD = "0021"
"""Newest schema this version knows."""


def revision(store: Store) -> str | None:
    """Schema of the file; None for an empty one."""
    with store.reading() as connection:
        known = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").first()
        if known is None:
            return None
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    return None if found is None else str(found)


def bring_up_to_date(store: Store, migrations: Path, backups: Path, now: Callable[[], datetime]) -> None:
    """Leave the file of a home at `HEAD`: nothing to do, or a migration after a backup.

    Refuses a file newer than us, and an empty one: acts were there, SQLite alone would take it for a new file.
    """
    found = revision(store)
    if found == HEAD:
        return
    if found is None:
        raise damaged(store.path)
    if found > HEAD:
        raise newer(found)
    backup(store, backups / f"avant-{HEAD}-{now():%Y%m%d-%H%M%S}.db")
    upgrade(store, migrations)


def upgrade(store: Store, migrations: Path, target: str = "head") -> None:
    """Run the alembic history up to a revision, in one transaction."""
    from alembic import command

    with store.writing() as connection, connection.begin():
        command.upgrade(_alembic(migrations, connection), target)


def downgrade(store: Store, migrations: Path, target: str) -> None:
    """Run the alembic history back to a revision; tests prove that each step has a way back."""
    from alembic import command

    with store.writing() as connection, connection.begin():
        command.downgrade(_alembic(migrations, connection), target)


def _alembic(migrations: Path, connection: sa.Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def newer(found: str) -> StoreRefused:
    """The file was written by a newer version of the application."""
    return StoreRefused(
        "newer_schema",
        f"Le fichier local a été écrit par une version plus récente de Guichet (schéma {found}, "
        f"celui-ci connaît {HEAD}). "
        "Rien n’a été changé. Installez la nouvelle version sur ce poste, puis rouvrez.",
    )
