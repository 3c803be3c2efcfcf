"""A workbench on a real home in a temporary folder: real file, real journal, a clock that stands still."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from counter_app import app, config
from counter_app.office import Office
from counter_app.ui.scanner import Scanner
from counter_app.ui.screens.screen import Screen
from counter_app.ui.sounds import Sounds
from counter_app.ui.tasks import Lanes
from counter_app.ui.theme import Theme
from counter_app.ui.workbench import Workbench

NOW = datetime(2026, 11, 24, 9, 20, tzinfo=ZoneInfo("Europe/Paris"))
"""A Tuesday morning, an hour after opening."""
HEADINGS = "Nom;Prénom;Date de naissance;N° étranger;Date du rendez-vous;Heure;Motif;Validité;Code postal"
PEOPLE = (
    "DIALLO;Mariama;04/07/1991;5903120821;24/11/2026;9h30;Dépôt de dossier;12/03/2027;59000",
    "BENALI;Karim;11/02/1985;208006503;24/11/2026;9h45;Remise de titre;;",
    "PETROV;Ivan;02/05/1979;;24/11/2026;10h;Dépôt de dossier;;",
)


@dataclass(slots=True)
class Asked:
    """What a screen asked of the shell."""

    screens: list[tuple[str, str]] = field(default_factory=list)
    pages: list[object] = field(default_factory=list)
    acts: list[None] = field(default_factory=list)
    sounds: list[str] = field(default_factory=list)


class Ear:
    """Stands for a loudspeaker: remembers what was played."""

    def __init__(self, tone: str, heard: list[str]) -> None:
        self._tone, self._heard = tone, heard

    def setVolume(self, volume: float, /) -> None:
        """Any volume."""

    def play(self) -> None:
        """Heard."""
        self._heard.append(self._tone)


def open_desk(folder: Path, site: str = "loiret") -> Office:
    """A desk that was named, at a moment of the training day."""
    home = folder / "poste"
    app.init_home(home, site, training=True, clock=lambda: NOW)
    config.write_settings(home, config.Settings(desk="Poste 2", agent="M. Durand"))
    return app.open_office(home, at=NOW)


def list_file(folder: Path, *rows: str, name: str = "liste.csv", headings: str = HEADINGS) -> Path:
    """A list as an office exports it."""
    path = folder / name
    path.write_text("\n".join((headings, *rows)) + "\n", encoding="utf-8")
    return path


@contextmanager
def bench_on(office: Office, theme: Theme, qapp: QApplication) -> Iterator[tuple[Workbench, Asked]]:
    """A workbench, and what its screens asked."""
    asked = Asked()
    sounds = Sounds(make=lambda tone, _owner: Ear(tone, asked.sounds))
    lanes, scanner = Lanes(), Scanner(qapp)
    bench = Workbench(office, lanes, theme, scanner, sounds)
    bench.asked.connect(lambda screen, text: asked.screens.append((screen, text)))
    bench.page_wanted.connect(asked.pages.append)
    bench.acted.connect(lambda: asked.acts.append(None))
    try:
        yield bench, asked
    finally:
        lanes.close()
        qapp.removeEventFilter(scanner)
        scanner.setParent(None)
        office.close()


@contextmanager
def kept_open(window: QWidget) -> Iterator[None]:
    """Lets a window go once its lanes are quiet. `qtbot.addWidget` does so before fixtures end: the answers that they
    wait for would find its labels deleted."""
    try:
        yield
    finally:
        window.close()
        window.deleteLater()


def scan_into(screen: Screen, bench: Workbench) -> QObject:
    """What the shell does: scans go to the screen in front."""
    bench.scanner.reading.connect(screen.reading)
    bench.scanner.scanned.connect(screen.scanned)
    bench.scanner.set_field(screen.field)
    return bench.scanner


def let_go(window: QWidget) -> None:
    """Close a window for good: outside an event loop Qt keeps what was told to go, and later looks dress it too."""
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
