"""Whether a screen answers is known before Qt is asked: without one it would end the process in English."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter_app.display import reachable
from tests.cli.cli import COMMAND

NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Path]:
    """A door behind which something listens, as a screen does."""
    place = tmp_path / "ecran"
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as door:
        door.bind(str(place))
        door.listen()
        yield place


@pytest.mark.parametrize(
    "named",
    [
        {},
        {"DISPLAY": ""},
        {"DISPLAY": ":59999"},
        {"DISPLAY": "n’importe quoi"},
        {"DISPLAY": "127.0.0.1:99999"},
        {"WAYLAND_DISPLAY": "absent"},
        {"QT_QPA_PLATFORM": "xcb"},
        {"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":59999"},
    ],
)
def test_a_screen_that_does_not_answer_is_known(named: dict[str, str]) -> None:
    assert reachable(named) == (sys.platform != "linux")


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc", "vnc:size=800x600", "windows"])
def test_a_platform_chosen_by_name_is_believed(platform: str) -> None:
    assert reachable({"QT_QPA_PLATFORM": platform})


def test_a_screen_that_answers_is_found(screen: Path) -> None:
    assert reachable({"XDG_RUNTIME_DIR": str(screen.parent), "WAYLAND_DISPLAY": screen.name})
    assert reachable({"WAYLAND_DISPLAY": str(screen)})
    assert reachable({"DISPLAY": str(screen)})
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        assert reachable({"DISPLAY": f"127.0.0.1:{server.getsockname()[1] - 6000}"})


@pytest.mark.parametrize("display", [":59999", "nulle part", ""])
def test_the_command_says_in_french_that_no_screen_answers(home: Path, display: str) -> None:
    session = {name: value for name, value in os.environ.items() if name not in NAMES} | {"DISPLAY": display}
    done = subprocess.run([COMMAND, "--home", str(home)], env=session, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert done.stderr.startswith("Aucun écran ne répond sur cette session")
    assert "qt" not in done.stderr.lower()
