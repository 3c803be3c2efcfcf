"""Alembic environment of the central store: runs on the connection that the application hands over."""

from alembic import context

from counter_app.central.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
