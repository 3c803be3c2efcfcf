"""A real X server without a screen, on a display that is free: its keyboard, and what it shows."""

import json
import mmap
import os
import struct
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from counter_app.wording.shipped import shipped

SIZE = (1366, 768)
FIELD = (246, 100, 150)
"""Where the edge of the one field, with its focus ring, crosses the screen: x, then y from and to."""
PANEL = (252, 170, 430)
"""Left of all words and of the icon of the answer: x, then y from and to."""
LEAST = 60
"""Pixels of one colour down that line that make an answer."""

Colour = tuple[int, int, int]


@cache
def colours(theme: str = "light") -> dict[str, Colour]:
    """Tokens of a theme as red, green, blue."""
    tokens: dict[str, str] = json.loads(shipped("tokens.json").read_text(encoding="utf-8"))[theme]
    return {name: (int(hexed[1:3], 16), int(hexed[3:5], 16), int(hexed[5:7], 16)) for name, hexed in tokens.items()}


@dataclass(frozen=True)
class XServer:
    """One running server. Its frame buffer is a file that can be looked at whenever one likes."""

    display: str
    process: subprocess.Popen[bytes]
    buffer: Path

    def run(self, *order: str) -> str:
        """Run a client of this server; what it wrote."""
        done = subprocess.run(order, env={**os.environ, "DISPLAY": self.display}, capture_output=True, timeout=60)
        return done.stdout.decode()

    def set_keyboard(self, layout: str) -> None:
        """`fr` or `us`."""
        self.run("setxkbmap", layout)
        assert f"layout:     {layout}" in self.run("setxkbmap", "-query")

    def picture(self) -> Image.Image:
        """What the screen shows now."""
        return Image.frombytes("RGB", SIZE, b"".join(self.rows(0, 0, *SIZE)), "raw", "BGRX")

    def rows(self, left: int, top: int, right: int, bottom: int) -> list[bytes]:
        """Rows of a part of the screen, four bytes a pixel: blue, green, red and one to spare. Some microseconds."""
        with self.buffer.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as pixels:
            header = struct.unpack(">25I", pixels[:100])
            start, stride = header[0] + header[19] * 12, header[12]
            places = (start + stride * y for y in range(top, bottom))
            return [pixels[place + 4 * left : place + 4 * right] for place in places]

    def down(self, line: tuple[int, int, int]) -> Counter[Colour]:
        """Colours down a vertical line: x, then y from and to."""
        x, top, bottom = line
        return Counter((pixel[2], pixel[1], pixel[0]) for pixel in self.rows(x, top, x + 1, bottom))

    def family(self) -> str:
        """Family of the answer on show (`ok`, `warn`, `stop`, `go`, `tech`), empty when there is none."""
        seen = self.down(PANEL)
        return next((name for name in ("ok", "warn", "stop", "go", "tech") if seen[colours()[name]] >= LEAST), "")

    def field_has_focus(self) -> bool:
        """Whether the ring is around the one field."""
        return self.down(FIELD)[colours()["focus"]] > 0


@contextmanager
def x_server(folder: Path, layout: str = "fr") -> Iterator[XServer]:
    """Start a server on a free display, stop it (and it alone) at the end."""
    readable, writable = os.pipe()
    screen = ["-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-fbdir", str(folder)]
    order = ["Xvfb", "-displayfd", str(writable), *screen, "-nolisten", "tcp", "-noreset"]
    with (folder / "xvfb.log").open("wb") as log:
        process = subprocess.Popen(order, pass_fds=(writable,), stdout=log, stderr=log)
    os.close(writable)
    try:
        with os.fdopen(readable) as told:
            display = told.readline().strip()
        assert display, (folder / "xvfb.log").read_text()
        server = XServer(f":{display}", process, folder / "Xvfb_screen0")
        server.set_keyboard(layout)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)
