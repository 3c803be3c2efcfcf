"""Where a run was measured, and how busy that was: figures without it cannot be compared."""

import os
import platform
from collections.abc import Mapping
from pathlib import Path

import PySide6
from sqlcipher3 import dbapi2

BUSY = 0.7
"""Load (processes that run or wait, mean of a minute) above which times are those of a shared machine."""


def machine() -> dict[str, object]:
    """Processor, cores, versions, and the load before anything was measured."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "sqlite": dbapi2.sqlite_version,
        "pyside": PySide6.__version__,
        "load": round(os.getloadavg()[0], 2),
    }


def told(machine: Mapping[str, object]) -> str:
    """One line for people."""
    words = ", ".join(f"{name} {value}" for name, value in machine.items())
    busy = float(str(machine["load"])) > BUSY
    return f"{words}{': the machine was busy, believe ratios and leave milliseconds' if busy else ''}"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.is_file():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
