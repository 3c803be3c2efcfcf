"""The sound of a verdict. A desk without loudspeaker, or without the system's sound library, is simply silent."""

import logging
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QObject, QUrl
from PySide6.QtGui import QGuiApplication

from counter_app.ui.tones import TONES
from counter_app.wording.shipped import shipped

log = logging.getLogger(__name__)

SAME_WITHIN = 2000
"""The same verdict again within this many milliseconds makes no second sound."""


class Effect(Protocol):
    """What plays one sound: `QSoundEffect`, or whatever stands for it."""

    def setVolume(self, volume: float, /) -> None: ...

    def play(self) -> None: ...


MakeEffect = Callable[[str, QObject], Effect | None]
"""Makes the effect of a tone for an owner; None when the desk cannot play."""


class Sounds(QObject):
    """Plays the tone of a family. Volume from 0 (silent) to 1; STOP is never louder than OK."""

    def __init__(
        self, volume: float = 0.7, make: MakeEffect | None = None, clock: Callable[[], int] | None = None
    ) -> None:
        super().__init__()
        self._make = make or qt_effect
        self._clock = clock or _started()
        self._effects: dict[str, Effect] | None = None
        self._latest = ("", -SAME_WITHIN - 1)
        self.volume = volume

    def prepare(self) -> None:
        """Load what plays sounds. Takes time once: call it when the window stands, before the first scan."""
        if self._effects is None:
            made = {tone: self._make(tone, self) for tone in TONES}
            self._effects = {tone: effect for tone, effect in made.items() if effect is not None}

    @property
    def available(self) -> bool:
        """Whether this desk can play sounds; False before `prepare`."""
        return bool(self._effects)

    def verdict(self, family: str, about: str) -> None:
        """Sound of a verdict; silent when the same (`about`: its slug and person) came less than two seconds ago."""
        now = self._clock()
        repeated = about == self._latest[0] and now - self._latest[1] < SAME_WITHIN
        self._latest = (about, now)
        if not repeated:
            self.play(family)

    def play(self, tone: str) -> None:
        """Play a tone now: a family, or `tick`. Raises KeyError for an unknown one."""
        if tone not in TONES:
            raise KeyError(tone)
        self.prepare()
        effect = (self._effects or {}).get(tone)
        if effect is not None and self.volume > 0:
            effect.setVolume(self.volume)
            effect.play()


def qt_effect(tone: str, owner: QObject) -> Effect | None:
    """The effect that Qt plays; None without screen, sound device or sound library."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return None
    try:
        from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
    except ImportError:
        log.info("no sound: the system's sound library is missing")
        return None
    if QMediaDevices.defaultAudioOutput().isNull():
        return None
    effect = QSoundEffect(owner)
    effect.setSource(QUrl.fromLocalFile(str(shipped("sounds", f"{tone}.wav"))))
    return effect


def _started() -> Callable[[], int]:
    timer = QElapsedTimer()
    timer.start()
    return timer.elapsed
