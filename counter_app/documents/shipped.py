"""Where the files shipped with the app lie: beside the code in a checkout, inside the package once installed."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_ROOTS = (_PACKAGE / "_shipped" / "resources", _PACKAGE.parent / "resources")


def shipped(*parts: str) -> Path:
    """The path of one shipped resource, `shipped("fonts", "OFL.txt")`. Raises FileNotFoundError when it is missing."""
    for root in _ROOTS:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"missing from the installation: resources/{'/'.join(parts)}")
