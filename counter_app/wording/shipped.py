"""Where the files shipped with the app lie: inside the package once installed, beside the code in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_ROOTS = (_PACKAGE / "_shipped" / "resources", _PACKAGE.parent / "resources")


def shipped(*parts: str) -> Path:
    """Path of one shipped resource, such as `shipped("wording", "fr.toml")`.

    Raises FileNotFoundError when the installation lacks it.
    """
    for root in _ROOTS:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"missing from the installation: resources/{'/'.join(parts)}")
