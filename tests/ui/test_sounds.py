"""Five sounds told apart by number and direction of notes; a desk that cannot play them stays silent."""

import io
import wave
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from counter_app.domain.verdict import Family
from counter_app.ui.sounds import SAME_WITHIN, Effect, Sounds, qt_effect
from counter_app.ui.tones import LEVEL, TONES, wav
from counter_app.wording.shipped import shipped


class Speaker:
    """Stands for QSoundEffect: remembers what it was asked to play, and how loud."""

    def __init__(self) -> None:
        self.played: list[tuple[str, float]] = []

    def make(self, tone: str, _owner: QObject) -> Effect:
        speaker = self

        class Played:
            volume = 0.0

            def setVolume(self, volume: float, /) -> None:
                self.volume = volume

            def play(self) -> None:
                speaker.played.append((tone, self.volume))

        return Played()


class Clock:
    """Milliseconds that pass only when told."""

    now = 0

    def __call__(self) -> int:
        return self.now


def desk(volume: float = 0.5) -> tuple[Sounds, Speaker, Clock]:
    speaker, clock = Speaker(), Clock()
    return Sounds(volume, speaker.make, clock), speaker, clock


@pytest.mark.parametrize("tone", sorted(TONES))
def test_the_shipped_file_is_what_the_generator_makes(tone: str) -> None:
    assert shipped("sounds", f"{tone}.wav").read_bytes() == wav(tone)


@pytest.mark.parametrize("tone", sorted(TONES))
def test_sounds_are_short_low_and_never_clipped(tone: str) -> None:
    with wave.open(io.BytesIO(wav(tone))) as file:
        assert file.getnframes() / file.getframerate() <= 0.6
        samples = memoryview(file.readframes(file.getnframes())).cast("h")
    assert max(abs(sample) for sample in samples) <= 32_767 * LEVEL
    assert all(note.pitch <= 1200 for note in TONES[tone])


def test_every_family_has_a_melody_of_its_own() -> None:
    def shape(tone: str) -> tuple[int, tuple[int, ...]]:
        pitches = [note.pitch for note in TONES[tone] if note.pitch]
        steps = tuple((after > before) - (after < before) for before, after in pairwise(pitches))
        return len(pitches), steps

    assert len({shape(family) for family in Family}) == len(Family)


def test_a_verdict_plays_the_tone_of_its_family_at_the_volume_of_the_desk() -> None:
    sounds, speaker, _ = desk(0.3)
    sounds.verdict("stop", "cancelled DIALLO")
    assert speaker.played == [("stop", 0.3)]


def test_the_same_verdict_within_two_seconds_is_silent() -> None:
    sounds, speaker, clock = desk()
    sounds.verdict("ok", "admitted 1")
    clock.now = SAME_WITHIN - 1
    sounds.verdict("ok", "admitted 1")
    clock.now = 2 * SAME_WITHIN
    sounds.verdict("ok", "admitted 1")
    assert [tone for tone, _ in speaker.played] == ["ok", "ok"]


def test_two_people_in_a_row_are_two_sounds() -> None:
    sounds, speaker, _ = desk()
    sounds.verdict("ok", "admitted 1")
    sounds.verdict("ok", "admitted 2")
    assert len(speaker.played) == 2


def test_volume_zero_is_silence() -> None:
    sounds, speaker, _ = desk(0)
    sounds.verdict("ok", "admitted 1")
    assert speaker.played == []


def test_a_desk_that_cannot_play_is_silent_and_says_so() -> None:
    sounds = Sounds(make=lambda _tone, _owner: None)
    sounds.verdict("ok", "admitted 1")
    sounds.play("tick")
    assert not sounds.available


def test_without_a_screen_nothing_is_played(qapp: QApplication) -> None:
    assert qt_effect("ok", QObject()) is None


def test_an_unknown_tone_is_a_breakage() -> None:
    with pytest.raises(KeyError):
        desk()[0].play("fanfare")
