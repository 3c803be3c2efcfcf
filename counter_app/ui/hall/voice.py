"""The voice of the hall, in French. A desk without any says so in its settings, and shows the numbers."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QGuiApplication


class Speech(Protocol):
    """What says a sentence: `QTextToSpeech`, or whatever stands for it."""

    def say(self, text: str, /) -> object: ...


MakeSpeech = Callable[[QObject], Speech | None]
"""Makes what speaks for an owner; None when the desk cannot."""


class Voice(QObject):
    """Says where a number goes; made when first asked for, since it loads the system's voices."""

    def __init__(self, make: MakeSpeech | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make or qt_speech
        self._made: list[Speech | None] = []

    @property
    def available(self) -> bool:
        """Whether this desk can speak."""
        return self._speech() is not None

    def say(self, sentence: str) -> None:
        """Say it, or nothing where the desk cannot."""
        speech = self._speech()
        if speech is not None:
            speech.say(sentence)

    def _speech(self) -> Speech | None:
        if not self._made:
            self._made.append(self._make(self))
        return self._made[0]


def qt_speech(owner: QObject) -> Speech | None:
    """The voice of the system; None without screen, library, engine or French voice."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return None
    try:
        from PySide6.QtTextToSpeech import QTextToSpeech
    except ImportError:
        return None
    if not [engine for engine in QTextToSpeech.availableEngines() if engine != "mock"]:
        return None
    speech = QTextToSpeech(owner)
    french = next((one for one in speech.availableLocales() if one.language() == QLocale.Language.French), None)
    if french is None:
        return None
    speech.setLocale(french)
    return speech
