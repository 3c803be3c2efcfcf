"""Several training desks and their central on one machine, to play with: made for the occasion, gone at the end.

Everything goes through the second door, as an administrator would do it: nothing here knows how a central works.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from counter_app import app
from counter_app.demo import NOW, demo_home
from counter_app.domain.refusal import StoreRefused

SITE = "nord"
MOST_DESKS = 9
_ORDER = (2, 1, 3, 4, 5, 6, 7, 8, 9)
"""Numbers of the desks: the second one holds the day that was prepared."""
_AT = ("--at", NOW.isoformat())


def open_site(desks: int) -> None:
    """Open as many windows, each on a desk of its own, all of one site; comes back when the last one is closed."""
    with TemporaryDirectory(prefix="guichet-demo-") as made:
        folder = Path(made)
        store = f"sqlite:///{folder / 'centrale.db'}"
        _verb("central", "init", "--store", store, "--site", SITE, "--training", "--folder", str(folder / "centrale"))
        with _served(store, folder / "centrale") as url:
            homes = [_home(folder, number) for number in _ORDER[:desks]]
            for home in homes:
                code = _verb("central", "enrol-code", "--store", store, "--folder", str(folder / "centrale"))["code"]
                _verb("--home", str(home), *_AT, "enrol", str(code), "--url", url)
                _verb("--home", str(home), *_AT, "sync", "--once")
            _windows(homes)


def _home(folder: Path, number: int) -> Path:
    path = folder / f"poste-{number}"
    if number == _ORDER[0]:
        demo_home(str(path))
    else:
        app.init_home(path, SITE, training=True, clock=lambda: NOW)
        _verb("--home", str(path), *_AT, "settings", "--set", f"desk=Poste {number}", "--set", f"agent=Agent {number}")
    return path


def _windows(homes: Sequence[Path]) -> None:
    with ExitStack() as opened:
        windows = [opened.enter_context(subprocess.Popen(_command("--home", str(home), *_AT))) for home in homes]
        opened.callback(_close, windows)
        for window in windows:
            window.wait()


def _close(processes: Sequence["subprocess.Popen[bytes]"]) -> None:
    """What is still open when this program is stopped goes with it."""
    for process in processes:
        if process.poll() is None:
            process.terminate()


@contextmanager
def _served(store: str, folder: Path) -> Iterator[str]:
    """The address of the central, served for the length of the block."""
    command = _command("central", "serve", "--store", store, "--folder", str(folder), "--host", "127.0.0.1")
    with subprocess.Popen([*command, "--port", "0", "--json"], stdout=subprocess.PIPE) as service:
        try:
            yield f"https://localhost:{_told(service)['port']}"
        finally:
            service.terminate()


def _told(service: "subprocess.Popen[bytes]") -> dict[str, object]:
    """What a service says once it answers: the one JSON object of its output, which then stays open."""
    said = b""
    assert service.stdout is not None, "its answer is asked for"
    for line in service.stdout:
        said += line
        if line.startswith(b"}"):
            answer: dict[str, object] = json.loads(said)
            return answer
    raise _not_made()


def _verb(*words: str) -> dict[str, object]:
    """The answer of a verb. What it refuses is told in its own words."""
    done = subprocess.run(_command(*words, "--json"), capture_output=True, check=False)
    try:
        answer: dict[str, object] = json.loads(done.stdout)
    except ValueError:
        raise _not_made() from None
    if done.returncode:
        raise StoreRefused(str(answer.get("error", "demo")), str(answer.get("message", _not_made().sentence)))
    return answer


def _command(*words: str) -> list[str]:
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "counter_app"]
    return [*program, *words]


def _not_made() -> StoreRefused:
    return StoreRefused(
        "demo",
        "La démonstration à plusieurs postes n’a pas pu être préparée : un de ses programmes s’est arrêté. Rien n’est "
        "perdu. Essayez un seul poste (counter-app --demo), ou regardez le journal technique.",
    )
