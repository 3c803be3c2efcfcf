"""One piece of work in a process of its own: `python -m tests.bench.once WORK ARGUMENT …` prints its cost as JSON."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

MARK = "--- gesture"


def peak_memory() -> float:
    """The most memory this process had so far, in megabytes; not what its parent had when it was born."""
    status = Path("/proc/self/status")
    if status.is_file():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the work alone, those of processor it had, and the peak memory of the process in megabytes."""

    seconds: float
    own: float
    peak: float
    done: int


def run(work: str, *arguments: object) -> Cost:
    """Do the work in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.once", work, *map(str, arguments)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Cost(**json.loads(answer.stdout))


def _import(file: str, home: str) -> int:
    from counter_app.usecases.import_list import import_list
    from tests.bench.homes import new_home

    opened = new_home(Path(home))
    _begin()
    outcome = import_list(opened.desk, Path(file))
    assert not outcome.rejected, outcome.rejected[0]
    opened.close()
    return outcome.rows


def _by_hand(file: str, home: str) -> int:
    from tests.bench.by_hand import connect
    from tests.bench.lists import store_by_hand

    path = Path(home)
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = connect(path, bytes(32))
    _begin()
    return store_by_hand(connection, Path(file))


def _same_rows(file: str, home: str) -> int:
    from tests.bench.by_hand import connect
    from tests.bench.homes import new_home
    from tests.bench.same_rows import store_same_rows

    opened = new_home(Path(home))
    opened.close()
    connection = connect(opened.file, opened.key)
    _begin()
    return store_same_rows(connection, Path(file))


def _read(file: str) -> int:
    from counter_app.imports.appointments import read_appointments
    from counter_app.imports.sheet import read_sheet
    from tests.bench.people import ZONE

    _begin()
    return sum(1 for _row in read_appointments(read_sheet(Path(file)), None, ZONE))


def _receive(file: str, home: str) -> int:
    from counter_app.usecases.receive_permits import receive_permits
    from tests.bench.homes import new_home

    opened = new_home(Path(home))
    _begin()
    outcome = receive_permits(opened.desk, Path(file))
    assert not outcome.rejected, outcome.rejected[0]
    opened.close()
    return outcome.added


def _read_lot(file: str) -> int:
    from datetime import date

    from counter_app.imports.permits import read_permits
    from tests.bench.people import ZONE

    _begin()
    return len(read_permits(Path(file), ZONE, date(2026, 11, 23)))


def _gestures(size: str, people: str, count: str) -> int:
    """Arrivals, each announced on the error stream, for whoever counts the system's calls."""
    from counter_app.usecases.check_in import check_in
    from tests.bench.homes import open_home

    home = open_home(size, int(people))
    for someone in home.expected(int(count)):
        home.clock.now = someone.slot
        os.write(2, f"{MARK}\n".encode())
        assert check_in(home.desk, someone.code).recorded
    os.write(2, f"{MARK}\n".encode())
    return int(count)


WORKS: dict[str, Callable[..., int]] = {
    "import": _import,
    "by_hand": _by_hand,
    "same_rows": _same_rows,
    "read": _read,
    "receive": _receive,
    "read_lot": _read_lot,
    "gestures": _gestures,
}
_began = (perf_counter(), process_time())


def _begin() -> None:
    """What is ready before the work does not count."""
    global _began  # noqa: PLW0603 - one process, one piece of work
    _began = (perf_counter(), process_time())


def main(work: str, *arguments: str) -> None:
    """Do it, and tell what it cost."""
    _begin()
    done = WORKS[work](*arguments)
    seconds, own = perf_counter() - _began[0], process_time() - _began[1]
    peak = peak_memory()
    json.dump({"seconds": seconds, "own": own, "peak": peak, "done": done}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
