"""What a test scan tells of a reader: how fast it types, which key ends it, which keyboard it believes in. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum

from counter_app.domain.codes import OwnCode, read_code
from counter_app.domain.keyboard import looks_like_azerty_row

PAUSE = 400
"""Milliseconds without a key after which another scan begins."""
LEAST = 6


class EndKey(StrEnum):
    """What ended the scan."""

    ENTER = "enter"
    TAB = "tab"
    NONE = "none"


class Layout(StrEnum):
    """Which keyboard the reader types for."""

    RIGHT = "right"
    QWERTY = "qwerty"
    """Digits came as the signs of an unshifted French row."""
    UNTOLD = "untold"
    """The code held nothing that tells one keyboard from another."""


@dataclass(frozen=True, slots=True)
class ReaderReport:
    """One test scan."""

    text: str
    keys: int
    each: int
    """Milliseconds from one key to the next, on average."""
    end: EndKey
    layout: Layout
    known: bool
    """The code was one of ours, read whole."""


@dataclass(slots=True)
class ReaderWatch:
    """Collects the keys of one scan; moments are given, in milliseconds."""

    _text: str = ""
    _moments: list[int] = field(default_factory=list)

    def add(self, character: str, at: int) -> None:
        """One more key."""
        if self._moments and at - self._moments[-1] > PAUSE:
            self.clear()
        self._text += character
        self._moments.append(at)

    def clear(self) -> None:
        """Wait for another scan."""
        self._text = ""
        self._moments.clear()

    def finish(self, end: EndKey) -> ReaderReport | None:
        """What the keys so far tell; None when they are too few to be a scan."""
        text, moments = self._text, tuple(self._moments)
        self.clear()
        if len(moments) < LEAST:
            return None
        each = round((moments[-1] - moments[0]) / (len(moments) - 1))
        return ReaderReport(text, len(moments), each, end, _layout(text), isinstance(read_code(text), OwnCode))


def _layout(text: str) -> Layout:
    if looks_like_azerty_row(text):
        return Layout.QWERTY
    return Layout.RIGHT if any(character.isdigit() for character in text) else Layout.UNTOLD
