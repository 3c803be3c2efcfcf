"""A site to play with: what is made for it goes with it, however it ends."""

import os
import signal
import subprocess
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from tests.cli.cli import COMMAND


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_site_that_is_stopped_leaves_nothing_behind(tmp_path: Path, how: signal.Signals) -> None:
    around = {**os.environ, "TMPDIR": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen([COMMAND, "demo", "--desks", "2"], env=around, stderr=subprocess.PIPE) as demo:
        until = monotonic() + 60
        while not list(tmp_path.glob("guichet-demo-*/centrale.db")) and monotonic() < until and demo.poll() is None:
            Event().wait(0.05)
        assert demo.poll() is None
        demo.send_signal(how)
        demo.wait(60)
    assert list(tmp_path.glob("guichet-demo-*")) == []
