"""Several desks opened by one command, on a real X server: windows, a central between them, and nothing left behind."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic

from tests.journeys.xserver import XServer, x_server


def test_one_command_opens_three_desks_of_one_site_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with x_server(tmp_path) as server:
        left = tmp_path / "temporary"
        left.mkdir()
        environment = {**os.environ, "DISPLAY": server.display, "QT_QPA_PLATFORM": "xcb", "TMPDIR": str(left)}
        command = [sys.executable, "-m", "counter_app", "demo", "--desks", "3", "--json"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as demo:
            windows = _three_windows(server, demo)
            for pid in windows:
                os.kill(pid, signal.SIGTERM)
            said, _nothing = demo.communicate(timeout=120)
        assert demo.returncode == 0
        assert json.loads(said) == {"desks": 3}
        assert list(left.glob("guichet-demo-*")) == []


def _three_windows(server: XServer, demo: "subprocess.Popen[str]") -> set[int]:
    """Processes of the windows, once three of them are seen."""
    deadline = monotonic() + 240
    seen: set[int] = set()
    while len(seen) < 3:
        assert demo.poll() is None, "the demonstration ended before its windows"
        assert monotonic() < deadline, f"{len(seen)} windows only"
        found = server.run("xdotool", "search", "--onlyvisible", "--name", "Guichet").split()
        seen = {int(pid) for one in found for pid in server.run("xdotool", "getwindowpid", one).split()}
    return seen
