"""What every screen gets: the open office, the lanes, the looks, the reader, the sounds, and a way to the rest."""

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from PySide6.QtCore import QObject, Signal

from counter_app.config import Settings
from counter_app.office import Office
from counter_app.ui.exchanges import Exchanges
from counter_app.ui.minutes import Minutes
from counter_app.ui.presence import Presence
from counter_app.ui.scanner import Scanner
from counter_app.ui.sounds import Sounds
from counter_app.ui.tasks import Breakage, Lane, Lanes
from counter_app.ui.theme import Theme
from counter_app.usecases.desk import Desk
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import Language

T = TypeVar("T")
Work: TypeAlias = Callable[[], T]
"""Something to do off the UI thread, and what it answers."""


class Workbench(QObject):
    """Shared by all screens of one window; screens never know each other, they ask here."""

    acted = Signal()
    """An act was recorded, or a list imported: what is shown of the day may be old."""
    settings_changed = Signal()
    """The looks, the language or the desk's name changed."""
    asked = Signal(str, str)
    """Open another screen (`reception`, `number`, `import`, `settings`) with a text to begin with."""
    paper_wanted = Signal(str)
    """Print a receipt, by its identity: the first paper is the original, later ones are DUPLICATA."""
    page_wanted = Signal(object)
    """Print a `Paper` that is no receipt: reminder, day list, card."""

    undo_wanted = Signal()
    """Take back the last arrival of this desk."""
    told = Signal(str)
    """A sentence for the agent, above the status bar."""

    def __init__(self, office: Office, lanes: Lanes, theme: Theme, scanner: Scanner, sounds: Sounds) -> None:
        super().__init__()
        self.office, self.lanes, self.theme, self.scanner, self.sounds = office, lanes, theme, scanner, sounds
        self.exchanges = Exchanges(office.sync, lanes, self)
        self.presence = Presence(self.exchanges, lanes)
        self.minutes = Minutes(self.desk.now, self)
        self.acted.connect(self.exchanges.acted)
        self.exchanges.received.connect(lambda _about: self.acted.emit())

    @property
    def desk(self) -> Desk:
        """The desk, for use cases. Call them inside `do` or `look` only."""
        return self.office.desk

    @property
    def settings(self) -> Settings:
        """Settings in force."""
        return self.office.settings

    @property
    def lang(self) -> Language:
        """Language of the window."""
        return "en" if self.settings.language == "en" else "fr"

    @property
    def words(self) -> Words:
        """Catalogue of the window's language."""
        return Words(self.lang)

    def do(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Breakage], None] | None = None
    ) -> None:
        """A gesture, in order, off the UI thread."""
        self.lanes.run(Lane.DESK, work, done, failed)

    def look(
        self,
        topic: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Breakage], None] | None = None,
    ) -> None:
        """A question of which only the newest answer counts; none is asked any more while the window goes away."""
        if not self.lanes.closing:
            self.lanes.run_latest(Lane.DESK, topic, work, done, failed)

    def behind(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Breakage], None] | None = None
    ) -> None:
        """Long work: imports, proofs."""
        self.lanes.run(Lane.BACKGROUND, work, done, failed)

    def print_behind(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Breakage], None] | None = None
    ) -> None:
        """What a printer may keep waiting: it holds up neither gestures nor imports, and they do not hold it up."""
        self.lanes.run(Lane.PAPER, work, done, failed)

    def change_settings(self, **values: object) -> None:
        """Change settings at once; the journal hears of names and printers on the desk's own lane."""
        self.lanes.run(Lane.DESK, lambda: self.office.change(**values), lambda _none: self.settings_changed.emit())

    def ask(self, screen: str, text: str = "") -> None:
        """Open another screen."""
        self.asked.emit(screen, text)
