"""Tells when a window is first painted and when its field takes a scan, then ends the process."""

import json
import os
import sys
from collections.abc import Callable
from time import monotonic, process_time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.once import peak_memory


class Watch(QObject):
    """Sees every paint of the application."""

    def __init__(self, app: QApplication, ready: Callable[[], bool]) -> None:
        super().__init__(app)
        self._ready = ready
        self._told: dict[str, float] = {}
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the first paint, and the first one with which the window is ready."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            if not self._told:
                self._tell("painted")
            if self._ready():
                self._tell("ready")
                self._end()
        return False

    def _tell(self, step: str) -> None:
        self._told[step] = monotonic()
        self._told[f"{step}_own"] = process_time()
        self._told[f"{step}_memory"] = peak_memory()

    def _end(self) -> None:
        print(json.dumps(self._told))
        sys.stdout.flush()
        os._exit(0)
