"""Whether the name of a central is found in time. The system gives up a look-up when it likes, not when it is asked to:
another program, which can be ended, looks first."""

import shutil
import subprocess
from contextlib import suppress
from ipaddress import ip_address
from subprocess import DEVNULL

LOOK_UP = ("getent", "ahosts")
"""The program that looks names up as this one will, and its arguments before the name."""


def found_in_time(host: str, seconds: float) -> bool:
    """Whether looking a name up ends within so long, well or not. True too where nobody can tell: of an address, and
    on a system without this program."""
    with suppress(ValueError):
        return bool(ip_address(host))
    program = shutil.which(LOOK_UP[0])
    if program is None:
        return True
    try:
        subprocess.run([program, *LOOK_UP[1:], host], stdout=DEVNULL, stderr=DEVNULL, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return False
    return True
