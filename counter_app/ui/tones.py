"""The five sounds of the desk and a tick, made of sines with soft edges: they differ by number and direction of notes.

Frequencies stay under 1.2 kHz and sounds under 0.6 s, so that loss of high pitches or noise in the hall hides none.
The files of `resources/sounds` are exactly what this module makes; a test compares them.
"""

import io
import math
import wave
from array import array
from dataclasses import dataclass

RATE = 22_050
"""Samples per second."""
LEVEL = 0.5
SOFT = 0.008
"""Length of the rise and fall of a note, in seconds: a hard edge clicks."""


@dataclass(frozen=True, slots=True)
class Note:
    """A pitch in hertz (0 is a pause) and a length in milliseconds; a slow note takes a third of it to rise."""

    pitch: int
    length: int
    slow: bool = False


TONES: dict[str, tuple[Note, ...]] = {
    "ok": (Note(660, 70), Note(880, 110)),
    "warn": (Note(700, 90), Note(0, 70), Note(700, 90)),
    "stop": (Note(330, 160), Note(220, 260)),
    "go": (Note(523, 60), Note(659, 60), Note(784, 60)),
    "tech": (Note(440, 280, slow=True),),
    "tick": (Note(600, 25),),
    "gong": (Note(587, 200), Note(440, 360)),
}
"""By family of verdicts; `tick` answers a scan that cannot be taken now, `gong` calls a number in the hall."""


def wav(tone: str) -> bytes:
    """The WAV file of a tone, 16 bits mono. Raises KeyError for an unknown one."""
    samples = array("h", (value for note in TONES[tone] for value in _samples(note)))
    if samples.itemsize != 2:
        raise OverflowError("16-bit samples are not 2 bytes here")
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return file.getvalue()


def _samples(note: Note) -> list[int]:
    count = RATE * note.length // 1000
    rise = max(int(count / 3 if note.slow else RATE * SOFT), 1)
    fall = max(int(RATE * SOFT), 1)
    return [
        round(32_767 * LEVEL * _envelope(place, count, rise, fall) * math.sin(2 * math.pi * note.pitch * place / RATE))
        for place in range(count)
    ]


def _envelope(place: int, count: int, rise: int, fall: int) -> float:
    """From 0 to 1 and back along a cosine."""
    edge = min(place / rise, (count - place) / fall, 1.0)
    return (1 - math.cos(math.pi * edge)) / 2
