"""The moment of a command."""

from datetime import datetime
from pathlib import Path

from counter_app.config import load_rules
from counter_app.home import read_home


def aware(at: datetime | None, home: Path) -> datetime | None:
    """A moment without offset is the site's local time."""
    if at is None or at.tzinfo is not None:
        return at
    return at.replace(tzinfo=load_rules(read_home(home).identity.site).zone)
