"""Where things lie: what ships with the application, and a desk's home when nobody names one."""

import os
import sys
from pathlib import Path

from platformdirs import user_data_path


def shipped() -> Path:
    """The folder that holds `resources/` and `db/`: the checkout, the installed package, or the frozen bundle."""
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parent
    candidates = [Path(frozen)] if frozen else [package / "_shipped", package.parent]
    return next(folder for folder in candidates if (folder / "resources").is_dir())


def resources() -> Path:
    """Theme, fonts, icons, papers and rules."""
    return shipped() / "resources"


def migrations() -> Path:
    """Alembic history of the local file."""
    return shipped() / "db"


def chosen_home(option: str | None) -> Path:
    """The home named by `--home`, else by COUNTER_APP_HOME, else this user's own."""
    named = option or os.environ.get("COUNTER_APP_HOME")
    return Path(named).expanduser().absolute() if named else user_data_path("guichet", appauthor=False)
