"""How often a gesture asks the disk to keep what it wrote, counted by strace where it is installed."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.homes import FOLDER, open_home
from tests.bench.once import MARK
from tests.bench.timing import Spread


def syncs(size: str, count: int, gestures: int = 100) -> Iterator[Figure]:
    """fsync and fdatasync calls of each arrival: scan, verdict, two acts, ticket."""
    strace = shutil.which("strace")
    if strace is None:
        return
    open_home(size, count, need=gestures).close()
    log = FOLDER / "strace.log"
    traced = (strace, "-f", "-e", "trace=fsync,fdatasync,write", "-o", str(log))
    work = (sys.executable, "-m", "tests.bench.once", "gestures", size, str(count), str(gestures))
    subprocess.run([*traced, *work], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    each = list(_each(log))
    seen = Spread(min(each), sum(each) / len(each), max(each))
    yield Figure("fsync calls of an arrival", size, seen, "", "strace; the most holds a checkpoint", at_most=2)


def _each(log: Path) -> Iterator[int]:
    calls: int | None = None
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if MARK in line:
            if calls is not None:
                yield calls
            calls = 0
        elif calls is not None and "sync(" in line:
            calls += 1
