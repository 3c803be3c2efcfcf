"""The public display: opened from the palette or by a setting, kept on the second screen, in step with the calls."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from counter_app.documents.paper_texts import FRENCH, text
from counter_app.ui.hall.voice import Voice
from counter_app.ui.hall.window import HallWindow
from counter_app.ui.workbench import Workbench
from counter_app.usecases.hall import Hall, hall

AGAIN = 2_000
"""Milliseconds between two looks when nothing was heard of: a call made by command in the same home, the hour and a
cut-off show by themselves."""
FRAME = 40
"""Pixels around a window on the desk's own screen: its title and its edges are to be reached."""
LOOK = "hall"
HELP = ("en", "ar")
"""Languages beside French: public notices are translated into two at least (law of 4 August 1994, article 4)."""


class HallDoor(QObject):
    """Opens and closes the window of the hall, and tells it what is called."""

    def __init__(self, bench: Workbench, window: QWidget, voice: Voice | None = None) -> None:
        super().__init__(window)
        self._bench, self._parent = bench, window
        self.voice = voice or Voice(parent=self)
        self.window: HallWindow | None = None
        self._clock = QTimer(self, interval=AGAIN)
        self._clock.timeout.connect(self.refresh)
        bench.acted.connect(self.refresh)
        bench.settings_changed.connect(self._follow)
        window.installEventFilter(self)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self._on_screens)
        app.screenRemoved.connect(self._on_screens)
        self._follow()

    def toggle(self) -> None:
        """Open or close it, and remember which."""
        self._bench.change_settings(hall_display=self.window is None)

    def refresh(self) -> None:
        """Look at the calls again, as long as the window is open."""
        if self.window is not None:
            desk = self._bench.desk
            self._bench.look(LOOK, lambda: hall(desk), self._show)

    def _follow(self) -> None:
        settings = self._bench.settings
        if settings.hall_display and self.window is None:
            self._open()
        elif not settings.hall_display:
            self._shut()
        if self.window is not None:
            self.window.distance, self.window.still = float(settings.hall_distance), settings.reduce_motion
            self.window.update()

    def _open(self) -> None:
        notices = [notice for code in (FRENCH, *HELP) if (notice := text(code, "hall_ready"))]
        self.window = HallWindow(self._bench.theme, self._bench.words, notices)
        self.window.closed.connect(self._on_closed)
        self.destroyed.connect(self.window.deleteLater)
        self._place()
        self._clock.start()
        self.refresh()

    def _shut(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            self._clock.stop()
            window.close()
            window.deleteLater()

    def _on_closed(self) -> None:
        """By its own cross: nothing rings for a display that nobody sees."""
        if self.window is not None:
            self.toggle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It goes with the window of the desk, and not when that one is minimised."""
        if event.type() is QEvent.Type.Hide and not event.spontaneous():
            self._shut()
        return False

    def _on_screens(self, _screen: QScreen) -> None:
        self._place()

    def _place(self) -> None:
        """Whole on the second screen; in a window where there is only one."""
        if self.window is None:
            return
        others = [one for one in QGuiApplication.screens() if one is not self._parent.screen()]
        if others:
            self.window.setScreen(others[0])
            self.window.setGeometry(others[0].geometry())
            self.window.setWindowState(Qt.WindowState.WindowFullScreen)
        else:
            self.window.setWindowState(Qt.WindowState.WindowNoState)
            whole = self._parent.screen().availableGeometry().adjusted(FRAME, FRAME, -FRAME, -FRAME)
            room = QRect(QPoint(), QSize(960, 540).boundedTo(whole.size()))
            room.moveBottomRight(whole.bottomRight())
            self.window.setGeometry(room)
        # `showFullScreen` and `showNormal` would ask for the keys of the desk.
        self.window.show()

    def _show(self, state: Hall) -> None:
        fresh = self.window.show_hall(state) if self.window else ()
        if not fresh:
            return
        self._bench.sounds.play("gong")
        if self._bench.settings.hall_voice:
            said = (self._bench.words("hall.said", number=one.number, desk=one.desk) for one in reversed(fresh))
            self.voice.say(". ".join(said))
