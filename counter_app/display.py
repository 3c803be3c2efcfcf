"""Whether a screen answers, asked before Qt is: without one, Qt ends the whole process in English."""

import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

_X_DISPLAY = re.compile(r"(?P<host>[^:]*):(?P<number>\d+)(\.\d+)?")
FIRST_PORT = 6000
"""Port of display 0 on another machine; the others follow."""
PATIENCE = 2.0
"""Seconds that another machine may take to answer."""


def reachable(named: Mapping[str, str]) -> bool:
    """Whether a screen answers, by the environment of a session. Asked on Linux, unless another platform is named."""
    platform = named.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if sys.platform != "linux" or platform not in ("", "xcb", "wayland"):
        return True
    wayland = platform != "xcb" and _wayland_answers(named)
    return wayland or (platform != "wayland" and _x_answers(named.get("DISPLAY", "")))


def _wayland_answers(named: Mapping[str, str]) -> bool:
    name = named.get("WAYLAND_DISPLAY", "")
    return bool(name) and _local_answers(str(Path(named.get("XDG_RUNTIME_DIR", "/")) / name))


def _x_answers(display: str) -> bool:
    found = _X_DISPLAY.fullmatch(display.removeprefix("unix"))
    if found is None:
        return Path(display).is_socket() and _local_answers(display)
    host, number = found["host"], int(found["number"])
    if host:
        return _machine_answers(host, FIRST_PORT + number)
    place = f"/tmp/.X11-unix/X{number}"
    return _local_answers(place) or _local_answers(f"\0{place}")


def _local_answers(place: str) -> bool:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
            door.connect(place)
    except OSError:
        return False
    return True


def _machine_answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=PATIENCE):
            return True
    except (OSError, OverflowError):
        return False
