"""The second door in tests: in this process, or as the installed command."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from counter_app.cli import run
from tests.central.live import Live

COMMAND = str(Path(sys.executable).with_name("counter-app"))
AT = "2026-11-23T09:05"


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on standard output."""
        answer = json.loads(self.out)
        assert isinstance(answer, dict)
        return answer


@dataclass(slots=True)
class Door:
    """Commands on one home."""

    home: Path
    capture: pytest.CaptureFixture[str] = field(repr=False)

    def __call__(self, *arguments: str | Path) -> Said:
        """Run a command on the home, in JSON."""
        return self.bare("--home", self.home, *arguments, "--json")

    def at(self, hour: str, *arguments: str | Path) -> Said:
        """The same, at an hour of the training day."""
        return self(*arguments, "--at", f"2026-11-23T{hour}")

    def bare(self, *arguments: str | Path) -> Said:
        """Run a command as given."""
        self.capture.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = self.capture.readouterr()
        assert "Traceback" not in captured.err + captured.out
        return Said(code, captured.out, captured.err)


Join = Callable[[str, str], Door]
"""A desk of a name and a ticket letter joins the central."""


def installed(*arguments: str | Path, **more: Any) -> Said:
    """Run the installed command in a process of its own."""
    done = subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, **more)
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def stop(service: Live) -> None:
    """The service ends, and nobody answers at its address any more."""
    service.server.should_exit = True
    with suppress(OSError):
        while True:
            service.connected().close()
