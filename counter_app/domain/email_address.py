"""E-mail addresses as people type them: one @, a site with a dot, nothing that could hide another addressee."""

import re

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;.]+(?:\.[^@\s<>,;.]+)+")


def is_address(text: str) -> bool:
    """Whether a text has the form of an address; whether anybody reads it, nobody knows."""
    return _ADDRESS.fullmatch(text) is not None
