"""Where the files shipped with the app lie: in the installed package, the frozen bundle, or beside the code."""

from functools import cache
from pathlib import Path


@cache
def shipped_root() -> Path:
    """The folder that holds `resources/` and `db/`."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_shipped"
    return installed if installed.is_dir() else package.parent


def shipped(*parts: str) -> Path:
    """Path of one shipped resource, such as `shipped("wording", "fr.toml")`.

    Raises FileNotFoundError when the installation lacks it.
    """
    path = shipped_root().joinpath("resources", *parts)
    if not path.exists():
        raise FileNotFoundError(f"missing from the installation: resources/{'/'.join(parts)}")
    return path
