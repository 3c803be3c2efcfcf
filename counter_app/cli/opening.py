"""Opening a home for one command."""

import argparse
from datetime import datetime
from pathlib import Path

from counter_app import app
from counter_app.config import load_rules
from counter_app.home import read_home
from counter_app.office import Office
from counter_app.paths import chosen_home


def open_office(options: argparse.Namespace) -> Office:
    """The office of a command."""
    home = chosen_home(options.home)
    return app.open_office(home, at=aware(options.at, home))


def aware(at: datetime | None, home: Path) -> datetime | None:
    """A moment without offset is the site's local time."""
    if at is None or at.tzinfo is not None:
        return at
    return at.replace(tzinfo=load_rules(read_home(home).identity.site).zone)
