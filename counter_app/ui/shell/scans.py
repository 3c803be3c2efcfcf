"""What a scan does to the window: the screen in front answers it, the command card runs a command."""

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog

from counter_app.domain.codes import CodeKind, OwnCode, read_code
from counter_app.ui.screens.commands import command_of
from counter_app.ui.screens.screen import Screen
from counter_app.ui.shell.work import WorkArea
from counter_app.ui.workbench import Workbench


class Say(Protocol):
    """Writes one line above the status bar, or takes it away."""

    def __call__(self, sentence: str) -> None: ...


class Scans(QObject):
    """Hears the reader of a window."""

    def __init__(
        self,
        bench: Workbench,
        work: WorkArea,
        line: tuple[Say, Say],
        card: Mapping[str, Callable[[], None]],
        parent: QObject,
    ) -> None:
        """`line`: how something is said above the status bar, and how it is taken away once it is no longer true."""
        super().__init__(parent)
        self._bench, self._work, self._card = bench, work, card
        self._say, self._unsay = line
        scanner = bench.scanner
        scanner.reading.connect(self._on_reading)
        scanner.scanned.connect(self._on_scanned)
        scanner.repeated.connect(self._on_repeated)
        scanner.wrong_layout.connect(self._on_wrong_layout)
        scanner.refused_in_dialog.connect(self._on_refused)

    @property
    def _front(self) -> Screen:
        return self._work.front

    def _on_reading(self) -> None:
        """A scan comes in: what was said about somebody else goes too, and help that hides the answer."""
        self._say("")
        if self._work.stack.isHidden():
            self._work.hide_help()
        self._front.reading()

    def _on_scanned(self, raw: str) -> None:
        """A code for the screen, or one of the command card: hands stay on the reader."""
        command = command_of(raw)
        if command:
            self._bench.scanner.forget_last()
            self._card[command]()
        elif _is_sleeve(raw) and not self._front.takes_sleeves:
            self._bench.ask("handover", raw)
        else:
            self._front.scanned(raw)

    def _on_repeated(self, _raw: str) -> None:
        self._front.repeated()

    def _on_wrong_layout(self, _meant: str) -> None:
        self._say(self._bench.words("scanner.wrong_layout"))

    def _on_refused(self) -> None:
        self._bench.sounds.play("tick")
        told, box = self._bench.words("scanner.in_dialog"), QApplication.activeModalWidget()
        self._say(told)
        if isinstance(box, QDialog):
            box.finished.connect(lambda _answer: self._unsay(told))


def _is_sleeve(raw: str) -> bool:
    """Whether a scan is the own code of the sleeve of a permit."""
    code = read_code(raw.strip())
    return isinstance(code, OwnCode) and code.kind is CodeKind.HANDOVER
