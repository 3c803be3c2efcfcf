"""Alembic environment of the local file: runs on the connection (already keyed) that the application hands over."""

from alembic import context

from counter_app.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
