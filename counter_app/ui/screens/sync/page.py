"""« Synchronisation »: how each desk of the site stands with the central, and what its agents can do about it."""

from pathlib import Path
from typing import ClassVar

from counter_app.store.backup import backup
from counter_app.sync.aside import Aside, set_aside
from counter_app.ui.screens.file_dialogs import folder_dialog
from counter_app.ui.screens.screen import Screen
from counter_app.ui.screens.sync.view import SyncView
from counter_app.ui.workbench import Workbench


class SyncScreen(Screen):
    """Nothing here is needed for the work of a desk, and nothing here can lose anything."""

    name: ClassVar[str] = "sync"
    topic: ClassVar[str] = "screen.synchro"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.view = SyncView(bench)
        self._aside: tuple[Aside, ...] = ()
        self.holds(self.view)
        self.view.wanted.connect(bench.exchanges.ask)
        self.view.copy_wanted.connect(self._choose_folder)
        bench.exchanges.changed.connect(self._render)
        bench.acted.connect(self._look)

    def activated(self, text: str = "") -> None:
        """The screen comes to the front: as things stand now."""
        self._look()
        self._render()
        self.view.inbox.flow.refresh()
        self.view.button.setFocus()

    def scanned(self, raw: str) -> None:
        """A code of the central, for a desk that joins it; any other belongs to the reception desk."""
        if not self.view.join.take(raw):
            super().scanned(raw)

    def hide_people(self, hidden: bool) -> None:
        """Conflicts bear names."""
        self.view.hide_people(hidden)

    def _look(self) -> None:
        if self.isVisible() or not self._aside:
            desk = self.bench.desk
            self.bench.look("set aside", lambda: set_aside(desk), self._on_aside)

    def _on_aside(self, aside: tuple[Aside, ...]) -> None:
        self._aside = aside
        self._render()

    def _render(self) -> None:
        if self.isVisible():
            self.view.show_state(self.bench.exchanges.state, self._aside, self.bench.desk.now())

    def _choose_folder(self) -> None:
        dialog = folder_dialog(self, self.bench.words, Path.home())
        dialog.fileSelected.connect(self._copy)
        dialog.open()

    def _copy(self, folder: str) -> None:
        """An encrypted copy of the whole file, to be carried by hand where the network does not reach."""
        desk, at = self.bench.desk, self.bench.desk.now()
        target, result = Path(folder) / f"guichet-{desk.rules.site}-{at:%Y%m%d-%H%M%S}.db", self.view.result
        self.bench.behind(
            lambda: backup(desk.store, target),
            lambda path: result.show_result(self.bench.words("sync.copied", path=str(path))),
            lambda broken: result.show_result(broken.sentence, good=False),
        )
