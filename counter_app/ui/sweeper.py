"""Python's garbage, collected where it may be: on the thread of the window."""

import gc

from PySide6.QtCore import QObject, QTimer

SWEEP = 500
"""Milliseconds between two looks at Python's garbage."""

OLDEST = 2
"""Python's oldest generation of objects."""


class Sweeper(QObject):
    """Collects Python's cyclic garbage on the UI thread alone, while other threads work.

    A collection may run in any thread and destroy whatever it finds there. A timer or a widget destroyed outside its
    own thread leaves its address behind in Qt's event loop, which then crashes.

    What the window is made of lives as long as it does: it is looked through no more once the oldest generation is due,
    which would hold the window up for a tenth of a second every minute.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._settled = False
        gc.disable()
        self._timer = QTimer(self, interval=SWEEP)
        self._timer.timeout.connect(self._sweep)
        self._timer.start()

    def _sweep(self) -> None:
        """The interpreter's own rule: the oldest generation that has had its share."""
        due = [
            place
            for place, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > most
        ]
        if due and due[-1] == OLDEST and not self._settled:
            self._settled = True
            gc.freeze()
        elif due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """No other thread works any more."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
