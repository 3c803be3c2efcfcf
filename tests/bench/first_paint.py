"""From the command to the first paint and to a field that takes a scan, against an empty PySide6 window.

Each start is a process of its own, which says the moments on the clock that all processes share.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from time import monotonic

from tests.bench.figures import Figure
from tests.bench.homes import BenchHome
from tests.bench.timing import spread

ROUNDS = 7


Told = dict[str, float]
"""Of `painted` and `ready`: seconds from the command, seconds of processor (`_own`), peak megabytes (`_memory`)."""


def starts(home: BenchHome, platform: str, display: str = "") -> Iterator[Figure]:
    """Starts of the real window and of an empty one, turn by turn."""
    path = str(home.office.home.path.resolve())
    pairs: list[tuple[Told, Told]] = []
    for _turn in range(ROUNDS + 1):
        pairs.append((_start("window", platform, display, path), _start("empty", platform, display, path)))
    warm = pairs[1:]
    for name, ours, its, goal in (
        ("first paint, own time", "painted_own", "painted_own", 1.3),
        ("first paint, shared machine", "painted", "painted", None),
        ("ready to scan, own time", "ready_own", "painted_own", 3),
        ("ready to scan, shared machine", "ready", "painted", None),
        ("memory at first paint", "painted_memory", "painted_memory", 1.2),
        ("memory ready to scan", "ready_memory", "painted_memory", 2),
    ):
        ratios = [window[ours] / empty[its] for window, empty in warm]
        yield Figure(f"{name}, {platform}", home.size, spread(ratios), "x", "an empty QMainWindow", at_most=goal)


def _start(which: str, platform: str, display: str, home: str) -> Told:
    own = {"QT_QPA_PLATFORM": platform, "DISPLAY": display, "COUNTER_APP_HOME": home}
    began = monotonic()
    command = [sys.executable, "-m", f"tests.bench.start_{which}"]
    # Installed modules are byte-compiled: the first round, left out, writes what is not.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    answer = subprocess.run(command, env={**kept, **own}, check=True, capture_output=True, text=True, timeout=60)
    told: Told = json.loads(answer.stdout.splitlines()[-1])
    return {**told, "painted": told["painted"] - began, "ready": told["ready"] - began}
