"""A real CUPS server of the test's own: a free loopback port, a temporary folder, printers that are played.

`folder:` queues keep what comes out as files; `tray:` queues are out of paper. Works as root and as anyone else.
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_CUPSD = shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
_SERVER_BIN = Path("/usr/lib/cups")

_OUT_OF_PAPER = """#!/bin/sh
[ $# -eq 0 ] && { echo 'direct tray "Unknown" "A printer out of paper"'; exit 0; }
echo "STATE: +media-empty-error" >&2
exec sleep 600
"""
_INTO_A_FOLDER = """#!/bin/sh
[ $# -eq 0 ] && { echo 'direct folder "Unknown" "A printer into a folder"'; exit 0; }
cat "${6:--}" > "OUT/$1.part" && mv "OUT/$1.part" "OUT/$1.out"
"""


@dataclass(frozen=True)
class CupsServer:
    """A running server: `address` is what CUPS_SERVER must hold."""

    address: str
    out: Path
    daemon: "subprocess.Popen[bytes]"

    def run(self, *order: str) -> str:
        """Run one CUPS command against this server."""
        env = {**os.environ, "CUPS_SERVER": self.address, "LC_ALL": "C.UTF-8"}
        return subprocess.run(order, env=env, check=True, capture_output=True, text=True, timeout=60).stdout

    def add(self, queue: str, device: str, model: str) -> None:
        """Make a queue that takes papers."""
        self.run("/usr/sbin/lpadmin", "-p", queue, "-E", "-v", device, "-m", model)

    def printed(self, job: str) -> bytes:
        """What the printer received for this job, once it is finished."""
        file = self.out / f"{job.rpartition('-')[2]}.out"
        self.until(file.exists)
        return file.read_bytes()

    def until(self, answer: Callable[[], bool]) -> None:
        """Ask again, with a round trip to the server in between, until the answer is yes (3,000 times at most)."""
        for _ in range(3_000):
            if answer():
                return
            self.run("/usr/bin/lpstat", "-r", "-W", "all", "-o")
        raise AssertionError(f"the print server never came to it:\n{self.log()}")

    def log(self) -> str:
        """The end of the server's own log."""
        return (self.out.parent / "log" / "error").read_text(errors="replace")[-3000:]

    def stop(self) -> None:
        """End the daemon, by its own process."""
        self.daemon.terminate()
        self.daemon.wait(timeout=20)


@contextmanager
def cups_server(folder: Path) -> Iterator[CupsServer]:
    """Start a server in the folder; it is stopped at the end whatever happens."""
    if _CUPSD is None or not (_SERVER_BIN / "filter").is_dir():
        raise RuntimeError(
            "these tests print through a real CUPS: "
            "apt-get install --no-install-recommends cups cups-filters printer-driver-cups-pdf ghostscript"
        )
    address = f"127.0.0.1:{_free_port()}"
    _lay_out(folder, address)
    order = [_CUPSD, "-f", "-c", str(folder / "etc/cupsd.conf"), "-s", str(folder / "etc/cups-files.conf")]
    with (folder / "daemon.log").open("wb") as said:
        daemon = subprocess.Popen(order, stdout=said, stderr=said)
    server = CupsServer(address, folder / "out", daemon)
    try:
        _wait_for_the_door(server)
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _lay_out(folder: Path, address: str) -> None:
    for name in ("etc/ssl", "spool", "cache", "run", "tmp", "log", "out", "bin/backend"):
        (folder / name).mkdir(parents=True)
    for entry in _SERVER_BIN.iterdir():
        if entry.name != "backend":
            (folder / "bin" / entry.name).symlink_to(entry)
    _backend(folder, "tray", _OUT_OF_PAPER)
    _backend(folder, "folder", _INTO_A_FOLDER.replace("OUT", str(folder / "out")))
    (folder / "etc/cupsd.conf").write_text(_settings(address))
    (folder / "etc/cups-files.conf").write_text(_places(folder))
    if os.geteuid() == 0:
        for name in ("spool", "cache", "run", "tmp", "log", "out"):
            shutil.chown(folder / name, "lp", "lp")


def _backend(folder: Path, name: str, script: str) -> None:
    file = folder / "bin/backend" / name
    file.write_text(script)
    file.chmod(0o755)


def _settings(address: str) -> str:
    everyone_here = "Order allow,deny\n  Allow localhost"
    places = "".join(f"<Location {place}>\n  {everyone_here}\n</Location>\n" for place in ("/", "/admin"))
    policy = "<Policy default>\n<Limit All>\n  Order deny,allow\n  Allow localhost\n</Limit>\n</Policy>\n"
    options = ["Browsing Off", "WebInterface No", "DefaultAuthType None", "DefaultEncryption Never", "LogLevel info"]
    return "\n".join((f"Listen {address}", *options, places, policy))


def _places(folder: Path) -> str:
    names = {
        "ServerRoot": "etc",
        "ServerBin": "bin",
        "ServerKeychain": "etc/ssl",
        "RequestRoot": "spool",
        "CacheDir": "cache",
        "StateDir": "run",
        "TempDir": "tmp",
        "AccessLog": "log/access",
        "ErrorLog": "log/error",
        "PageLog": "log/page",
    }
    as_whom = "User lp\nGroup lp\nSystemGroup lpadmin root\n" if os.geteuid() == 0 else ""
    return "".join(f"{name} {folder / place}\n" for name, place in names.items()) + as_whom + "Sandboxing relaxed\n"


def _wait_for_the_door(server: CupsServer) -> None:
    host, _, port = server.address.partition(":")
    for _ in range(3_000):
        if server.daemon.poll() is not None:
            raise RuntimeError(f"cupsd stopped by itself:\n{(server.out.parent / 'daemon.log').read_text()}")
        with socket.socket() as door:
            if door.connect_ex((host, int(port))) == 0:
                return
        with suppress(subprocess.TimeoutExpired):
            server.daemon.wait(0.02)
    raise RuntimeError("cupsd did not open its port")
