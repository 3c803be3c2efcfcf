"""How old the day's list is on this desk: shown always, and inside verdicts that depend on it."""

from datetime import datetime

from counter_app.store import list_rows
from counter_app.usecases.desk import Desk


def list_imported_at(desk: Desk) -> datetime | None:
    """When the newest list that covers today was imported here; None when there is none."""
    with desk.looking() as connection:
        return list_rows.freshest(connection, desk.now().date())
