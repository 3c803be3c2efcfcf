"""Where things lie: the history of the local file, and a desk's home when nobody names one."""

import os
from pathlib import Path

from platformdirs import user_data_path

from counter_app.store.safety import check_name
from counter_app.wording.shipped import shipped_root


def migrations() -> Path:
    """Alembic history of the local file."""
    return shipped_root() / "db"


def chosen_home(option: str | None) -> Path:
    """The home named by `--home`, else by COUNTER_APP_HOME, else this user's own. Refuses the name of a share."""
    named = option or os.environ.get("COUNTER_APP_HOME")
    return named_folder(named) if named else own_folder()


def own_folder() -> Path:
    """This account's own folder."""
    return user_data_path("guichet", appauthor=False)


def named_folder(named: str) -> Path:
    """The folder that somebody names, « ~ » included. Refuses the name of a share (`network_share`)."""
    check_name(named)
    try:
        return Path(named).expanduser().absolute()
    except RuntimeError:
        # « ~name » of an account that does not exist: a folder of that name is meant.
        return Path(named).absolute()
