"""Schema of the central store: made by the alembic history of `db/central`, and checked each time it is opened."""

from typing import TYPE_CHECKING

import sqlalchemy as sa

from counter_app.central.engine import reading, writing
from counter_app.domain.refusal import StoreRefused
from counter_app.wording.shipped import shipped_root

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0001"
"""Newest schema this version knows."""
_LOCK = 7_204_518
"""Whoever changes what a store is holds it (`alone`)."""


def revision(engine: sa.Engine) -> str | None:
    """Schema of the store; None for an empty one."""
    with reading(engine) as connection:
        return _revision(connection)


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    return None if found is None else str(found)


def bring_up_to_date(engine: sa.Engine) -> None:
    """Leave the store at `HEAD`; one that is there already is read only, and alembic not even loaded."""
    if revision(engine) != HEAD:
        upgrade(engine)


def alone(connection: sa.Connection) -> None:
    """Let this transaction be the only one that changes what the store is: its schema, its sites, a copy put back in.

    PostgreSQL; SQLite has one writer anyway. Desks and services read and write acts meanwhile.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def upgrade(engine: sa.Engine, target: str = "head") -> None:
    """Run the history up to a revision, in one transaction. Refuses a store that a newer version wrote."""
    from alembic import command

    with writing(engine) as connection:
        alone(connection)
        found = _revision(connection)
        if found is not None and found > HEAD:
            raise newer(found)
        command.upgrade(_alembic(connection), target)


def downgrade(engine: sa.Engine, target: str) -> None:
    """Run the history back to a revision; tests prove that each step has a way back."""
    from alembic import command

    with writing(engine) as connection:
        command.downgrade(_alembic(connection), target)


def _alembic(connection: sa.Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(shipped_root() / "db" / "central").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def newer(found: str) -> StoreRefused:
    """The store was written by a newer version of the application."""
    return StoreRefused(
        "newer_schema",
        f"La base centrale a été écrite par une version plus récente de Guichet (schéma {found}, "
        f"celle-ci connaît {HEAD}). Rien n’a été changé. Installez la nouvelle version sur ce serveur.",
    )
