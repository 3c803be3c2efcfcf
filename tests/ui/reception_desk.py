"""A reception desk at work in the whole window, on a Tuesday at 9 h 20, with somebody for each answer."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counter_app import app
from counter_app.domain.convocation import Convocation
from counter_app.office import Office
from counter_app.store import convocation_rows
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens.reception.page import Reception
from counter_app.ui.screens.reception.state import Showing
from counter_app.ui.screens.registry import SCREENS
from counter_app.ui.theme import Theme
from counter_app.ui.workbench import Workbench
from counter_app.usecases import undo
from counter_app.usecases.import_list import import_list
from tests.ui.keys import person_types, reader_types
from tests.ui.questions import Box, no_question, question
from tests.ui.workbenches import NOW, Asked, bench_on, kept_open, list_file, open_desk

HEADINGS = "Nom;Prénom;Date de naissance;N° étranger;Date du rendez-vous;Heure;Motif;Statut;Lieu;Validité"
PEOPLE = (
    "DIALLO;Mariama;04/07/1991;5903120821;24/11/2026;9h30;Dépôt de dossier;;;",
    "KEITA;Awa;01/02/1980;5911111111;24/11/2026;9h25;Dépôt de dossier;;;",
    "KEITA;Awa;17/05/1994;5911111112;24/11/2026;9h30;Remise de titre;;;",
    "LENTE;Rose;03/03/1983;5922222221;24/11/2026;9h00;Dépôt de dossier;;;",
    "TARDIF;Théo;03/03/1984;5922222222;24/11/2026;8h40;Dépôt de dossier;;;",
    "MATIN;Élise;03/03/1985;5922222223;24/11/2026;9h50;Dépôt de dossier;;;",
    "SOIR;Hugo;03/03/1986;5922222224;24/11/2026;15h00;Dépôt de dossier;;;",
    "DEMAIN;Jade;03/03/1987;5922222225;25/11/2026;9h30;Dépôt de dossier;;;",
    "HIER;Lina;03/03/1988;5922222226;20/11/2026;9h30;Dépôt de dossier;;;",
    "PARTI;Omar;03/03/1989;5922222227;24/11/2026;9h30;Dépôt de dossier;Annulé (excusé);;",
    "FERMÉ;Nora;03/03/1990;5922222228;24/11/2026;9h30;Dépôt de dossier;Annulé (par le service);;",
    "DÉPLACÉ;Yann;03/03/1991;5922222229;24/11/2026;9h30;Dépôt de dossier;Annulé (excusé);;",
    "DÉPLACÉ;Yann;03/03/1991;5922222229;26/11/2026;10h30;Dépôt de dossier;;;",
    "AILLEURS;Zoé;03/03/1992;5933333331;24/11/2026;9h30;Dépôt de dossier;;Sous-préfecture de Dunkerque;",
    "EXPIRÉ;Ali;03/03/1993;5933333332;24/11/2026;9h30;Dépôt de dossier;;;02/11/2026",
    "MINEUR;Tom;04/05/2012;5933333333;24/11/2026;9h30;Dépôt de dossier;;;",
    "PARTAGE;Ana;05/05/1970;5944444444;24/11/2026;9h30;Dépôt de dossier;;;",
    "PARTAGE;Luc;06/06/1999;5944444444;24/11/2026;9h35;Dépôt de dossier;;;",
    "ANCIEN;Bo;07/07/1960;7700804321;24/11/2026;9h30;Dépôt de dossier;;;",
    "PETROV;Ivan;02/05/1979;;24/11/2026;9h30;Dépôt de dossier;;;",
)


@dataclass
class ReceptionDesk:
    """The window, its bench, and what was said and heard."""

    window: MainWindow
    bench: Workbench
    asked: Asked
    qtbot: QtBot
    said: list[str] = field(default_factory=list)

    @property
    def screen(self) -> Reception:
        front = self.window.front
        assert isinstance(front, Reception)
        return front

    @property
    def office(self) -> Office:
        return self.bench.office

    @property
    def slug(self) -> str:
        """The verdict on show."""
        verdict = self.screen.view.panel.verdict
        return verdict.slug if verdict else ""

    @property
    def actions(self) -> list[str]:
        """What is on offer, the main one first."""
        return [action.slug for action in self.screen.view.offers.actions_shown]

    def people(self, name: str) -> list[Convocation]:
        """People whose name begins so, by hour."""
        with self.office.desk.looking() as connection:
            return [one for one in convocation_rows.every(connection) if one.name.startswith(name)]

    def code(self, name: str, place: int = 0) -> str:
        return convocation_rows.code_of(self.people(name)[place])

    def arrived(self, name: str, place: int = 0) -> bool:
        return self.people(name)[place].arrival is not None

    def scan(self, text: str) -> None:
        """The reader types, and its answer stands."""
        reader_types(None, f"{text}\r")
        self.quiet()

    def types(self, text: str) -> None:
        person_types(None, text)

    def enter(self) -> None:
        """A person presses Enter, and everything asked is answered."""
        person_types(None, "\r")
        self.quiet()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, held)
        self.quiet()

    def ctrl(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def quiet(self) -> None:
        """Wait until no question is open and no search is on its way."""
        reception = self.window.front
        self.qtbot.waitUntil(
            lambda: not self.bench.lanes.busy and not (isinstance(reception, Reception) and reception.state.awaited)
        )

    def quiet_lanes(self) -> None:
        self.qtbot.waitUntil(lambda: not self.bench.lanes.busy)

    def shows(self, slug: str) -> None:
        """The verdict on show, in the state that goes with it."""
        assert self.slug == slug
        assert self.screen.state.showing is Showing.ANSWER

    def dialog(self, kind: type[Box]) -> Box:
        """The question on screen, with the keyboard."""
        return question(kind, self.window, self.qtbot)

    def answered(self) -> None:
        """The question is gone, and the window has the keyboard again."""
        no_question(self.window, self.qtbot)
        self.quiet()

    def acts(self) -> list[tuple[str, str | None]]:
        """Kind and verdict of what this desk did, newest first, the import left out."""
        lines = undo.recent(self.office.desk, 200)
        return [(line.kind, line.verdict) for line in lines if line.kind != "list_imported"]

    def clock(self, moment: datetime) -> None:
        """Send the desk's clock to a moment."""
        self.office.desk.clock = lambda: moment


def make_home(folder: Path, lang: str = "fr", *, listed: bool = True) -> Path:
    """A home of the Nord, with or without the day's list: copy it, do not work in it."""
    with closing(open_desk(folder, "nord")) as office:
        office.change(language=lang)
        if listed:
            import_list(office.desk, list_file(folder, *PEOPLE, headings=HEADINGS))
    return office.home.path


@contextmanager
def reception_desk(home: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[ReceptionDesk]:
    """The window of a desk, ready to scan."""
    office = app.open_office(home, at=NOW)
    with bench_on(office, theme, qapp) as (bench, asked):
        said: list[str] = []

        def say(_widget: QWidget, sentence: str, _now: bool) -> None:
            said.append(sentence)

        window = MainWindow(bench, {**SCREENS, "reception": lambda bench: Reception(bench, say)})
        window.resize(1366, 768)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        desk = ReceptionDesk(window, bench, asked, qtbot, said)
        with kept_open(window):
            desk.quiet()
            yield desk
            desk.quiet_lanes()


__all__ = ["NOW", "PEOPLE", "ReceptionDesk", "reception_desk"]
