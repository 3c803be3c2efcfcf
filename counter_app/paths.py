"""Where things lie: the history of the local file, and a desk's home when nobody names one."""

import os
from pathlib import Path

from platformdirs import user_data_path

from counter_app.wording.shipped import shipped_root


def migrations() -> Path:
    """Alembic history of the local file."""
    return shipped_root() / "db"


def chosen_home(option: str | None) -> Path:
    """The home named by `--home`, else by COUNTER_APP_HOME, else this user's own."""
    named = option or os.environ.get("COUNTER_APP_HOME")
    if not named:
        return user_data_path("guichet", appauthor=False)
    try:
        return Path(named).expanduser().absolute()
    except RuntimeError:
        # « ~name » of an account that does not exist: a folder of that name is meant.
        return Path(named).absolute()
